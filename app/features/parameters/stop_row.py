"""Stop sequences: up to four strings as chips that can be removed, and a field to add one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.features.parameters.row import ParameterRow, RowLook, translate
from app.kit.style import set_kind
from app.kit.widgets.flow_layout import FlowLayout

MOST, LONGEST, SHOWN = 4, 1000, 24
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
_NAMES = {mark: f"\\{letter}" for letter, mark in _ESCAPES.items()}


def unescaped(text: str) -> str:
    r"""What is meant by text in which \n, \t, \r and \\ stand for what they name."""
    return re.sub(r"\\([ntr\\])", lambda found: _ESCAPES[found[1]], text)


def escaped(text: str) -> str:
    """The same the other way: text on one line, in which marks can be seen."""
    return re.sub(r"[\n\t\r\\]", lambda found: _NAMES[found[0]], text)


class StopRow(ParameterRow):
    """Enter adds what is typed. A single string, set elsewhere, is shown as one chip."""

    def __init__(self, *, look: RowLook) -> None:
        super().__init__(("stop",), _title, _about, look=look)
        self._stops: tuple[str, ...] = ()
        self._chips: list[QPushButton] = []
        self._area = QWidget()
        self._flow = FlowLayout(6)
        self._area.setLayout(self._flow)
        self._edit, self._add = QLineEdit(), QPushButton()
        self._edit.setMaxLength(LONGEST)
        set_kind(self._label, "section")
        self._label.setContentsMargins(0, 4, 0, 0)
        set_kind(self._add, "ghost")
        field = QHBoxLayout()
        field.setSpacing(4)
        field.addWidget(self._edit, 1)
        field.addWidget(self._add)
        self._column.insertWidget(1, self._area)
        self._column.insertLayout(2, field)
        self._watch(self._edit)
        self._edit.returnPressed.connect(self._add_typed)
        self._edit.textEdited.connect(self._typed)
        self._add.clicked.connect(self._add_typed)
        self.retranslate()
        self._show_chips()

    def show_parameters(self, parameters: Mapping[str, Any]) -> None:
        stops = _read(parameters.get("stop"))
        if stops != self._stops:
            self._stops = stops
            self._say("")
            self._show_chips()

    @property
    def is_set(self) -> bool:
        return bool(self._stops)

    def forget_typed(self) -> None:
        self._edit.clear()
        self._typed("")

    def restyle(self) -> None:
        """Its title has a line of its own."""

    def _typed(self, text: str) -> None:
        self._add.setVisible(bool(text))
        self._say("")

    def _add_typed(self) -> None:
        text = unescaped(self._edit.text())
        if not text:
            return
        if text in self._stops:
            self._say(translate("Parameters", "That one is there already."))
        elif len(self._stops) < MOST:
            self._edit.clear()
            self._add.hide()
            self._take((*self._stops, text))

    def _remove(self, text: str) -> None:
        place = self._stops.index(text)
        self._take(tuple(stop for stop in self._stops if stop != text))
        left = self._chips[min(place, len(self._chips) - 1)] if self._chips else self._edit
        left.setFocus()

    def _take(self, stops: tuple[str, ...]) -> None:
        self._stops = stops
        self._say("")
        self._show_chips()
        self.edited.emit({"stop": list(stops)} if stops else {})

    def _show_chips(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(stop) for stop in self._stops]
        self._area.setVisible(bool(self._stops))
        full = len(self._stops) >= MOST
        self._edit.setEnabled(not full)
        self._add.setVisible(bool(self._edit.text()) and not full)
        self._edit.setPlaceholderText(
            translate("Parameters", "Four is the most") if full else translate("Parameters", "Add…")
        )

    def _chip(self, stop: str) -> QPushButton:
        words = escaped(stop)
        short = words if len(words) <= SHOWN else f"{words[:SHOWN]}…"
        short = short.replace("&", "&&").replace(" ", "\N{OPEN BOX}")
        chip = QPushButton(f"{short}  ×", self._area)
        set_kind(chip, "chip")
        remove = translate("Parameters", "Remove the stop sequence %1").replace("%1", words)
        chip.setAccessibleName(remove)
        chip.setToolTip(translate("Parameters", "Remove"))
        chip.clicked.connect(lambda: self._remove(stop))
        self._flow.addWidget(chip)
        chip.show()
        return chip

    def retranslate(self) -> None:
        super().retranslate()
        self._add.setText(translate("Parameters", "Add"))
        self._add.setAccessibleName(translate("Parameters", "Add this stop sequence"))
        self._show_chips()


def _read(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value else ()
    if isinstance(value, list | tuple):
        return tuple(dict.fromkeys(stop for stop in value if isinstance(stop, str) and stop))
    return ()


def _title() -> str:
    return translate("Parameters", "Stop sequences")


def _about() -> str:
    return translate("Parameters", "The answer ends before any of these. \\n is a line break.")
