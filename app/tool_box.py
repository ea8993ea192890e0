"""All tools that there are, of all sources; runs calls and keeps what they give to look at."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.core.errors import ImageError, StorageError
from app.core.message import ImagePart, ToolCallPart, ToolResultPart
from app.core.ports import HistoryStore, ImageCodec
from app.core.tool import CallContext, Grant, Tool, ToolOutcome
from app.core.tool_choice import ToolChoice
from app.core.tool_ports import ToolSource
from app.kit.settings_holder import SettingsHolder

LOG = logging.getLogger("porthole")

LONGEST = 16 * 1024 * 1024
"""Characters of one result that are kept."""
MOST_PICTURES = 20
"""Pictures of one result that are kept."""


class Toolbox(QObject):
    """Fulfils `core.tool_ports.ToolBox`. Sources are known by their ids, in the order added.

    `changed`: other tools may be there now. Whoever knows that a source changed emits it.
    """

    changed = Signal()

    def __init__(
        self,
        settings: SettingsHolder,
        store: HistoryStore,
        codec: ImageCodec,
        sources: Mapping[str, ToolSource],
    ) -> None:
        super().__init__()
        self._settings = settings
        self._store = store
        self._codec = codec
        self._sources = dict(sources)

    def put_source(self, source_id: str, source: ToolSource) -> None:
        self._sources[source_id] = source
        self.changed.emit()

    def drop_source(self, source_id: str) -> None:
        if self._sources.pop(source_id, None) is not None:
            self.changed.emit()

    def all(self) -> Sequence[Tool]:
        """Every tool that could be switched on."""
        return [tool for source in self._sources.values() for tool in source.tools()]

    def tools_for(self, choice: ToolChoice) -> Sequence[Tool]:
        on = self._settings.value.tools_on if choice.on is None else choice.on
        return [tool for tool in self.all() if tool.id in on] if on else ()

    def is_granted(self, tool: Tool) -> bool:
        return any(grant.covers(tool) for grant in self._settings.value.tool_grants)

    def grant(self, tool: Tool) -> None:
        others = (g for g in self._settings.value.tool_grants if g.tool != tool.id)
        self._settings.replace(tool_grants=(*others, Grant(tool.id, tool.fingerprint)))

    def most_rounds(self) -> int:
        return self._settings.value.tool_rounds

    async def run(
        self, call: ToolCallPart, tool: Tool, arguments: Mapping[str, Any], context: CallContext
    ) -> tuple[ToolResultPart | ImagePart, ...]:
        source = self._sources.get(tool.source)
        if source is None:
            return (ToolResultPart(call.id, call.name, "This tool is gone.", True),)
        try:
            outcome = await source.run(tool, arguments, context)
        except Exception as error:
            # A source's fault must not end the conversation's turn; its words may be anybody's.
            LOG.error("a tool of %s failed: %s", tool.source, type(error).__name__)
            outcome = ToolOutcome(f"The tool failed inside: {type(error).__name__}.", True)
        text = outcome.text
        if len(text) > LONGEST:
            text = f"{text[:LONGEST]}\n[{len(text) - LONGEST} more characters were not kept]"
        pictures = [await self._kept(data, tool) for data in outcome.pictures[:MOST_PICTURES]]
        notes = "\n".join([words for words in pictures if isinstance(words, str)])
        text = f"{text}\n{notes}" if notes else text
        return (
            ToolResultPart(call.id, call.name, text, outcome.is_error),
            *(part for part in pictures if isinstance(part, ImagePart)),
        )

    async def _kept(self, data: bytes, tool: Tool) -> ImagePart | str:
        """A picture in the store, or why there is none, in words for the model."""
        try:
            ready = await self._codec.prepare(data, tool.name)
            blob = await self._store.put_blob(ready.data)
        except ImageError as error:
            return f"[A picture could not be read: {error.problem.value}]"
        except StorageError:
            return "[A picture could not be kept]"
        return ImagePart(
            name=tool.name,
            media_type=ready.media_type,
            blob=blob,
            width=ready.width,
            height=ready.height,
            original_width=ready.original_width,
            original_height=ready.original_height,
            frames=ready.frames,
        )
