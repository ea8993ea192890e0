"""The tool that searches the person's own conversations, those of now and before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from app.adapters.tools.own_tool import SOURCE, OwnTool, ToolFault, schema
from app.core.errors import StorageError
from app.core.ports import HistoryStore, SearchHit
from app.core.tool import CallContext, Effect, Tool, ToolOutcome

USUAL, MOST = 10, 50
DEPTHS = (100, 1000)
"""How many finds are looked at: more where this conversation itself holds the first ones."""
HISTORY = Tool(
    "own:history",
    "search_history",
    SOURCE,
    "Searches the person's earlier conversations in this program for words, and gives the places "
    "found with the conversation's title and date, the latest first. This conversation itself is "
    "left out: you know it.",
    schema(
        ("query",),
        query={
            "type": "string",
            "maxLength": 300,
            "description": "Words that all have to be in one message. Few and telling ones find "
            "more.",
        },
        limit={
            "type": "integer",
            "minimum": 1,
            "maximum": MOST,
            "description": f"How many places to give at most; {USUAL} without it.",
        },
    ),
    Effect.READS,
    reads_only=True,
)


def history_search(store: HistoryStore) -> OwnTool:
    async def answer(arguments: Mapping[str, Any], context: CallContext) -> ToolOutcome:
        query, limit = arguments["query"], arguments.get("limit", USUAL)
        if not query.strip():
            raise ToolFault("Say which words to search for.")
        try:
            hits = await _elsewhere(store, query, limit, context.conversation)
        except StorageError:
            raise ToolFault("The conversations could not be searched.") from None
        if not hits:
            return ToolOutcome("No other conversation holds these words.")
        return ToolOutcome("\n\n".join(map(_told, hits)))

    return OwnTool(HISTORY, answer)


async def _elsewhere(
    store: HistoryStore, query: str, limit: int, here: str
) -> tuple[SearchHit, ...]:
    """The latest finds in other conversations."""
    found: tuple[SearchHit, ...] = ()
    for depth in DEPTHS:
        hits = await store.search(query, depth)
        found = tuple(hit for hit in hits if hit.conversation != here)[:limit]
        if len(found) == limit or len(hits) < depth:
            break
    return found


def _told(hit: SearchHit) -> str:
    when = datetime.fromtimestamp(hit.created_at, UTC).astimezone()
    where = ", in a picture" if hit.in_picture else ""
    return f"{hit.title or 'Untitled'} ({when:%Y-%m-%d %H:%M}{where})\n{hit.snippet}"
