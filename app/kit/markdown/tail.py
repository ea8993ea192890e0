"""The open end of a text that still arrives, made fit to be shown.

Markers whose other half has not come are closed, or held back, so that no `**`, no half link and
no half table row is seen for a moment. Only the last paragraph, item or row is looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.kit.markdown.words_tail import settled

_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)")
_STARTS_BLOCK = re.compile(
    r"[ \t]*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|>|```|~~~|\$\$|\\\[|\[\^[^\]\s]+\]:)"
)
_MARKER_ONLY = re.compile(
    r"[ \t>]*(?:[-=*_+#~|:`<\s$\\]+|\d{1,9}[.)]?[ \t]*"
    r"|(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]?\]?|[-=*_+#~|:`<>$\\]+|\d{1,9}[.)]?)[ \t]*)"
)
_TASK_ONLY = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX]\][ \t]*")
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:(`{3,})[^`]*|(~{3,}).*)$")
_FENCE_LINE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:```[^`]*|~~~.*)$")
_DELIMITERS = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_MAY_BE_DELIMITERS = re.compile(r"[ \t>|:-]*")
_BAR = re.compile(r"(?<!\\)[ \t]\|(?:[ \t]|$)")
_HEADING_END = re.compile(r"[ \t]+#+[ \t]*$")

HEAD = 400
"""Characters: a longer line without a bar before it is no head of a table."""


def visible(text: str) -> str:
    """`text` as it may be shown now. What is left out or added comes at its end only."""
    place = _look(text)
    if place.code:
        return text
    last = text[place.line :]
    if last and (_MARKER_ONLY.fullmatch(last) or _FENCE_LINE.match(last)):
        text = text[: place.line]
        if place.start == place.line:
            return text
    paragraph = text[place.start :]
    first = paragraph.lstrip(" \t>")
    if first.startswith(("$$", "\\[")):
        # A formula that arrives: at most its closing delimiter is not whole.
        return text.removesuffix("$") if not text.endswith("$$") else text.removesuffix("\\")
    held = _table(paragraph, first.startswith("|"))
    if held is not None:
        return text[: place.start] + held
    if first.startswith("#") and "\n" not in paragraph:
        paragraph = _HEADING_END.sub("", paragraph)
    shown = settled(paragraph)
    return text[: place.start] + ("" if _TASK_ONLY.fullmatch(shown) else shown)


@dataclass(slots=True)
class _Place:
    """Where a text ends: its last line and last paragraph begin there, or it is within code."""

    line: int = 0
    start: int = 0
    code: bool = False


def _look(text: str) -> _Place:
    """Where the last paragraph, item or heading of a text begins."""
    place = _Place()
    fence, at, item, after_blank = "", 0, 0, True
    for line in text.split("\n"):
        bare = line.strip(" \t>")
        place.line = at
        indented = len(line) - len(line.lstrip(" \t")) >= item + 4
        place.code = bool(fence) or (indented and after_blank and bool(bare))
        if fence:
            if bare.startswith(fence) and not bare.strip(fence[0]):
                fence = ""
            elif at + len(line) == len(text) and bare and not bare.strip(fence[0]):
                # Perhaps the closing fence.
                place.code = False
            place.start = at + len(line) + 1
        elif not bare and at + len(line) == len(text):
            pass
        elif not bare:
            place.start = at + len(line) + 1
            after_blank = True
        elif place.code:
            place.start = at
        elif (mark := _FENCE.match(line)) and at + len(line) < len(text):
            fence = mark[1] or mark[2]
            place.start = at
            after_blank = False
        else:
            if after_blank or _STARTS_BLOCK.match(line):
                place.start = at
            found = _ITEM.match(line)
            if found:
                item = found.end()
            elif line.startswith("[^"):
                item = 4
            elif after_blank and not line.startswith((" ", "\t")):
                item = 0
            after_blank = False
        at += len(line) + 1
    place.start = min(place.start, len(text))
    return place


def _table(paragraph: str, begins_with_bar: bool) -> str | None:
    """What may be shown of a paragraph that is a table or may become one, else None."""
    lines = paragraph.split("\n")
    for number in range(1, len(lines) - 1):
        if _DELIMITERS.fullmatch(lines[number]) and "|" in lines[number - 1]:
            # A table: the row that is arriving is held back.
            return "\n".join(lines[:-1]) + "\n"
    head = len(lines) - 1 if lines[-1].strip(" \t>") else len(lines) - 2
    if head < 0 or (head < len(lines) - 2):
        return None
    if _MAY_BE_DELIMITERS.fullmatch(lines[head]) and head > 0:
        head -= 1
    before = "".join(line + "\n" for line in lines[:head])
    if begins_with_bar or lines[head].lstrip(" \t>").startswith("|"):
        return settled(before) if before else ""
    bar = _BAR.search(lines[head])
    if bar is None or len(lines[head]) > HEAD:
        return None
    return settled(before + lines[head][: bar.start()])
