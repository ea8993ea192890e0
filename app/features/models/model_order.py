"""In which order models are shown: favourites, then the latest used, the rest, the retired last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.core.model_info import ModelInfo
from app.core.model_notes import ModelNotes

MOST_RECENT = 5
"""How many models stand first because they were used lately."""

Notes = Mapping[str, ModelNotes]


def ordered(models: Sequence[ModelInfo], notes: Notes) -> list[ModelInfo]:
    """The catalogue's models, and favourites and latest used ones that it does not list.

    Within a group the catalogue's own order holds, except among the latest used; what cannot be
    talked with stands behind what can.
    """
    listed = {model.id: model for model in models}
    retired = {model.id for model in models if model.retired}
    favourites = {name for name, note in notes.items() if note.favourite}
    used = {name: n.used_at for name, n in notes.items() if n.used_at > 0}
    for name in favourites | retired:
        used.pop(name, None)
    recent = sorted(used, key=lambda name: -used[name])[:MOST_RECENT]
    unlisted = [ModelInfo(name) for name in notes if name not in listed]
    kept = {m.id: m for m in unlisted if m.id in favourites or m.id in recent}

    def place(model: ModelInfo) -> tuple[bool, int, int]:
        if model.id in favourites:
            return model.retired, 0, 0
        if model.id in recent:
            return model.retired, 1, recent.index(model.id)
        return model.retired, 2, int(bool(model.elsewhere) or model.speaks is False)

    return sorted([*models, *kept.values()], key=place)
