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
_DELIMITERS = re.compile(
    r"[ \t>]*+(?:\|[ \t]*+)?:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+(?:\|[ \t]*+)?"
)
_BAR = re.compile(r"(?<!\\)[ \t]\|(?:[ \t]|$)")
_HEADING = re.compile(r"[ \t]*#{1,6}(?:[ \t]|$)")
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
    shown = _shown(paragraph)
    begin = _PREFIX.match(shown)
    words = shown[begin.end() :] if begin else shown
    if words.startswith("[") and may_be_definitions(words):
        shown = shown.removesuffix(words)
    return text[: place.start] + ("" if _TASK_ONLY.fullmatch(shown) else shown)


def _shown(paragraph: str) -> str:
    """What may be shown of the words of the last paragraph, if that is what they are."""
    first = paragraph.lstrip(" \t>")
    held = _table(paragraph, first.startswith("|"))
    if held is not None:
        return held
    if first.startswith("#") and "\n" not in paragraph:
        paragraph = _HEADING_END.sub("", paragraph)
    return settled(paragraph)


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
        self._begins = True
        """Whether the next line begins something, whatever stands in it."""

    def take(self, line: str, at: int, *, is_last: bool) -> None:
        """The next line, which begins at a place in the text."""
        place, behind = self.place, at + len(line) + 1
        place.line = at
        was_code, place.code = place.code, False
        quote = _QUOTE.match(line)
        inner = line[quote.end() :] if quote else line
        bare = inner.strip(" \t")
        depth = line.count(">", 0, len(line) - len(inner))
        if self._fence and depth >= self._quotes:
            self._take_code(bare, is_last=is_last)
            place.start = behind
        elif not bare and is_last:
            place.code = was_code
        elif not bare:
            place.start = behind
            self._begins, self._closing = True, ""
        elif self._closing:
            if self._closing in bare:
                self._end_formula(behind)
        else:
            self._fence = ""
            self._begins |= depth > self._quotes
            if not self._is_indented(line, inner):
                self._take_words(inner, at, behind, is_last=is_last)
            elif self._begins:
                place.start, place.code = at, True
            if place.start >= at:
                self._quotes = depth
        place.formula = bool(self._closing)

    def _take_code(self, bare: str, *, is_last: bool) -> None:
        is_marks = bool(bare) and not bare.strip(self._fence[0])
        is_end = is_marks and bare.startswith(self._fence)
        # A last line of fewer marks is perhaps the closing fence.
        self.place.code = not (is_end or (is_marks and is_last))
        if is_end:
            self._fence, self._begins = "", True

    def _is_indented(self, line: str, inner: str) -> bool:
        """Whether a line stands so far in that it is code, or goes on with a paragraph."""
        indent = len(inner) - len(inner.lstrip(" \t"))
        if self._begins and not indent and not line.startswith((" ", "\t")):
            self._item = 0
        return indent >= self._item + 4

    def _take_words(self, inner: str, at: int, behind: int, *, is_last: bool) -> None:
        place, begins = self.place, self._begins
        self._begins = False
        if (mark := _FENCE.match(inner)) and not is_last:
            self._fence = mark[1] or mark[2]
            place.start = at
            return
        if item := _ITEM.match(inner):
            self._item = item.end()
        elif inner.startswith("[^"):
            self._item = 4
        if not begins and _STARTS_BLOCK.match(inner) is None:
            return
        place.start = at
        if formula := _FORMULA.match(inner):
            self._closing = "$$" if formula[1] == "$$" else "\\]"
            rest = formula[2].rstrip()
            if rest.endswith(self._closing) and rest.find(self._closing) == len(rest) - 2:
                self._end_formula(behind)
            elif self._closing in rest:
                self._closing = ""
        elif _HEADING.match(inner):
            self._begins = True

    def _end_formula(self, behind: int) -> None:
        self._closing = ""
        self._begins = True
        self.place.start = behind


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
