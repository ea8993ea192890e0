"""Tables in the transcript: how wide their columns are, in the room that there is."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextTable

from app.features.chat.transcript.text_boxes import BlockBox
from app.kit.markdown.blocks import Kind
from tests.features.chat.transcript.conftest import Screen
from tests.features.chat.transcript.messages import answer

MIXED = """
| Description of the part | Remarks | Price | Fourth | State | Sixth |
|---|:-:|--:|---|---|---|
| A long description that goes on and on, as they do | and remarks that are as long, too, \
for once | 3.14 | `code` | **done** | 2 |
| another | | 12.50 | no | open | 1 |
"""


def table(screen: Screen) -> tuple[BlockBox, QTextTable]:
    """The table in view, as it is laid out."""
    screen.frames()
    boxes = [box for box, _y in screen.view.seen() if isinstance(box, BlockBox)]
    box = next(box for box in boxes if box.block.kind is Kind.TABLE)
    (frame,) = box.document().rootFrame().childFrames()
    assert isinstance(frame, QTextTable)
    return box, frame


def lines(frame: QTextTable, row: int, column: int) -> int:
    return frame.cellAt(row, column).firstCursorPosition().block().layout().lineCount()


@pytest.mark.parametrize("width", [1000, 760, 560])
def test_a_narrow_column_keeps_its_words_whole_beside_wide_ones(screen: Screen, width: int) -> None:
    screen.view.resize(width, 600)
    screen.view.show_messages([answer(MIXED)])
    _box, frame = table(screen)
    for column in range(2, 6):
        assert [lines(frame, row, column) for row in range(3)] == [1, 1, 1]


def test_columns_fit_the_room_again_when_it_changes(screen: Screen) -> None:
    screen.view.show_messages([answer(MIXED)])
    screen.view.resize(560, 600)
    box, frame = table(screen)
    assert not box.is_wide
    assert [lines(frame, 0, column) for column in range(2, 6)] == [1, 1, 1, 1]
    screen.view.resize(300, 600)
    box, frame = table(screen)
    assert box.is_wide, "it scrolls sideways rather than break words into letters"
    assert [lines(frame, 0, column) for column in range(2, 6)] == [1, 1, 1, 1]


def test_an_address_behind_a_word_takes_no_room(screen: Screen) -> None:
    long = "https://example.org/" + "way/" * 20
    screen.view.show_messages([answer(f"| a | b |\n|---|---|\n| [it]({long}) | it |")])
    _box, frame = table(screen)
    layout = box_layout(frame)
    assert layout[0] == layout[1]


def box_layout(frame: QTextTable) -> list[int]:
    """How wide the columns are, in pixels."""
    layout = frame.document().documentLayout()
    blocks = [frame.cellAt(0, c).firstCursorPosition().block() for c in range(frame.columns())]
    return [round(layout.blockBoundingRect(block).width()) for block in blocks]


def test_a_table_takes_all_the_width_where_it_fits(screen: Screen) -> None:
    screen.view.show_messages([answer("| a | b |\n|---|---|\n| 1 | 2 |")])
    box, frame = table(screen)
    assert sum(box_layout(frame)) + 40 == pytest.approx(frame.document().textWidth(), abs=2)
    assert not box.is_wide
