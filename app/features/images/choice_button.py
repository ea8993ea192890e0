"""A quiet button that shows what is chosen, with a menu of the choices, filled when it opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, TypeVar

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
        self._choices: dict[str, StrEnum] = {choice.value: choice for choice in choices}
        self._short: Callable[[Any], str] = short
        self._long: Callable[[Any], str] = long
        self._now = choices[0].value
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        menu.triggered.connect(lambda action: self.chosen.emit(self._choices[action.data()]))
        set_kind(self, "ghost")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(menu)

    def show_choice(self, choice: StrEnum) -> None:
        self._now = choice.value

    def say(self, tool_tip: str) -> None:
        """Put all words in the reader's language."""
        choice = self._choices[self._now]
        self.setText(f"{self._short(choice)} ▾")
        self.setAccessibleName(self._long(choice))
        self.setToolTip(tool_tip)

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        group = QActionGroup(menu)
        for value, choice in self._choices.items():
            action = menu.addAction(self._long(choice))
            action.setCheckable(True)
            action.setChecked(value == self._now)
            action.setData(value)
            group.addAction(action)
