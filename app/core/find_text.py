"""Finding words in text: what counts as the same, and which texts need not be looked at."""

from __future__ import annotations

import re

_RUN = re.compile(r"[^\W_]+")


def folded(text: str, *, match_case: bool = False) -> str:
    """The text as it is compared: character for character, so that places stay the same.

    Spaces and line ends of any kind are alike; so are capitals and small letters unless
    `match_case`.
    """
    text = text.replace("\xa0", " ").replace("\u2028", "\n").replace("\u2029", "\n")
    if match_case:
        return text
    # The one letter that is longer when it is small.
    return text.replace("\u0130", "i").lower().replace("ς", "σ")


def places(text: str, query: str) -> list[int]:
    """Where `query` begins in `text` (both folded), one after the other."""
    found: list[int] = []
    at = text.find(query) if query else -1
    while at >= 0:
        found.append(at)
        at = text.find(query, at + len(query))
    return found


def telling_runs(query: str) -> tuple[str, ...]:
    """Pieces of a query that stand in any source of a text that holds it, in small letters.

    Markdown and JSON write letters and digits as they are, everything else perhaps otherwise. What
    is written without spaces has marks and addresses between any two of its characters, so each
    counts by itself. Letters that are no ASCII have no small form that a database knows, unless
    they have but one.
    """
    runs: list[str] = []
    for word in _RUN.findall(folded(query)):
        spaced = (c if c.isascii() else f" {c} " if c.lower() == c.upper() else " " for c in word)
        runs += "".join(spaced).split()
    return tuple(dict.fromkeys(runs))


MARKS = "*_~`"
"""What emphasises part of a word stands within it."""


def may_hold(source: str, runs: tuple[str, ...]) -> bool:
    """Whether the source of a text has all that tells of the query."""
    bare = folded(source)
    for mark in MARKS:
        bare = bare.replace(mark, "")
    return all(run in bare for run in runs)
