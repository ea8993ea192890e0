"""A chip for each capability, to see only models that are listed with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.core.model_info import Capability
from app.features.models.describe import SHOWN, capability_word
from app.kit.style import set_kind
from app.kit.widgets.flow_layout import FlowLayout


class CapabilityChips(QWidget):
    """`changed` when another set of them is wanted."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._chips = {capability: QPushButton() for capability in SHOWN}
        row = FlowLayout(gap=4)
        row.setContentsMargins(0, 0, 0, 0)
        for chip in self._chips.values():
            chip.setCheckable(True)
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            set_kind(chip, "chip")
            chip.toggled.connect(lambda _on: self.changed.emit())
            row.addWidget(chip)
        self.setLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._retranslate()

    @property
    def chips(self) -> tuple[QPushButton, ...]:
        """In the order shown."""
        return tuple(self._chips.values())

    @property
    def wanted(self) -> frozenset[Capability]:
        return frozenset(c for c, chip in self._chips.items() if chip.isChecked())

    def clear(self) -> None:
        """Want nothing in particular."""
        for chip in self._chips.values():
            chip.setChecked(False)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        for capability, chip in self._chips.items():
            chip.setText(capability_word(capability))
            only = self.tr("Only models listed with: %1")
            chip.setAccessibleName(only.replace("%1", capability_word(capability)))
