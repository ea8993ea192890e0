"""The network matrix in the window: one click is one POST, and what came is truly told."""

from __future__ import annotations

from collections.abc import Awaitable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.core import again
from app.core.errors import FailureKind
from app.core.message import MessageState
from app.features.chat.arriving import SessionState
from tests.conftest import until
from tests.faults.matrix import ROWS
from tests.faults.matrix_row import FIRST, GOOD_STREAM, PARTIAL, begun, good
from tests.faults.matrix_window import CHOSEN, window
from tests.faults.rude_server import CHUNKED, Asked, RudeServer, Wire, answering, chunk
from tests.journeys.world import porthole

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(again, "FIRST_WAIT_S", 0.02)


@pytest.mark.parametrize("part", range(3))
async def test_rows_of_the_matrix(data_dir: Path, part: int) -> None:
    wrong: dict[str, list[str]] = {}
    async with window(data_dir) as opened:
        for name in CHOSEN[part::3]:
            if found := (await opened.play(name)).wrong:
                wrong[name] = found
    assert not wrong


async def test_stop_in_mid_stream_and_retry_are_one_post_each(data_dir: Path) -> None:
    def hang(wire: Wire, asked: Asked) -> None:
        begun(FIRST)(wire, asked)
        wire.hang()

    with RudeServer(answering(hang, hang, good)) as server:
        async with porthole(data_dir, address=server.address) as opened:
            session = opened.page.session

            async def stop_it(posts: int) -> None:
                await until(lambda: server.posts and session.branch()[-1].text == PARTIAL)
                await until(lambda: session.busy and PARTIAL.strip() in opened.shown)
                assert server.posts == posts
                opened.press(Qt.Key.Key_Escape)
                await opened.quiet()
                await until(lambda: server.open < 2)  # the list of models has one of its own
                reply = session.branch()[-1]
                assert (reply.state, reply.text) == (MessageState.STOPPED, PARTIAL)
                opened.click("Retry")
                await until(lambda: server.posts == posts + 1)

            opened.type("go")
            opened.press(Qt.Key.Key_Return)
            await stop_it(1)
            await stop_it(2)
            await opened.quiet()
            assert session.branch()[-1].state is MessageState.COMPLETE
            assert server.posts == 3


async def test_a_busy_service_is_not_asked_again_once_the_person_stops_waiting(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(again, "FIRST_WAIT_S", 40)
    busy = ROWS["429"].manner
    assert busy is not None
    with RudeServer(busy) as server:
        async with porthole(data_dir, address=server.address) as opened:
            session = opened.page.session
            opened.type("go")
            opened.press(Qt.Key.Key_Return)
            await until(lambda: session.state is SessionState.WAITING)
            await until(lambda: "Stop waiting" in opened.ways_on)
            opened.click("Stop waiting")
            await opened.quiet()
            assert session.branch()[-1].state is MessageState.FAILED
            opened.click("Retry")
            await until(lambda: session.state is SessionState.WAITING)
            assert server.posts == 2
            opened.press(Qt.Key.Key_Escape)
            await opened.quiet()
            assert session.branch()[-1].state is MessageState.STOPPED
            assert server.posts == 2


async def test_waiting_ends_with_the_refusal_when_the_key_or_the_service_changes(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(again, "FIRST_WAIT_S", 0.3)
    busy = ROWS["429"].manner
    assert busy is not None
    with RudeServer(busy) as server, RudeServer(answering(good)) as other:
        async with porthole(data_dir, address=server.address) as opened:
            session, connections = opened.page.session, opened.program.connections
            spare = await connections.add("Spare", other.address)

            async def refused_when(change: Awaitable[object]) -> None:
                posts = server.posts
                opened.type("go")
                opened.press(Qt.Key.Key_Return)
                await until(lambda: session.state is SessionState.WAITING)
                await change
                await opened.quiet()
                failure = session.branch()[-1].failure
                assert failure is not None
                assert failure.kind is FailureKind.RATE_LIMITED
                assert (server.posts, other.posts) == (posts + 1, 0)

            await refused_when(connections.keep_key("local", "sk-another-key-0000"))
            connections.make_default(spare)
            await refused_when(connections.remove("local"))


async def test_a_second_press_of_enter_sends_nothing_more(data_dir: Path) -> None:
    def slow(wire: Wire, _asked: Asked) -> None:
        wire.send(CHUNKED + chunk(GOOD_STREAM[:40]))
        wire.hang()

    with RudeServer(answering(slow)) as server:
        async with porthole(data_dir, address=server.address) as opened:
            opened.type("once")
            for _ in range(3):
                opened.press(Qt.Key.Key_Return)
            await until(lambda: server.posts)
            opened.press(Qt.Key.Key_Return)
            opened.page.session.stop()
            await opened.quiet()
            assert server.posts == 1
