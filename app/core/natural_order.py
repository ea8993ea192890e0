"""Names in the order in which people count: `shot 9` before `shot 10`."""

from __future__ import annotations

import re

LONGEST = 18
"""Digits that count as a number."""

Order = tuple[list[tuple[int, int, str]], str]


def as_read(name: str) -> Order:
    """What to sort a name by."""
    pieces = re.split(r"([0-9]+)", name.casefold())
    return [(1, int(p[:LONGEST]), p) if p.isdecimal() else (0, 0, p) for p in pieces], name
