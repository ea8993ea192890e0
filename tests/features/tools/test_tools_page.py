"""The page of the tools, with real programs and a real server: make, try, pass on, delete."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.adapters.json_schema import schema_fault
from app.adapters.own_tools.source import OwnToolSource
from app.adapters.tools.calculator import calculator
from app.core.network import Network
from app.core.own_tool import CommandAction, OwnTool, RequestAction, as_tool, secret_id
from app.core.settings import Settings, from_json, to_json
from app.core.tool import Effect, Grant, Tool
from app.features.tools.action_fields import text_as_words, words_as_text
from app.features.tools.mine import MyTools
from app.features.tools.tool_secrets import ToolSecrets
from app.features.tools.tools_page import ToolsPage
from app.kit.notices import Notice, Notices
from app.kit.settings_holder import SettingsHolder
from app.kit.tasks import TaskScope
from app.kit.widgets.plain_label import PlainLabel
from tests.chinese import chinese
from tests.conftest import until
from tests.look import dressed

W = TypeVar("W", bound=QWidget)
CITY: dict[str, Any] = {
    "type": "object",
    "properties": {
        "city": {"type": "string", "description": "Which"},
        "days": {"type": "integer", "default": 2},
        "unit": {"enum": ["C", "F"]},
        "wind": {"type": "boolean"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "place": {"type": "object", "properties": {"lat": {"type": "number"}}},
        "more": {"anyOf": [{"type": "object"}, {"type": "null"}]},
    },
    "required": ["city"],
}
ECHO = (sys.executable, "-c", "import sys; print('got', sys.stdin.read())")


class Keys:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}

    async def get(self, profile_id: str) -> str | None:
        return self.held.get(profile_id)

    async def set(self, profile_id: str, key: str) -> bool:
        self.held[profile_id] = key
        return True

    async def forget(self, profile_id: str) -> None:
        self.held.pop(profile_id, None)

    async def usable(self) -> bool:
        return True


class Stage:
    def __init__(self, qtbot: QtBot, qapp: QApplication, settings: Settings) -> None:
        theme, icons = dressed(qapp)
        self.holder = SettingsHolder(settings, save=lambda _s: None)
        self.mine = MyTools(self.holder)
        self.keys = Keys()
        self.scope = TaskScope()
        self.posted: list[Notice] = []
        notices = Notices()
        notices.listen(self.posted.append)
        self.built_in = [calculator().tool]
        source = OwnToolSource(lambda: self.holder.value.own_tools, self.keys, _straight)

        def everything() -> list[Tool]:
            return [*self.built_in, *source.tools()]

        self.page = ToolsPage(
            mine=self.mine,
            settings=self.holder,
            built_in=self.built_in,
            all_tools=everything,
            secrets=ToolSecrets(keys=self.keys, tasks=self.scope),
            call=source.call,
            check_schema=schema_fault,
            notices=notices,
            tasks=self.scope,
            theme=theme,
            icons=icons,
        )
        qtbot.addWidget(self.page)
        self.page.resize(760, 1600)
        self.page.show()

    def named(self, kind: type[W], name: str) -> W:
        found = [w for w in self.page.findChildren(kind) if w.accessibleName() == name]
        shown = [w for w in found if w.isVisible()] or found
        assert shown, name
        return shown[0]

    def press(self, name: str) -> None:
        self.page.button(name).click()

    def says(self, words: str) -> bool:
        return any(words in w.text() for w in self.page.findChildren(PlainLabel) if w.isVisible())

    @property
    def listed(self) -> list[str]:
        rows = self.named(QListWidget, "Your own tools")
        return [rows.item(row).text() for row in range(rows.count())]

    def choose(self, name: str, value: str) -> None:
        box = self.named(QComboBox, name)
        box.setCurrentIndex(box.findText(value))
        box.activated.emit(box.currentIndex())

    def keep(self) -> None:
        """What the timer would do."""
        self.page.hide()
        self.page.show()

    async def tried(self) -> str:
        """Run it once; what came of it."""
        self.named(QPushButton, "Run once").click()
        await self.scope.drain()
        return self.named(QPlainTextEdit, "Result").toPlainText()


async def _straight(_url: str) -> Network:
    return Network()


@pytest.fixture
def stage(qtbot: QtBot, qapp: QApplication) -> Stage:
    return Stage(qtbot, qapp, Settings())


def with_tool(qtbot: QtBot, qapp: QApplication, **fields: Any) -> Stage:
    return Stage(qtbot, qapp, Settings(own_tools=(OwnTool(**fields),)))


async def test_a_program_is_made_a_tool_and_tried(stage: Stage) -> None:
    stage.press("new")
    assert stage.listed == ["new_tool · off"]
    assert stage.says("A draft")
    stage.named(QLineEdit, "Name").setText("weather")
    stage.named(QLineEdit, "Name").textEdited.emit("weather")
    stage.named(QPlainTextEdit, "Arguments, as a JSON schema").setPlainText(json.dumps(CITY))
    stage.choose("On a call", "Run a program")
    stage.named(QPlainTextEdit, "Program and its words, one a line").setPlainText(
        words_as_text(ECHO)
    )
    stage.keep()
    enabled = next(b for b in stage.page.findChildren(QCheckBox) if "Switched on" in b.text())
    enabled.click()
    (tool,) = stage.mine.all
    assert (tool.name, tool.parameters, tool.enabled) == ("weather", CITY, True)
    assert tool.action == CommandAction(ECHO)
    assert as_tool(tool).effect is Effect.RUNS
    assert stage.says("Asks each time")
    assert stage.listed == ["weather"]
    assert from_json(json.loads(json.dumps(to_json(stage.holder.value)))).own_tools == (tool,)

    stage.named(QLineEdit, "city").setText("上海")
    stage.choose("unit", "F")
    stage.choose("wind", "false")
    stage.named(QPlainTextEdit, "tags").setPlainText("a\nb")
    stage.named(QLineEdit, "lat").setText("31.2")
    sent = {
        "city": "上海",
        "days": 2,
        "unit": "F",
        "wind": False,
        "tags": ["a", "b"],
        "place": {"lat": 31.2},
    }
    preview = stage.named(QPlainTextEdit, "What will be done").toPlainText()
    assert preview.endswith(json.dumps(sent, ensure_ascii=False))
    assert ECHO[0] in preview
    assert json.loads((await stage.tried()).removeprefix("got ")) == sent
    assert stage.says("Done in")


async def test_what_a_field_does_not_take_is_not_run(qtbot: QtBot, qapp: QApplication) -> None:
    stage = with_tool(qtbot, qapp, name="t", parameters=CITY, action=CommandAction(ECHO))
    stage.named(QLineEdit, "days").setText("two")
    assert stage.says("This is not what its field takes: days")
    assert not stage.named(QPushButton, "Run once").isEnabled()
    stage.named(QLineEdit, "days").setText("")
    assert stage.named(QPushButton, "Run once").isEnabled()
    box = next(b for b in stage.page.findChildren(QCheckBox) if "as JSON" in b.text())
    box.click()
    assert json.loads(stage.named(QPlainTextEdit, "Arguments as JSON").toPlainText()) == {
        "city": ""
    }
    stage.named(QPlainTextEdit, "Arguments as JSON").setPlainText('{"a": [1]}')
    assert await stage.tried() == 'got {"a": [1]}\n'


async def test_a_call_can_be_stopped(qtbot: QtBot, qapp: QApplication) -> None:
    hang = CommandAction((sys.executable, "-c", "import time; time.sleep(99)"))
    stage = with_tool(qtbot, qapp, name="t", action=hang)
    stage.named(QPushButton, "Run once").click()
    await until(lambda: stage.says("Running…"))
    stage.named(QPushButton, "Stop").click()
    await stage.scope.drain()
    assert stage.says("Stopped.")
    assert stage.named(QPushButton, "Run once").isEnabled()


@pytest.fixture
def server() -> Iterator[tuple[str, list[tuple[str, str | None]]]]:
    asked: list[tuple[str, str | None]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers.get("X-Key")))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<b>sunny</b>\x1b[31m\xe2\x80\xae")

        def log_message(self, *_: Any) -> None:
            return

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{http.server_address[1]}/w", asked
    http.shutdown()
    http.server_close()
    thread.join()


async def test_a_request_with_a_secret(
    stage: Stage, server: tuple[str, list[tuple[str, str | None]]]
) -> None:
    url, asked = server
    stage.press("new")
    stage.choose("On a call", "Send an HTTP request")
    assert stage.says("It needs an address")
    stage.choose("Method", "GET")
    stage.named(QLineEdit, "Address").setText(url)
    stage.named(QLineEdit, "Address").textEdited.emit(url)
    adds = [b for b in stage.page.findChildren(QPushButton) if b.text() == "Add a secret"]
    next(b for b in adds if b.isVisible()).click()
    stage.named(QLineEdit, "Name of the secret").setText("X-Key")
    stage.named(QLineEdit, "Value of the secret").setText("canary-2")
    stage.named(QLineEdit, "Value of the secret").editingFinished.emit()
    await stage.scope.drain()
    (tool,) = stage.mine.all
    assert tool.action == RequestAction("GET", url, secrets=("X-Key",))
    assert stage.keys.held == {secret_id(tool, "X-Key"): "canary-2"}
    assert "canary" not in json.dumps(to_json(stage.holder.value))
    assert stage.named(QLineEdit, "Value of the secret").text() == ""
    assert "keyring" in stage.named(QLineEdit, "Value of the secret").placeholderText()
    preview = stage.named(QPlainTextEdit, "What will be done").toPlainText()
    assert preview == f"GET {url}\nX-Key: •••"
    assert await stage.tried() == "<b>sunny</b>⟨U+001B⟩[31m⟨U+202E⟩"
    assert asked == [("/w", "canary-2")]

    stage.press("delete")
    await stage.scope.drain()
    assert (stage.mine.all, stage.keys.held) == ((), {})
    undo = stage.posted[-1].act
    assert undo is not None
    undo()
    await stage.scope.drain()
    assert stage.mine.all == (tool,)
    assert list(stage.keys.held.values()) == ["canary-2"]


async def test_a_schema_is_looked_at_as_it_is_typed(stage: Stage) -> None:
    stage.press("new")
    edit = stage.named(QPlainTextEdit, "Arguments, as a JSON schema")
    before = stage.mine.all[0].parameters
    for text, words in (
        ("{", "not JSON yet"),
        ('{"type": "array"}', "schema of an object"),
        ('{"type": "object", "properties": {"a": {"type": "wrong"}}}', "no schema"),
        ('{"properties": {"a": {"$ref": "https://evil.example/s"}}}', "evil.example"),
    ):
        edit.setPlainText(text)
        await until(partial(stage.says, words))
        stage.keep()
    stage.choose("On a call", "Run a program")
    assert stage.says("refers to another one, which is not fetched")
    edit.setPlainText(json.dumps(dict(before)))
    await until(lambda: not stage.says("evil.example"))
    stage.keep()
    assert stage.mine.all[0].parameters == before
    await stage.scope.drain()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("calculator", "Another tool has this name"),
        ("天气 🌦", "Models know it as"),
        ("x" * 300, "Models know it as"),
    ],
)
def test_names_that_services_refuse_are_explained(
    qtbot: QtBot, qapp: QApplication, name: str, words: str
) -> None:
    if name == "calculator":
        name = calculator().tool.name
    stage = with_tool(qtbot, qapp, name=name, action=CommandAction(ECHO), enabled=True)
    assert stage.says(words)
    assert stage.mine.all[0].name == name


async def test_a_list_comes_in_as_drafts_and_goes_out_again(stage: Stage) -> None:
    data = json.dumps(
        [{"type": "function", "function": {"name": "a\u202eb", "parameters": CITY}}, {"x": 1}]
    )
    QGuiApplication.clipboard().setText(data)
    stage.press("paste")
    assert stage.listed == ["a⟨U+202E⟩b · off"]
    assert "Left out, as already here or no functions: 1." in stage.posted[-1].text
    box = next(b for b in stage.page.findChildren(QCheckBox) if "Switched on" in b.text())
    assert not box.isEnabled()
    stage.press("paste")
    assert len(stage.mine.all) == 1
    stage.press("copy")
    (item,) = json.loads(QGuiApplication.clipboard().text())
    assert item["function"]["parameters"] == CITY
    written: list[bytes] = []
    stage.page.export_requested.connect(written.append)
    stage.press("export")
    assert json.loads(bytes(written[0])) == [item]


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[" * 9999, b'[{"name": 3}]'])
def test_a_bad_list_changes_nothing(qtbot: QtBot, qapp: QApplication, data: bytes) -> None:
    stage = with_tool(qtbot, qapp, name="t")
    before = stage.mine.all
    stage.page.take_list(data)
    assert stage.mine.all == before
    assert "Nothing was imported" in stage.posted[-1].text


def test_a_copy_is_off_and_new_tools_have_names_of_their_own(
    qtbot: QtBot, qapp: QApplication
) -> None:
    stage = with_tool(qtbot, qapp, name="t", action=CommandAction(ECHO), enabled=True)
    stage.press("duplicate")
    stage.press("new")
    assert stage.listed == ["t", "t_2 · off", "new_tool · off"]


def test_switches_leaves_and_rounds(qtbot: QtBot, qapp: QApplication) -> None:
    get = OwnTool("look", action=RequestAction("GET", "https://a.example/"), enabled=True)
    grants = (
        Grant(get.tool_id, as_tool(get).fingerprint),
        Grant(get.tool_id, "other"),
        Grant("mcp:gone:x", "f"),
    )
    stage = Stage(qtbot, qapp, Settings(own_tools=(get,), tool_grants=grants))
    assert [stage.says(w) for w in ("asks again", "not there now")] == [True, True]
    buttons = [b for b in stage.page.findChildren(QPushButton) if b.text() == "Withdraw"]
    buttons[2].click()
    assert stage.holder.value.tool_grants == grants[:2]
    box = next(b for b in stage.page.findChildren(QCheckBox) if b.text() == "Calculator")
    box.click()
    assert stage.holder.value.tools_on == (stage.built_in[0].id,)
    rounds = stage.named(QLineEdit, "Rounds of tool calls in one turn")
    for typed, kept in (("7", 7), ("0", 1), ("x", 1), ("999", 200)):
        rounds.setText(typed)
        rounds.editingFinished.emit()
        assert (stage.holder.value.tool_rounds, rounds.text()) == (kept, str(kept))


def test_words_of_a_program_stay_what_they_are() -> None:
    for words in (("a", "b c", "$x"), ("sh", "-c", "a\nb"), ("[x", "y"), (), ("a", "", " ")):
        assert text_as_words(words_as_text(words)) == words


def test_it_speaks_chinese(stage: Stage) -> None:
    stage.press("new")
    with chinese("tools"):
        QApplication.sendEvent(stage.page, QEvent(QEvent.Type.LanguageChange))
        assert stage.page.title() == "工具"
        assert stage.page.button("new").text() == "新建工具"
