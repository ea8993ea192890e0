"""Everything a person can do by name: one list for shortcuts, menus and the command palette."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Command:
    """`title` answers its name in the reader's language; empty where there is nothing to do now.

    The first of `keys` is the one shown.
    """

    title: Callable[[], str]
    keys: tuple[str, ...]
    act: Callable[[], object]


def install(window: QWidget, commands: tuple[Command, ...]) -> tuple[QAction, ...]:
    """Give a window the commands' shortcuts; they work wherever the focus is in it."""
    made = []
    for command in commands:
        action = QAction(command.title(), window)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False, act=command.act: act())
        window.addAction(action)
        made.append(action)
    return tuple(made)
