"""Pages of a document that a person picks: as numbers, as words ("1-3, 7"), and how each goes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

MOST_NUMBERS = 6
"""Digits of a page's number: more are no number of a page."""


class PageForm(StrEnum):
    """How a page goes to the service."""

    TEXT = "text"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class PickedPage:
    """`number` counts from 1."""

    number: int
    form: PageForm


@dataclass(frozen=True, slots=True)
class PageRun:
    """Pages that go along as one attachment: several of text, or one as a picture."""

    numbers: tuple[int, ...]
    form: PageForm


def parse_pages(words: str, count: int) -> tuple[int, ...] | None:
    """The pages that "1-3, 7" or "5-" names among `count`, in order and once each.

    Empty words name none; None where they are no such list, or name a page that is not there.
    """
    found: set[int] = set()
    for piece in re.split(r"[,，、;；]", words):
        if not piece.strip():
            continue
        matched = re.fullmatch(r"\s*(\d*)\s*(?:([-–—~～至])\s*(\d*))?\s*", piece)
        if matched is None:
            return None
        first, dash, last = matched.groups()
        if max(len(first), len(last or "")) > MOST_NUMBERS or not (first or last):
            return None
        start = int(first or 1)
        end = int(last or count) if dash else start
        if not 1 <= start <= end <= count:
            return None
        found.update(range(start, end + 1))
    return tuple(sorted(found))


def page_words(numbers: Iterable[int]) -> str:
    """Pages in order as people write them: "1–3, 7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)


def page_runs(picked: Sequence[PickedPage]) -> tuple[PageRun, ...]:
    """What is attached for these pages, in their order: text that follows on text is one piece."""
    runs: list[PageRun] = []
    for form, pages in groupby(picked, key=lambda page: page.form):
        numbers = tuple(page.number for page in pages)
        if form is PageForm.TEXT:
            runs.append(PageRun(numbers, form))
        else:
            runs += [PageRun((number,), form) for number in numbers]
    return tuple(runs)


def joined_text(pages: Sequence[tuple[int, str]]) -> str:
    """The text of several pages, each under a line that names it; of one page as it is."""
    if len(pages) == 1:
        return pages[0][1]
    return "\n\n".join(f"--- page {number} ---\n{text}" for number, text in pages)
