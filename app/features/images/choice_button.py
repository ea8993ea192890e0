"""A quiet button that shows what is chosen, with a menu of the choices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from app.kit.style import set_kind

Choice = TypeVar("Choice", bound=StrEnum)


class ChoiceButton(QToolButton):
    """`short` words a choice for the button, `long` for the menu; `say` words all anew."""

    chosen = Signal(object)  # one of the choices

    def __init__(
        self,
        choices: Sequence[Choice],
        short: Callable[[Choice], str],
        long: Callable[[Choice], str],
    ) -> None:
        super().__init__()
        self._choices = {choice.value: choice for choice in choices}
        self._words = {choice.value: (short, long) for choice in choices}
        self._now = choices[0].value
        self._menu = QMenu(self)
        group = QActionGroup(self)
        set_kind(self, "ghost")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(self._menu)
        for choice in choices:
            action = self._menu.addAction("")
            action.setCheckable(True)
            action.setData(choice.value)
            group.addAction(action)
        group.triggered.connect(lambda action: self.chosen.emit(self._choices[action.data()]))

    def show_choice(self, choice: StrEnum) -> None:
        self._now = choice.value

    def say(self, tool_tip: str) -> None:
        """Put all words in the reader's language."""
        for action in self._menu.actions():
            value = action.data()
            short, long = self._words[value]
            choice = self._choices[value]
            action.setText(long(choice))
            action.setChecked(value == self._now)
            if value == self._now:
                self.setText(f"{short(choice)} ▾")
                self.setAccessibleName(long(choice))
        self.setToolTip(tool_tip)
