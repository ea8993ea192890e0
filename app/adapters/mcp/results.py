"""What a server gave, as pieces for the pipe to the window: texts and pictures, each bounded."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Sequence
from typing import Any

from app.core.mcp import McpContent

MOST_TEXT = 16 * 1024 * 1024
MOST_PICTURE = 32 * 1024 * 1024
MOST_PICTURES = 20


class Pieces:
    """Collects what one answer holds; `header` and `body` then go through the pipe."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._pictures: list[bytes] = []

    def add(self, block: Any) -> None:
        """A content block of a result or prompt, as its JSON says."""
        kind = block.get("type")
        if kind == "text":
            self._texts.append(_text(block.get("text")))
        elif kind == "image":
            self._picture(block)
        elif kind == "resource" and isinstance(block.get("resource"), dict):
            self.add_resource(block["resource"])
        elif kind == "resource_link":
            name, uri = _text(block.get("name")), _text(block.get("uri"))
            self._texts.append(f"[A resource: {name} {uri}]")
        else:
            size = len(_text(block.get("data")))
            self._texts.append(f"[{kind}, {_text(block.get('mimeType'))}, {size} characters]")

    def add_resource(self, resource: Any) -> None:
        """What a resource holds: text, a picture, or a word that it is neither."""
        if isinstance(resource.get("text"), str):
            self._texts.append(resource["text"])
        elif _text(resource.get("mimeType")).startswith("image/"):
            self._picture({"data": resource.get("blob"), "mimeType": resource.get("mimeType")})
        else:
            kind, uri = _text(resource.get("mimeType")), _text(resource.get("uri"))
            size = len(_text(resource.get("blob"))) * 3 // 4
            self._texts.append(f"[{uri}: {kind or 'unknown'}, {size} bytes that are no text]")

    def add_structured(self, value: Any) -> None:
        """`structuredContent`: shown unless a text block says the same already."""
        if value is None:
            return
        for text in self._texts:
            if len(text) < MOST_TEXT and _same_json(text, value):
                return
        self._texts.append(json.dumps(value, ensure_ascii=False, indent=2))

    def _picture(self, block: Any) -> None:
        data = _text(block.get("data"))
        if len(self._pictures) >= MOST_PICTURES or len(data) > MOST_PICTURE * 4 // 3:
            self._texts.append("[A picture that was not kept: too many, or too large]")
            return
        try:
            self._pictures.append(base64.b64decode(data, validate=True))
        except (ValueError, binascii.Error):
            self._texts.append("[A picture that could not be read]")

    def packed(self) -> tuple[dict[str, Any], bytes]:
        """The lengths of the text and the pictures, and their bytes one after another."""
        text = "\n".join(self._texts)
        if len(text) > MOST_TEXT:
            text = f"{text[:MOST_TEXT]}\n[{len(text) - MOST_TEXT} more characters were not kept]"
        words = text.encode("utf-8", "replace")
        lengths = [len(words), *(len(picture) for picture in self._pictures)]
        return {"lengths": lengths}, b"".join([words, *self._pictures])


def pieces_of(blocks: Iterable[Any]) -> Pieces:
    pieces = Pieces()
    for block in blocks:
        pieces.add(block)
    return pieces


def unpacked(lengths: Sequence[int], body: bytes, *, is_error: bool = False) -> McpContent:
    """The window's side of `Pieces.packed`."""
    parts: list[bytes] = []
    place = 0
    for length in lengths:
        parts.append(body[place : place + length])
        place += length
    return McpContent(parts[0].decode("utf-8", "replace"), tuple(parts[1:]), is_error)


def _same_json(text: str, value: Any) -> bool:
    """Whether the text says what the value does; many servers wrap a bare value in an object."""
    bare = next(iter(value.values())) if isinstance(value, dict) and len(value) == 1 else value
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        said = text
    return said in (value, bare)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
