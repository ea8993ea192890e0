"""What is too intricate to lay out is said so; what arrives in pieces is laid out all the same."""

from __future__ import annotations

from app.core.events import TextDelta
from app.features.chat.transcript.notice_box import NoticeBox
from app.features.chat.transcript.text_boxes import BlockBox
from app.kit.markdown.blocks import Kind
from app.kit.markdown.notice import notice_words
from tests.features.chat.transcript.conftest import Screen
from tests.features.chat.transcript.messages import answer, streaming


def shown(screen: Screen) -> list[object]:
    column, height = screen.view._column, screen.view.viewport().height()
    return [box for box, _y in column.visible(screen.bar, height)]


def test_text_that_is_too_intricate_is_shown_as_it_came_and_said_so(screen: Screen) -> None:
    hostile = "![" * 700
    screen.view.show_messages([answer(f"before\n\n{hostile}\n\n**after**")])
    screen.frames()
    boxes = shown(screen)
    place = next(n for n, box in enumerate(boxes) if isinstance(box, NoticeBox))
    plain = boxes[place + 1]
    assert isinstance(plain, BlockBox)
    assert plain.block.kind is Kind.PLAIN
    assert plain.plain() == hostile
    assert notice_words() not in "".join(box.plain() for box in boxes if isinstance(box, BlockBox))


def test_indented_code_that_goes_on_behind_an_empty_line_keeps_all_its_lines(
    screen: Screen,
) -> None:
    message = streaming()
    screen.view.append_message(message)
    for piece in ("    one", "\n", "\n    two", "\n\n    three\n", "\nend"):
        screen.view.grow(message.id, TextDelta(piece))
        screen.flush()
    assert screen.y_of("one\n\ntwo\n\nthree") < screen.y_of("end")


def test_a_burst_is_shown_to_its_end_though_no_more_arrives(screen: Screen) -> None:
    message = streaming()
    screen.view.append_message(message)
    screen.view.grow(message.id, TextDelta("word **word** " * 3000 + "\n\nthe end\n\n"))
    screen.flush()
    item = screen.view._growing[0]
    assert item.is_behind
    screen.qtbot.waitUntil(lambda: not item.is_behind)
    screen.frames()
    assert screen.y_of("the end") >= 0
