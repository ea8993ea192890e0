"""What an answer holds does not depend on the pieces it came in."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, QSortFilterProxyModel, Qt

from app.core.result_table import ResultTable
from app.features.reader.copies import blocks_text
from app.features.reader.result import Result
from app.features.reader.result_reader import ResultReader
from app.features.reader.views import View, first_view, views_of
from app.kit.markdown.parser import MarkdownParser
from app.kit.widgets.result_table_model import (
    ResultTableModel,
    is_total,
    number_in,
)

PARSER = MarkdownParser()
ITEMS = '{"shop": "海港", "items": [{"a": 1, "b": "x"}, {"a": 2}]}'
TABLE = "Prices:\n\n| a | b |\n|---|--:|\n| 1 | x\\|y |\n| 2 | **3** |\n"
TEXTS = (ITEMS, TABLE, f"Here:\n\n```json\n{ITEMS}\n```\nand so on", "[link](https://a.b) 1\n2")


def read(text: str, cuts: tuple[int, ...] = ()) -> Result:
    reader = ResultReader(PARSER, ("Field", "Value"))
    places = sorted({0, len(text), *(cut % (len(text) + 1) for cut in cuts)})
    for begin, end in pairwise(places):
        reader.take(text[begin:end])
    return reader.take(ended=True)


@given(st.sampled_from(TEXTS), st.lists(st.integers(0, 300), max_size=12))
def test_pieces_make_no_difference(text: str, cuts: list[int]) -> None:
    whole, grown = read(text), read(text, tuple(cuts))
    assert grown.text == text
    assert grown.tables == whole.tables
    assert (grown.value, grown.is_json) == (whole.value, whole.is_json)
    assert blocks_text(grown.blocks) == blocks_text(whole.blocks)


def test_json_alone_is_a_table_first_and_has_no_text() -> None:
    result = read(ITEMS)
    assert result.tables == (
        ResultTable(("Field", "Value"), (("shop", "海港"),)),
        ResultTable(("a", "b"), (("1", "x"), ("2", "")), "items"),
    )
    assert views_of(result) == (View.TREE, View.TABLE, View.SOURCE)
    assert first_view(result) is View.TABLE
    assert first_view(read("[1, 2]")) is View.TREE


def test_a_markdown_table_is_taken_with_its_title() -> None:
    result = read(TABLE)
    assert result.tables == (ResultTable(("a", "b"), (("1", "x|y"), ("2", "3")), "Prices"),)
    assert first_view(result) is View.TEXT
    assert first_view(read(TABLE.removeprefix("Prices:"))) is View.TABLE
    assert blocks_text(result.blocks) == "Prices:\n\na\tb\n1\tx|y\n2\t3"


def test_json_in_a_fence_is_taken_from_among_the_words() -> None:
    result = read(TEXTS[2])
    assert not result.is_json
    assert [table.title for table in result.tables] == ["", "items"]
    assert views_of(result) == (View.TEXT, View.TREE, View.TABLE, View.SOURCE)
    assert first_view(result) is View.TEXT
    assert first_view(read(f"```json\n{ITEMS}\n```")) is View.TABLE


def test_what_only_begins_like_json_is_text() -> None:
    result = read(TEXTS[3])
    assert (result.is_json, result.json, result.tables) == (False, None, ())
    assert blocks_text(result.blocks) == "link 1\n2"
    assert read('{"a": 1} is all').json is None


def test_a_long_table_is_one() -> None:
    rows = "".join(f"| {n} | {n * n} |\n" for n in range(90))
    (table,) = read(f"| n | sq |\n|---|---|\n{rows}").tables
    assert [row[0] for row in table.rows] == [str(n) for n in range(90)]


def test_items_and_code_keep_their_lines() -> None:
    text = "1. one\n2. two\n   - in\n\n```py\nif x:\n    y\n```\n"
    assert blocks_text(read(text).blocks) == "1. one\n2. two\n  • in\n\nif x:\n    y"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12", 12),
        ("-1,024.50", -1024.5),
        ("¥ 56.00", 56),
        ("3 %", 3),
        ("−2", -2),
        (".5", 0.5),
        ("78 元", 78),
        ("2026-04-12", None),
        ("v2", None),
        ("", None),
    ],
)
def test_what_a_cell_counts(cell: str, number: float | None) -> None:
    assert number_in(cell) == number


@pytest.mark.parametrize(
    ("row", "total"),
    [
        (("合计", "", "78.00"), True),
        (("总计：", "¥78.00"), True),
        (("Subtotal", "9.50"), True),
        (("", "Total due", "$12"), True),
        (("Total", ""), False),
        (("Total station", "2"), False),
        (("合计服务", "2"), False),
        (("可颂", "合计", "2"), False),
        ((), False),
    ],
)
def test_which_rows_sum_up(row: tuple[str, ...], total: bool) -> None:
    assert is_total(row) is total


def test_a_row_that_sums_up_is_bold_and_stays_so_where_it_is_sorted_to() -> None:
    model = ResultTableModel()
    rows = (("b", "2"), ("Total", "3"), ("a", "1"))
    model.show(ResultTable(("what", "n"), rows))

    def bold() -> list[bool]:
        fonts = (model.index(row, 1).data(Qt.ItemDataRole.FontRole) for row in range(3))
        return [font is not None and font.bold() for font in fonts]

    assert bold() == [False, True, False]
    held = QPersistentModelIndex(model.index(1, 0))
    model.sort(1)
    assert bold() == [False, False, True]
    assert (held.row(), held.data()) == (2, "Total")
    # What comes while it is sorted finds its place, and by no column all stand as they came.
    more = ResultTable(("what", "n"), (*rows, ("c", "1.5"), ("d", "")))
    model.show(more)
    names = [model.row(row)[0] for row in range(5)]
    assert names == ["a", "c", "b", "Total", "d"]
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert [model.row(row)[0] for row in range(5)] == names[::-1]
    assert held.data() == "Total"
    model.sort(-1)
    assert tuple(map(model.row, range(5))) == more.rows


def test_rows_come_without_starting_over() -> None:
    model = ResultTableModel()
    told: list[str] = []
    model.modelReset.connect(lambda: told.append("anew"))
    model.rowsInserted.connect(lambda _p, first, last: told.append(f"{first}-{last}"))
    model.dataChanged.connect(lambda one, _other: told.append(f"changed {one.row()}"))
    view = QSortFilterProxyModel()
    view.setSourceModel(model)
    steps: list[tuple[tuple[str, ...], ...]] = [
        (),
        (("1", ""),),
        (("1", "x"), ("2", "y"), ("3", "")),
        (("1", "x"), ("2", "y"), ("3", "z")),
        (("9", "x"),),
    ]
    for rows in steps:
        model.show(ResultTable(("a", "b"), rows))
        assert model.table.rows == rows
        assert view.rowCount() == len(rows)
    assert told == ["anew", "0-0", "changed 0", "1-2", "changed 2", "anew"]
