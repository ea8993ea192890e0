"""The options in force: one holder, asked by all, changed in one place, saved a moment later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.settings import BOUNDS, Settings

SAVE_DELAY_MS = 300


class SettingsHolder(QObject):
    """Holds `Settings`; `changed` tells of each new value at once.

    `save` gets the latest value, at most once in `SAVE_DELAY_MS`; it must not block.
    """

    changed = Signal(object)  # Settings

    def __init__(
        self,
        value: Settings,
        *,
        save: Callable[[Settings], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._value = value
        self._save = save
        self._later = QTimer(self, singleShot=True, interval=SAVE_DELAY_MS)
        self._later.timeout.connect(self._save_now)

    @property
    def value(self) -> Settings:
        return self._value

    def replace(self, **changes: Any) -> None:
        """Change options by name; numbers are held within their bounds."""
        for name, (low, high) in BOUNDS.items():
            if name in changes:
                changes[name] = min(max(int(changes[name]), low), high)
        self.put(replace(self._value, **changes))

    def put(self, value: Settings) -> None:
        """Take new settings as a whole."""
        if value == self._value:
            return
        self._value = value
        self._later.start()
        self.changed.emit(value)

    def flush(self) -> None:
        """Save now what still waits to be saved (at the program's end)."""
        if self._later.isActive():
            self._later.stop()
            self._save_now()

    def _save_now(self) -> None:
        self._save(self._value)
