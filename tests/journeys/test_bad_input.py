"""What a service or the way to it gets wrong, through the real window: said, kept, and a way on."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from app.adapters.keys import SystemKeys
from app.core.message import MessageState, Role
from app.core.settings import DEMO_PROFILE, LanguageChoice
from tests.adapters.chat_api.server import (
    CHUNKED,
    Answer,
    Asked,
    Server,
    chunk,
    plain,
    serving,
)
from tests.adapters.test_keys import LockedKeyring
from tests.conftest import MemoryKeyring, until
from tests.journeys.world import Porthole, porthole

pytestmark = pytest.mark.usefixtures("qapp")

KEY = "sk-journey-0123456789abcd"
QUESTION = "is it there?"


def event(delta: dict[str, object], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return b"data: " + json.dumps({"model": "m", "choices": [choice]}).encode() + b"\n\n"


YES = plain(event({"content": "Yes, it is."}, "stop") + b"data: [DONE]\n\n")
NO_MODELS = plain(b'{"data": []}', kind="application/json")


def refusal(status: str, body: object, **headers: str) -> Answer:
    return plain(json.dumps(body).encode(), status, "application/json", **headers)


def in_turn(*answers: Answer) -> Answer:
    """Answers each POST with the next of these; the list of models is empty."""
    waiting = list(answers)

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        await (waiting.pop(0) if asked.method == "POST" else NO_MODELS)(writer, asked)

    return answer


async def cut(writer: asyncio.StreamWriter, asked: Asked) -> None:
    """Half an answer, then the connection is gone."""
    writer.write(CHUNKED + chunk(event({"content": "Half of an ans"})))
    await writer.drain()
    writer.close()


@contextmanager
def dns(monkeypatch: pytest.MonkeyPatch, name: str) -> Iterator[None]:
    """As long as the block lasts, that host is this machine."""
    look_up = socket.getaddrinfo

    def answer(host: Any, *args: Any, **kwargs: Any) -> Any:
        here = host in (name, name.encode())
        return look_up("127.0.0.1" if here else host, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", answer)
        yield


def says(window: Porthole, *sentences: str) -> None:
    missing = [sentence for sentence in sentences if sentence not in window.shown]
    assert not missing, window.shown


async def fails(window: Porthole, english: str, chinese: str) -> None:
    """Ask; the failure is said below the question in both languages, and asks for nothing lost.

    A busy service is not waited for.
    """
    await window.begin(QUESTION)
    await until(lambda: not window.page.session.busy or "Stop waiting" in window.ways_on)
    if "Stop waiting" in window.ways_on:
        window.click("Stop waiting")
    await window.quiet()
    question, reply = window.page.session.branch()
    assert (question.role, question.text) == (Role.USER, QUESTION)
    assert reply.state is MessageState.FAILED
    says(window, QUESTION, english, "Your message is kept.")
    assert "Details" in window.ways_on
    window.speak(LanguageChoice.CHINESE)
    says(window, QUESTION, chinese, "您的消息已保留。")
    assert {"重试", "详情"} <= set(window.ways_on)
    window.speak(LanguageChoice.ENGLISH)


async def retry_works(window: Porthole, server: Server) -> None:
    posts = server.posts
    window.click("Retry")
    await until(lambda: "Yes, it is." in window.shown)
    await window.quiet()
    assert server.posts == posts + 1
    assert window.page.session.branch()[1].state is MessageState.COMPLETE


@dataclass(frozen=True)
class Refused:
    """An answer that is none, and what is to be said of it."""

    answer: Answer
    english: str
    chinese: str
    ways: tuple[str, ...] = ()


HTML = (
    b"<!doctype html><html><head><title>Sign in to Cafe WiFi</title></head><body>hi</body></html>"
)
REFUSALS = {
    "wrong address": Refused(
        plain(
            HTML.replace(b"Sign in to Cafe WiFi", b"404 Not Found"), "404 Not Found", "text/html"
        ),
        "The model or address was not found (404): 404 Not Found.",
        "找不到该模型或地址（404）",
    ),
    "model unknown": Refused(
        refusal(
            "404 Not Found",
            {"code": 404, "reason": "MODEL_NOT_FOUND", "message": "no model test/text here"},
        ),
        "was not found (404): no model test/text here. Your message is kept. Choose another model",
        "找不到该模型或地址（404）：no model test/text here。",
    ),
    "wrong key": Refused(
        refusal("401 Unauthorized", {"error": {"message": "key not valid", "code": "bad_key"}}),
        "The key was refused (401): key not valid.",
        "密钥被拒绝（401）：key not valid。",
        ("Open settings",),
    ),
    "no access": Refused(
        refusal(
            "403 Forbidden",
            {"code": 403, "reason": "NOT_ENOUGH_BALANCE", "message": "balance too low"},
        ),
        "The service does not allow this (403): balance too low.",
        "服务不允许此操作（403）：balance too low。",
    ),
    "too many": Refused(
        refusal("429 Too Many Requests", {"error": "slow down"}, Retry_After="7"),
        "The service's limit is reached (429): slow down. Your message is kept. Try again in 7 s.",
        "已达到服务的限额（429）：slow down。您的消息已保留。请在 7 秒后重试。",
    ),
    "a web page": Refused(
        plain(HTML, kind="text/html"),
        "What came back is a web page or something else, not an answer",
        "返回的是网页或其他内容，而不是回答",
    ),
    "empty": Refused(plain(b""), "The service's answer was empty", "服务的回答为空"),
}


@pytest.mark.parametrize("name", REFUSALS)
async def test_a_refusal_is_said_in_words_and_can_be_tried_again(name: str, data_dir: Path) -> None:
    case = REFUSALS[name]
    async with (
        serving(in_turn(case.answer, YES)) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        await fails(window, case.english, case.chinese)
        assert server.posts == 1
        assert set(case.ways) <= set(window.ways_on)
        await retry_works(window, server)


@pytest.mark.parametrize(
    ("answer", "english", "chinese"),
    [
        (
            refusal("401 No", {"code": 401, "reason": "FAILED_TO_AUTH", "message": "auth failed"}),
            "The key was refused (401): auth failed.",
            "密钥被拒绝（401）：auth failed。",
        ),
        (
            refusal("403 No", {"code": 403, "reason": "INVALID_API_KEY", "message": "no such key"}),
            "The service does not allow this (403): no such key.",
            "服务不允许此操作（403）：no such key。",
        ),
        (
            refusal("429 No", {"code": 429, "reason": "RATE_LIMIT_EXCEEDED", "message": "slower"}),
            "The service's limit is reached (429): slower.",
            "已达到服务的限额（429）：slower。",
        ),
    ],
    ids=["401", "403", "429"],
)
async def test_a_known_services_refusal_links_to_its_pages(
    answer: Answer,
    english: str,
    chinese: str,
    data_dir: Path,
    memory_keyring: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    memory_keyring.keys["porthole", "local"] = KEY
    async with serving(in_turn(answer)) as server:
        port = server.address.split(":")[2].split("/")[0]
        with dns(monkeypatch, "api.jiekou.ai"):
            address = f"http://api.jiekou.ai:{port}/openai"
            async with porthole(data_dir, address=address) as window:
                await until(lambda: window.page.session.info.profile == "local")
                await fails(window, english, chinese)
                (asked,) = [a for a in server.asked if a.method == "POST"]
                assert asked.path == "/openai/v1/chat/completions"
                assert asked.headers["authorization"] == f"Bearer {KEY}"
                leads = {a.payload for a, _ in window.page.transcript.actions_in_view()}
                assert {
                    "https://jiekou.ai",
                    "https://jiekou.ai/docs/models/reference-llm-create-chat-completion",
                } <= leads


async def test_no_network(data_dir: Path, memory_keyring: MemoryKeyring) -> None:
    memory_keyring.keys["porthole", "local"] = KEY
    async with porthole(data_dir, address="https://nowhere.invalid/v1") as window:
        await until(lambda: window.page.session.info.profile == "local")
        await fails(window, "nowhere.invalid was not found. Your", "找不到 nowhere.invalid。")
        says(window, "Check the network and the service's address.")
        assert "Retry" in window.ways_on


async def test_a_refused_connection_is_said_and_retry_works_once_it_is_there(
    data_dir: Path,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    async with porthole(data_dir, address=f"http://127.0.0.1:{port}/v1") as window:
        await fails(window, "No connection to 127.0.0.1. Your", "无法连接到 127.0.0.1。")
        async with serving(in_turn(YES), port=port) as server:
            await retry_works(window, server)


async def test_a_cut_stream_keeps_its_part_and_sends_nothing_again(data_dir: Path) -> None:
    async with (
        serving(in_turn(cut, YES)) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        await window.ask(QUESTION)
        says(window, "Half of an ans", "Connection lost after 14 characters. What arrived is kept;")
        assert {"Continue", "Retry", "Details"} <= set(window.ways_on)
        reply = window.page.session.branch()[1]
        assert (reply.text, reply.state) == ("Half of an ans", MessageState.FAILED)
        window.speak(LanguageChoice.CHINESE)
        says(
            window,
            "Half of an ans",
            "收到 14 个字符后连接中断。已收到的内容已保留；不会自动重新发送。",
        )
        assert {"继续", "重试"} <= set(window.ways_on)
        window.speak(LanguageChoice.ENGLISH)
        assert server.posts == 1
        window.click("Continue")
        await until(lambda: "Yes, it is." in window.shown)
        await window.quiet()
        says(window, "Half of an ans", "Yes, it is.")
        assert server.posts == 2
    async with porthole(data_dir, demo=True) as window:
        await until(lambda: "Half of an ans" in window.shown)


def press(window: Porthole, text: str) -> None:
    """Press the button of the settings that says so."""
    for button in window.program.window.findChildren(QPushButton):
        if button.isVisible() and button.text() == text:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            return
    raise AssertionError(f"no button says {text}")


def enter_key(window: Porthole, key: str) -> None:
    """Paste a key into the field of the settings that takes one, and press Enter."""
    for field in window.program.window.findChildren(QLineEdit):
        if field.isVisible() and field.accessibleName() in ("API key", "API 密钥"):
            field.setText(key)
            QTest.keyClick(field, Qt.Key.Key_Return)
            return
    raise AssertionError("no field for a key is shown")


def files_with(text: str, folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_file() and text.encode() in p.read_bytes()]


def labels(window: Porthole) -> str:
    shown = window.program.window.findChildren(QLabel)
    return "\n".join(label.text() for label in shown if label.isVisible())


async def back_to_the_conversation(window: Porthole) -> None:
    window.shortcut("Ctrl+Shift+Tab")
    await until(window.program.workspace.current_page)


async def test_without_a_key_the_way_to_one_is_offered(
    data_dir: Path, memory_keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory_keyring.keys["porthole", "local"] = KEY
    async with serving(in_turn(YES, YES)) as server:
        port = server.address.split(":")[2].split("/")[0]
        with dns(monkeypatch, "far.invalid"):
            async with porthole(data_dir, address=f"http://far.invalid:{port}/v1") as window:
                await until(lambda: window.page.session.info.profile == "local")
                await window.ask("with a key")
                await window.program.connections.forget_key("local")
                assert memory_keyring.keys == {}
                await window.ask("and without?")
                says(window, "There is no API key for this service. Your message is kept.")
                assert server.posts == 1
                window.speak(LanguageChoice.CHINESE)
                says(window, "此服务没有 API 密钥。您的消息已保留。请在“设置 › 服务”中添加。")
                window.click("打开设置")
                window.speak(LanguageChoice.ENGLISH)
                enter_key(window, KEY)
                await until(lambda: memory_keyring.keys == {("porthole", "local"): KEY})
                await until(lambda: "connected" in labels(window))
                await back_to_the_conversation(window)
                says(window, "and without?", "There is no API key for this service.")
                window.click("Retry")
                await until(lambda: window.shown.count("Yes, it is.") == 2)
                await window.quiet()
                assert server.posts == 2


@pytest.mark.parametrize("language", [LanguageChoice.ENGLISH, LanguageChoice.CHINESE])
async def test_without_a_keyring_the_key_stays_for_this_session_and_it_says_so(
    language: LanguageChoice, data_dir: Path
) -> None:
    keys = SystemKeys(allow=lambda _ring: False)
    said = {
        LanguageChoice.ENGLISH: "The key is kept for this session only, never in a file.",
        LanguageChoice.CHINESE: "密钥只在本次运行期间保留，绝不写入文件。",
    }
    async with (
        serving(in_turn(YES)) as server,
        porthole(data_dir, address=server.address, keys=keys) as window,
    ):
        window.speak(language)
        window.shortcut("Ctrl+,")
        await until(lambda: said[language] in labels(window))
        enter_key(window, KEY)
        await until(lambda: any(a.method == "GET" for a in server.asked))
        await back_to_the_conversation(window)
        await window.ask(QUESTION)
        (asked,) = [a for a in server.asked if a.method == "POST"]
        assert asked.headers["authorization"] == f"Bearer {KEY}"
    assert not files_with(KEY, data_dir)


async def test_a_locked_keyring_is_said_and_retry_works_once_it_opens(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import keyring

    opened = keyring.get_keyring()
    assert isinstance(opened, MemoryKeyring)
    opened.keys["porthole", "local"] = KEY
    keyring.set_keyring(LockedKeyring())
    async with serving(in_turn(YES)) as server:
        port = server.address.split(":")[2].split("/")[0]
        with dns(monkeypatch, "far.invalid"):
            async with porthole(data_dir, address=f"http://far.invalid:{port}/v1") as window:
                await until(lambda: window.page.session.info.profile == "local")
                await fails(window, "The system keyring did not open", "系统密钥环未能打开")
                assert server.posts == 0
                assert "Unlock it, then try again." in window.shown
                keyring.set_keyring(opened)
                await retry_works(window, server)


async def test_the_demo_answers_where_nothing_has_a_key(data_dir: Path) -> None:
    """A remote service without a key is not asked: a new conversation says that it is a demo."""
    async with porthole(data_dir, address="https://nowhere.invalid/v1") as window:
        await until(lambda: window.program.connections.keyring_usable is not None)
        assert window.page.session.info.profile == DEMO_PROFILE
        assert "Demo mode" in labels(window)
        press(window, "Add key…")
        await until(lambda: window.program.workspace.current_page() is None)
        enter_key(window, "no key at all")
        await until(lambda: "holds characters that no key has" in labels(window))
