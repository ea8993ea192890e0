"""The window that shows a reply's request and response."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QTabBar
from pytestqt.qtbot import QtBot

from app.core.errors import StorageError, StorageProblem
from app.core.exchange import Exchange, Tape
from app.core.message import Message, Role, TextPart
from app.features.raw import RawView
from app.features.raw.raw_view import CURL_LIMIT, RESPONSE, Body, Rebuild
from app.kit.tasks import TaskScope
from app.kit.widgets.text_pane import BREAK, LONGEST, TextPane
from tests.chinese import chinese
from tests.conftest import until
from tests.look import dressed

URL = "https://api.jiekou.ai/openai/v1/chat/completions"
ANSWER = '{"id":"1","choices":[{"message":{"content":"Hi"}}]}'
ASKED = (Message(Role.USER, (TextPart("hi"),)),)
EXCHANGE = Exchange(
    URL,
    {"model": "m", "stream": True},
    status=200,
    headers={"content-type": "application/json", "x-request-id": "r-1"},
    response=ANSWER.encode(),
    size=len(ANSWER),
)


async def pretty(exchange: Exchange, asked: Sequence[Message]) -> str:
    return json.dumps({**exchange.request, "messages": [asked[0].text]}, indent=2)


async def compact(exchange: Exchange, asked: Sequence[Message]) -> bytes:
    return json.dumps({**exchange.request, "messages": [asked[0].text]}).encode()


class World:
    """A scope, and windows made in it."""

    def __init__(self, app: QApplication) -> None:
        self.errors: list[BaseException] = []
        self.scope = TaskScope(self.errors.append)
        dressed(app)

    def open(
        self,
        exchange: Exchange | None = EXCHANGE,
        *,
        rebuild: Rebuild = pretty,
        body: Body = compact,
    ) -> RawView:
        view = RawView(exchange, ASKED, rebuild=rebuild, body=body, scope=self.scope)
        view.show()
        return view


@pytest.fixture
def world(qapp: QApplication, qtbot: QtBot) -> World:
    return World(qapp)


def button(view: RawView, name: str) -> QPushButton:
    return next(b for b in view.findChildren(QPushButton) if b.text() == name)


def panes(view: RawView) -> dict[str, TextPane]:
    return {pane.accessibleName(): pane for pane in view.findChildren(TextPane)}


def labels(view: RawView) -> str:
    return "\n".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())


def turn_to(view: RawView, page: int) -> None:
    tabs(view).setCurrentIndex(page)


def tabs(view: RawView) -> QTabBar:
    (found,) = view.findChildren(QTabBar)
    return found


def indented(view: RawView) -> QCheckBox:
    (found,) = view.findChildren(QCheckBox)
    return found


async def closed(view: RawView) -> None:
    view.close()
    await asyncio.sleep(0)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


async def test_it_shows_what_was_sent_and_what_came(world: World) -> None:
    view = world.open()
    assert not view.isModal()
    await until(lambda: panes(view)["Request body"].text)
    assert json.loads(panes(view)["Request body"].toPlainText())["messages"] == ["hi"]
    assert f"POST {URL}" in labels(view)
    assert "the key is left out" in labels(view)
    turn_to(view, RESPONSE)
    await until(lambda: panes(view)["Response body"].text)
    assert f"Status 200 · {len(ANSWER)} bytes received" in labels(view)
    headers = panes(view)["Response headers"].toPlainText()
    assert headers == "content-type: application/json\nx-request-id: r-1"
    assert panes(view)["Response body"].text == json.dumps(json.loads(ANSWER), indent=2)
    indented(view).click()
    assert panes(view)["Response body"].text == ANSWER
    await closed(view)


async def test_each_page_is_copied_as_it_stands(world: World) -> None:
    view = world.open()
    await until(lambda: panes(view)["Request body"].text and panes(view)["Response body"].text)
    button(view, "Copy").click()
    assert QGuiApplication.clipboard().text() == panes(view)["Request body"].text
    assert "Copied." in labels(view)
    turn_to(view, RESPONSE)
    assert "Copied." not in labels(view)
    indented(view).click()
    button(view, "Copy").click()
    assert QGuiApplication.clipboard().text() == ANSWER
    await closed(view)


async def test_curl_has_the_bytes_that_were_sent_and_a_variable_for_the_key(world: World) -> None:
    view = world.open()
    button(view, "Copy as curl").click()
    await until(lambda: "Copied" in labels(view))
    command = QGuiApplication.clipboard().text()
    assert command.startswith(f"curl '{URL}' --no-buffer \\\n")
    assert '"Authorization: Bearer $JIEKOU_API_KEY"' in command
    assert f"\n{(await compact(EXCHANGE, ASKED)).decode()}\nBODY\n" in command
    assert "$JIEKOU_API_KEY" in labels(view)
    await closed(view)


async def test_pictures_too_long_for_a_command_are_said_to_be_left_out(world: World) -> None:
    async def much(exchange: Exchange, asked: Sequence[Message]) -> bytes:
        return b"x" * (CURL_LIMIT + 1)

    view = world.open(body=much)
    button(view, "Copy as curl").click()
    await until(lambda: "without the pictures' data" in labels(view))
    assert await pretty(EXCHANGE, ASKED) in QGuiApplication.clipboard().text()
    await closed(view)


async def test_what_is_gone_from_the_store_is_said_and_the_rest_is_shown(world: World) -> None:
    async def gone(exchange: Exchange, asked: Sequence[Message]) -> bytes:
        raise StorageError(StorageProblem.DAMAGED, "/data")

    async def gone_too(exchange: Exchange, asked: Sequence[Message]) -> str:
        raise StorageError(StorageProblem.DAMAGED, "/data")

    QGuiApplication.clipboard().setText("before")
    view = world.open(rebuild=gone_too, body=gone)
    await until(lambda: "damaged" in labels(view))
    button(view, "Copy as curl").click()
    await until(lambda: labels(view).count("damaged") == 2)
    assert QGuiApplication.clipboard().text() == "before"
    turn_to(view, RESPONSE)
    await until(lambda: "Hi" in panes(view)["Response body"].text)
    assert world.errors == []
    await closed(view)


@pytest.mark.parametrize(
    ("exchange", "words"),
    [
        (Exchange(URL), "No response came."),
        (Exchange(URL, status=500, response=b"no", size=2), "Status 500 · 2 bytes received"),
    ],
)
async def test_what_came_is_told_even_if_it_was_nothing(
    world: World, exchange: Exchange, words: str
) -> None:
    view = world.open(exchange)
    turn_to(view, RESPONSE)
    assert words in labels(view)
    await until(lambda: not world.scope.busy)
    assert not indented(view).isVisible()
    assert not panes(view)["Response headers"].isVisible()
    await closed(view)


async def test_nothing_kept_is_said_plainly(world: World) -> None:
    view = world.open(None)
    assert "Nothing was kept for this message." in labels(view)
    names = {b.text() for b in view.findChildren(QPushButton) if b.isVisible()}
    assert names == {"Close"}
    button(view, "Close").click()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


async def test_a_long_response_has_its_gap_marked_and_lays_out_no_long_line(
    world: World,
) -> None:
    tape = Tape(URL, {}, "", "sk-key-0001")
    tape.status = 200
    tape.feed(b'{"one": "' + b"long line " * 40_000 + b'"}')
    view = world.open(tape.exchange())
    turn_to(view, RESPONSE)
    await until(lambda: panes(view)["Response body"].text)
    assert "[137,867 bytes left out here]" in panes(view)["Response body"].text
    assert "its first and last part were kept" in labels(view)
    document = panes(view)["Response body"].document()
    blocks = (document.findBlockByNumber(n) for n in range(document.blockCount()))
    longest = max(block.length() for block in blocks)
    assert longest <= LONGEST + len(BREAK), "Qt lays out a long line at a great cost"
    await closed(view)


async def test_a_long_line_is_copied_as_one(world: World) -> None:
    text = "x" * (3 * LONGEST) + "\n" + "y" * LONGEST + "\nz"
    pane = TextPane()
    pane.show_text(text)
    assert pane.document().blockCount() == 5
    pane.selectAll()
    pane.copy()
    assert QGuiApplication.clipboard().text() == text
    assert pane.text == text
    pane.deleteLater()


async def test_closing_ends_what_was_still_read(world: World) -> None:
    begun = asyncio.Event()

    async def never(exchange: Exchange, asked: Sequence[Message]) -> str:
        begun.set()
        await asyncio.Event().wait()
        return ""

    view = world.open(rebuild=never)
    await begun.wait()
    view.close()
    await until(lambda: not world.scope.busy)
    assert world.errors == []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


async def test_it_is_told_in_chinese_live(world: World) -> None:
    view = world.open()
    await until(lambda: not world.scope.busy)
    with chinese("raw"):
        await until(lambda: view.windowTitle() == "请求与响应")
        turn_to(view, RESPONSE)
        assert "状态 200" in labels(view)
        assert {b.text() for b in view.findChildren(QPushButton)} == {
            "复制",
            "复制为 curl",
            "关闭",
        }
    await until(lambda: view.windowTitle() == "Request and response")
    await closed(view)


async def test_the_headers_take_no_more_room_than_they_need(world: World) -> None:
    headers = {f"x-{n}": "value" for n in range(40)}
    view = world.open(replace(EXCHANGE, headers=headers))
    turn_to(view, RESPONSE)
    await until(lambda: panes(view)["Response headers"].text)
    pane = panes(view)["Response headers"]
    assert pane.fontInfo().fixedPitch()
    many, line = pane.height(), pane.fontMetrics().lineSpacing()
    pane.show_text("x: y", at_most=6)
    assert many - pane.height() == 5 * line
    await until(lambda: pane.verticalScrollBar().maximum() == 0)
    await closed(view)


async def test_it_is_used_by_keyboard(world: World) -> None:
    view = world.open()
    await until(lambda: not world.scope.busy)
    tabs(view).setFocus()
    QTest.keyClick(tabs(view), Qt.Key.Key_Right)
    assert tabs(view).currentIndex() == RESPONSE
    assert all(b.focusPolicy() != Qt.FocusPolicy.NoFocus for b in view.findChildren(QPushButton))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not view.isVisible()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
