"""An earlier message of the person's in the composer: sending it makes a new version of it."""

from __future__ import annotations

from dataclasses import replace

from app.core.conversation import Draft
from app.core.message import FilePart, ImagePart, Message
from app.core.picture_action import Asked
from app.features.chat.composer import Composer


class Editing:
    """Which message is edited, and what stood unsent before."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer
        self._aside = Draft()
        self._asked: Asked | None = None
        self.message = ""
        """The id of the message that is edited; empty while none is."""

    def __bool__(self) -> bool:
        return bool(self.message)

    @property
    def aside(self) -> Draft:
        """What stood unsent before, and comes back."""
        return self._aside

    def begin(self, message: Message) -> None:
        """Put its words and what goes with them into the composer."""
        if not self.message:
            self._aside = self._composer.draft()
        self.message, self._asked = message.id, message.asked
        parts = tuple(p for p in message.parts if isinstance(p, ImagePart | FilePart))
        self._composer.set_draft(Draft(message.text, parts))
        self._composer.focus_text()

    def as_asked(self, draft: Draft) -> Draft:
        """The draft, to be asked as the message that it is a version of was, or otherwise."""
        return draft if draft.asked is not None else replace(draft, asked=self._asked)

    def end(self) -> None:
        """What stood unsent before comes back."""
        if self.message:
            aside, self.message, self._aside = self._aside, "", Draft()
            self._composer.set_draft(aside)
