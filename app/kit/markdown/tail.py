"""The open end of a text that still arrives, made fit to be shown.

Markers whose other half has not come are closed, or held back, so that no `**`, no half link and
no half table row is seen for a moment. Only the last paragraph, item or row is looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.kit.markdown.link_definitions import may_be_definitions
from app.kit.markdown.words_tail import settled

_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)")
_QUOTE = re.compile(r"(?:[ \t]*> ?)*")
_PREFIX = re.compile(r"(?:[ \t>]|(?:[-*+]|\d{1,9}[.)])[ \t])*")
_STARTS_BLOCK = re.compile(
    r"[ \t]*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|```|~~~|\$\$|\\\[|\[\^[^\]\s]+\]:)"
)
_FORMULA = re.compile(r"[ \t]*(\$\$|\\\[)(.*)")
_MARKER_ONLY = re.compile(
    r"[ \t>]*(?:[-=*_+#~|:`<\s$\\]+|\d{1,9}[.)]?[ \t]*"
    r"|(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]?\]?|[-=*_+#~|:`<>$\\]+|\d{1,9}[.)]?)[ \t]*)"
)
_TASK_ONLY = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX]\][ \t]*")
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:(`{3,})[^`]*|(~{3,}).*)$")
_DELIMITERS = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
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
    if last and (not last.strip(" \t>") or _MARKER_ONLY.fullmatch(last) or _FENCE.match(last)):
        text = text[: place.line]
        if place.start >= place.line:
            return text
    paragraph = text[place.start :]
    if place.formula:
        # At most its closing delimiter is not whole.
        return text.removesuffix("$") if not text.endswith("$$") else text.removesuffix("\\")
    first = paragraph.lstrip(" \t>")
    begin = _PREFIX.match(paragraph)
    words = paragraph[begin.end() :] if begin else paragraph
    if words.startswith("[") and may_be_definitions(words):
        return text[: len(text) - len(words)]
    held = _table(paragraph, first.startswith("|"))
    if held is not None:
        return text[: place.start] + held
    if first.startswith("#") and "\n" not in paragraph:
        paragraph = _HEADING_END.sub("", paragraph)
    shown = settled(paragraph)
    return text[: place.start] + ("" if _TASK_ONLY.fullmatch(shown) else shown)


@dataclass(slots=True)
class _Place:
    """Where a text ends: its last line and last paragraph begin there.

    It is within code, or within a formula of its own.
    """

    line: int = 0
    start: int = 0
    code: bool = False
    formula: bool = False


class _Lines:
    """Goes through the lines of a text and knows what the last one stands in."""

    def __init__(self) -> None:
        self.place = _Place()
        self._fence = ""
        self._closing = ""
        """What ends the formula that is open."""
        self._quotes = 0
        self._item = 0
        self._after_blank = True

    def take(self, line: str, at: int, *, is_last: bool) -> None:
        """The next line, which begins at a place in the text."""
        place, behind = self.place, at + len(line) + 1
        quote = _QUOTE.match(line)
        inner = line[quote.end() :] if quote else line
        depth = line.count(">", 0, len(line) - len(inner))
        bare = inner.strip(" \t")
        place.line = at
        place.code = False
        if self._fence and depth < self._quotes:
            self._fence = ""
        if self._fence:
            self._take_code(bare, is_last=is_last)
            place.start = behind
        elif not bare:
            if not is_last:
                place.start = behind
                self._after_blank, self._closing = True, ""
        elif self._closing:
            self._end_formula(bare, behind)
        else:
            self._take_words(inner, at, behind, is_last=is_last, deeper=depth > self._quotes)
            if place.start >= at:
                self._quotes = depth
        place.formula = bool(self._closing)

    def _take_code(self, bare: str, *, is_last: bool) -> None:
        is_end = bool(bare) and not bare.strip(self._fence[0])
        # A shorter line of the same marks is perhaps the closing fence.
        self.place.code = not (is_end and (is_last or bare.startswith(self._fence)))
        if is_end and bare.startswith(self._fence):
            self._fence = ""

    def _take_words(self, inner: str, at: int, behind: int, *, is_last: bool, deeper: bool) -> None:
        place, begins = self.place, self._after_blank or deeper
        indent = len(inner) - len(inner.lstrip(" \t"))
        if begins and indent >= self._item + 4:
            place.code = True
            place.start = at
            return
        after_blank, self._after_blank = self._after_blank, False
        if (mark := _FENCE.match(inner)) and not is_last:
            self._fence = mark[1] or mark[2]
            place.start = at
            return
        if item := _ITEM.match(inner):
            self._item = item.end()
        elif inner.startswith("[^"):
            self._item = 4
        elif after_blank and not indent:
            self._item = 0
        if not begins and _STARTS_BLOCK.match(inner) is None:
            return
        place.start = at
        formula = _FORMULA.match(inner)
        if formula is None:
            return
        self._closing = "$$" if formula[1] == "$$" else "\\]"
        rest = formula[2].rstrip()
        if self._closing in rest:
            if rest.find(self._closing) == len(rest) - 2:
                place.start = behind
                self._after_blank = True
            self._closing = ""

    def _end_formula(self, bare: str, behind: int) -> None:
        if self._closing in bare:
            self._closing = ""
            self.place.start = behind
            self._after_blank = True


def _look(text: str) -> _Place:
    """Where the last paragraph, item or heading of a text begins."""
    lines, at = _Lines(), 0
    for line in text.split("\n"):
        lines.take(line, at, is_last=at + len(line) == len(text))
        at += len(line) + 1
    lines.place.start = min(lines.place.start, len(text))
    return lines.place


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
    before = "".join(line + "\n" for line in lines[:head])
    if begins_with_bar or lines[head].lstrip(" \t>").startswith("|"):
        return settled(before) if before else ""
    bar = _BAR.search(lines[head])
    if bar is None or len(lines[head]) > HEAD:
        return None
    return settled(before + lines[head][: bar.start()])
