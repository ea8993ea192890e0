"""What a service's list of models is worth: how old it is, and whether a newer one comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.core.model_info import ModelInfo

translate = QCoreApplication.translate

MINUTE, HOUR, DAY = 60, 3600, 86_400


@dataclass(frozen=True, slots=True)
class ListState:
    """`loaded_at` is in seconds since the epoch, None if unknown; `problem` is why a newer list
    could not be had, as a sentence."""

    models: Sequence[ModelInfo] = ()
    refreshing: bool = False
    loaded_at: float | None = None
    problem: str = ""


def state_words(state: ListState, now: float) -> str:
    """As in "list from 4 minutes ago, refreshing"; "" if there is nothing to say."""
    if not state.models:
        if state.refreshing:
            return translate("Models", "loading the list")
        failed = translate("Models", "the list could not be loaded: %1")
        return failed.replace("%1", state.problem) if state.problem else ""
    shown = _age_words(state.loaded_at, now)
    if state.refreshing:
        return translate("Models", "%1, refreshing").replace("%1", shown)
    failed = translate("Models", "%1, could not be refreshed: %2")
    return failed.replace("%1", shown).replace("%2", state.problem) if state.problem else shown


def _age_words(loaded_at: float | None, now: float) -> str:
    """How long ago that was. A clock that was set back makes no list one from the future."""
    if loaded_at is None or loaded_at > now:
        return translate("Models", "list from earlier")
    age = now - loaded_at
    for unit, one, many in (
        (
            DAY,
            translate("Models", "list from yesterday"),
            translate("Models", "list from %1 days ago"),
        ),
        (
            HOUR,
            translate("Models", "list from 1 hour ago"),
            translate("Models", "list from %1 hours ago"),
        ),
        (
            MINUTE,
            translate("Models", "list from 1 minute ago"),
            translate("Models", "list from %1 minutes ago"),
        ),
    ):
        count = int(age // unit)
        if count:
            return one if count == 1 else many.replace("%1", str(count))
    return translate("Models", "list from just now")
