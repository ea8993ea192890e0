"""What is selected is the same for assistive tools and on the screen, whoever selected it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit

from app.features.chat.transcript.box import TextBox
from app.features.chat.transcript.sight import place_in
from tests.features.chat.transcript.conftest import Screen
from tests.features.chat.transcript.messages import answer, long_conversation, user
from tests.features.chat.transcript.test_accessible import (
    Event,
    Told,
    children,
    root,
    said,
    show,
    told,
)
from tests.features.chat.transcript.test_selection import copy

__all__ = ["told"]
TEXT = (
    "# 😀 Title\n\nSome **bold** words.\n\n- an item\n- another\n\n| a | b |\n|---|---|\n| c | d |"
)
READ = "😀 Title\n\nSome bold words.\n\n- an item\n- another\n\na\tb\nc\td"


@pytest.fixture(autouse=True)
def _somebody_listens() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def at(words: str) -> int:
    """Where words stand, as Qt counts: the emoji is two."""
    return READ.index(words) + 1 if words[0] != "😀" else 0


def selected(screen: Screen, of: QAccessibleInterface) -> str:
    """What they take to be selected; how much that is PySide cannot ask Qt's interface."""
    if not of.textInterface().selectionCount():
        return ""
    edit = screen.view.findChild(QTextEdit)
    assert isinstance(edit, QTextEdit)
    return edit.textCursor().selectedText().replace("\u2029", "\n")


def select(screen: Screen, start: tuple[str, int], end: tuple[str, int]) -> None:
    boxes = [box for box, _y in screen.view.seen() if isinstance(box, TextBox)]
    found = []
    for words, char in (start, end):
        box = next(b for b in boxes if words in b.document().toRawText())
        # Documents count the emoji as two.
        raw = box.document().toRawText()
        before = raw[: raw.index(words)].encode("utf-16-le")
        found.append(place_in(box, len(before) // 2 + char))
    screen.view._selection.begin(found[0])
    screen.view._selection.lead(found[1])


def test_they_are_told_what_is_selected(screen: Screen) -> None:
    question, reply = show(screen, user("What now?"), answer(TEXT))
    assert said(reply) == READ
    assert selected(screen, reply) == ""
    select(screen, ("bold", 0), ("an item", 2))
    assert selected(screen, reply) == "bold words.\n\n- an"
    select(screen, ("What", 5), ("Some", 4))
    assert (selected(screen, question), selected(screen, reply)) == ("now?", "😀 Title\n\nSome")
    screen.view.select_all()
    assert (selected(screen, question), selected(screen, reply)) == ("What now?", READ)
    screen.view._selection.clear()
    assert (selected(screen, question), selected(screen, reply)) == ("", "")


def test_what_they_select_is_selected(screen: Screen) -> None:
    _question, reply = show(screen, user("What now?"), answer(TEXT))
    for first, last, copied in (
        ("bold", " words", "bold"),
        ("Title", " bold", "Title\n\nSome"),
        ("an item", "\n- another", "- an item"),
        ("words", "another", "words.\n\n- an item"),
    ):
        reply.textInterface().addSelection(at(first), at(last))
        QApplication.processEvents()
        assert copy(screen) == copied
        assert selected(screen, reply) == READ[at(first) - 1 : at(last) - 1]
    reply.textInterface().removeSelection(0)
    QApplication.processEvents()
    assert not screen.view.has_selection


def test_a_cursor_that_they_put_is_shown_and_gone_on_from(screen: Screen) -> None:
    items = show(screen, *long_conversation(9), answer("far below"))
    far = items[7]
    text = said(far)
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_End)
    far.textInterface().setCursorPosition(text.index("answer 3"))
    QApplication.processEvents()
    assert "answer 3" in screen.view.visible_text()
    screen.view.setFocus()
    for _ in range(6):
        QTest.keyClick(screen.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert copy(screen) == "answer"
    assert selected(screen, far) == "answer"


def test_they_are_told_when_it_changes(screen: Screen, told: Told) -> None:
    show(screen, user("What now?"), answer(TEXT))
    select(screen, ("bold", 0), ("words", 2))
    QApplication.processEvents()
    events = [(kind, name) for kind, name, _event in told if kind == Event.TextSelectionChanged]
    assert events == [(Event.TextSelectionChanged, "lab/model-1")]
    told.clear()
    screen.view._selection.clear()
    QApplication.processEvents()
    assert [kind for kind, _name, _event in told] == [Event.TextSelectionChanged]
    assert children(root(screen))


def test_nothing_is_told_while_nobody_listens(screen: Screen, told: Told) -> None:
    QAccessible.setActive(False)
    show(screen, user("What now?"), answer(TEXT))
    told.clear()
    select(screen, ("bold", 0), ("words", 2))
    QApplication.processEvents()
    assert told == []
