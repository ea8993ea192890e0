"""The text of an Excel workbook: each sheet under its name, its cells as CSV.

A cell shows its value as it was last computed, or its formula where none was computed yet; numbers
that are shown as dates become dates. Empty rows between others are one empty line.
"""

from __future__ import annotations

import csv
import io
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.adapters.child_loop import RefusedError
from app.adapters.documents.cell_formats import date_text, dates_of_styles
from app.adapters.documents.pack import Attributes, Pack, read_xml

MOST_TEXT = 20_000_000
"""Characters."""
MOST_COLUMNS = 16_384


@dataclass(slots=True)
class _Book:
    """Sheets in order: name, id of the part, whether it is hidden."""

    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    from_1904: bool = False

    def start(self, tag: str, given: Attributes) -> None:
        if tag == "workbookPr":
            self.from_1904 = given.get("date1904") in ("1", "true")
        elif tag == "sheet":
            hidden = given.get("state", "visible") != "visible"
            self.sheets.append((given.get("name", ""), given.get("id", ""), hidden))


def is_sheet(main: str) -> bool:
    return posixpath.dirname(main) == "xl"


def sheet_text(pack: Pack, main: str) -> str:
    """All sheets that hold anything. Raises RefusedError."""
    book = _Book()
    read_xml(pack.read(main), start=book.start)
    targets = pack.targets(main)
    by_kind = {kind: name for kind, name in targets.values() if name in pack.names}
    strings = _strings(pack.read(by_kind["sharedStrings"])) if "sharedStrings" in by_kind else []
    dates = dates_of_styles(pack.read(by_kind["styles"])) if "styles" in by_kind else {}
    said: list[str] = []
    for name, part, hidden in book.sheets:
        kind, target = targets.get(part, ("", ""))
        if kind != "worksheet" or target not in pack.names:
            continue
        cells = _Cells(strings, dates, book.from_1904, MOST_TEXT - sum(map(len, said)))
        read_xml(pack.read(target), start=cells.start, end=cells.end, text=cells.text)
        if table := cells.table():
            note = " (hidden)" if hidden else ""
            said.append(f"--- sheet {name}{note} ---\n{table}")
    return "\n\n".join(said)


def _strings(data: bytes) -> list[str]:
    """The texts that cells name by number; how a word is pronounced is no part of it."""
    found: list[str] = []
    pieces: list[str] = []
    inside: list[str] = []

    def start(tag: str, _given: Attributes) -> None:
        inside.append(tag)

    def end(tag: str) -> None:
        inside.pop()
        if tag == "si":
            found.append("".join(pieces))
            pieces.clear()

    def text(words: str) -> None:
        if inside[-1:] == ["t"] and "rPh" not in inside:
            pieces.append(words)

    read_xml(data, start=start, end=end, text=text)
    return found


class _Cells:
    """A sheet's cells, written as rows of CSV while the parser tells of them."""

    def __init__(
        self, strings: list[str], dates: Mapping[int, bool], from_1904: bool, most: int
    ) -> None:
        self._strings, self._dates, self._from_1904 = strings, dates, from_1904
        self._most = most
        self._out = io.StringIO()
        self._writer = csv.writer(self._out, lineterminator="\n")
        self._row: list[str] = []
        self._cell: Attributes = {}
        self._value: list[str] = []
        self._formula: list[str] = []
        self._computed = False
        self._inside: list[str] = []
        self._at = self._last = 0

    def table(self) -> str:
        """Without the empty rows at its end."""
        return self._out.getvalue().rstrip("\n,")

    def start(self, tag: str, given: Attributes) -> None:
        self._inside.append(tag)
        if tag == "row":
            self._row = []
            number = given.get("r", "")
            self._at = int(number) if number.isdecimal() and len(number) < 9 else self._at + 1
        elif tag == "c":
            self._cell, self._value, self._formula = given, [], []
            self._computed = False
        elif tag == "v":
            self._computed = True

    def text(self, words: str) -> None:
        tag = self._inside[-1]
        if tag == "v" or (tag == "t" and "is" in self._inside and "rPh" not in self._inside):
            self._value.append(words)
        elif tag == "f":
            self._formula.append(words)

    def end(self, tag: str) -> None:
        self._inside.pop()
        if tag == "c":
            self._end_cell()
        elif tag == "row":
            self._end_row()

    def _end_cell(self) -> None:
        column = _column(self._cell.get("r", ""), len(self._row))
        said = self._said("".join(self._value))
        if self._formula and not self._computed:
            said = f"={''.join(self._formula)}"
        if said:
            self._row += [""] * (column - len(self._row)) + [said]

    def _end_row(self) -> None:
        if self._row:
            if 0 < self._last < self._at - 1:
                self._out.write("\n")
            self._last = self._at
            self._writer.writerow(self._row)
        if self._out.tell() > self._most:
            raise RefusedError("large")

    def _said(self, value: str) -> str:
        kind = self._cell.get("t", "n")
        if kind == "s":
            place = int(value) if value.isdecimal() and len(value) < 10 else len(self._strings)
            return self._strings[place] if place < len(self._strings) else ""
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, value)
        style = self._cell.get("s", "0")
        if kind == "n" and style.isdecimal() and len(style) < 10 and int(style) in self._dates:
            return date_text(value, self._from_1904, elapsed=self._dates[int(style)])
        return value


def _column(reference: str, following: int) -> int:
    """The place of a cell in its row, from 0: of "C7" 2. Where it has no name, the next one."""
    letters = reference.rstrip("0123456789")
    if not letters.isascii() or not letters.isalpha() or len(letters) > 3:
        return following
    place = 0
    for letter in letters.upper():
        place = place * 26 + ord(letter) - ord("A") + 1
    return max(following, min(place, MOST_COLUMNS) - 1)
