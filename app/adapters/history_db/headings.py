"""Headings, drafts and tabs in the database: all of a conversation but its messages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import apsw

from app.adapters.history_db import rows
from app.core.conversation import ConversationInfo, Draft, ScrollAnchor, TabState
from app.core.message_json import parts_from_json, parts_to_json
from app.core.tool_choice import choice_from_json, choice_to_json

_COLUMNS = (
    "CAST(id AS BLOB), CAST(title AS BLOB), CAST(profile AS BLOB), CAST(model AS BLOB), "
    "CAST(system_prompt AS BLOB), CAST(parameters AS BLOB), CAST(tools AS BLOB), "
    "CAST(leaf AS BLOB), pinned, unread, message_count, created_at, updated_at"
)


def save(connection: apsw.Connection, info: ConversationInfo, *, only_new: bool = False) -> None:
    """Create the heading, or update it unless `only_new`. The count of messages is the store's."""
    clash = (
        "DO NOTHING"
        if only_new
        else "DO UPDATE SET title = excluded.title, profile = excluded.profile, "
        "model = excluded.model, system_prompt = excluded.system_prompt, "
        "parameters = excluded.parameters, tools = excluded.tools, leaf = excluded.leaf, "
        "pinned = excluded.pinned, unread = excluded.unread, updated_at = excluded.updated_at"
    )
    connection.execute(
        "INSERT INTO conversation (id, title, profile, model, system_prompt, parameters, tools, "  # noqa: S608 - one of the two texts above
        "leaf, pinned, unread, message_count, created_at, updated_at) "
        f"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?) ON CONFLICT (id) {clash}",
        (
            rows.storable(info.id),
            rows.storable(info.title),
            rows.storable(info.profile),
            rows.storable(info.model),
            rows.storable(info.system_prompt),
            rows.to_json(dict(info.parameters)),
            rows.to_json(choice_to_json(info.tools)),
            rows.storable(info.leaf) if info.leaf is not None else None,
            int(info.pinned),
            int(info.unread),
            info.created_at,
            info.updated_at,
        ),
    )


def shown(connection: apsw.Connection) -> tuple[ConversationInfo, ...]:
    """Those that hold a message and are not deleted: pinned first, then the latest first."""
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM conversation "  # noqa: S608 - our own column names
        "WHERE message_count > 0 AND deleted_at IS NULL "
        "ORDER BY pinned DESC, updated_at DESC, rowid DESC"
    )
    return tuple(_info(row) for row in found)


def one(connection: apsw.Connection, conversation: str) -> ConversationInfo | None:
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM conversation WHERE id = ? AND deleted_at IS NULL",  # noqa: S608 - ours
        (rows.storable(conversation),),
    ).fetchone()
    return _info(found) if found is not None else None


def hide(connection: apsw.Connection, conversation: str, since: float | None) -> None:
    """Delete it as of `since`, or bring it back (None)."""
    connection.execute(
        "UPDATE conversation SET deleted_at = ? WHERE id = ?", (since, rows.storable(conversation))
    )


def save_draft(connection: apsw.Connection, info: ConversationInfo, draft: Draft) -> None:
    key = rows.storable(info.id)
    if not draft:
        connection.execute("DELETE FROM draft WHERE conversation = ?", (key,))
        return
    save(connection, info, only_new=True)
    content = rows.to_json({"text": draft.text, "parts": parts_to_json(draft.parts)})
    connection.execute(
        "INSERT INTO draft (conversation, content) VALUES (?, ?) "
        "ON CONFLICT (conversation) DO UPDATE SET content = excluded.content",
        (key, content),
    )


def draft_of(connection: apsw.Connection, conversation: str) -> Draft:
    found = connection.execute(
        "SELECT CAST(content AS BLOB) FROM draft WHERE conversation = ?",
        (rows.storable(conversation),),
    ).fetchone()
    return _draft(found[0]) if found is not None else Draft()


def blobs_in_drafts(connection: apsw.Connection) -> set[str]:
    contents = connection.execute("SELECT CAST(content AS BLOB) FROM draft")
    return {blob for (content,) in contents for blob in rows.blobs_of(_draft(content).parts)}


def save_tabs(connection: apsw.Connection, tabs: Sequence[TabState], current: int) -> None:
    connection.execute("DELETE FROM tab")
    for place, tab in enumerate(tabs):
        anchor = tab.scroll.message
        connection.execute(
            "INSERT INTO tab (place, conversation, anchor, anchor_offset, current) "
            "VALUES (?, ?, ?, ?, ?)",
            (
                place,
                rows.storable(tab.conversation),
                rows.storable(anchor) if anchor is not None else None,
                tab.scroll.offset,
                int(place == current),
            ),
        )


def tabs(connection: apsw.Connection) -> tuple[tuple[TabState, ...], int]:
    """The tabs whose conversation is there to be opened, and the place of the one in front.

    A feature's page, which has a colon in its key, is no conversation's.
    """
    found: list[tuple[Any, ...]] = connection.execute(
        "SELECT CAST(tab.conversation AS BLOB), CAST(anchor AS BLOB), anchor_offset, current "
        "FROM tab LEFT JOIN conversation c ON c.id = tab.conversation "
        "WHERE (c.id IS NOT NULL AND c.deleted_at IS NULL) OR instr(tab.conversation, ':') > 0 "
        "ORDER BY place"
    ).fetchall()
    states = tuple(
        TabState(
            rows.text_of(conversation),
            ScrollAnchor(rows.text_of(anchor) if anchor is not None else None, offset),
        )
        for conversation, anchor, offset, _ in found
    )
    return states, next((place for place, row in enumerate(found) if row[3]), 0)


def _info(row: tuple[Any, ...]) -> ConversationInfo:
    id_, title, profile, model, system_prompt, parameters, tools, leaf, *rest = row
    pinned, unread, message_count, created_at, updated_at = rest
    return ConversationInfo(
        id=rows.text_of(id_),
        title=rows.text_of(title),
        profile=rows.text_of(profile),
        model=rows.text_of(model),
        system_prompt=rows.text_of(system_prompt),
        parameters=_object(parameters),
        tools=choice_from_json(_object(tools)),
        leaf=rows.text_of(leaf) if leaf is not None else None,
        pinned=bool(pinned),
        unread=bool(unread),
        message_count=message_count,
        created_at=created_at,
        updated_at=updated_at,
    )


def _draft(content: bytes) -> Draft:
    """The draft; what is damaged in it comes back as the text that is left."""
    data = _object(content)
    if not data:
        return Draft(rows.text_of(content))
    try:
        return Draft(str(data.get("text", "")), parts_from_json(data.get("parts")))
    except (ValueError, TypeError, AttributeError):
        return Draft(str(data.get("text", "")))


def _object(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
