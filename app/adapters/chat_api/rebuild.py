"""A request that was sent, rebuilt from what is kept of it and the conversation it asked about."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from app.adapters.chat_api.encode import told_to_think
from app.adapters.chat_api.messages import Blobs, data_url, messages
from app.adapters.threads import in_daemon_thread
from app.core.errors import StorageError
from app.core.exchange import KEY_MARK, Exchange, secret
from app.core.message import ImagePart, Message, Role, TextPart
from app.core.old_pictures import with_words
from app.core.ports import BlobReader


async def request_bytes(
    exchange: Exchange, conversation: Sequence[Message], read: BlobReader, key: str | None = None
) -> bytes:
    """The body, byte for byte as it was sent. Raises StorageError where a picture is gone.

    `conversation` runs from its first message to the one that was to be answered. `key` is
    blotted out, should somebody have written it into a message.
    """
    conversation = _as_asked(exchange, conversation)
    blobs = {image.blob: await read(image.blob) for image in _ours(conversation) if image.blob}
    return await in_daemon_thread(rebuilt, exchange, conversation, blobs, key)


async def request_text(
    exchange: Exchange, conversation: Sequence[Message], read: BlobReader, key: str | None = None
) -> str:
    """The body for reading: indented JSON, each picture by its hash and its length in bytes."""
    conversation = _as_asked(exchange, conversation)
    stand_ins: dict[str, str] = {}
    for image in _ours(conversation):
        if image.blob and image.blob not in stand_ins:
            try:
                length = f"{len(await read(image.blob)):,} bytes"
            except StorageError:
                length = "no longer kept"
            stand_ins[image.blob] = f"sha256:{image.blob} ({length})"
    return await in_daemon_thread(_readable, exchange, conversation, stand_ins, key)


def rebuilt(
    exchange: Exchange, conversation: Sequence[Message], blobs: Blobs, key: str | None = None
) -> bytes:
    """The body, given the bytes of all its pictures."""
    body = _body(exchange, conversation, blobs)
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return _without(key, text).encode()


def _readable(
    exchange: Exchange,
    conversation: Sequence[Message],
    stand_ins: Mapping[str, str],
    key: str | None,
) -> str:
    blobs = {blob: words.encode() for blob, words in stand_ins.items()}
    body = _body(exchange, conversation, blobs)
    shown = {data_url(i, blobs): stand_ins[i.blob] for i in _ours(conversation) if i.blob}
    for message in body["messages"]:
        content = message.get("content")
        for part in content if isinstance(content, list) else ():
            if part.get("type") == "image_url":
                image = part["image_url"]
                image["url"] = shown.get(image["url"], image["url"])
    return _without(key, json.dumps(body, ensure_ascii=False, indent=2))


def _body(exchange: Exchange, conversation: Sequence[Message], blobs: Blobs) -> dict[str, Any]:
    head = dict(exchange.request)
    how = head.pop("messages", {})
    there = _as_asked(exchange, conversation)
    asked = tuple(message for message in there if message.role is not Role.SYSTEM)
    if exchange.system_prompt:
        asked = (Message(Role.SYSTEM, (TextPart(exchange.system_prompt),), id="system"), *asked)
    written = messages(
        asked,
        blobs,
        system_as_user=how.get("system_as_user", False),
        reasoning_back=how.get("reasoning_back", True),
        thinks=told_to_think(head),
    )
    return {**head, "messages": written}


def _as_asked(exchange: Exchange, conversation: Sequence[Message]) -> tuple[Message, ...]:
    """The messages without the pictures that stayed behind: words stood in their place."""
    return with_words(conversation, exchange.request.get("messages", {}).get("instead", {}))


def _ours(conversation: Sequence[Message]) -> list[ImagePart]:
    """The pictures that go along by their bytes."""
    asked = (message for message in conversation if message.role is Role.USER)
    return [image for message in asked for image in message.pictures_sent if image.url is None]


def _without(key: str | None, text: str) -> str:
    held = secret(key)
    if held is None:
        return text
    mark = KEY_MARK.decode()
    return text.replace(held, mark).replace(json.dumps(held)[1:-1], mark)
