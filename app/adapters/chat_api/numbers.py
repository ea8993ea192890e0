"""Numbers as catalogues write them: as numbers, or as text."""

from __future__ import annotations

import math
from typing import Any


def number(value: Any) -> float | None:
    """The finite number that `value` is or spells; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None
