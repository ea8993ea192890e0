"""The Screen capture page of the settings: its keys in the window, everywhere, and by command."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.core.wish import Wish
from app.features.capture.hot_keys import HotKeys, HotKeyState
from app.kit.style import set_kind
from app.kit.widgets.plain_label import PlainLabel

WISHES = (Wish.CAPTURE, Wish.ASK)
WINDOW_KEYS = {Wish.CAPTURE: "Ctrl+Shift+S", Wish.ASK: "Ctrl+Shift+A"}


class CapturePage(QWidget):
    """`commands` are what a desktop's own keyboard settings can run, to each wish one."""

    def __init__(self, *, hot_keys: HotKeys, commands: Mapping[Wish, str]) -> None:
        super().__init__()
        self._hot_keys = hot_keys
        self._commands = commands
        self._title, self._intro = PlainLabel(), PlainLabel()
        self._here, self._everywhere, self._by_command = PlainLabel(), PlainLabel(), PlainLabel()
        self._state, self._how = PlainLabel(), PlainLabel()
        self._names = {wish: PlainLabel() for wish in WISHES}
        self._bound_names = {wish: PlainLabel() for wish in WISHES}
        self._bound = {wish: PlainLabel() for wish in WISHES}
        self._lines = {wish: PlainLabel(commands[wish]) for wish in WISHES}
        self._copies = {wish: QPushButton() for wish in WISHES}
        self.set_up, self.turn_off = QPushButton(), QPushButton()
        self._build()
        self._connect()
        self._retranslate()

    def title(self) -> str:
        """The page's name in the list of settings."""
        return self.tr("Screen capture")

    @property
    def said(self) -> str:
        """What it says of the keys that work everywhere."""
        return self._state.text()

    def bound(self, wish: Wish) -> str:
        """Which key it says that the desktop gave; empty where it shows none."""
        return "" if self._bound[wish].isHidden() else self._bound[wish].text()

    def copy_button(self, wish: Wish) -> QPushButton:
        return self._copies[wish]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _build(self) -> None:
        set_kind(self._title, "title")
        set_kind(self._intro, "secondary")
        for heading in (self._here, self._everywhere, self._by_command):
            set_kind(heading, "heading")
        for label in (self._intro, self._state, self._how):
            label.setWordWrap(True)
        set_kind(self.set_up, "secondary")
        set_kind(self.turn_off, "secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self._intro)
        column.addSpacing(14)
        column.addWidget(self._here)
        column.addLayout(self._key_rows(self._names, self._window_keys()))
        column.addSpacing(14)
        column.addWidget(self._everywhere)
        column.addWidget(self._state)
        column.addLayout(self._key_rows(self._bound_names, self._bound))
        column.addLayout(_row(self.set_up, self.turn_off))
        column.addSpacing(14)
        column.addWidget(self._by_command)
        column.addWidget(self._how)
        for wish in WISHES:
            self._add_command(column, wish)
        column.addStretch(1)

    def _window_keys(self) -> Mapping[Wish, PlainLabel]:
        native = QKeySequence.SequenceFormat.NativeText
        keys = {wish: QKeySequence(key).toString(native) for wish, key in WINDOW_KEYS.items()}
        return {wish: PlainLabel(key) for wish, key in keys.items()}

    def _key_rows(
        self, names: Mapping[Wish, PlainLabel], keys: Mapping[Wish, PlainLabel]
    ) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, wish in enumerate(WISHES):
            set_kind(names[wish], "secondary")
            set_kind(keys[wish], "key")
            grid.addWidget(names[wish], row, 0)
            grid.addWidget(keys[wish], row, 1, Qt.AlignmentFlag.AlignLeft)
        return grid

    def _add_command(self, column: QVBoxLayout, wish: Wish) -> None:
        line, button = self._lines[wish], self._copies[wish]
        line.setWordWrap(True)
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_kind(line, "code-line")
        set_kind(button, "secondary")
        row = QHBoxLayout()
        row.addWidget(line, 1)
        row.addWidget(button)
        column.addLayout(row)

    def _connect(self) -> None:
        self.set_up.clicked.connect(self._hot_keys.set_up)
        self.turn_off.clicked.connect(self._hot_keys.turn_off)
        self._hot_keys.changed.connect(self._show)
        for wish in WISHES:
            self._copies[wish].clicked.connect(
                lambda _checked=False, w=wish: QGuiApplication.clipboard().setText(
                    self._commands[w]
                )
            )

    def _show(self) -> None:
        hot_keys = self._hot_keys
        state, keys = hot_keys.state, hot_keys.keys
        self._state.setText(self._words(state))
        self._how.setText(self._command_words(state))
        for wish in WISHES:
            shown = wish in keys
            self._bound_names[wish].setVisible(shown)
            self._bound[wish].setVisible(shown)
            self._bound[wish].setText(keys.get(wish) or self.tr("chosen in the desktop's settings"))
        on = state in (HotKeyState.ON, HotKeyState.ASKING)
        self.set_up.setVisible(hot_keys.possible and not on)
        self.turn_off.setVisible(on)

    def _words(self, state: HotKeyState) -> str:
        if state is HotKeyState.ON and not self._hot_keys.keys:
            return self.tr("The desktop agreed, but gave no key. Choose some in its settings.")
        return {
            HotKeyState.NONE: self.tr(
                "This desktop has no portal for global keys, so Porthole cannot have any of its "
                "own. The desktop itself can run the commands below by a key."
            ),
            HotKeyState.OFF: self.tr(
                "None so far. The desktop is asked for keys that work whatever is in front; "
                "it may let you choose them."
            ),
            HotKeyState.ASKING: self.tr("Asking the desktop…"),
            HotKeyState.ON: self.tr(
                "Set up, for as long as Porthole runs. Other keys are chosen in the desktop's "
                "keyboard settings."
            ),
            HotKeyState.REFUSED: self.tr(
                "The desktop gave no keys, or took them back. Set them up again, or use the "
                "commands below."
            ),
        }[state]

    def _command_words(self, state: HotKeyState) -> str:
        if sys.platform == "win32":
            return self.tr(
                "Make a shortcut on the desktop for each of these commands; in its properties, "
                "give it a shortcut key."
            )
        if sys.platform == "darwin":
            return self.tr(
                "In the Shortcuts app, make a shortcut that runs one of these commands as a shell "
                "script, and give it a key."
            )
        return self.tr(
            "In the desktop's keyboard settings, add a shortcut of your own for each of these "
            "commands. Such a key also starts Porthole where it does not run."
        )

    def _retranslate(self) -> None:
        self._title.setText(self.title())
        self._intro.setText(
            self.tr(
                "A region of the screen goes into the message, or is asked about in a card "
                "beside it."
            )
        )
        self._here.setText(self.tr("Keys in Porthole's window"))
        self._everywhere.setText(self.tr("Keys that work everywhere"))
        self._by_command.setText(self.tr("By a command"))
        for wanted in self._hot_keys.wanted():
            for names in (self._names, self._bound_names):
                names[Wish(wanted.id)].setText(wanted.title)
            copy = self.tr("Copy the command: %1").replace("%1", wanted.title)
            self._copies[Wish(wanted.id)].setAccessibleName(copy)
            self._copies[Wish(wanted.id)].setText(self.tr("Copy"))
        self.set_up.setText(self.tr("Set up global keys"))
        self.turn_off.setText(self.tr("Turn off"))
        self._show()


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
