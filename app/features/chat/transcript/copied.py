"""What is copied: plain text, Markdown and rich text of the same boxes, gathered one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QMimeData

from app.features.chat.transcript.box import Box, TextBox, tidy
from app.features.chat.transcript.code_box import CodeBox
from app.features.chat.transcript.text_boxes import BlockBox, RuleBox
from app.features.chat.transcript.tool_card import ToolCard
from app.kit.markdown.blocks import Block, Kind
from app.kit.markdown.plain import plain_text
from app.kit.markdown.rich_fragment import fragment_html
from app.kit.markdown.rich_text import RichText, code_html, plain_html
from app.kit.markdown.table_part import table_markdown

MARKDOWN = "text/markdown"


class Copied:
    """Gathers boxes from top to bottom."""

    def __init__(self) -> None:
        self._plain = Join()
        self._markdown = Join()
        self._rich: RichText | None = RichText()
        self._code: _Code | None = None
        self._rows_follow = False

    def add(self, box: Box) -> None:
        """A whole box."""
        if isinstance(box, CodeBox):
            self._add_code(box, box.plain(), whole=True)
            return
        if isinstance(box, BlockBox) and box.block.kind is Kind.TABLE:
            self._add_rows(box, box.block)
            return
        self._end_piece()
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
            case ToolCard():
                self._rich.add_html(plain_html(box.name) + code_html(box.copy_text()))
            case _:
                self._rich.add_html(plain_html(text))

    def add_span(self, box: TextBox, start: int, end: int) -> None:
        """Some characters of a box."""
        text = box.plain(start, end)
        if isinstance(box, CodeBox):
            self._add_code(box, text, whole=False)
            return
        if isinstance(box, BlockBox) and (part := box.table_part(start, end)) is not None:
            self._add_rows(box, part)
            return
        self._end_piece()
        tight = _joins_tight(box)
        self._plain.add(text, tight=tight)
        self._markdown.add(text, tight=tight)
        if self._rich is None:
            return
        if isinstance(box, ToolCard):
            self._rich.add_html(code_html(text))
        elif isinstance(box, BlockBox):
            self._rich.add_html(fragment_html(box.document(), start, end))
        else:
            self._rich.add_html(plain_html(text))

    def add_source(self, markdown: str) -> None:
        """A whole message as it came. Of so much there is no rich text."""
        self._end_piece()
        self._rich = None
        self._plain.add(markdown, tight=False)
        self._markdown.add(markdown, tight=False)

    def _add_code(self, box: CodeBox, text: str, *, whole: bool) -> None:
        """Lines of code; those of one block that follow each other are one piece."""
        code = self._code
        if code is not None and code.last.card is box.card and box.continues:
            code.last = box
            code.texts.append(text if box.continues_line else "\n" + text)
            return
        self._end_piece()
        self._code = _Code(box, box, [text], whole=whole)

    def _add_rows(self, box: BlockBox, part: Block) -> None:
        """Rows of a table; a long one is several boxes."""
        goes_on = self._rows_follow and part.level > 0
        self._end_piece()
        self._rows_follow = True
        whole, tight = part is box.block, box.joins_tight
        text = box.plain() if whole else tidy(plain_text(part))
        self._plain.add(text, tight=tight, goes_on=goes_on)
        as_it_came = whole and (goes_on or not part.level)
        source = part.source if as_it_came else table_markdown(part, head=not goes_on)
        self._markdown.add(source, tight=tight, goes_on=goes_on)
        if self._rich is not None:
            self._rich.add(part)

    def _end_piece(self) -> None:
        """What comes next does not go on with what was added last."""
        self._rows_follow = False
        code, self._code = self._code, None
        if code is None:
            return
        text, first = "".join(code.texts), code.first
        self._plain.add(text, tight=False)
        self._markdown.add(first.fenced(text) if code.whole else text, tight=False)
        if self._rich is not None:
            frames, marker = first.block.frames, first.block.marker
            is_begun = code.whole and not first.continues
            self._rich.add_html(code_html(text), *((frames, marker) if is_begun else ()))

    @property
    def size(self) -> int:
        """Characters of plain text so far."""
        return self._plain.size + (sum(map(len, self._code.texts)) if self._code else 0)

    def gather(self) -> Iterator[None]:
        """Put all that was added together, in steps; then nothing more may be added."""
        for made in (lambda: self.plain, lambda: self._encoded, lambda: self._html):
            made()
            yield

    @cached_property
    def plain(self) -> str:
        self._end_piece()
        return self._plain.text()

    @cached_property
    def markdown(self) -> str:
        self._end_piece()
        return self._markdown.text()

    @cached_property
    def _encoded(self) -> bytes:
        return self.markdown.encode("utf-8", "replace")

    @cached_property
    def _html(self) -> str:
        self._end_piece()
        return self._rich.html() if self._rich is not None else ""

    def mime(self) -> QMimeData:
        """All of it, for the clipboard or a drag."""
        data = QMimeData()
        data.setText(self.plain)
        data.setData(MARKDOWN, self._encoded)
        if self._html:
            data.setHtml(self._html)
        return data


@dataclass(slots=True)
class _Code:
    """Code that is being gathered; `whole`: its first lines are those of a whole box."""

    first: CodeBox
    last: CodeBox
    texts: list[str]
    whole: bool


class Join:
    """Blocks as one text: an empty line between them, none between the items of a list."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._after_tight = True
        self.size = 0

    def add(self, text: str, *, tight: bool, goes_on: bool = False, in_line: bool = False) -> None:
        """Another block, or (`goes_on`) more of the one before, or (`in_line`) of its last line."""
        if self._pieces and not in_line:
            near = goes_on or (tight and self._after_tight)
            self._pieces.append("\n" if near else "\n\n")
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
            goes_on = isinstance(box, CodeBox | BlockBox) and box.continues
            in_line = isinstance(box, CodeBox) and box.continues_line
            made.add(text, tight=_joins_tight(box), goes_on=goes_on, in_line=in_line)
    return made.text()


def _joins_tight(box: Box) -> bool:
    return isinstance(box, TextBox) and box.joins_tight
