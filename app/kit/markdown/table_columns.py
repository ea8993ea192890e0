"""How wide the columns of a table are: words stay whole where there is room, or it scrolls."""

from __future__ import annotations

from collections.abc import Sequence

NARROWEST, WIDEST = 4, 40
"""Characters: a column is as wide as its widest cell, between these."""
LEAST = 10
"""Characters that a column keeps where there is too little room for all; most words have fewer."""
SCROLLED = 24
"""Characters that a column has at most where the table scrolls: more than one is to be in view."""
MANY = 16
"""Columns that can be squeezed into the width of a text; more scroll sideways."""


def column_widths(
    widest: Sequence[int], columns: int, *, character: float, beside: float, room: float
) -> tuple[list[float], bool]:
    """Each column's width in pixels, and whether they fit; those that fit fill the room.

    `widest`: characters of each column's widest cell. `character` and `beside`: pixels that one
    takes, and that stay free in a cell.
    """
    shares = [min(max(width, NARROWEST), WIDEST) for width in widest[:columns]]
    shares += [NARROWEST] * (columns - len(shares))
    wanted = [beside + share * character for share in shares]
    least = [beside + min(share, LEAST) * character for share in shares]
    if columns > MANY or sum(least) > room:
        return [beside + min(share, SCROLLED) * character for share in shares], False
    if sum(wanted) <= room:
        return [width * room / sum(wanted) for width in wanted], True
    given = (room - sum(least)) / (sum(wanted) - sum(least))
    return [low + (high - low) * given for low, high in zip(least, wanted, strict=True)], True
