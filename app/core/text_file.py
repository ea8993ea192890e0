"""Whether the bytes of a file are text a person can read, and which text."""

from __future__ import annotations

import codecs
import unicodedata

from app.core.text_encodings import guessed_encoding

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LOOKED_AT = 20_000
ODD_SHARE = 0.02
PLAIN_CONTROLS = frozenset("\t\n\r\f\v\x1b\x85")


def sniff_text(data: bytes) -> str | None:
    """The text in `data`, without a byte order mark; None where it is no text.

    UTF-8 comes first, then UTF-16 with or without its mark, then the one of the older encodings
    (GB18030, Big5, Shift-JIS, Windows-1252) in which it reads as people write. A NUL outside
    UTF-16 means that it is none.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    if b"\0" in data:
        unmarked = _unmarked_utf16(data)
        return _decoded(data, unmarked) if unmarked else None
    if (text := _decoded(data, "utf-8")) is not None:
        return text
    guess = guessed_encoding(data)
    return _decoded(data, guess) if guess is not None else None


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if _readable(text) else None


def _readable(text: str) -> bool:
    """No NUL, and next to nothing that is a control or unassigned character."""
    if "\0" in text:
        return False
    start = text[:LOOKED_AT]
    odd = sum(
        1
        for char in start
        if char not in PLAIN_CONTROLS and unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs")
    )
    return odd <= len(start) * ODD_SHARE


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: half of mostly Latin text is zeros, all on one side of the pairs.

    In Chinese text that is true of its spaces and line ends alone: of a single one, then.
    """
    start = data[:LOOKED_AT]
    if len(data) % 2:
        return None
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd and not even:
        return "utf-16-le" if _wide(start, "utf-16-le", odd) else None
    if even and not odd:
        return "utf-16-be" if _wide(start, "utf-16-be", even) else None
    return None


def _wide(start: bytes, encoding: str, zeros: int) -> bool:
    """Whether pairs of bytes are Latin text, or Chinese and Japanese with its punctuation."""
    if zeros > len(start) // 2 * 0.4:
        return True
    text = start.decode(encoding, "replace")
    usual = sum(
        char < "\x7f"
        or "\u2010" <= char <= "\u2027"
        or "\u3000" <= char <= "\u30ff"
        or "\u4e00" <= char <= "\u9fff"
        or "\uff00" <= char <= "\uffe0"
        for char in text
    )
    return usual >= len(text) * 0.98
