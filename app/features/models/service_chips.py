"""A chip for each service, of which the conversation's own is checked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.kit.style import set_kind
from app.kit.widgets.flow_layout import FlowLayout
from app.kit.widgets.plain_label import PlainLabel

LONGEST = 40
"""Characters of a service's name that are shown."""


class ServiceChips(QWidget):
    """Hidden while there is no choice."""

    service_chosen = Signal(str)  # profile id

    def __init__(self) -> None:
        super().__init__()
        self._label = PlainLabel()
        self._chips: dict[str, QPushButton] = {}
        self._names: dict[str, str] = {}
        self._current = ""
        set_kind(self._label, "caption")
        self._row = FlowLayout(gap=6)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._label)
        self.setLayout(self._row)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._retranslate()
        self.hide()

    @property
    def chips(self) -> tuple[QPushButton, ...]:
        """In the order shown."""
        return tuple(self._chips.values())

    def set_services(self, services: Sequence[tuple[str, str]], current: str) -> None:
        """Services as (profile id, name); `current` is the conversation's own."""
        if dict(services) != self._names or [*self._names] != [key for key, _ in services]:
            self._make(services)
        self._check(current)
        self.setVisible(len(self._chips) > 1)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _make(self, services: Sequence[tuple[str, str]]) -> None:
        for chip in self._chips.values():
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._names = dict(services)
        self._chips = {key: self._chip(key, name) for key, name in services}
        self._retranslate()

    def _chip(self, key: str, name: str) -> QPushButton:
        shown = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
        chip = QPushButton(shown.replace("&", "&&"))
        chip.setCheckable(True)
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_kind(chip, "chip")
        chip.clicked.connect(lambda: self._choose(key))
        self._row.addWidget(chip)
        return chip

    def _choose(self, key: str) -> None:
        before = self._current
        self._check(key)
        if key != before:
            self.service_chosen.emit(key)

    def _check(self, current: str) -> None:
        self._current = current
        for key, chip in self._chips.items():
            chip.setChecked(key == current)

    def _retranslate(self) -> None:
        self._label.setText(self.tr("Service"))
        for key, chip in self._chips.items():
            words = self.tr("Ask this service: %1")
            chip.setAccessibleName(words.replace("%1", self._names[key]))
