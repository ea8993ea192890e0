"""A text to its units, parsed at once; plain where it is too much for the parser."""

from __future__ import annotations

from typing import Any

from app.kit.markdown.blocks import NOTHING, Block, Context, Kind, Unit
from app.kit.markdown.parser import MarkdownParser
from app.kit.markdown.walk import units

PLAIN_CHUNK = 4000


def parse_units(
    text: str,
    parser: MarkdownParser,
    env: dict[str, Any],
    number: tuple[int, str] | None = None,
    context: Context = NOTHING,
) -> list[Unit]:
    """The units of a text that stands in a context."""
    whole = context.before(text)
    tokens = parser.parse(whole, env)
    if tokens is None:
        return [Unit(0, (Block(Kind.NOTICE, ""), *plain_blocks(text)))]
    return units(tokens, whole.split("\n"), number, context)


def plain_blocks(text: str) -> list[Block]:
    """A text as it came, in pieces of some thousand characters, cut at line ends where possible."""
    made: list[Block] = []
    at = 0
    while at < len(text):
        end = len(text)
        if end - at > PLAIN_CHUNK:
            cut = text.rfind("\n", at + 1, at + PLAIN_CHUNK)
            if cut < 0:
                cut = text.rfind(" ", at + 1, at + PLAIN_CHUNK)
            end = cut + 1 if cut > 0 else at + PLAIN_CHUNK
        made.append(Block(Kind.PLAIN, text[at:end].removesuffix("\n")))
        at = end
    return made
