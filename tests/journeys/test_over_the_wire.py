"""A busy service, a refused parameter and a look at the wire, through the real window."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from app.core.key_rule import origin_of
from app.core.message import MessageState
from app.core.settings import Profile, Settings
from app.features.raw import RawView
from app.kit.widgets.text_pane import TextPane
from tests.adapters.chat_api.server import Answer, Asked, plain, serving
from tests.conftest import MemoryKeyring, until
from tests.journeys.world import Porthole, porthole

pytestmark = pytest.mark.usefixtures("qapp")

KEY = "sk-canary/0123456789"
DONE = (
    b'data: {"choices":[{"index":0,"delta":{"content":"Yes."},"finish_reason":"stop"}]}\n\n'
    b"data: [DONE]\n\n"
)


def refusal(status: str, message: str, **headers: str) -> Answer:
    body = json.dumps({"error": {"message": message, "type": "x"}}).encode()
    return plain(body, status, "application/json", **headers)


def in_turn(*answers: Answer) -> Answer:
    """One after the other for each POST; the last one for all that follow. No list of models."""
    left = list(answers)

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        if asked.method != "POST":
            await plain(b'{"data":[]}', kind="application/json")(writer, asked)
            return
        await (left.pop(0) if len(left) > 1 else left[0])(writer, asked)

    return answer


def asks(window: Porthole, text: str) -> None:
    window.type(text)
    window.press(Qt.Key.Key_Return)


async def test_a_busy_service_is_asked_again_in_plain_sight(data_dir: Path) -> None:
    busy = refusal("429 Too Many Requests", "Slow down, please.", Retry_After="1")
    async with (
        serving(in_turn(busy, plain(DONE))) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        asks(window, "q")
        await until(lambda: "Trying again in 1 s." in window.shown)
        assert "The service is busy (429)." in window.shown
        assert "Slow down, please." in window.shown
        assert server.posts == 1
        await until(lambda: "Yes." in window.shown)
        await window.quiet()
        assert server.posts == 2
        assert "busy" not in window.shown


async def test_stop_waiting_ends_it_with_the_service_s_words(data_dir: Path) -> None:
    busy = refusal("429 Too Many Requests", "Slow down, please.", Retry_After="50")
    async with (
        serving(in_turn(busy)) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        asks(window, "q")
        await until(lambda: "Stop waiting" in window.ways_on)
        window.click("Stop waiting")
        await window.quiet()
        assert window.page.session.branch()[1].state is MessageState.FAILED
        assert "Slow down, please." in window.shown
        assert "Retry" in window.ways_on
        assert server.posts == 1


async def test_a_refused_parameter_is_put_right_by_a_click_and_stays_so(data_dir: Path) -> None:
    refused = refusal("400 Bad Request", "Unsupported parameter: 'temperature'.")
    async with (
        serving(in_turn(refused, plain(DONE))) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        window.page.session.set_parameters({"temperature": 0.5})
        asks(window, "q")
        await until(lambda: "Send without temperature" in window.ways_on)
        await window.quiet()
        window.click("Send without temperature")
        await until(lambda: "Yes." in window.shown)
        await window.quiet()
        await window.ask("and again")
        first, second, third = [a.json for a in server.asked if a.method == "POST"]
        assert first["temperature"] == 0.5
        assert "temperature" not in {**second, **third}


async def test_the_wire_is_shown_as_it_was_and_holds_no_key(
    data_dir: Path, memory_keyring: MemoryKeyring
) -> None:
    echo = plain(DONE.replace(b"Yes.", f"Yours: {KEY}".encode()), X_Echo=KEY)
    async with serving(in_turn(echo)) as server:
        profile = Profile("local", "Local", server.address, "test/text", "test/seeing")
        profile = replace(profile, key_origin=origin_of(profile))
        memory_keyring.set_password("porthole", "local", KEY)
        settings = replace(Settings(), profiles=(profile,), default_profile="local")
        async with porthole(data_dir, settings=settings) as window:
            await window.ask("what's my key?")
            await window.ask(f"is it {KEY}?")
            asked = [a for a in server.asked if a.method == "POST"][-1]
            assert asked.headers["authorization"] == f"Bearer {KEY}"
            await window.settled()
            window.page.transcript.raw_requested.emit(window.page.session.branch()[3].id)
            view = await until(lambda: window.program.window.findChild(RawView))
            request, headers, response = await panes(view)
            sent = asked.body.decode().replace(KEY, "[key]")
            assert json.loads(request) == json.loads(sent)
            assert "x-echo: [key]" in headers
            assert "Yours: [key]" in response
            copy = next(b for b in view.findChildren(QPushButton) if b.text() == "Copy as curl")
            QGuiApplication.clipboard().clear()
            copy.click()
            command = await until(lambda: QGuiApplication.clipboard().text())
            assert sent in command
            assert '"Authorization: Bearer $API_KEY"' in command
            assert KEY not in request + headers + response + command
            view.close()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


async def panes(view: RawView) -> tuple[str, str, str]:
    """The texts of the window, once they are there."""
    found = {pane.accessibleName(): pane for pane in view.findChildren(TextPane)}
    names = ("Request body", "Response headers", "Response body")
    await until(lambda: all(found[name].text for name in names))
    first, second, third = (found[name].text for name in names)
    return first, second, third
