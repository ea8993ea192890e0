"""What is known of models, held in memory: for tests of what asks them."""

from __future__ import annotations

from app.core.model_info import ModelInfo
from app.core.model_notes import ModelNotes
from app.core.picture_rule import PictureRule


class Knowledge:
    """Fulfils `features.chat.asking.ModelKnowledge`."""

    def __init__(self, *infos: ModelInfo) -> None:
        self.infos = {info.id: info for info in infos}
        self.kept: dict[tuple[str, str], ModelNotes] = {}

    def info(self, profile: str, model: str) -> ModelInfo | None:
        return self.infos.get(model)

    def notes(self, profile: str, model: str) -> ModelNotes:
        return self.kept.get((profile, model), ModelNotes(profile, model))

    def put_notes(self, notes: ModelNotes) -> None:
        self.kept[notes.profile, notes.model] = notes

    def picture_rule(self, conversation: str) -> PictureRule:
        return PictureRule()
