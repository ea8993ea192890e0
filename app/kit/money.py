"""Sums of money as words: US dollars, with as many digits as matter."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate

SMALLEST = 0.0001
"""USD; what is less is said to be less, never shown as nothing."""


def money_text(usd: float | None) -> str:
    """As in "$12.84", "$1,204.00", "$0.31", "$0.0031", "< $0.0001", "$0.00"; None is "unknown"."""
    if usd is None or not math.isfinite(usd):
        return translate("Money", "unknown")
    size, sign = abs(usd), "−" if usd < 0 else ""
    if 0 < size < SMALLEST:
        return f"< ${SMALLEST}"
    if size >= 0.1 or not size:
        return f"{sign}${size:,.2f}"
    whole, _, digits = f"{size:.4f}".partition(".")
    return f"{sign}${whole}.{digits.rstrip('0').ljust(2, '0')}"
