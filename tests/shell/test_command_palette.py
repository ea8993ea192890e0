"""The palette runs what is chosen by name, and gives the focus back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.kit.actions import Command
from app.kit.theme import Theme
from app.shell.command_palette import CommandPalette


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(QLineEdit())
    window.resize(640, 480)
    window.show()
    return window


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_the_focus_goes_back_to_where_it_was(host: QWidget, qtbot: QtBot, key: Qt.Key) -> None:
    done: list[str] = []
    commands = (
        Command(lambda: "New conversation", ("Ctrl+T",), lambda: done.append("new")),
        Command(lambda: "Larger text", (), lambda: done.append("larger")),
    )
    palette = CommandPalette(host, commands, theme=Theme())
    typed_in = host.findChildren(QLineEdit)[0]
    typed_in.setFocus()
    qtbot.waitUntil(typed_in.hasFocus)
    palette.open()
    search = palette.findChild(QLineEdit)
    assert isinstance(search, QLineEdit)
    assert search.hasFocus()
    QTest.keyClicks(search, "larg")
    shown = palette.findChild(QListWidget)
    assert isinstance(shown, QListWidget)
    assert [shown.item(row).text() for row in range(shown.count())] == ["Larger text"]
    QTest.keyClick(search, key)
    assert not palette.isVisible()
    assert typed_in.hasFocus()
    assert done == (["larger"] if key == Qt.Key.Key_Return else [])
