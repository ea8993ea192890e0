"""The house keeps its rules, and every rule bites: each is fed a breach and its lawful cousin."""

from __future__ import annotations

import pytest

from tests.architecture.rules import RULES
from tests.architecture.source import Source, app_sources


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    return app_sources()


@pytest.mark.parametrize("name", RULES)
def test_the_house_keeps_the_rule(name: str, sources: list[Source]) -> None:
    breaches = [breach for source in sources for breach in RULES[name](source)]
    assert not breaches, "\n".join(["", *breaches])


CHAT = "app/features/chat/page.py"
ADAPTER = "app/adapters/chat_api/client.py"
DEFERRED = "def warm():\n    import {}\n"

BREACHES = [
    ("layers", "app/core/turn.py", "from app.kit.tasks import TaskScope"),
    ("layers", "app/core/turn.py", "from app import kit"),
    ("layers", "app/kit/icons.py", "from app.features.chat import page"),
    ("layers", "app/kit/icons.py", "import app.adapters.keys"),
    ("layers", CHAT, "from app.adapters.keys import Keyring"),
    ("layers", CHAT, "from app.shell import main_window"),
    ("layers", CHAT, "from app import bootstrap"),
    ("layers", CHAT, "from ...adapters import keys"),
    ("layers", ADAPTER, "from app.kit.theme import Theme"),
    ("layers", ADAPTER, "def later():\n    from app.demo import server"),
    ("layers", "app/shell/sidebar.py", "from app.adapters.keys import Keyring"),
    ("layers", "app/demo/server.py", "from app.kit import theme"),
    ("layers", "app/ask.py", "from app.kit.theme import Theme"),
    ("layers", "app/ask.py", "from app.shell.main_window import MainWindow"),
    ("layers", "app/windowless.py", "from app.bootstrap import run"),
    ("layers", ADAPTER, "import importlib\nimportlib.import_module('app.kit.theme')"),
    ("features_apart", CHAT, "from app.features.images.chip import ImageChip"),
    ("features_apart", CHAT, "from app.features import images"),
    ("core_is_plain", "app/core/ids.py", "import uuid6"),
    ("core_is_plain", "app/core/ids.py", DEFERRED.format("PySide6.QtCore")),
    ("library_homes", "app/adapters/keys.py", DEFERRED.format("openai")),
    ("library_homes", "app/adapters/images/decode.py", DEFERRED.format("httpx2")),
    ("library_homes", "app/adapters/settings_file.py", "import sqlite3"),
    ("library_homes", "app/bootstrap.py", "import apsw"),
    ("library_homes", "app/bootstrap.py", "from keyring import get_password"),
    ("qt_above", "app/core/turn.py", "from PySide6.QtCore import QObject"),
    ("qt_above", ADAPTER, DEFERRED.format("PySide6.QtCore")),
    ("qt_above", "app/demo/server.py", "import qasync"),
    ("heavy_deferred", ADAPTER, "import openai"),
    ("heavy_deferred", ADAPTER, "try:\n    from openai import types\nexcept ImportError: ..."),
    ("heavy_deferred", ADAPTER, "class Client:\n    import pydantic"),
    ("tasks_have_owners", ADAPTER, "import asyncio\nt = asyncio.create_task(work())"),
    ("tasks_have_owners", ADAPTER, "from asyncio import ensure_future\nensure_future(work())"),
    ("tasks_have_owners", CHAT, "asyncio.get_running_loop().create_task(work())"),
    ("tasks_have_owners", CHAT, "async def f():\n    async with asyncio.TaskGroup() as g: ..."),
    ("no_nested_loops", CHAT, "dialog.exec()"),
    ("no_nested_loops", CHAT, "QMenu(self).exec(point)"),
    ("no_nested_loops", CHAT, "QFileDialog.getOpenFileName(self)"),
    ("no_nested_loops", CHAT, "QMessageBox.question(self, 'a', 'b')"),
    ("no_nested_loops", CHAT, "QApplication.processEvents()"),
    ("no_nested_loops", CHAT, "app.exec()"),
    ("no_nested_loops", "app/shell/start_problem.py", "dialog.exec()"),
    ("labels_are_plain", CHAT, "label = QLabel('x')"),
    ("labels_are_plain", CHAT, "label = QtWidgets.QLabel()"),
    ("labels_are_plain", CHAT, "class Title(QLabel): ..."),
    ("labels_are_plain", CHAT, "view = QTextBrowser()"),
    ("no_reaching_up", CHAT, "self.parent().parent().send()"),
    ("no_reaching_up", CHAT, "self.parentWidget().parent()"),
    ("no_globals", CHAT, "def f():\n    global page\n    page = 1"),
    ("one_door_out", CHAT, "from PySide6.QtGui import QDesktopServices"),
    ("one_door_out", CHAT, "from PySide6.QtCore import QSettings"),
    ("one_door_out", ADAPTER, "import pickle"),
    ("opens_with_docstring", CHAT, "import os"),
    ("opens_with_docstring", CHAT, ""),
    ("not_too_long", CHAT, "x = 1\n" * 401),
    ("telling_names", CHAT, "class ChatManager: ..."),
    ("telling_names", CHAT, "class PageBase: ..."),
]

LAWFUL = [
    ("layers", "app/kit/icons.py", "from app.core.settings import ThemeChoice"),
    ("layers", CHAT, "from app.kit.tasks import TaskScope\nfrom app.core import ids"),
    ("layers", CHAT, "from .session import ChatSession"),
    ("layers", "app/shell/sidebar.py", "from app.features.history.page import HistoryPage"),
    ("layers", "app/demo/server.py", "from app.adapters.images import decode"),
    ("layers", "app/bootstrap.py", "from app.shell.main_window import MainWindow"),
    (
        "layers",
        "app/ask.py",
        "from app.kit.error_text import sentence\nfrom app.adapters import keys",
    ),
    ("features_apart", CHAT, "from app.features.chat.session import ChatSession"),
    ("features_apart", "app/shell/sidebar.py", "from app.features.images import chip"),
    ("core_is_plain", "app/core/ids.py", "import uuid\nfrom app.core.message import Message"),
    ("library_homes", ADAPTER, DEFERRED.format("openai")),
    ("library_homes", "app/adapters/history_db/database.py", "import apsw"),
    ("library_homes", "app/adapters/keys.py", DEFERRED.format("keyring")),
    ("qt_above", CHAT, "from PySide6.QtCore import QObject"),
    ("heavy_deferred", ADAPTER, DEFERRED.format("openai")),
    ("heavy_deferred", ADAPTER, "if TYPE_CHECKING:\n    import openai"),
    ("tasks_have_owners", "app/kit/tasks.py", "loop.create_task(work())"),
    ("tasks_have_owners", CHAT, "self._tasks.start(work())"),
    ("no_nested_loops", CHAT, "dialog.open()\nQDrag(self)\ndrag.exec(Qt.DropAction.MoveAction)"),
    ("no_nested_loops", "app/shell/start_problem.py", "app.exec()"),
    ("labels_are_plain", CHAT, "label: QLabel = PlainLabel('x')"),
    ("no_reaching_up", CHAT, "self.parent()\nself.page().parent()"),
    ("one_door_out", "app/kit/open_url.py", "from PySide6.QtGui import QDesktopServices"),
    ("opens_with_docstring", CHAT, '"""The page."""'),
    ("not_too_long", CHAT, "x = 1\n" * 400),
    ("telling_names", CHAT, "class ChatPage: ..."),
]


@pytest.mark.parametrize(("rule", "path", "text"), BREACHES)
def test_a_breach_is_found(rule: str, path: str, text: str) -> None:
    assert list(RULES[rule](Source.of(path, text)))


@pytest.mark.parametrize(("rule", "path", "text"), LAWFUL)
def test_what_is_lawful_passes(rule: str, path: str, text: str) -> None:
    assert not list(RULES[rule](Source.of(path, text)))


def test_every_rule_is_proved_both_ways() -> None:
    assert {rule for rule, _, _ in BREACHES} == set(RULES)
    assert {rule for rule, _, _ in LAWFUL} == set(RULES) - {"no_globals"}
