"""Whether the bytes of a file are text a person can read, and which text."""

from __future__ import annotations

import codecs
import unicodedata

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

    UTF-8 comes first, then UTF-16 with or without its mark, then GB18030, which other Chinese
    encodings are part of. A NUL outside UTF-16 means that it is none.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    if b"\0" in data:
        unmarked = _unmarked_utf16(data)
        return _decoded(data, unmarked) if unmarked else None
    if (text := _decoded(data, "utf-8")) is not None:
        return text
    chinese = _decoded(data, "gb18030")
    return chinese if chinese is not None and _looks_chinese(chinese) else None


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


def _looks_chinese(text: str) -> bool:
    """Nearly any bytes decode as GB18030; in real text most wide characters are the usual ones.

    Those are GB 2312's punctuation and its first level, the 3,755 most used characters.
    """
    wide = [char.encode("gb18030") for char in text[:LOOKED_AT] if char > "\x7f"]
    usual = sum(len(c) == 2 and 0xA1 <= c[0] <= 0xD7 and c[1] >= 0xA1 for c in wide)
    return bool(wide) and usual >= len(wide) * 0.8


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: half of mostly Latin text is zeros, all on one side of the pairs."""
    start = data[:LOOKED_AT]
    if len(data) % 2:
        return None
    even, odd = start[0::2].count(0), start[1::2].count(0)
    pairs = len(start) // 2
    if odd > pairs * 0.4 and even == 0:
        return "utf-16-le"
    if even > pairs * 0.4 and odd == 0:
        return "utf-16-be"
    return None
