"""The text of a Word document: paragraphs as lines, the cells of a table with tabs between them."""

from __future__ import annotations

import posixpath

from app.adapters.child_loop import RefusedError
from app.adapters.documents.pack import Attributes, Pack, read_xml

MOST_TEXT = 20_000_000
"""Characters."""
NOTES = ("footnotes", "endnotes")
BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
SKIPPED = frozenset({"Fallback", "del", "moveFrom"})
"""What is said twice for older programs, and what was deleted or moved away and is still kept."""


def word_text(pack: Pack, main: str) -> str:
    """The document's own text, then its notes. Raises RefusedError."""
    said = [_Paragraphs().read(pack.read(main))]
    for kind, name in sorted(pack.targets(main).values()):
        if kind in NOTES and name in pack.names and (notes := _Paragraphs().read(pack.read(name))):
            said.append(notes)
    return "\n\n".join(text for text in said if text)


def is_word(main: str) -> bool:
    return posixpath.dirname(main) == "word"


class _Paragraphs:
    """Gathers text while the parser tells of it."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._in_text = False
        self._skipped = 0
        self._cells = 0

    def read(self, data: bytes) -> str:
        read_xml(data, start=self._start, end=self._end, text=self._text)
        lines = "".join(self._pieces).splitlines()
        return "\n".join(line.rstrip() for line in lines).strip("\n")

    def _start(self, tag: str, _given: Attributes) -> None:
        if tag in SKIPPED:
            self._skipped += 1
        elif tag == "t":
            self._in_text = True
        elif tag == "tc":
            self._cells += 1
        elif tag in BREAKS and not self._skipped and _given.get("pos") is None:
            self._say(BREAKS[tag])

    def _end(self, tag: str) -> None:
        if tag in SKIPPED:
            self._skipped -= 1
        elif tag == "t":
            self._in_text = False
        elif tag == "p":
            self._say(" " if self._cells else "\n")
        elif tag == "tc":
            self._cells -= 1
            self._end_cell()
        elif tag == "tr":
            self._say(" " if self._cells else "\n")

    def _end_cell(self) -> None:
        while self._pieces and self._pieces[-1] == " ":
            self._pieces.pop()
        self._say("\t")

    def _text(self, text: str) -> None:
        if self._in_text and not self._skipped:
            self._say(text)

    def _say(self, text: str) -> None:
        self._length += len(text)
        if self._length > MOST_TEXT:
            raise RefusedError("large")
        self._pieces.append(text)
