"""The owner of the quick actions at run time: in the settings, in the order shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.core.built_in_actions import BUILT_IN, default_actions, in_language
from app.core.ids import new_id
from app.core.picture_action import KEYS, MOST_ACTIONS, PictureAction
from app.core.settings import Settings
from app.kit.settings_holder import SettingsHolder

OWN_WORDS = frozenset({"name", "prompt", "parameters", "result"})
"""Who changes one of these in a built-in action has made it their own."""


class PictureActions(QObject):
    """All that it answers has its words in the reader's language (`language`: `en` or `zh_CN`).

    `changed` does not tell of another language: every widget hears of that by itself.
    """

    changed = Signal()

    def __init__(
        self, settings: SettingsHolder, language: Callable[[], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._language = language
        self._known = self._state(settings.value)
        settings.changed.connect(self._settings_changed)

    @property
    def all(self) -> tuple[PictureAction, ...]:
        return tuple(in_language(a, self._language()) for a in self._kept)

    def get(self, action_id: str) -> PictureAction | None:
        return next((a for a in self.all if a.id == action_id), None)

    def name_of_key(self, key: str) -> str:
        """What the action with that key is called; empty where no action has it."""
        return next((a.name for a in self.all if key and a.key == key), "")

    @property
    def on_drop(self) -> PictureAction | None:
        """The one that a dropped picture is asked by itself, if any is."""
        return self.get(self._settings.value.drop_action)

    @property
    def missing(self) -> tuple[str, ...]:
        """The ids of built-in actions that were deleted."""
        there = {a.id for a in self._kept}
        return tuple(action for action in BUILT_IN if action not in there)

    @property
    def is_full(self) -> bool:
        return len(self._kept) >= MOST_ACTIONS

    def is_edited(self, action_id: str) -> bool:
        """Whether it is a built-in action with words that are the person's own."""
        found = next((a for a in self._kept if a.id == action_id), None)
        return found is not None and not found.built_in and found.id in BUILT_IN

    def set_on_drop(self, action_id: str) -> None:
        """Ask that about pictures that are dropped; empty: ask nothing by itself."""
        self._settings.replace(drop_action=action_id)

    def add(self, name: str) -> PictureAction | None:
        """Put a new, blank action last, under a free name and key; None where there are enough."""
        if self.is_full:
            return None
        made = PictureAction(self._free_name(name), key=self._free_key())
        self._put((*self._kept, made))
        return made

    def duplicate(self, action_id: str) -> PictureAction | None:
        """Put a copy right after it."""
        place, source = self._place(action_id), self.get(action_id)
        if place is None or source is None or self.is_full:
            return None
        name, key = self._free_name(source.name), self._free_key()
        copy = replace(source, id=new_id(), name=name, key=key, built_in=False)
        self._put((*self._kept[: place + 1], copy, *self._kept[place + 1 :]))
        return copy

    def change(self, action_id: str, **changes: Any) -> None:
        """Change fields of an action; one that is gone stays gone.

        A key is taken from whichever action had it.
        """
        place, shown = self._place(action_id), self.get(action_id)
        if place is None or all(getattr(shown, k) == v for k, v in changes.items()):
            return
        if shown is not None and OWN_WORDS & changes.keys():
            made = replace(shown, built_in=False, **changes)
        else:
            made = replace(self._kept[place], **changes)
        key = changes.get("key", "")
        others = (replace(a, key="") if key and a.key == key else a for a in self._kept)
        self._put(made if a.id == action_id else a for a in others)

    def move(self, action_id: str, step: int) -> None:
        """Move it so many places down, or up; not beyond the ends."""
        place = self._place(action_id)
        if place is None:
            return
        others = [a for a in self._kept if a.id != action_id]
        others.insert(min(max(place + step, 0), len(others)), self._kept[place])
        self._put(others)

    def order(self, ids: Sequence[str]) -> None:
        """Put them in this order; those that it does not name come last."""
        rank = {action: place for place, action in enumerate(ids)}
        self._put(sorted(self._kept, key=lambda a: rank.get(a.id, len(rank))))

    def remove(self, action_id: str) -> Callable[[], None]:
        """Delete it; what is answered brings it back to its place, with what it was for."""
        place = self._place(action_id)
        if place is None:
            return lambda: None
        gone, dropped = self._kept[place], self._settings.value.drop_action == action_id
        self._put(a for a in self._kept if a.id != action_id)
        if dropped:
            self.set_on_drop("")

        def restore() -> None:
            if self.get(gone.id) is None:
                taken = bool(self.name_of_key(gone.key))
                back = replace(gone, key="") if taken else gone
                self._put((*self._kept[:place], back, *self._kept[place:]))
                if dropped and not self._settings.value.drop_action:
                    self.set_on_drop(gone.id)

        return restore

    def restore(self, action_id: str) -> Callable[[], None]:
        """Give a built-in action its own words again; what is answered takes that back."""
        before = next((a for a in self._kept if a.id == action_id), None)
        if before is None or not self.is_edited(action_id):
            return lambda: None
        blank = PictureAction(model=before.model, key=before.key, id=before.id, built_in=True)
        self._put(blank if a.id == action_id else a for a in self._kept)

        def undo() -> None:
            self._put(before if a.id == before.id else a for a in self._kept)

        return undo

    def restore_missing(self) -> None:
        """Bring deleted built-in actions back, at the end; keys that are taken stay taken."""
        taken = {a.key for a in self._kept}
        back = [a for a in default_actions() if a.id in self.missing]
        free = [replace(a, key="") if a.key in taken else a for a in back]
        self._put((*self._kept, *free[: MOST_ACTIONS - len(self._kept)]))

    def bring(self, actions: Iterable[PictureAction]) -> tuple[int, Callable[[], None]]:
        """Add actions that came from elsewhere; those that are there already are not added again.

        Nothing that was there changes. Answers how many were added, and how to undo it.
        """
        known = list(self.all)
        taken = {a.key for a in known}
        added: list[PictureAction] = []
        for action in actions:
            if any(_alike(action, one) for one in known):
                continue
            if len(self._kept) + len(added) == MOST_ACTIONS:
                break
            known.append(action)
            name = self._free_name(action.name, {a.name for a in added})
            key = "" if action.key in taken else action.key
            taken.add(key)
            added.append(replace(action, name=name, key=key, id=new_id(), built_in=False))
        self._put((*self._kept, *added))
        ids = {a.id for a in added}

        def undo() -> None:
            self._put(a for a in self._kept if a.id not in ids)
            if self._settings.value.drop_action in ids:
                self.set_on_drop("")

        return len(added), undo

    @property
    def _kept(self) -> tuple[PictureAction, ...]:
        return self._settings.value.picture_actions

    def _place(self, action_id: str) -> int | None:
        return next((i for i, a in enumerate(self._kept) if a.id == action_id), None)

    def _free_key(self) -> str:
        taken = {a.key for a in self._kept}
        return next((key for key in KEYS if key not in taken), "")

    def _free_name(self, name: str, also: Iterable[str] = ()) -> str:
        """That name, with a number after it if an action has it already."""
        taken = {a.name for a in self.all} | set(also)
        names = (name if n == 1 else f"{name} {n}" for n in range(1, len(taken) + 2))
        return next(n for n in names if n not in taken)

    def _put(self, actions: Iterable[PictureAction]) -> None:
        self._settings.replace(picture_actions=tuple(actions))

    def _state(self, settings: Settings) -> tuple[tuple[PictureAction, ...], str]:
        return settings.picture_actions, settings.drop_action

    def _settings_changed(self, settings: Settings) -> None:
        if self._state(settings) != self._known:
            self._known = self._state(settings)
            self.changed.emit()


def _alike(one: PictureAction, other: PictureAction) -> bool:
    """Whether both ask the same, under the same name."""

    def said(action: PictureAction) -> tuple[Any, ...]:
        return (action.name, action.prompt, action.model, dict(action.parameters), action.result)

    return said(one) == said(other)
