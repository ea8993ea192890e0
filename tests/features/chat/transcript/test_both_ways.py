"""Words that are read from the right begin there, and so do the marks of what they stand in."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage

from app.kit.markdown.direction import is_right_to_left
from app.kit.markdown.parser import MarkdownParser
from app.kit.markdown.reading import parse_units
from tests.features.chat.transcript.conftest import Screen
from tests.features.chat.transcript.messages import answer

SIDE = 18
"""Pixels beside the column's edge in which only a bullet, number, check box or bar stands."""


def marked(screen: Screen, words: str) -> tuple[bool, bool]:
    """Whether something is drawn at the left edge of the box that holds `words`, and at its right.

    What is drawn over the whole width is at both.
    """
    view = screen.view
    image = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    for box, y in view._column.visible(screen.bar, view.viewport().height()):
        if words in box.plain():
            rows = range(y, y + box.height)
            break
    else:
        raise AssertionError(words)
    ground = image.pixel(1, 1)
    left, right = view.column_left, view.viewport().width() - view.column_left

    def drawn(begin: int, end: int) -> bool:
        return any(image.pixel(x, row) != ground for row in rows for x in range(begin, end))

    return drawn(left, left + SIDE), drawn(right - SIDE, right)


@pytest.mark.parametrize(
    "around", ["- {}", "1. {}", "- [ ] {}", "- [x] {}", "10) {}"], ids=lambda text: text[:4]
)
def test_the_mark_of_an_item_stands_where_its_words_begin(screen: Screen, around: str) -> None:
    text = "\n\nnext\n\n".join(around.replace("{}", words) for words in ("words", "كلمات", "מילים"))
    screen.view.show_messages([answer(text)])
    screen.frames()
    assert marked(screen, "words") == (True, False)
    assert marked(screen, "كلمات") == (False, True)
    assert marked(screen, "מילים") == (False, True)


def test_the_bar_of_a_quote_stands_where_its_words_begin(screen: Screen) -> None:
    screen.view.show_messages([answer("> quoted\n\nnext\n\n> مقتبس\n")])
    screen.frames()
    assert marked(screen, "quoted") == (True, False)
    left, right = marked(screen, "مقتبس")
    assert (left, right) == (False, True)


def test_an_item_turns_round_once_its_first_letter_is_there(screen: Screen) -> None:
    from app.core.events import TextDelta
    from tests.features.chat.transcript.messages import streaming

    message = streaming()
    screen.view.show_messages([message])
    for piece in ("- 1: ", "**", "مرحبا", "** hello"):
        screen.view.grow(message.id, TextDelta(piece))
        screen.flush()
    assert marked(screen, "hello") == (False, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words", False),
        ("中文，然后 العربية", False),
        ("العربية and English", True),
        ("**שלום** `code`", True),
        ("# 8080: منفذ", True),
        ("English, then العربية", False),
        ("| اسم | value |\n|--|--|\n| a | b |\n", True),
        ("```\nمرحبا\n```\n", False),
        ("—— 42 👍🏽", False),
    ],
)
def test_the_first_letter_tells_the_direction(text: str, expected: bool) -> None:
    (unit,) = parse_units(text, MarkdownParser(), {})
    assert is_right_to_left(unit.blocks[0]) is expected


def test_the_sides_of_columns_are_meant_as_they_are_written(screen: Screen) -> None:
    screen.view.show_messages([answer("| أ | ب |\n|--:|:--|\n| كلمة | نص |\n")])
    screen.frames()
    box = next(
        box
        for box, _ in screen.view._column.visible(screen.bar, screen.view.viewport().height())
        if "كلمة" in box.plain()
    )
    block = box.document().begin()  # type: ignore[attr-defined]  # it is a box with text
    sides: dict[str, tuple[float, float]] = {}
    while block.isValid():
        line = block.layout().lineAt(0) if block.layout().lineCount() else None
        if line is not None and block.text():
            sides[block.text()] = (line.naturalTextRect().left() - line.rect().left(), line.width())
        block = block.next()
    assert sides["كلمة"][0] > sides["كلمة"][1] / 2, "at the right"
    assert sides["نص"][0] < 2, "at the left"
