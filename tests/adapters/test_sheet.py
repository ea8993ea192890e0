"""A table as a workbook: read back from its XML, every text is text."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile

import pytest

from app.adapters.sheet import CUT, LONGEST_CELL, fitted, xlsx_bytes
from app.core.batch_table import Table

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def read_back(data: bytes) -> tuple[list[list[tuple[str, str]]], str]:
    """Each row's cells as (kind, content), and the sheet's XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
        strings = ET.fromstring(packed.read("xl/sharedStrings.xml"))
    shared = ["".join(t.text or "" for t in s.iter(f"{{{NS['m']}}}t")) for s in strings]
    rows = []
    for row in ET.fromstring(sheet).iterfind(".//m:row", NS):
        cells = []
        for cell in row.iterfind("m:c", NS):
            kind, value = cell.get("t", "n"), cell.findtext("m:v", "", NS)
            cells.append((kind, shared[int(value)] if kind == "s" else value))
        rows.append(cells)
    return rows, sheet


def test_what_looks_like_a_formula_or_link_is_text() -> None:
    words = ("=1+1", "+1", "-1", "@x", "https://example.org", "{=A1}", "12", "海港")
    rows, sheet = read_back(xlsx_bytes(Table(("a",) * len(words), (words,))))
    assert rows[1] == [("s", word) for word in words]
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_numbers_are_numbers_and_nothing_is_left_empty_by_a_long_text() -> None:
    table = Table(("n", "long", "empty", "odd"), ((-78.5, "x" * 40_000, None, "a\ud800\x00b"),))
    rows, _ = read_back(xlsx_bytes(table))
    assert rows[0] == [("s", head) for head in table.heads]
    assert rows[1][0] == ("n", "-78.5")
    assert len(rows[1][1][1]) == LONGEST_CELL
    assert rows[1][1][1].endswith(CUT)
    assert rows[1][-1][1].startswith("a?")


@pytest.mark.parametrize("char", ["x", "海", "\U0001f600"])
def test_a_cell_holds_what_excel_counts_as_its_most(char: str) -> None:
    units = len(char.encode("utf-16-le")) // 2
    whole = char * (LONGEST_CELL // units)
    assert fitted(whole) == whole
    cut = fitted(whole + char * 2)
    assert cut.endswith(CUT)
    assert LONGEST_CELL - 1 <= len(cut.encode("utf-16-le")) // 2 <= LONGEST_CELL
