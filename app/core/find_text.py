"""Finding words in text: what counts as the same, and which texts need not be looked at.

Alike are capitals and small letters, Latin letters with and without accents, full width and half
width and other forms of a character (as NFKC has it), and spaces and line ends of any kind.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

FOR_ASCII = (
    "\u00aa\u00b2\u00b3\u00b5\u00b9\u00ba\u00bc-\u00be\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0300-\u036f"
    "\u1e00-\u1eff\u2070-\u209f\u2100-\u218f\u2460-\u24ff\u3200-\u33ff\ufb00-\ufb06"
    "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff"
)
"""Ranges of characters that are written for letters and figures that a query may have: é, ①."""
FOR_OTHERS = (
    "\u2135-\u2138\u2e80-\u2fdf\u3099\u309a\u3130-\u319f\u3200-\u33ff\uf900-\ufaff\uff66-\uffdc"
    "\U0001d6a4\U0001d6a5\U0002f800-\U0002fa1f"
)
"""The same for other scripts' characters: ｶ, ㈱."""
VARIANTS = FOR_ASCII + FOR_OTHERS
_FORMS = re.compile(f"[{VARIANTS}\uff01-\uff65\uffe0-\uffee\u2000-\u200a\u3000]")
_JOINING = "\u0300-\u036f\u3099\u309a\uff9e\uff9f"
_JOINED = re.compile(f"[^{_JOINING}][{_JOINING}]+", re.DOTALL)
"""A character and the marks that are put on it."""
_PIECE = re.compile(f"[^{_JOINING}]?[{_JOINING}]*", re.DOTALL)
_MARKS_ON = frozenset(map(chr, (*range(0x300, 0x370), 0x3099, 0x309A, 0xFF9E, 0xFF9F)))
_SPACES = str.maketrans(dict.fromkeys("\n\t\r\xa0\u2028\u2029", " "))
_RUN = re.compile(r"[^\W_]+")


def folded(text: str, *, match_case: bool = False) -> str:
    """The text as it is compared; it may be of another length (see `spans`)."""
    if text.isascii():
        text = text.translate(_SPACES)
    else:
        there = set(text)
        if not there.isdisjoint(_MARKS_ON):
            text = _JOINED.sub(lambda joined: _plain(joined.group()), text)
            there = set(text)
        for char in there:
            if (plain := _plain(char)) != char:
                text = text.replace(char, plain)
    return text if match_case else text.lower().replace("ς", "σ")


@cache
def _plain(character: str) -> str:
    """A character with the marks that are put on it, in its plain form."""
    if len(character) == 1 and not _FORMS.match(character):
        return character.translate(_SPACES)
    plain = unicodedata.normalize("NFKC", character)
    parts = unicodedata.normalize("NFD", plain)
    accented = parts[0].isascii() and parts[0].isalpha()
    return parts[0] if accented and all("\u0300" <= c <= "\u036f" for c in parts[1:]) else plain


def places(text: str, query: str) -> list[int]:
    """Where `query` begins in `text` (both folded), one after the other."""
    found: list[int] = []
    at = text.find(query) if query else -1
    while at >= 0:
        found.append(at)
        at = text.find(query, at + len(query))
    return found


def spans(text: str, wanted: str, *, match_case: bool = False) -> list[tuple[int, int]]:
    """Where `wanted` (folded) stands in a text that is not: first character, and behind the last.

    Of a character that stands for several all is meant, however few of them were looked for.
    """
    found = places(folded(text, match_case=match_case), wanted)
    length = len(wanted)
    if not found or text.isascii() or _keeps_places(text):
        return [(at, at + length) for at in found]
    starts: list[int] = []
    ends: list[int] = []
    for piece in _PIECE.finditer(text):
        size = len(_plain(piece.group())) if piece.group() else 0
        starts += [piece.start()] * size
        ends += [piece.end()] * size
    return [(starts[at], ends[at + length - 1]) for at in found]


def _keeps_places(text: str) -> bool:
    """Whether each character is one when it is folded."""
    there = set(text)
    return there.isdisjoint(_MARKS_ON) and all(len(_plain(char)) == 1 for char in there)


def telling_runs(query: str) -> tuple[str, ...]:
    """Pieces of a query that stand in any source of a text that holds it, in small letters.

    Markdown and JSON write letters and digits as they are, everything else perhaps otherwise; but
    see `variants_of`. What is written without spaces has marks and addresses between any two of its
    characters, so each counts by itself. Letters that are no ASCII have no small form that a
    database knows, unless they have but one.
    """
    runs: list[str] = []
    for word in _RUN.findall(folded(query)):
        spaced = (c if c.isascii() else f" {c} " if c.lower() == c.upper() else " " for c in word)
        runs += "".join(spaced).split()
    return tuple(dict.fromkeys(runs))


def variants_of(runs: tuple[str, ...]) -> tuple[str, ...]:
    """Ranges, by kind, of characters by which a source may hold these in another form."""
    kinds = {run.isascii() for run in runs}
    return (FOR_ASCII,) * (True in kinds) + (FOR_OTHERS,) * (False in kinds)


MARKS = "*_~`"
"""What emphasises part of a word stands within it."""


def bare(source: str) -> str:
    """The source of a text, folded, without what emphasises part of a word."""
    source = folded(source)
    for mark in MARKS:
        source = source.replace(mark, "")
    return source


def may_hold(source: str, runs: tuple[str, ...]) -> bool:
    """Whether a source (see `bare`) has all that tells of the query."""
    # With an ampersand any character may be written by its name or number.
    return "&" in source or all(run in source for run in runs)
