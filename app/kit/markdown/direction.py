"""Which way a block is read: as its first letter is, like each paragraph of it by itself."""

from __future__ import annotations

from unicodedata import bidirectional

from app.kit.markdown.blocks import Block, Kind
from app.kit.markdown.plain import plain_text

FIRST = 300
"""Characters that are looked at for a letter."""
_WORDS = (Kind.PARAGRAPH, Kind.HEADING, Kind.NOTE, Kind.TABLE, Kind.PLAIN)


def is_right_to_left(block: Block) -> bool:
    """Whether its words begin at the right."""
    if block.kind not in _WORDS or block.source.isascii():
        return False
    for char in plain_text(block)[:FIRST]:
        direction = bidirectional(char)
        if direction in ("R", "AL", "L"):
            return direction != "L"
    return False
