"""Messages as rows and back, with the hash that shows whether a row is still what was written.

SQLite's own check does not see a flipped bit in a text, so each message carries a SHA-256 of its
content. Reading never fails on damage: as much of the text as is left comes back, marked.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from app.core.message import ImagePart, Message, MessageState, Part, Role, TextPart, Usage
from app.core.message_json import (
    failure_from_json,
    failure_to_json,
    parts_from_json,
    parts_to_json,
)
from app.core.outline import outline_of
from app.core.picture_action import asked_from_json, asked_to_json

# Columns come as bytes: a flipped bit may leave text that is no UTF-8, and that must not hide it.
COLUMNS = (
    "CAST(id AS BLOB), CAST(conversation AS BLOB), CAST(parent AS BLOB), CAST(role AS BLOB), "
    "CAST(state AS BLOB), CAST(parts AS BLOB), CAST(facts AS BLOB), hash"
)


@dataclass(frozen=True, slots=True)
class MessageRow:
    """What stands in the columns of one message (as `COLUMNS`), and the hashes of its pictures."""

    columns: tuple[str | bytes | None, ...]
    blobs: tuple[str, ...]
    sizes: tuple[int, int, int]
    """Characters and line ends of its text, and its pictures."""


def row_of(message: Message, conversation: str) -> MessageRow:
    """The row that keeps this message."""
    facts = {
        "model": message.model,
        "finish_reason": message.finish_reason,
        "usage": dict(message.usage.raw) if message.usage is not None else None,
        "failure": failure_to_json(message.failure),
        "created_at": message.created_at,
        "first_token_after": message.first_token_after,
        "took": message.took,
        "cost": message.cost,
        "fell_back": message.fell_back,
        "asked": asked_to_json(message.asked),
    }
    kept = {name: value for name, value in facts.items() if value not in (None, "")}
    fields = (
        storable(message.id),
        storable(conversation),
        storable(message.parent) if message.parent is not None else None,
        message.role.value,
    )
    parts, facts_text = to_json(parts_to_json(message.parts)), to_json(kept)
    digest = content_hash(*(_bytes(f) for f in (*fields, parts, facts_text)))
    columns = (*fields, message.state.value, parts, facts_text, digest)
    outline = outline_of(message)
    sizes = (outline.length, outline.lines, outline.pictures)
    return MessageRow(columns, blobs_of(message.parts), sizes)


def message_of(row: tuple[Any, ...]) -> tuple[Message, bool]:
    """The message of a row of `COLUMNS`, and whether it is damaged."""
    id_, conversation, parent, role, state, parts, facts, digest = (
        value if value is None or isinstance(value, bytes) else b"" for value in row
    )
    whole = content_hash(id_, conversation, parent, role, parts, facts) == digest
    made: tuple[Part, ...]
    try:
        made = parts_from_json(json.loads(text_of(parts)))
    except (ValueError, TypeError, AttributeError, RecursionError):
        made, whole = (TextPart(text_of(parts)),), False
    known = _facts(facts)
    role_known, state_known = text_of(role) in set(Role), text_of(state) in set(MessageState)
    message = Message(
        Role(text_of(role)) if role_known else Role.ASSISTANT,
        made,
        id=text_of(id_),
        parent=text_of(parent) if parent is not None else None,
        state=MessageState(text_of(state)) if state_known else MessageState.INTERRUPTED,
        **(known if known is not None else {"created_at": 0.0}),
    )
    return message, not (whole and role_known and state_known and known is not None)


def content_hash(*fields: bytes | None) -> bytes:
    """SHA-256 over the fields, told apart by NUL (JSON and our ids hold none)."""
    return hashlib.sha256(b"\0".join(field or b"" for field in fields)).digest()


def blobs_of(parts: tuple[Part, ...]) -> tuple[str, ...]:
    """The hashes of the pictures among these parts, each once."""
    named = (part.blob for part in parts if isinstance(part, ImagePart))
    return tuple(dict.fromkeys(storable(blob) for blob in named if blob))


def to_json(value: Any) -> str:
    """JSON that SQLite takes: readable where it can be, escaped where a lone surrogate is in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))
    return text


def storable(text: str) -> str:
    """The text with lone surrogates, which UTF-8 has no bytes for, replaced by `?`."""
    return text.encode("utf-8", "replace").decode()


def text_of(value: bytes | None) -> str:
    """A text column's bytes, with U+FFFD for what is damaged."""
    return (value or b"").decode("utf-8", "replace")


def _bytes(text: str | None) -> bytes | None:
    return text.encode() if text is not None else None


def _facts(data: bytes | None) -> dict[str, Any] | None:
    """The facts as arguments of Message, or None if they are damaged."""
    try:
        facts = json.loads(data or b"")
        usage = facts.get("usage")
        return {
            "model": str(facts.get("model", "")),
            "finish_reason": facts.get("finish_reason"),
            "usage": Usage(usage) if isinstance(usage, dict) else None,
            "failure": failure_from_json(facts.get("failure")),
            "created_at": float(facts["created_at"]),
            "first_token_after": facts.get("first_token_after"),
            "took": facts.get("took"),
            "cost": facts.get("cost"),
            "fell_back": str(facts.get("fell_back", "")),
            "asked": asked_from_json(facts.get("asked")),
        }
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
