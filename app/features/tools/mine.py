"""The owner of the person's own tools at run time: in the settings, in the order shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.core.ids import new_id
from app.core.own_tool import MOST_TOOLS, OwnTool
from app.core.settings import Settings
from app.kit.settings_holder import SettingsHolder


class MyTools(QObject):
    """`changed` tells of other tools, and of others that new conversations may use."""

    changed = Signal()

    def __init__(self, settings: SettingsHolder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._known = self._state(settings.value)
        settings.changed.connect(self._settings_changed)

    @property
    def all(self) -> tuple[OwnTool, ...]:
        return self._settings.value.own_tools

    def get(self, key: str) -> OwnTool | None:
        return next((t for t in self.all if t.id == key), None)

    @property
    def is_full(self) -> bool:
        return len(self.all) >= MOST_TOOLS

    def add(self, name: str) -> OwnTool | None:
        """Put a new draft last; None where there are enough."""
        if self.is_full:
            return None
        made = OwnTool(self._free_name(name))
        self._put((*self.all, made))
        return made

    def duplicate(self, key: str) -> OwnTool | None:
        """Put a copy right after it, switched off; secrets stay with the one they were given to."""
        place, source = self._place(key), self.get(key)
        if place is None or source is None or self.is_full:
            return None
        copy = replace(source, id=new_id(), name=self._free_name(source.name), enabled=False)
        self._put((*self.all[: place + 1], copy, *self.all[place + 1 :]))
        return copy

    def change(self, key: str, **changes: Any) -> None:
        """Change fields of a tool; one that is gone stays gone."""
        self._put(replace(t, **changes) if t.id == key else t for t in self.all)

    def remove(self, key: str) -> Callable[[], None]:
        """Delete it; what is answered brings it back to its place."""
        place, gone = self._place(key), self.get(key)
        if place is None or gone is None:
            return lambda: None
        was_on = self.is_on(gone.tool_id)
        self.set_on(gone.tool_id, False)
        self._put(t for t in self.all if t.id != key)

        def restore() -> None:
            if self.get(gone.id) is None:
                self._put((*self.all[:place], gone, *self.all[place:]))
                self.set_on(gone.tool_id, was_on)

        return restore

    def bring(self, tools: Iterable[OwnTool]) -> tuple[int, Callable[[], None]]:
        """Add drafts that came from elsewhere, but for those that are there already.

        Answers how many were added, and how to undo it.
        """
        known = [_told(t) for t in self.all]
        added: list[OwnTool] = []
        for tool in tools:
            if _told(tool) in known or len(self.all) + len(added) >= MOST_TOOLS:
                continue
            known.append(_told(tool))
            added.append(replace(tool, id=new_id(), action=None, enabled=False))
        self._put((*self.all, *added))
        ids = {t.id for t in added}
        return len(added), lambda: self._put(t for t in self.all if t.id not in ids)

    def is_on(self, tool_id: str) -> bool:
        """Whether new conversations may use a tool, of whatever source."""
        return tool_id in self._settings.value.tools_on

    def set_on(self, tool_id: str, wanted: bool) -> None:
        others = tuple(t for t in self._settings.value.tools_on if t != tool_id)
        if wanted != self.is_on(tool_id):
            self._settings.replace(tools_on=(*others, tool_id) if wanted else others)

    def _place(self, key: str) -> int | None:
        return next((i for i, t in enumerate(self.all) if t.id == key), None)

    def _free_name(self, name: str) -> str:
        """That name, with a number after it if a tool has it already."""
        taken = {t.name for t in self.all}
        names = (name if n == 1 else f"{name}_{n}" for n in range(1, len(taken) + 2))
        return next(n for n in names if n not in taken)

    def _put(self, tools: Iterable[OwnTool]) -> None:
        self._settings.replace(own_tools=tuple(tools))

    def _state(self, settings: Settings) -> tuple[Any, ...]:
        return settings.own_tools, settings.tools_on

    def _settings_changed(self, settings: Settings) -> None:
        if self._state(settings) != self._known:
            self._known = self._state(settings)
            self.changed.emit()


def _told(tool: OwnTool) -> tuple[Any, ...]:
    return (tool.name, tool.description, dict(tool.parameters))
