"""The marks of lists: in line with their words at every text size, and never over them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QImage, qGray

from app.core.message import ReasoningPart
from app.features.chat.transcript.text_boxes import BlockBox
from tests.features.chat.transcript.conftest import Screen
from tests.features.chat.transcript.messages import answer, user

RICH = """
1. one, with `code`

   > a quote in it
   > - [x] done

# Heading

> > quoted

| a | b |
|---|---|
| 1 | 2 |

- # heading in an item
- ```python
  x = 1
  ```
"""


def picture(screen: Screen) -> QImage:
    screen.frames()
    return screen.view.viewport().grab().toImage()


def ink(image: QImage, left: int, right: int, top: int, bottom: int) -> tuple[list[int], list[int]]:
    """The columns and the rows that are written in."""
    dark = [
        (x, y)
        for x in range(max(0, left), right)
        for y in range(max(0, top), bottom)
        if qGray(image.pixel(x, y)) < 190
    ]
    return sorted({x for x, _y in dark}), sorted({y for _x, y in dark})


def first_box(screen: Screen, text: str) -> tuple[BlockBox, int]:
    return next(
        (box, y)
        for box, y in screen.view.seen()
        if isinstance(box, BlockBox) and box.plain().strip().endswith(text)
    )


@pytest.mark.parametrize("zoom", [100, 125, 150, 200])
def test_a_number_stands_on_the_line_of_its_words(screen: Screen, zoom: int) -> None:
    screen.theme.set_zoom(zoom)
    screen.view.show_messages([answer("1. 1")])
    image = picture(screen)
    box, y = first_box(screen, "1")
    left = screen.view.column_left
    words = left + box.margins.left()
    _columns, mark = ink(image, left - 20, words - 2, y, y + box.height)
    _columns, said = ink(image, words, words + 60, y, y + box.height)
    assert (mark[0], mark[-1]) == (said[0], said[-1])


@pytest.mark.parametrize("zoom", [100, 150, 200])
def test_a_number_of_two_digits_stands_within_the_column(screen: Screen, zoom: int) -> None:
    screen.theme.set_zoom(zoom)
    screen.view.show_messages([answer("98. words")])
    image = picture(screen)
    box, y = first_box(screen, "words")
    left = screen.view.column_left
    columns, _rows = ink(image, 0, left + box.margins.left() - 4, y, y + box.height)
    assert columns
    assert columns[0] >= left - 1


def test_the_mark_of_an_item_deeper_than_any_indent_is_beside_its_words(screen: Screen) -> None:
    deep = "\n".join("  " * depth + "- iii" for depth in range(11))
    screen.view.show_messages([answer(deep)])
    image = picture(screen)
    boxes = [(box, y) for box, y in screen.view.seen() if isinstance(box, BlockBox)]
    assert len(boxes) == 11
    for box, y in boxes[8:]:
        left = screen.view.column_left + box.margins.left()
        columns, _rows = ink(image, left - 6, left, y, y + box.height)
        assert columns == []
        assert ink(image, left - 24, left - 6, y, y + box.height)[0]


@pytest.mark.parametrize("before", [80, 150])
def test_a_text_size_chosen_while_it_is_shown_looks_as_if_chosen_before(
    make_screen: Callable[..., Screen], before: int
) -> None:
    messages = [user("hi\nthere"), answer(RICH, ReasoningPart("thought", seconds=2.0))]
    live, fresh = make_screen(), make_screen()
    live.theme.set_zoom(before)
    live.view.show_messages(messages)
    live.frames()
    for screen in (live, fresh):
        screen.theme.set_zoom(125)
    fresh.view.show_messages(messages)
    for screen in (live, fresh):
        screen.frames()
        screen.view.verticalScrollBar().setValue(0)
    assert picture(live) == picture(fresh)
