"""Bytes that a program or a server gave, as what a tool's result is made of."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from app.core.own_tool_call import HIDDEN

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_SHORTEST_SECRET = 4
"""A shorter one is in any text, and taken out of none."""


def picture_in(data: bytes) -> bytes | None:
    """The data if it begins as a picture does; it is looked at nowhere else."""
    is_webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return data if is_webp or data.startswith(_PICTURES) else None


def result_text(data: bytes, charset: str = "utf-8") -> str:
    """The data as text: what cannot be read becomes U+FFFD, other things than text are named."""
    if b"\0" in data[:4096] and not charset.lower().startswith(("utf-16", "utf-32")):
        return f"[{len(data)} bytes that are no text]"
    try:
        return data.decode(charset, "replace").replace("\r\n", "\n")
    except LookupError:
        return data.decode("utf-8", "replace").replace("\r\n", "\n")


def without(text: str, secrets: Iterable[str]) -> str:
    """The text without the secrets that were handed on, should they come back."""
    for secret in secrets:
        if len(secret) >= _SHORTEST_SECRET:
            for form in dict.fromkeys((secret, quote(secret), quote(secret, safe=""))):
                text = text.replace(form, HIDDEN)
    return text
