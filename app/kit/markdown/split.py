"""A whole text in chunks that can be parsed one by one, so that only what is seen is parsed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from app.kit.markdown.blocks import NOTHING, Context
from app.kit.markdown.outline import MOST, cut, few_lines, standing

CHUNK = 1000
LARGEST_CHUNK = 4000
"""Characters. A chunk ends at the first good place after `CHUNK`, and somewhere before the other
unless it is code: that is quick to read, however long it is."""

FENCES = 5000
"""Lines that open or close code are counted so far; behind them nothing is taken for code."""

_FENCE = re.compile(r"`{3,}|~{3,}")
_BEFORE_FENCE = re.compile(r"[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*")
_BLANK = re.compile(r"\n(?:[ \t]*+\n)++")
_CONTINUES = re.compile(r"[ \t]|[-*+][ \t]|\d{1,9}[.)][ \t]|>|\||$")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of a text, and what was cut off before it that it stands in."""

    text: str
    context: Context = NOTHING


def chunks(text: str) -> Iterator[Chunk]:
    """Consecutive chunks, which hold every character of the text but line ends between them.

    A chunk ends at an empty line outside fences that no list, quote or table goes on after, or else
    between two lines of a list or table, or else within a paragraph.
    """
    fences = _fences(text)
    begins = [begin for begin, _ in fences]
    at, context = 0, NOTHING
    while len(text) - at > CHUNK or text.count("\n", at) > MOST:
        end = _good_place(text, at + CHUNK, at + LARGEST_CHUNK, fences, begins)
        following = NOTHING
        if not end:
            around = _fence_at(at + CHUNK, fences, begins)
            limit = max(at + LARGEST_CHUNK, around[1] if around else 0)
            if limit >= len(text) and text.count("\n", at) < MOST:
                break
            if around and around[0] > at:
                # Code is never cut: what stands before it is read by itself.
                end = around[0]
                following = standing(text[at : around[1]], end - at, context)
            elif around:
                end = around[1]
                following = standing(text[at : end + LARGEST_CHUNK], end - at, context)
            else:
                taken, following = cut(few_lines(text[at:limit]), context)
                end = at + taken
        yield Chunk(text[at:end].removesuffix("\n"), context)
        at, context = end, following
    yield Chunk(text[at:], context)


def _good_place(
    text: str, begin: int, end: int, fences: list[tuple[int, int]], begins: list[int]
) -> int:
    """The end of the first empty lines in the given stretch that a chunk may end with, or 0."""
    for blank in _BLANK.finditer(text, begin, min(end, len(text))):
        if not _CONTINUES.match(text, blank.end()) and not _fence_at(blank.end(), fences, begins):
            return blank.end()
    return 0


def _fences(text: str) -> list[tuple[int, int]]:
    """Where code stands between fences, as (start, end); the last one may be open."""
    found: list[tuple[int, int]] = []
    begin, mark = -1, ""
    for number, match in enumerate(_FENCE.finditer(text)):
        if number == FENCES:
            return found
        line = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        behind = text[match.end() : end]
        here = match.group()
        if not _BEFORE_FENCE.fullmatch(text, line, match.start()):
            continue
        if begin >= 0:
            if here.startswith(mark) and not behind.strip():
                found.append((begin, min(len(text), end + 1)))
                begin = -1
        elif here[0] == "~" or "`" not in behind:
            begin, mark = line, here
    if begin >= 0:
        found.append((begin, len(text)))
    return found


def _fence_at(
    place: int, fences: list[tuple[int, int]], begins: list[int]
) -> tuple[int, int] | None:
    """The code that a place stands in."""
    number = bisect_right(begins, place) - 1
    if number >= 0 and fences[number][0] < place < fences[number][1]:
        return fences[number]
    return None
