"""What is known of models, joined: the catalogue's words, and the notes among the settings."""

from __future__ import annotations

from dataclasses import replace

from app.core.model_info import ModelInfo
from app.core.model_notes import ModelNotes
from app.core.picture_rule import PictureRule
from app.core.settings import DEMO_PROFILE
from app.earlier_words import EarlierWords
from app.features.models.catalogue import Catalogue
from app.kit.settings_holder import SettingsHolder


class ModelKnowledge:
    """Fulfils `features.chat.asking.ModelKnowledge`."""

    def __init__(
        self, catalogue: Catalogue, settings: SettingsHolder, earlier: EarlierWords
    ) -> None:
        self._catalogue = catalogue
        self._settings = settings
        self._earlier = earlier

    def info(self, profile: str, model: str) -> ModelInfo | None:
        return self._catalogue.info(profile, model)

    def notes(self, profile: str, model: str) -> ModelNotes:
        return self._settings.value.notes(profile, model)

    def put_notes(self, notes: ModelNotes) -> None:
        """Keep them; nothing is worth noting on the demo's one model."""
        if notes.model and notes.profile != DEMO_PROFILE:
            self._settings.put(self._settings.value.with_notes(notes))

    def picture_rule(self, conversation: str) -> PictureRule:
        """As the settings have it, with the words that are known of the pictures."""
        rule = self._settings.value.picture_rule
        return replace(rule, words=self._earlier.of(conversation))

    def of_profile(self, profile: str) -> dict[str, ModelNotes]:
        """The notes on a service's models, by the model's id."""
        notes = self._settings.value.model_notes
        return {n.model: n for n in notes if n.profile == profile}

    def set_favourite(self, profile: str, model: str, on: bool) -> None:
        self.put_notes(replace(self.notes(profile, model), favourite=on))
