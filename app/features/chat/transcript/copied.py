"""What is copied: plain text, Markdown and rich text of the same boxes, gathered one by one."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QMimeData

from app.features.chat.transcript.box import Box, TextBox
from app.features.chat.transcript.code_box import CodeBox
from app.features.chat.transcript.text_boxes import BlockBox, RuleBox
from app.features.chat.transcript.tool_card import ToolCard
from app.kit.markdown.blocks import Kind
from app.kit.markdown.rich_fragment import fragment_html
from app.kit.markdown.rich_text import RichText, code_html, plain_html

MARKDOWN = "text/markdown"


class Copied:
    """Gathers boxes from top to bottom."""

    def __init__(self) -> None:
        self._plain = Join()
        self._markdown = Join()
        self._rich: RichText | None = RichText()

    def add(self, box: Box) -> None:
        """A whole box."""
        text = box.plain()
        if not text and not isinstance(box, TextBox):
            return
        tight = _joins_tight(box)
        self._plain.add(text, tight=tight)
        self._markdown.add(box.markdown(), tight=tight)
        if self._rich is None:
            return
        match box:
            case BlockBox() | RuleBox():
                self._rich.add(box.block)
            case CodeBox():
                self._rich.add_html(code_html(box.text), box.block.frames, box.block.marker)
            case ToolCard():
                self._rich.add_html(plain_html(box.call.name) + code_html(box.copy_text()))
            case _:
                self._rich.add_html(plain_html(text))

    def add_span(self, box: TextBox, start: int, end: int) -> None:
        """Some characters of a box."""
        text = box.plain(start, end)
        tight = _joins_tight(box)
        self._plain.add(text, tight=tight)
        self._markdown.add(text, tight=tight)
        if self._rich is None:
            return
        if isinstance(box, CodeBox | ToolCard):
            self._rich.add_html(code_html(text))
        elif isinstance(box, BlockBox) and box.block.kind is not Kind.TABLE:
            self._rich.add_html(fragment_html(box.document(), start, end))
        else:
            self._rich.add_html(plain_html(text))

    def add_source(self, markdown: str) -> None:
        """A whole message as it came. Of so much there is no rich text."""
        self._rich = None
        self._plain.add(markdown, tight=False)
        self._markdown.add(markdown, tight=False)

    @property
    def size(self) -> int:
        """Characters of plain text so far."""
        return self._plain.size

    @property
    def plain(self) -> str:
        return self._plain.text()

    @property
    def markdown(self) -> str:
        return self._markdown.text()

    def mime(self) -> QMimeData:
        """All of it, for the clipboard or a drag."""
        data = QMimeData()
        data.setText(self.plain)
        data.setData(MARKDOWN, self.markdown.encode("utf-8", "replace"))
        if self._rich is not None:
            data.setHtml(self._rich.html())
        return data


class Join:
    """Blocks as one text: an empty line between them, none between the items of a list."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._after_tight = True
        self.size = 0

    def add(self, text: str, *, tight: bool) -> None:
        if self._pieces:
            self._pieces.append("\n" if tight and self._after_tight else "\n\n")
        self._pieces.append(text)
        self._after_tight = tight
        self.size += len(text)

    def text(self) -> str:
        return "".join(self._pieces)


def joined(boxes: Iterable[Box]) -> str:
    """The plain text of boxes, as a selection of all of them would give it."""
    made = Join()
    for box in boxes:
        if text := box.plain():
            made.add(text, tight=_joins_tight(box))
    return made.text()


def _joins_tight(box: Box) -> bool:
    return isinstance(box, TextBox) and box.joins_tight
