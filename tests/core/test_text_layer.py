"""Words over a picture: hit, taken by word and line, copied with their layout, found."""

from __future__ import annotations

import pytest

from app.core.reading_order import lines_to_text
from app.core.text_layer import TextLayer
from tests.core.test_reading_order import piece

CODE = ["def port(text):", "    if text:", "        return int(text)", "    return 0"]


def code() -> TextLayer:
    return TextLayer(
        [
            piece(line.strip(), 100 + 10.0 * (len(line) - len(line.lstrip())), 50 + 32 * number)
            for number, line in enumerate(CODE)
        ]
    )


def said(layer: TextLayer, stretch: tuple[int, int]) -> str:
    return layer.text(*stretch)


def at(layer: TextLayer, text: str) -> int:
    return next(i for i, word in enumerate(layer.words) if word.text == text)


def test_a_point_is_on_a_word_or_on_none() -> None:
    layer = TextLayer([piece("Save all files", 100, 50), piece("Quit", 100, 82)])
    words = [word.text for word in layer.words]
    assert words == ["Save", "all", "files", "Quit"]
    for number, word in enumerate(layer.words):
        assert layer.at((word.left + word.right) / 2, (word.top + word.bottom) / 2) == number
    assert layer.at(600, 60) is None
    assert layer.at(120, 200) is None
    assert layer.nearest(600, 60) == 2, "beside the line: its last word"
    assert layer.nearest(0, 500) == 3
    assert TextLayer([]).nearest(1, 1) is None


def test_words_stand_where_they_are_written() -> None:
    layer = TextLayer([piece("aaaa bbbb cccc", 100, 50)])
    assert [round(word.left) for word in layer.words] == pytest.approx([100, 150, 200], abs=6)


def test_a_stretch_keeps_rows_and_indentation() -> None:
    layer = code()
    assert layer.text(0, len(layer.words) - 1).splitlines() == CODE
    assert layer.whole_text().splitlines() == CODE
    inner = layer.text(at(layer, "if"), at(layer, "int(text)"))
    assert inner.splitlines() == ["if text:", "    return int(text)"]


def test_a_stretch_from_within_a_line_begins_at_the_edge() -> None:
    layer = code()
    assert layer.text(at(layer, "int(text)"), len(layer.words) - 1).splitlines()[0] == "int(text)"
    assert said(layer, (1, 1)) == "port(text):"


def test_cells_of_a_table_stay_apart() -> None:
    lines = [
        piece(text, x, y)
        for y, row in ((50, ("Item", "Price")), (82, ("Tea", "4.50")), (114, ("Cake", "12.00")))
        for x, text in zip((100, 300), row, strict=True)
    ]
    layer = TextLayer(lines)
    assert layer.whole_text() == lines_to_text(lines)
    assert layer.text(2, 3).split() == ["Tea", "4.50"]
    assert "  " in layer.text(2, 3)


def test_columns_are_taken_one_after_the_other() -> None:
    prose = "words of a line as long as prose is"
    lines = [piece(f"{prose} {n}", x, 50 + 32 * n) for x in (100, 700) for n in range(5)]
    layer = TextLayer(lines)
    text = layer.text(0, layer.row_around(at(layer, "4"))[1])
    assert text.splitlines() == [f"{prose} {n}" for n in range(5)]


def test_a_word_and_a_line_round_a_place() -> None:
    layer = TextLayer([piece("保存文件，然后退出 now please", 100, 50), piece("第二行", 100, 82)])
    assert said(layer, layer.word_around(at(layer, "存"))) == "保存文件"
    assert said(layer, layer.word_around(at(layer, "，"))) == "，"
    assert said(layer, layer.word_around(at(layer, "now"))) == "now"
    assert said(layer, layer.row_around(at(layer, "退"))) == "保存文件，然后退出 now please"


def test_the_next_line_is_the_one_below() -> None:
    layer = code()
    assert layer.words[layer.beside(at(layer, "if"), 1)].text == "return"
    assert layer.beside(0, -1) == 0
    assert layer.words[layer.beside(at(layer, "0"), 5)].row == 3


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("TEXT", ["port(text):", "text:", "int(text)"]),
        ("return int", ["return int(text)"]),
        ("nothing", []),
        ("  ", []),
    ],
)
def test_words_are_found(query: str, found: list[str]) -> None:
    layer = code()
    assert [said(layer, stretch) for stretch in layer.find(query)] == found


def test_chinese_is_found_character_by_character() -> None:
    layer = TextLayer([piece("请保存文件", 100, 50)])
    assert [said(layer, stretch) for stretch in layer.find("保存")] == ["保存"]
