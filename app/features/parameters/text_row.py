"""A short text of the form, checked as it is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit

from app.features.parameters.row import ParameterRow, RowLook, Words, in_force, not_sent
from app.kit.style import set_kind

LONGEST, PAUSE_MS = 500, 400


class TextRow(ParameterRow):
    """`wrong` words what is wrong with a text; empty: it will do."""

    def __init__(
        self, name: str, title: Words, about: Words, wrong: Callable[[str], str], *, look: RowLook
    ) -> None:
        super().__init__((name,), title, about, look=look)
        self._name, self._wrong = name, wrong
        self._value = ""
        self._edit = QLineEdit()
        self._edit.setMaxLength(LONGEST)
        self._line.addWidget(self._edit, 1)
        self._watch(self._edit)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._edit.textEdited.connect(self._typed)
        self._edit.editingFinished.connect(self._take_typed)
        self._pause.timeout.connect(self._take_typed)
        self.restyle()
        self.retranslate()

    def show_parameters(self, parameters: Mapping[str, Any]) -> None:
        value = parameters.get(self._name)
        text = value if isinstance(value, str) else ""
        if text != self._value:
            self._value = text
            self.forget_typed()

    def forget_typed(self) -> None:
        self._pause.stop()
        self._edit.setText(self._value)
        self._mark("")

    @property
    def is_set(self) -> bool:
        return bool(self._value)

    def _typed(self, text: str) -> None:
        """Say at once what is wrong; take what is right once it stands."""
        wrong = self._wrong(text.strip())
        self._mark(f"{wrong} {in_force(self._value)}" if wrong else "")
        self._pause.start()

    def _take_typed(self) -> None:
        self._pause.stop()
        text = self._edit.text().strip()
        if not self._problem and text != self._value:
            self._value = text
            self.edited.emit({self._name: text} if text else {})

    def _mark(self, wrong: str) -> None:
        self._say(wrong)
        set_kind(self._edit, "wrong" if wrong else "")

    def retranslate(self) -> None:
        super().retranslate()
        self._edit.setPlaceholderText(not_sent())
