"""Only what changed is painted; what the screen shows is what a whole painting would show."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.events import ReasoningDelta, StreamEvent, TextDelta, ToolCallDelta
from app.core.message import TextPart
from app.features.chat.transcript.actions import Intent
from app.features.chat.transcript.column_view import ColumnView
from app.features.chat.transcript.frames import LIST_INDENT
from tests.features.chat.transcript.conftest import Screen
from tests.features.chat.transcript.messages import answer, ended, long_conversation, streaming
from tests.kit.markdown.corpus import ANSWER


def on_screen(screen: Screen) -> QImage:
    """The pixels that the window has."""
    QApplication.processEvents()
    return _picture(screen, screen.view.screen().grabWindow(screen.view.winId()).toImage())


def painted_whole(screen: Screen) -> QImage:
    """The pixels of a painting of everything."""
    return _picture(screen, screen.view.grab().toImage())


def _picture(screen: Screen, window: QImage) -> QImage:
    viewport = screen.view.viewport()
    at = viewport.mapTo(screen.view, QPoint())
    part = window.copy(at.x(), at.y(), viewport.width(), viewport.height())
    return part.convertToFormat(QImage.Format.Format_RGB32)


def check(screen: Screen) -> None:
    shown = on_screen(screen)
    assert shown == painted_whole(screen)


def stream(screen: Screen, message: str, events: Sequence[StreamEvent]) -> None:
    for event in events:
        screen.view.grow(message, event)
        screen.view._growth.flush_now()
        check(screen)


def pieces(text: str, random: Random) -> list[str]:
    cut: list[str] = []
    while text:
        size = random.randrange(1, 80)
        cut.append(text[:size])
        text = text[size:]
    return cut


@pytest.fixture
def paints(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pixels each painting was for."""
    areas: list[int] = []
    paint = ColumnView.paintEvent

    def counted(self: ColumnView, event: object) -> None:
        areas.append(sum(r.width() * r.height() for r in event.region()))  # type: ignore[attr-defined]
        paint(self, event)  # type: ignore[arg-type]

    monkeypatch.setattr(ColumnView, "paintEvent", counted)
    return areas


def test_an_answer_that_arrives(screen: Screen) -> None:
    message, random = streaming(), Random(2)
    screen.view.show_messages([*long_conversation(3), message])
    check(screen)
    thoughts: list[StreamEvent] = [ReasoningDelta(t) for t in pieces("A thought.\n" * 30, random)]
    text = ANSWER * 2
    words: list[StreamEvent] = [TextDelta(piece) for piece in pieces(text, random)]
    stream(screen, message.id, [*thoughts, *words])
    calls: list[StreamEvent] = [
        ToolCallDelta(0, "call", "look_up", piece)
        for piece in pieces('{"word": "' + "long " * 40 + '"}', random)
    ]
    stream(screen, message.id, calls)
    screen.view.update_message(ended(message, TextPart(text)))
    check(screen)


def test_long_code_and_a_long_table_that_arrive(screen: Screen) -> None:
    message, random = streaming(), Random(5)
    screen.view.show_messages([message])
    code = "```python\n" + "".join(f"value_{n} = {n}\n" for n in range(110)) + "```\n\n"
    table = "| a | b |\n|---|---|\n" + "".join(f"| row {n} | {n} |\n" for n in range(30)) + "\nEnd."
    stream(screen, message.id, [TextDelta(piece) for piece in pieces(code + table, random)])


def test_what_is_said_while_nothing_comes(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([*long_conversation(3), message])
    for _ in range(4):
        stream(screen, message.id, [TextDelta("Words and more words. " * 9)])
        for _ in range(4):
            screen.later(20)
            check(screen)
        stream(screen, message.id, [TextDelta("And on.\n\n")])


def test_what_stands_below_moves_down(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([message])
    calls: list[StreamEvent] = [
        ToolCallDelta(n % 2, f"call{n % 2}", "look_up", '{"word": "' + "long " * 12)
        for n in range(12)
    ]
    stream(screen, message.id, [TextDelta("A paragraph.\n\n" * 8), *calls])


def test_an_answer_that_arrives_below_a_reader(screen: Screen) -> None:
    message, random = streaming(), Random(3)
    screen.view.show_messages([*long_conversation(6), message])
    stream(screen, message.id, [TextDelta("The first words.\n\n" * 20)])
    screen.wheel(2)
    check(screen)
    stream(screen, message.id, [TextDelta(piece) for piece in pieces(ANSWER, random)][:30])


def test_scrolling(screen: Screen) -> None:
    screen.view.show_messages(long_conversation(60))
    screen.frames()
    random = Random(4)
    for _ in range(60):
        screen.wheel(random.choice((-3, -1, 1, 1, 2, 4)))
        check(screen)
    QTest.mouseMove(screen.view.viewport(), screen.rect_of(Intent.COPY).center())
    for _ in range(6):
        screen.wheel(1)
        check(screen)
    screen.view.select_all()
    screen.wheel(1)
    check(screen)
    screen.view._selection.clear()
    screen.wheel(1)
    check(screen)


def test_one_more_word_paints_one_paragraph(screen: Screen, paints: list[int]) -> None:
    message = streaming()
    screen.view.show_messages([*long_conversation(9), message])
    stream(screen, message.id, [TextDelta("A paragraph.\n\n" * 40 + "And")])
    QApplication.processEvents()
    paints.clear()
    screen.view.grow(message.id, TextDelta(" more"))
    screen.view._growth.flush_now()
    QApplication.processEvents()
    whole = screen.view.viewport().width() * screen.view.viewport().height()
    assert 0 < sum(paints) < whole / 8


@pytest.mark.parametrize(
    ("before", "more"),
    [("| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 9, "| 1 | 2 |\n"), ("```\n" + "x\n" * 15, "x\n")],
)
def test_one_more_line_paints_a_line(
    screen: Screen, paints: list[int], before: str, more: str
) -> None:
    message = streaming()
    screen.view.show_messages([message])
    stream(screen, message.id, [TextDelta(before)])
    paints.clear()
    screen.view.grow(message.id, TextDelta(more))
    screen.view._growth.flush_now()
    QApplication.processEvents()
    whole = screen.view.viewport().width() * screen.view.viewport().height()
    assert 0 < sum(paints) < whole / 6


def test_a_wheel_step_paints_what_comes_in(screen: Screen, paints: list[int]) -> None:
    screen.view.show_messages([answer("A paragraph.\n\n" * 200)])
    screen.wheel(3)
    screen.wheel(3)
    screen.frames()
    paints.clear()
    screen.view._latest.hide()
    screen.view._following = False
    screen.view.verticalScrollBar().setValue(screen.bar - 60)
    QApplication.processEvents()
    whole = screen.view.viewport().width() * screen.view.viewport().height()
    assert 0 < sum(paints) < whole


def test_nothing_is_painted_where_nothing_is_seen(screen: Screen, paints: list[int]) -> None:
    """An answer grows below what is read."""
    message = streaming()
    screen.view.show_messages([*long_conversation(9), message])
    stream(screen, message.id, [TextDelta("A paragraph.\n\n" * 40)])
    screen.wheel(5)
    screen.frames()
    paints.clear()
    screen.view.grow(message.id, TextDelta("more " * 50))
    screen.view._growth.flush_now()
    QApplication.processEvents()
    assert not paints


def test_the_rule_under_a_code_s_head_is_painted_up_to_its_last_row(screen: Screen) -> None:
    code = "```python\n" + "x = 1\n" * 60 + "```"
    screen.view.show_messages([answer(code), *long_conversation(6)], {})
    bar = screen.view.verticalScrollBar()
    bar.setValue(0)
    screen.frames()
    whole = painted_whole(screen)
    x, line = whole.width() // 2, QColor(screen.theme.tokens.line).rgb()
    rule = [y for y in range(whole.height()) if whole.pixel(x, y) == line][1]  # below the frame's
    bar.setValue(rule)
    screen.frames()
    assert painted_whole(screen).pixel(x, 0) == line


def bars(screen: Screen, x: int) -> list[tuple[int, int]]:
    """Where bars of quotes begin and end, so far from the column's left edge."""
    picture, left = painted_whole(screen), screen.view.column_left
    line = QColor(screen.theme.tokens.line).rgb()
    rows = [y for y in range(picture.height()) if picture.pixel(left + x, y) == line]
    begins = [y for y in rows if y - 1 not in rows]
    return list(zip(begins, [y for y in rows if y + 1 not in rows], strict=True))


@pytest.mark.parametrize(
    ("text", "outer"),
    [
        ("> one\n>\n> two\n>\n> > inside\n>\n> three", 1),
        ("> one\n>\n> ```\n> x = 1\n> ```\n>\n> - item\n>   more", 1),
        ("> # head\n>\n> text\n\nbetween\n\n> another", 2),
        ("> one\n>\n> | a |\n> |---|\n> | b |", 1),
    ],
)
def test_the_bar_of_a_quote_has_no_gaps(screen: Screen, text: str, outer: int) -> None:
    screen.view.show_messages([answer(text)], {})
    screen.frames()
    assert len(bars(screen, 1)) == outer


def test_quotes_in_two_items_of_a_list_have_a_bar_each(screen: Screen) -> None:
    screen.view.show_messages([answer("- > one\n  >\n  > two\n- > three")], {})
    screen.frames()
    assert len(bars(screen, LIST_INDENT + 1)) == 2
