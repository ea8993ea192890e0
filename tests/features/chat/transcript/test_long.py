"""Long conversations: only what is near the view is made, and words come when they are missed."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.message import Message
from app.core.outline import OutlineTable
from app.features.chat.shown_branch import ShownBranch
from app.features.chat.transcript import column_view
from app.features.chat.transcript.rows import KEPT_ITEMS
from app.features.chat.transcript.surface import DOCUMENTS
from tests.features.chat.transcript.conftest import Screen
from tests.features.chat.transcript.messages import answer, long_conversation, user


def made(screen: Screen) -> int:
    return sum(1 for _ in screen.view._column.made())


def shelved(messages: list[Message]) -> tuple[ShownBranch, dict[str, Message]]:
    """A branch none of whose words are there yet, and where they are to be put."""
    there: dict[str, Message] = {}
    table = OutlineTable.of(messages)
    return ShownBranch(table, range(len(table)), there.get, {}), there


def test_what_is_far_from_the_view_goes_again_and_nothing_moves(screen: Screen) -> None:
    screen.view.show_messages(long_conversation(600))
    screen.frames()
    for _ in range(1200):
        screen.wheel(4)
        before = screen.view.visible_text()
        screen.frames()
        assert screen.view.visible_text() == before
        if not screen.bar:
            break
    assert not screen.bar
    assert made(screen) <= KEPT_ITEMS


def test_a_selection_keeps_what_it_was_made_in(screen: Screen) -> None:
    screen.view.show_messages([user("first words"), *long_conversation(500)])
    screen.frames()
    QTest.keyClick(screen.view, Qt.Key.Key_Home)
    screen.frames()
    screen.view.select_all()
    for _ in range(40):
        QTest.keyClick(screen.view, Qt.Key.Key_PageDown)
        screen.frames()
    assert screen.view.has_selection


def test_missing_words_are_asked_for_once_and_what_is_read_stays(screen: Screen) -> None:
    messages = long_conversation(200)
    shown, there = shelved(messages)
    asked: list[tuple[str, ...]] = []
    screen.view.words_missed.connect(asked.append)
    screen.view.show_branch(shown)
    screen.frames()
    assert messages[-1].id in asked[0]
    assert len(set(asked[0])) == len(asked[0]) < 100
    assert screen.view.visible_text() == ""
    wanted = [m for m in messages if m.id in {key for keys in asked for key in keys}]
    there.update({m.id: m for m in wanted})
    screen.view.take_words(wanted)
    screen.frames()
    assert messages[-1].text.split()[0] in screen.view.visible_text()
    assert screen.bar == screen.most
    told = [key for keys in asked for key in keys]
    assert len(set(told)) == len(told)


def test_words_that_come_above_do_not_move_what_is_read(screen: Screen) -> None:
    messages = [*long_conversation(100), answer("the end is here")]
    shown, there = shelved(messages)
    there.update({m.id: m for m in messages[60:]})
    screen.view.show_branch(shown)
    screen.frames()
    for _ in range(30):
        screen.wheel(4)
        screen.frames()
    before = screen.view.visible_text()
    there.update({m.id: m for m in messages})
    screen.view.take_words(messages[:60])
    screen.frames()
    assert screen.view.visible_text() == before


@pytest.mark.parametrize("slice_s", [0.0, 0.0005])
def test_what_is_laid_out_ahead_moves_nothing_however_little_at_a_time(
    screen: Screen, monkeypatch: pytest.MonkeyPatch, slice_s: float
) -> None:
    monkeypatch.setattr(column_view, "SLICE_S", slice_s)
    screen.view.show_messages(long_conversation(300))
    screen.frames()
    for _ in range(120):
        screen.wheel(4)
        before = screen.view.visible_text()
        screen.frames()
        assert screen.view.visible_text() == before


def test_what_goes_again_is_gone_at_once(screen: Screen) -> None:
    """Nothing is left for Python's collector, which would hold up the window."""
    turns = [answer("```c\nint x;\n```\n\n- a\n\n| a |\n|---|\n| 1 |"), user("long\n" * 90)]
    screen.view.show_messages([replace(m, id=f"{n}-{m.id}") for n in range(200) for m in turns])
    screen.frames()
    QTest.keyClick(screen.view, Qt.Key.Key_Home)
    screen.frames()
    items = [weakref.ref(item) for item in screen.view._column.made()]
    boxes = {
        ref: [weakref.ref(box) for box in item.boxes]
        for ref in items
        if (item := ref()) is not None
    }
    del item
    gc.disable()
    try:
        for place in range(40):
            screen.view.verticalScrollBar().setValue(screen.most * place // 40)
            screen.frames()
        gone = [ref for ref in items if ref() is None]
        assert len(gone) > len(items) / 2
        assert not [box() for ref in gone for box in boxes[ref] if box() is not None]
    finally:
        gc.enable()


def test_five_thousand_messages_read_up_and_down_keep_little(screen: Screen) -> None:
    """From the store's outlines; words come when they are missed and are let go of again."""
    messages = [
        m for n in range(2500) for m in (user(f"question {n}"), answer(f"answer {n}. " * 30))
    ]
    by_id = {message.id: message for message in messages}
    shown, there = shelved(messages)
    asked = 0

    def lend(ids: tuple[str, ...]) -> None:
        nonlocal asked
        asked += len(ids)
        there.clear()  # the store's own cache is small
        there.update({key: by_id[key] for key in ids})
        screen.view.take_words([by_id[key] for key in ids])

    screen.view.words_missed.connect(lend, Qt.ConnectionType.QueuedConnection)
    screen.view.show_branch(shown)
    steps = items = boxes = documents = 0
    for way in (-1, 1):
        while screen.bar > 0 if way < 0 else screen.bar < screen.most:
            screen.view.verticalScrollBar().setValue(screen.bar + way * 9000)
            screen.frames()
            before = screen.view.visible_text()
            assert before
            screen.frames()
            assert screen.view.visible_text() == before
            steps += 1
            items = max(items, made(screen))
            boxes = max(boxes, sum(len(item.boxes) for item in screen.view._column.made()))
            documents = max(documents, screen.view._surface.live_documents)
    assert steps > 60
    assert asked > 3000
    assert items <= KEPT_ITEMS + 100
    assert boxes <= 4 * items
    assert documents <= DOCUMENTS
