"""Quick actions for tests, as whoever keeps them hands them out: the built-in ones, or others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.core.built_in_actions import default_actions, in_language
from app.core.picture_action import PictureAction


class SomeActions(QObject):
    changed = Signal()

    def __init__(self, actions: Sequence[PictureAction] | None = None) -> None:
        super().__init__()
        self.language = "en"
        self._own = actions
        self.on_drop: PictureAction | None = None

    @property
    def all(self) -> tuple[PictureAction, ...]:
        if self._own is not None:
            return tuple(self._own)
        return tuple(in_language(a, self.language) for a in default_actions())

    def put(self, actions: Sequence[PictureAction]) -> None:
        self._own = actions
        self.changed.emit()

    def ask_on_drop(self, action: str) -> None:
        self.on_drop = next(a for a in self.all if a.id == action)
        self.changed.emit()
