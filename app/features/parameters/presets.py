"""The presets that there are, and which of them a conversation's values are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.core.ids import new_id
from app.core.preset import Preset
from app.core.settings import Settings
from app.features.parameters.values import in_order, same, switches, without_switches
from app.kit.settings_holder import SettingsHolder


def fits(preset: Preset, system_prompt: str, parameters: Mapping[str, Any]) -> bool:
    """Whether these are the preset's values.

    A preset without reasoning switches leaves those to the model, whatever they are.
    """
    if preset.system_prompt != system_prompt:
        return False
    given = parameters if switches(preset.parameters) else without_switches(parameters)
    return same(preset.parameters, given)


def preset_of(
    presets: Sequence[Preset], system_prompt: str, parameters: Mapping[str, Any], last: str = ""
) -> Preset | None:
    """The preset that has these values: the last chosen, the one that says most, or the first."""
    found = [p for p in presets if fits(p, system_prompt, parameters)]
    found.sort(key=lambda p: (p.id != last, not switches(p.parameters)))
    return found[0] if found else None


def is_blank(system_prompt: str, parameters: Mapping[str, Any]) -> bool:
    """Whether nothing is set but what is the model's own."""
    return not system_prompt and not without_switches(parameters)


def taken_on(preset: Preset | None, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """What `parameters` become by taking on a preset, or none."""
    given = preset.parameters if preset is not None else {}
    kept = {} if switches(given) else switches(parameters)
    return in_order({**given, **kept})


class Presets(QObject):
    """Keeps the presets in the settings, in the order shown."""

    changed = Signal()

    def __init__(self, settings: SettingsHolder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._known = settings.value.presets
        settings.changed.connect(self._settings_changed)

    @property
    def all(self) -> tuple[Preset, ...]:
        return self._settings.value.presets

    def get(self, preset_id: str) -> Preset | None:
        return next((p for p in self.all if p.id == preset_id), None)

    def add(
        self, name: str, system_prompt: str = "", parameters: Mapping[str, Any] | None = None
    ) -> Preset:
        """Put a new preset last, under a name that none has yet."""
        made = Preset(self._free(name), system_prompt, in_order(parameters or {}))
        self._put((*self.all, made))
        return made

    def change(self, preset_id: str, **changes: Any) -> None:
        """Change a preset's name, system prompt or parameters; one that is gone stays gone."""
        self._put(tuple(replace(p, **changes) if p.id == preset_id else p for p in self.all))

    def duplicate(self, preset_id: str) -> Preset | None:
        """Put a copy right after it."""
        place = self._place(preset_id)
        if place is None:
            return None
        copy = replace(self.all[place], id=new_id(), name=self._free(self.all[place].name))
        self._put((*self.all[: place + 1], copy, *self.all[place + 1 :]))
        return copy

    def move(self, preset_id: str, step: int) -> None:
        """Move it so many places down, or up; not beyond the ends."""
        place = self._place(preset_id)
        if place is None:
            return
        others = [p for p in self.all if p.id != preset_id]
        others.insert(min(max(place + step, 0), len(others)), self.all[place])
        self._put(tuple(others))

    def remove(self, preset_id: str) -> Callable[[], None]:
        """Delete it; what is answered brings it back to its place."""
        place = self._place(preset_id)
        if place is None:
            return lambda: None
        gone = self.all[place]
        self._put(tuple(p for p in self.all if p.id != preset_id))

        def restore() -> None:
            if self.get(gone.id) is None:
                self._put((*self.all[:place], gone, *self.all[place:]))

        return restore

    def _place(self, preset_id: str) -> int | None:
        return next((i for i, p in enumerate(self.all) if p.id == preset_id), None)

    def _free(self, name: str) -> str:
        """That name, with a number after it if a preset has it already."""
        taken = {p.name for p in self.all}
        names = (name if n == 1 else f"{name} {n}" for n in range(1, len(taken) + 2))
        return next(n for n in names if n not in taken)

    def _put(self, presets: tuple[Preset, ...]) -> None:
        self._settings.replace(presets=presets)

    def _settings_changed(self, settings: Settings) -> None:
        if settings.presets != self._known:
            self._known = settings.presets
            self.changed.emit()
