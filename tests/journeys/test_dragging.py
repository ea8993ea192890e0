"""Words dragged out of a conversation while it streams: on a real X server, with a real pointer.

Qt drags in an event loop of its own. The stream goes on in it, is shown and stored meanwhile, and
goes on behind it; the tests' own coroutine holds the drag, and would wait for ever if tasks did not
run. Offscreen there is no drag: there the tests start an X server, and themselves on it.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QWidget

from app.core.message import Message, MessageState
from tests.conftest import until
from tests.journeys.world import Porthole, porthole
from tests.x_screen import Hand, what_is_missing, x_screen

MISSING = what_is_missing()
ON_X = os.environ["QT_QPA_PLATFORM"] == "xcb"
QUESTION = "/stream 8000 200"
WORD = "stream"


@pytest.mark.slow
@pytest.mark.skipif(ON_X or bool(MISSING), reason=MISSING or "it is that screen")
def test_a_stream_goes_on_while_words_are_dragged_on_a_real_screen(tmp_path: Path) -> None:
    with x_screen() as display:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__],
            env={**os.environ, "DISPLAY": display, "PORTHOLE_TEST_PLATFORM": "xcb"},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            timeout=150,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "2 passed" in done.stdout


@pytest.fixture
def hand() -> Iterator[Hand]:
    made = Hand()
    yield made
    made.button(down=False)
    made.close()


class Drags:
    """Whether a drag is held, and how those that were ended."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.held = False
        self.ended: list[object] = []
        drag = QDrag.exec

        def watched(self_: QDrag, *actions: object) -> object:
            self.held = True
            try:
                self.ended.append(drag(self_, *actions))  # type: ignore[call-overload]
            finally:
                self.held = False
            return self.ended[-1]

        monkeypatch.setattr(QDrag, "exec", watched)


def middle_of(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(widget.rect().center())


async def pull(hand: Hand, start: QPoint, end: QPoint) -> None:
    """Lead the pointer from here to there, as a hand does."""
    for step in range(1, 9):
        hand.move(*(start + (end - start) * step / 8).toTuple())
        await asyncio.sleep(0.03)


async def select_word(window: Porthole, hand: Hand) -> QPoint:
    """Select a word of the question by a double click; where it stands on the screen."""
    view = window.page.transcript
    box, y = next((b, y) for b, y in view.seen() if WORD in b.plain())
    place = box.rect_of(box.plain().index(WORD) + 2)  # type: ignore[attr-defined]
    at = view.viewport().mapToGlobal(place.center() + QPoint(view.column_left, y))
    hand.move(*at.toTuple())
    for down in (True, False, True, False):
        await asyncio.sleep(0.03)
        hand.button(down=down)
    await until(lambda: view.selected_text(100) == WORD)
    await asyncio.sleep(0.6)  # a third click so soon would be one of three
    return QPoint(at)


async def stored(window: Porthole) -> Message:
    """The reply as it stands in the store."""
    (message,) = await window.program.store.messages([window.page.session.branch()[1].id])
    return message


async def came_while_held(window: Porthole, drags: Drags) -> None:
    """More arrives, is shown, and is stored, while the drag is held."""
    session = window.page.session
    begun, shown = len(session.branch()[1].text), len(window.shown)
    kept = len((await stored(window)).text)
    await until(lambda: len(session.branch()[1].text) > begun + 200)
    await until(lambda: len(window.shown) > shown + 200)

    async def is_stored() -> bool:
        return len((await stored(window)).text) > kept + 200

    await until(is_stored)
    assert drags.held
    assert session.busy


@pytest.mark.skipif(not ON_X, reason="needs a real screen")
@pytest.mark.parametrize("end", ["dropped", "given up"])
async def test_a_stream_goes_on(
    data_dir: Path, hand: Hand, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    drags = Drags(monkeypatch)
    async with porthole(data_dir, demo=True) as window:
        await window.begin(QUESTION)
        await until(lambda: "Section 1" in window.shown)
        at = await select_word(window, hand)
        hand.button(down=True)
        target = middle_of(window.box)
        await pull(hand, at, target)
        await until(lambda: drags.held)
        await came_while_held(window, drags)
        if end == "dropped":
            hand.button(down=False)
        else:
            hand.key("Escape")
        await until(lambda: drags.ended)
        assert not drags.held
        assert window.page.session.busy, "neither end of it ends the stream"
        assert window.box.toPlainText() == (WORD if end == "dropped" else "")
        begun = len(window.page.session.branch()[1].text)
        await until(lambda: len(window.page.session.branch()[1].text) > begun + 200)
        window.press(Qt.Key.Key_Escape)
        await window.quiet()
        reply = window.page.session.branch()[1]
        assert reply.state is MessageState.STOPPED
        await window.settled()
        assert (await stored(window)).text == reply.text
