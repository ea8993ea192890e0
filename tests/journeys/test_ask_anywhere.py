"""Ask anywhere: a region, a card, an answer; and what becomes of the conversation."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.answer_table import table_in
from app.core.message import Role
from app.core.model_info import ModelInfo
from app.core.wish import OPEN, Start, Wish
from app.features.capture.card import AnswerCard
from app.features.capture.overlay import Overlay
from app.features.images.quick_actions import QuickActions
from tests.adapters.chat_api.server import plain, serving
from tests.conftest import until
from tests.features.capture.screens import SMALL, FakeGrabber, drag, key
from tests.journeys.world import Porthole, porthole

REFUSAL = b'{"error":{"message":"This model does not support image input."}}'


class Asking:
    """A Porthole whose screen is not there, and the card that was opened over it."""

    def __init__(self, window: Porthole) -> None:
        self.window = window
        self.overlays: list[Overlay] = []
        self.cards: list[AnswerCard] = []
        incoming = window.program.incoming
        incoming.capturing.capture.grabber = FakeGrabber((SMALL,))
        incoming.capturing.capture.shown.connect(self.overlays.append)
        incoming.asking.card_opened.connect(self.cards.append)

    @property
    def card(self) -> AnswerCard:
        return self.cards[-1]

    async def select(self) -> None:
        """Drag a region and take it."""
        await until(lambda: self.overlays)
        drag(self.overlays[-1].views[0], (50, 40), (150, 100))
        key(self.overlays[-1].views[0], Qt.Key.Key_Return)
        await until(lambda: self.cards)

    async def begin(self) -> None:
        self.window.shortcut("Ctrl+Shift+A")
        await self.select()

    async def answered(self) -> None:
        await until(lambda: self.card.buttons[1].isEnabled())
        await until(lambda: not self.card.question.isReadOnly())

    def answer_text(self) -> str:
        from app.features.chat.transcript import TranscriptView

        view = self.card.findChild(TranscriptView)
        assert isinstance(view, TranscriptView)
        return view.plain_text()

    @property
    def actions(self) -> QuickActions:
        found = self.card.findChild(QuickActions)
        assert isinstance(found, QuickActions)
        return found


@asynccontextmanager
async def asking(data_dir: Path) -> AsyncIterator[Asking]:
    async with porthole(data_dir, demo=True) as window:
        yield Asking(window)
    assert not [w for w in QApplication.topLevelWidgets() if w.isVisible()]


async def test_a_quick_action_is_answered_in_the_card(data_dir: Path) -> None:
    async with asking(data_dir) as there:
        await there.begin()
        there.actions.button("describe").click()
        await there.answered()
        assert "100 × 60" in there.answer_text()
        (info,) = [i for i in await there.window.program.store.conversations() if i.message_count]
        assert info.title.startswith("Describe: Screenshot")
        assert there.card.note.startswith("porthole-demo · ")
        there.card.buttons[1].click()
        assert "100 × 60" in QApplication.clipboard().text()


async def test_one_question_after_the_other(data_dir: Path) -> None:
    async with asking(data_dir) as there:
        await there.begin()
        QTest.keyClicks(there.card.question, "How large is it?")
        QTest.keyClick(there.card.question, Qt.Key.Key_Return)
        await there.answered()
        assert there.card.question.text() == ""
        assert "How large is it?" not in there.answer_text(), "it is what the card is about"
        QTest.keyClicks(there.card.question, "And now?")
        QTest.keyClick(there.card.question, Qt.Key.Key_Return)
        await until(lambda: "And now?" in there.answer_text())
        await there.answered()


async def test_escape_leaves_nothing_where_nothing_was_asked(data_dir: Path) -> None:
    async with asking(data_dir) as there:
        await there.begin()
        QTest.keyClick(there.card.question, Qt.Key.Key_Escape)
        asking_here = there.window.program.incoming.asking
        await until(lambda: not asking_here.open)
        await there.window.settled()
        assert not await there.window.program.store.conversations()
        assert len(there.window.program.sessions.all()) == 1


async def test_what_was_asked_is_opened_as_a_conversation(data_dir: Path) -> None:
    async with asking(data_dir) as there:
        await there.begin()
        there.actions.button("describe").click()
        await there.answered()
        there.card.buttons[2].click()
        await until(lambda: "100 × 60" in there.window.shown)
        roles = [message.role for message in there.window.page.session.branch()]
        assert roles == [Role.USER, Role.ASSISTANT]
        assert not there.window.program.incoming.asking.open


async def test_what_was_not_asked_yet_goes_along_unsent(data_dir: Path) -> None:
    async with asking(data_dir) as there:
        await there.begin()
        there.card.question.setText("Later")
        there.card.buttons[2].click()
        await until(lambda: there.window.page.draft().parts)
        assert there.window.page.draft().text == "Later"
        assert there.window.page.session.is_empty


async def test_closed_while_it_is_answered_the_answer_is_in_the_history(data_dir: Path) -> None:
    async with asking(data_dir) as there:
        await there.begin()
        QTest.keyClicks(there.card.question, "/stream 300 0")
        QTest.keyClick(there.card.question, Qt.Key.Key_Return)
        store = there.window.program.store
        await until(lambda: any(s.busy for s in there.window.program.sessions.all()))
        there.card.close()
        await until(lambda: len(there.window.program.sessions.all()) == 1)
        (info,) = await store.conversations()
        assert info.message_count == 2


async def test_a_start_that_is_for_a_question_shows_no_window(data_dir: Path) -> None:
    async with asking(data_dir) as there:
        window = there.window.program.window
        window.hide()
        closing: list[bool] = []
        window.closing.connect(lambda: closing.append(True))
        there.window.program.incoming.take(Start(wish=Wish.ASK))
        await there.select()
        assert not window.isVisible()
        assert not closing
        there.card.close()
        assert closing == [True], "there is nothing left to be seen"


async def test_left_at_the_region_such_a_start_ends(data_dir: Path) -> None:
    async with asking(data_dir) as there:
        window = there.window.program.window
        window.hide()
        closing: list[bool] = []
        window.closing.connect(lambda: closing.append(True))
        there.window.program.incoming.take(Start(OPEN.paths, Wish.ASK))
        await until(lambda: there.overlays)
        key(there.overlays[-1].views[0], Qt.Key.Key_Escape)
        await until(lambda: closing)


async def test_it_says_that_the_demo_would_answer_until_it_is_asked(data_dir: Path) -> None:
    async with asking(data_dir) as there:
        await there.begin()
        assert there.card.caution.startswith("Demo mode")
        layout, wide = there.card.layout(), there.card.width()
        assert layout is not None
        await until(lambda: there.card.height() == layout.totalHeightForWidth(wide))
        high = there.card.height()
        there.actions.button("describe").click()
        await there.answered()
        assert there.card.caution == ""
        assert there.card.height() > high, "there is room for the answer"


async def test_a_model_that_is_not_listed_as_seeing_is_named_and_its_refusal_shown(
    data_dir: Path,
) -> None:
    async with (
        serving(plain(REFUSAL, "400 Bad Request", "application/json")) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        blind = ModelInfo("test/seeing", capabilities=frozenset())
        window.program.catalogue.put("local", (blind,))
        there = Asking(window)
        await there.begin()
        assert there.card.caution == "test/seeing is not listed as seeing pictures."
        QTest.keyClicks(there.card.question, "What?")
        QTest.keyClick(there.card.question, Qt.Key.Key_Return)
        await until(lambda: "does not support image input" in there.answer_text())
        await until(lambda: not there.card.question.isReadOnly())
        there.card.close()


async def test_quitting_while_it_is_answered_leaves_nothing_open(data_dir: Path) -> None:
    async with asking(data_dir) as there:
        await there.begin()
        QTest.keyClicks(there.card.question, "/stream 300 100")
        QTest.keyClick(there.card.question, Qt.Key.Key_Return)
        await until(lambda: any(s.busy for s in there.window.program.sessions.all()))


def test_a_table_is_copied_as_cells() -> None:
    mime = table_in("Here:\n\n| Region | Q1 |\n| --- | --- |\n| North | 1,204 |\n\nThat is all.")
    assert mime is not None
    assert mime.text().splitlines() == ["Region\tQ1", "North\t1,204"]
    assert "<td" in mime.html()
    assert table_in("No table, but a | bar.") is None
    assert table_in("Nothing at all.") is None
