"""Whether the bytes of a file are text a person can read, and which text."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from app.core.file_kind import FileKind, file_kind
from app.core.text_encodings import Encoding, guessed_encoding

MARKS = (
    (codecs.BOM_UTF8, Encoding.UTF_8),
    (codecs.BOM_UTF16_LE, Encoding.UTF_16_LE),
    (codecs.BOM_UTF16_BE, Encoding.UTF_16_BE),
)
LOOKED_AT = 20_000
ODD_SHARE = 0.02
PLAIN_CONTROLS = frozenset("\t\n\r\f\v\x1b\x85")
LEAST_USUAL = 0.98
_USUAL = re.compile(
    "[\t\n\r -~\u00a0-\u00ff\u0370-\u04ff\u0590-\u06ff\u0e00-\u0e7f\u2010-\u2027\u3000-\u30ff"
    "\u4e00-\u9fff\uac00-\ud7a3\uff00-\uffe0]"
)
UNREADABLE = "\ufffd"
"""Stands where bytes are no character."""


@dataclass(frozen=True, slots=True)
class TextRead:
    """A file's text, without a byte order mark, and the encoding it was read in."""

    text: str
    encoding: Encoding


def read_text(data: bytes) -> TextRead | None:
    """The text in `data`; None where it is no text.

    UTF-8 comes first, then UTF-16 with or without its mark, then the one of the older encodings
    in which it reads as people write. A few broken bytes make no text unreadable, nor do NULs as a
    log has them that was cut off by a crash: `UNREADABLE` stands in their place.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    if b"\0" in data:
        unmarked = _unmarked_utf16(data)
        return _decoded(data, unmarked) if unmarked else _without_nuls(data)
    if (found := _decoded(data, Encoding.UTF_8)) is not None:
        return found
    if (found := _mended_utf8(data)) is not None:
        return found
    if (guess := guessed_encoding(data)) is not None:
        found = _decoded(data, guess) or _mended(data, guess)
    return found or _line_by_line(data)


def read_text_as(data: bytes, encoding: Encoding) -> str:
    """The text in `data` as a person says that it is encoded, whatever comes of it."""
    mark = next((mark for mark, name in MARKS if name is encoding and data.startswith(mark)), b"")
    text = data[len(mark) :].decode(encoding.value, "replace")
    return text.replace("\0", UNREADABLE)


def _decoded(data: bytes, encoding: Encoding) -> TextRead | None:
    try:
        text = data.decode(encoding.value)
    except UnicodeDecodeError:
        return None
    return TextRead(text, encoding) if _readable(text) else None


def _mended_utf8(data: bytes) -> TextRead | None:
    """UTF-8 with a broken byte here and there: what is whole beyond ASCII is several times that."""
    if not _mostly_whole(data[:LOOKED_AT].decode("utf-8", "replace")):
        return None  # before all of a long file is gone through
    text = data.decode("utf-8", "replace")
    return TextRead(text, Encoding.UTF_8) if _mostly_whole(text) and _readable(text) else None


def _mostly_whole(text: str) -> bool:
    whole = sum(len(run) for run in re.findall(r"[^\x00-\x7f\ufffd]+", text))
    return text.count(UNREADABLE) * 4 <= whole


def _mended(data: bytes, encoding: Encoding) -> TextRead | None:
    """The same of an older encoding, which was found by how the text begins."""
    text = data.decode(encoding.value, "replace")
    few = text.count(UNREADABLE) <= len(text) * ODD_SHARE
    return TextRead(text, encoding) if few and _readable(text) else None


def _line_by_line(data: bytes) -> TextRead | None:
    """A log into which several programs wrote: UTF-8, and lines in one older encoding."""
    lines = data.split(b"\n")
    other = [line for line in lines if not _is_utf8(line)]
    guess = guessed_encoding(b"\n".join(other))
    if guess is None or all(line.isascii() or not _is_utf8(line) for line in lines):
        return None
    encoded = ("utf-8" if _is_utf8(line) else guess.value for line in lines)
    text = "\n".join(
        line.decode(encoding, "replace") for line, encoding in zip(lines, encoded, strict=True)
    )
    few = text.count(UNREADABLE) <= len(text) * ODD_SHARE
    return TextRead(text, Encoding.UTF_8) if few and _readable(text) else None


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _without_nuls(data: bytes) -> TextRead | None:
    if data.count(0) > len(data) * ODD_SHARE or file_kind(data) is not FileKind.OTHER:
        return None
    return _decoded(re.sub(rb"\0+", UNREADABLE.encode(), data), Encoding.UTF_8)


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


def _unmarked_utf16(data: bytes) -> Encoding | None:
    """UTF-16 without a mark: half of mostly Latin text is zeros, all on one side of the pairs.

    In other scripts that is true of spaces and line ends alone, and a character as usual as 一 has
    its zero on the other side: there, which side it is says how many characters are usual ones.
    """
    start = data[:LOOKED_AT]
    if len(data) % 2:
        return None
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) > len(start) // 2 * 0.4 and not min(even, odd):
        return Encoding.UTF_16_LE if odd else Encoding.UTF_16_BE
    little, big = (_usual_share(start, side) for side in (Encoding.UTF_16_LE, Encoding.UTF_16_BE))
    if max(little, big) < LEAST_USUAL:
        return None
    return Encoding.UTF_16_LE if little > big else Encoding.UTF_16_BE


def _usual_share(start: bytes, encoding: Encoding) -> float:
    """How many of the characters are such as people write most."""
    text = start.decode(encoding.value, "replace")
    return sum(_USUAL.fullmatch(char) is not None for char in text) / (len(text) or 1)
