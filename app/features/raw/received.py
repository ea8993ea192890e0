"""A response as it was received, made into text: raw, with a mark where bytes were left out."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass

from app.core.exchange import KEPT_BYTES, Exchange

CHARSETS = frozenset(
    {"gbk", "gb2312", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"}
    | {"iso-8859-1", "windows-1252", "windows-1251", "utf-16"}
)
"""What a page of a proxy or a portal may be written in; all else is read as UTF-8."""
PRETTY_LIMIT = 4 * 1024 * 1024
"""Characters that JSON may grow to by being indented; beyond that it is shown as it came."""


@dataclass(frozen=True, slots=True)
class Received:
    """The first and the last part (`last` is empty where nothing was left out between).

    `pretty` is the whole as indented JSON, where it is JSON.
    """

    first: str
    last: str = ""
    left_out: int = 0
    pretty: str = ""


def received(exchange: Exchange) -> Received:
    """Reads an exchange's response. Takes some time where it is long: call it in a thread."""
    charset = _charset(exchange)
    if not exchange.cut:
        text = exchange.response.decode(charset, "replace")
        return Received(text, pretty=_pretty(text))
    # Half a character at either side of the gap is no character.
    first, last = exchange.response[: exchange.cut], exchange.response[exchange.cut :]
    begun = codecs.getincrementaldecoder(charset)("replace").decode(first)
    if charset == "utf-8":
        last = last.lstrip(bytes(range(0x80, 0xC0)))
    return Received(begun, last.decode(charset, "replace"), exchange.size - KEPT_BYTES)


def _charset(exchange: Exchange) -> str:
    kind = next((v for k, v in exchange.headers.items() if k.lower() == "content-type"), "")
    named = re.search(r"charset=\"?([\w-]+)", kind, re.IGNORECASE)
    said = named[1].lower() if named else ""
    return said if said in CHARSETS else "utf-8"


def _pretty(text: str) -> str:
    try:
        value = json.loads(text)
        if not isinstance(value, dict | list):
            return ""
        return _bounded(value)
    except (ValueError, RecursionError):
        return ""


def _bounded(value: object) -> str:
    """Indented JSON; empty where the indenting alone would fill the memory."""
    pieces: list[str] = []
    size = 0
    for piece in json.JSONEncoder(indent=2, ensure_ascii=False).iterencode(value):
        pieces.append(piece)
        size += len(piece)
        if size > PRETTY_LIMIT:
            return ""
    return "".join(pieces)
