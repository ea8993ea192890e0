"""The reader of a page: made when it is first wished for, joined to what it asks of the world."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.adapters.json_schema import check
from app.core.conversation import Draft
from app.core.message import ImagePart, Message
from app.core.old_pictures import pictures_again
from app.core.request import FormatKind, response_format_from_json
from app.core.schema_verdict import SchemaVerdict
from app.errands import Errands
from app.features.chat.session import ChatSession
from app.features.chat.transcript import words
from app.features.images.quick_actions import QuickActions
from app.kit import error_text
from app.kit.settings_holder import SettingsHolder
from app.kit.tasks import TaskScope, in_thread
from app.links_out import LinksOut
from app.program_parts import ProgramParts

if TYPE_CHECKING:
    from app.features.reader.pane import ReaderPane

FORMAT = "response_format"


class Readers:
    def __init__(
        self,
        parts: ProgramParts,
        *,
        settings: SettingsHolder,
        errands: Errands,
        links: LinksOut,
        tasks: TaskScope,
    ) -> None:
        self._parts = parts
        self._settings = settings
        self._errands = errands
        self._links = links
        self._tasks = tasks

    def make(self, session: ChatSession, actions: QuickActions) -> ReaderPane:
        """A reader for a conversation, with a row of quick actions over what was read."""
        from app.features.reader.pane import ReaderPane

        pane = ReaderPane(
            actions=actions,
            read_blob=self._parts.store.blob,
            read_layer=self._parts.store.text_layer,
            check=lambda reply, text: self._verdict(session, reply, text),
            figures=words.figures,
            ending=_ending,
            scope=self._tasks,
            theme=self._parts.theme,
            icons=self._parts.icons,
        )
        pane.action_shown.connect(actions.show_asked)
        pane.link_activated.connect(self._links.open)
        pane.view_requested.connect(self._errands.view_image)
        pane.save_requested.connect(self._errands.save_table)
        return pane

    def ask(self, session: ChatSession, draft: Draft, pictures: tuple[ImagePart, ...]) -> None:
        """Ask on about pictures: they go once more only where they would else not go at all."""
        again = pictures_again(session.branch(), self._settings.value.picture_rule)
        goes = {picture.blob for picture in again}
        missing = any(picture.blob not in goes for picture in pictures)
        session.send(replace(draft, parts=pictures if missing else ()))

    async def _verdict(
        self, session: ChatSession, reply: Message, text: str | None
    ) -> SchemaVerdict | None:
        """Whether a reply is what its schema asked for. Raises StorageError."""
        exchange = await self._parts.store.exchange(reply.id)
        said = exchange.request.get(FORMAT) if exchange is not None else None
        if reply.fell_back:
            said = session.parameters().get(FORMAT)  # then it stood in the prompt
        asked = response_format_from_json(said)
        if asked is None or asked.kind is not FormatKind.JSON_SCHEMA:
            return None
        return await in_thread(check, asked, text)


def _ending(reply: Message) -> str:
    """How a reply ended, where that was not by itself."""
    if reply.failure is not None:
        return error_text.failure_sentence(reply.failure, kept=True)
    return words.ending(reply)
