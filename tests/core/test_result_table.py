"""Tables of JSON, and what they are copied as: every cell arrives where it belongs."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.growing_json import GrowingJson
from app.core.result_table import (
    ResultTable,
    csv_text,
    for_workbook,
    html_text,
    markdown_text,
    tables_of,
    tsv_text,
)
from app.core.spreadsheet import as_text

HEADS = ("Field", "Value")
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=12)
RECEIPT = {
    "shop": "海港咖啡",
    "paid": {"by": "微信", "at": "09:31"},
    "items": [{"item": "美式咖啡", "n": 2}, {"item": "可颂", "n": 1, "note": None}],
    "tags": ["a", "b"],
    "total": 78.5,
}


class Html(HTMLParser):
    """Rows of cells, with breaks as line ends."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        elif tag == "br":
            self.rows[-1][-1] += "\n"

    def handle_data(self, data: str) -> None:
        self.rows[-1][-1] += data


def test_an_object_gives_its_fields_and_each_list_of_objects() -> None:
    fields, items = tables_of(RECEIPT, HEADS)
    assert fields.heads == HEADS
    assert fields.rows == (
        ("shop", "海港咖啡"),
        ("paid.by", "微信"),
        ("paid.at", "09:31"),
        ("tags", '["a", "b"]'),
        ("total", "78.5"),
    )
    assert items == ResultTable(
        ("item", "n", "note"), (("美式咖啡", "2", ""), ("可颂", "1", "")), "items"
    )


def test_lists_of_objects_and_of_lists_are_tables_and_others_are_not() -> None:
    assert tables_of([{"a": True}, {"b": [1]}], HEADS) == (
        ResultTable(("a", "b"), (("true", ""), ("", "[1]"))),
    )
    assert tables_of([["x", "y"], [1]], HEADS) == (ResultTable(("x", "y"), (("1", ""),)),)
    others: tuple[object, ...] = ([], [1, 2], [{}], "x", None, {}, [[1]])
    for value in others:
        assert tables_of(value, HEADS) == ()


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4))
def test_csv_and_html_bring_every_cell_where_it_belongs(rows: list[tuple[str, str]]) -> None:
    table = ResultTable(("one", "two"), tuple(rows))
    parsed = list(csv.reader(io.StringIO(csv_text(table), newline="")))
    assert parsed == [["one", "two"], *([as_text(cell) for cell in row] for row in rows)]
    assert Html(html_text(table)).rows == [["one", "two"], *(list(row) for row in rows)]


def test_tsv_has_a_line_a_row_whatever_stands_in_a_cell() -> None:
    table = ResultTable(("a", "b"), (("x\ty", "one\r\ntwo"), ("", "  in")))
    assert tsv_text(table) == "a\tb\nx y\tone two\n\t  in"
    assert tsv_text(ResultTable(("", ""), (("1", "2"),))) == "1\t2"
    assert markdown_text(ResultTable(("a|b",), (("x\ny",),))) == ("| a\\|b |\n| --- |\n| x<br>y |")


@pytest.mark.parametrize(
    "cell", ["=1+1", " =1", '=HYPERLINK("x")', "@SUM(1)", "+cmd|' /C calc'!A0", "-a", "\t=1", "＝1"]
)
def test_what_a_spreadsheet_would_compute_goes_as_text(cell: str) -> None:
    table = ResultTable(("a", "b"), ((cell, "2"),))
    assert tsv_text(table).split("\n")[1].startswith("'")
    assert next(csv.reader(io.StringIO(csv_text(table).split("\r\n", 1)[1])))[0] == f"'{cell}"
    assert "mso-number-format:'\\@'" in html_text(table)
    assert Html(html_text(table)).rows[1] == [cell, "2"]


@pytest.mark.parametrize(
    "cell", ["-12", "+3 %", "- 1,024", "-¥56.00", "-", "a=b", "2026-04-12", ""]
)
def test_numbers_and_words_go_as_they_are(cell: str) -> None:
    table = ResultTable(("a",), ((cell,),))
    assert tsv_text(table) == f"a\n{cell}"
    assert "mso-number-format" not in html_text(table)


def test_a_workbook_has_numbers_where_they_stay_exact_and_words_as_they_are() -> None:
    rows = [
        {"id": "00123", "n": 1.5, "ok": True, "big": 12345678901234567890, "in": {"a": [1]}},
        {"n": -7, "id": "=1+1"},
    ]
    (table,) = tables_of(rows, HEADS)
    made = for_workbook(table)
    assert made.heads == ("id", "n", "ok", "big", "in")
    assert made.rows[0] == ("00123", 1.5, "true", "12345678901234567890", '{"a": [1]}')
    assert made.rows[1] == ("=1+1", -7, None, None, None)
    (fields,) = tables_of({"a": {"b": 3}, "c": "x"}, HEADS)
    assert for_workbook(fields).rows == (("a.b", 3), ("c", "x"))
    (lists,) = tables_of([["x", "y"], [1, "2", 3], ["z"]], HEADS)
    assert for_workbook(lists).rows == ((1, "2", 3), ("z", None, None))
    assert for_workbook(ResultTable(("a",), (("7",),))).rows == (("7",),)


def test_numbers_stand_as_they_were_written_and_count_in_a_workbook() -> None:
    growing = GrowingJson()
    growing.feed('[{"price": 1.50, "rate": 1e-3, "long": 0.1234567890123456789, "n": 2}]')
    (table,) = tables_of(growing.value(), HEADS)
    assert table.rows == (("1.50", "1e-3", "0.1234567890123456789", "2"),)
    assert for_workbook(table).rows[0][0] == 1.5
