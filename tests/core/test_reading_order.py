"""Pieces of text put in order: columns, rows, paragraphs, indentation, tables."""

from __future__ import annotations

import random

from app.core.ports import TextLine
from app.core.reading_order import in_reading_order, lines_to_text, text_units
from app.core.table_layout import find_tables, to_markdown

UNIT, HEIGHT = 10.0, 28.0


def piece(text: str, x: float, y: float) -> TextLine:
    """Text as a detector boxes it: 10 pixels a narrow character, in lines 28 high."""
    width = text_units(text) * UNIT
    return TextLine(text, 0.99, x - 5, y, x + width + 5, y + HEIGHT)


def shuffled(pieces: list[TextLine]) -> list[TextLine]:
    mixed = list(pieces)
    random.Random(3).shuffle(mixed)
    return mixed


def texts(pieces: list[TextLine]) -> list[str]:
    return [found.text for found in in_reading_order(shuffled(pieces))]


def test_nothing_is_nothing() -> None:
    assert lines_to_text([]) == ""
    assert find_tables([]) == []
    assert lines_to_text([piece("●", 10, 10), piece("  ", 90, 10)]) == ""


def test_code_keeps_its_indentation() -> None:
    code = ["def port(text):", "    if text:", "        return int(text)", "    return 0"]
    pieces = [
        piece(line.strip(), 100 + UNIT * (len(line) - len(line.lstrip())), 50 + 32 * number)
        for number, line in enumerate(code)
    ]
    assert lines_to_text(shuffled(pieces)).splitlines() == code


def test_code_keeps_it_over_an_empty_line() -> None:
    pieces = [
        piece("if ready:", 100, 50),
        piece("start()", 140, 82),
        piece("wait(3)", 140, 146),
        piece("stop()", 140, 178),
    ]
    assert lines_to_text(pieces) == "if ready:\n    start()\n\n    wait(3)\n    stop()"


def test_prose_does_not_become_indented() -> None:
    pieces = [piece("A title in the middle", 300, 50), piece("Then a plain line of words", 100, 82)]
    assert lines_to_text(pieces) == "A title in the middle\nThen a plain line of words"


def test_rows_that_all_stand_apart_are_no_paragraphs() -> None:
    menu = [
        piece(text, 100, 50 + 70 * number) for number, text in enumerate(("Home", "Work", "Out"))
    ]
    assert lines_to_text(shuffled(menu)) == "Home\nWork\nOut"
    pairs = [piece(text, 100, y) for text, y in (("a", 50), ("b", 80), ("c", 150), ("d", 180))]
    assert lines_to_text(shuffled(pairs)) == "a\nb\n\nc\nd"
    far = [
        piece(text, 100, 50 + 140 * number) for number, text in enumerate(("Home", "Work", "Out"))
    ]
    assert lines_to_text(shuffled(far)) == "Home\n\nWork\n\nOut"


def test_json_keeps_its_indentation() -> None:
    lines = [
        "{",
        '  "name": "porthole",',
        '  "tags": [',
        '    "desktop",',
        '    "vision"',
        "  ]",
        "}",
    ]
    pieces = [
        piece(line.strip(), 100 + UNIT * (len(line) - len(line.lstrip())), 50 + 32 * number)
        for number, line in enumerate(lines)
    ]
    assert lines_to_text(shuffled(pieces)).splitlines() == lines


def test_indentation_found_a_little_off_is_by_whole_steps() -> None:
    pieces = [
        piece("class Store:", 100, 50),
        piece("def add(self, key):", 140, 82),
        piece("if key in self.items:", 180, 114),
        piece("return False", 226, 146),
        piece("self.items.append(key)", 180, 178),
    ]
    found = [len(line) - len(line.lstrip()) for line in lines_to_text(pieces).splitlines()]
    assert found == [0, 4, 8, 12, 8]


def test_a_wide_table_is_read_by_its_rows() -> None:
    cells = ("10021", "Maria Jensen", "Steel rope, 20 m", "84.00", "2026-11-02")
    places = (100, 220, 420, 700, 820)
    pieces = [
        piece(cell, x, 50 + 60 * row)
        for row in range(5)
        for cell, x in zip(cells, places, strict=True)
    ]
    read = [" ".join(line.split()) for line in lines_to_text(shuffled(pieces)).splitlines()]
    assert read == [" ".join(cells)] * 5


def test_paragraphs_are_set_apart() -> None:
    lines = [piece("one", 100, 50), piece("two", 100, 82), piece("three", 100, 150)]
    assert lines_to_text(shuffled(lines)) == "one\ntwo\n\nthree"


def test_fragments_of_a_row_are_joined_by_their_gap() -> None:
    assert lines_to_text([piece("left", 100, 50), piece("right", 150, 52)]) == "left right"
    assert lines_to_text([piece("舷窗", 100, 50), piece("很好", 142, 51)]) == "舷窗很好"
    spread = lines_to_text([piece("Total", 100, 50), piece("42", 300, 50)])
    assert spread == "Total" + " " * 15 + "42"


def test_a_character_in_two_overlapping_boxes_comes_once() -> None:
    left = TextLine("error: port:", 0.9, 100, 50, 225, 78)
    right = TextLine(": '80 80'", 0.9, 208, 50, 310, 78)
    assert lines_to_text([left, right]) == "error: port: '80 80'"


def test_two_columns_of_prose_are_read_one_after_the_other() -> None:
    left = [f"left column, line {n} of the text" for n in range(6)]
    right = [f"right column, line {n} of text" for n in range(6)]
    pieces = [piece(text, 100, 100 + 32 * n) for n, text in enumerate(left)]
    pieces += [piece(text, 520, 100 + 32 * n) for n, text in enumerate(right)]
    title = piece("A title over both of the columns here", 250, 20)
    assert texts([*pieces, title]) == [title.text, *left, *right]


def test_a_sidebar_is_a_column_and_the_windows_title_comes_first() -> None:
    side = [piece(name, 20, 80 + 46 * n) for n, name in enumerate(["Home", "Keys", "Logs"])]
    main = [
        piece("A heading", 300, 70),
        piece("Some words below it", 300, 110),
        piece("and some more words", 300, 142),
        piece("and the last", 300, 220),
    ]
    title = [piece("●", 20, 10), piece("●", 45, 10), piece("Window", 400, 10)]
    expected = ["Window", "Home", "Keys", "Logs", *(p.text for p in main)]
    assert texts([*title, *side, *main]) == expected


def test_bullets_stay_with_their_text() -> None:
    assert lines_to_text([piece("•", 100, 50), piece("first", 125, 50)]) == "• first"


def cells(rows: list[list[str]], xs: list[float], y: float = 100) -> list[TextLine]:
    return [
        piece(cell, x, y + 44 * number)
        for number, row in enumerate(rows)
        for cell, x in zip(row, xs, strict=True)
        if cell
    ]


TABLE = [["Item", "Count", "Price"], ["Coffee", "2", "56.00"], ["可颂", "1", "22.00"]]


def test_a_table_is_found_among_other_text() -> None:
    around = [piece("A receipt of this morning", 100, 20), piece("Thank you for coming", 100, 300)]
    assert [
        list(map(list, t)) for t in find_tables(shuffled(cells(TABLE, [100, 300, 500]) + around))
    ] == [TABLE]


def test_an_empty_cell_stays_empty_and_markdown_is_escaped() -> None:
    rows = [["a|b", "Two", "Three"], ["1", "", "3"], ["4", "5", "6"]]
    (table,) = find_tables(cells(rows, [100, 300, 500]))
    assert list(map(list, table)) == rows
    assert to_markdown(table).splitlines() == [
        "| a\\|b | Two | Three |",
        "| --- | --- | --- |",
        "| 1 |  | 3 |",
        "| 4 | 5 | 6 |",
    ]


def test_prose_is_no_table() -> None:
    prose = [piece(f"This is line {n} of a plain paragraph", 100, 50 + 32 * n) for n in range(5)]
    assert find_tables(prose) == []
    buttons = [piece("Cancel", 100, 300), piece("Save", 300, 300)]
    assert find_tables(prose + buttons) == []


def test_every_piece_comes_exactly_once() -> None:
    chance = random.Random(11)
    for _ in range(60):
        pieces = [
            piece(f"word{n}", chance.randrange(0, 1200), chance.randrange(0, 800))
            for n in range(chance.randrange(1, 40))
        ]
        words = " ".join(p.text for p in in_reading_order(pieces))
        assert all(f"word{n}" in words for n in range(len(pieces)))
