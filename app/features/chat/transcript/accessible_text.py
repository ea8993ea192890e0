"""A message's words for assistive tools, with the place on the screen of each character in view.

PySide cannot implement all of Qt's text interface (two of its methods answer through pointers), so
Qt's own is used: that of an editor which is never shown, and holds the words that were asked for.
Where these are in view, its lines are put where the transcript's lines stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAccessible,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLayout,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget
from shiboken6 import Shiboken

from app.features.chat.transcript.addresses import Address
from app.features.chat.transcript.box import Box, TextBox
from app.features.chat.transcript.message_item import MessageItem
from app.features.chat.transcript.surface import Surface
from app.features.chat.transcript.text_parts import ChunkBox, LiveTextBoxes, WholeTextBoxes
from app.features.chat.transcript.user_boxes import FoldPiece
from app.features.chat.transcript.user_parts import UserBoxes
from app.kit.markdown.formula_object import units
from app.kit.markdown.rich_fragment import fragments

MISSING = "…"
"""Said of words that are still on the disk, until they are there."""
PARSED = 30_000
"""Characters of a message that are parsed at once; beyond them, what nobody looked at stays
Markdown."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Plain text, and which stretch of it stands in which box: from which UTF-16 unit on."""

    text: str
    spans: tuple[tuple[int, Box], ...] = ()
    addresses: tuple[Address, ...] = ()
    """Of the boxes in `spans`, also of those that are not made to be shown."""


def passage_of(boxes: Iterable[tuple[Address, Box | str]]) -> Passage:
    """Boxes (or text as it came) as one text, as copying them would give it."""
    pieces: list[str] = []
    spans: list[tuple[int, Box]] = []
    addresses: list[Address] = []
    length, was_tight = 0, True
    for address, box in boxes:
        text = box if isinstance(box, str) else box.plain()
        if not text:
            continue
        tight = isinstance(box, TextBox) and box.joins_tight
        if pieces:
            pieces.append("\n" if tight and was_tight else "\n\n")
            length += len(pieces[-1])
        if isinstance(box, Box):
            spans.append((length, box))
            addresses.append(address)
        pieces.append(text)
        length += units(text)
        was_tight = tight
    return Passage("".join(pieces), tuple(spans), tuple(addresses))


def said_in(item: MessageItem) -> Passage:
    """What a message says itself: reasoning and tools are read apart from it."""
    return passage_of(_boxes_of(item))


def _boxes_of(item: MessageItem) -> Iterator[tuple[Address, Box | str]]:
    parsed = 0
    for section, part in enumerate(item.sections):
        if not isinstance(part, WholeTextBoxes | LiveTextBoxes | UserBoxes):
            continue
        folded = any(isinstance(box, FoldPiece) for box in part.boxes)
        for number, box in enumerate(part.unfolded_boxes() if folded else tuple(part.boxes)):
            address = (section, *(box.origin or (0, number)))
            if not isinstance(box, ChunkBox):
                yield address, box
                continue
            parsed += len(box.chunk.text)
            if parsed > PARSED:
                yield address, box.chunk.text.strip("\n")
                continue
            for made in box.part.blocks_of(box):
                yield (section, *(made.origin or address[1:])), made


@dataclass(frozen=True, slots=True)
class Line:
    """So many characters from a place on; `lead` more stand before that."""

    length: int
    lead: int
    place: QPointF


class Reader:
    """Belongs to one transcript. Holds one passage at a time: whoever asks gets it filled in."""

    def __init__(self, viewport: QWidget, surface: Surface) -> None:
        self._viewport = viewport
        self._surface = surface
        self._edit: QTextEdit | None = None
        self._pointer = 0
        self._passage: Passage | None = None
        self._filling = False
        self.cursor_set: Callable[[Passage, int, int], None] = lambda _passage, _anchor, _at: None
        """Somebody put the cursor elsewhere, or selected: from a character to one."""

    def pointer_to(
        self,
        passage: Passage,
        corner: QPoint,
        seen: Callable[[Box], int | None],
        selected: tuple[int, int] | None = None,
    ) -> int:
        """The address of a C++ text interface that reads `passage`, good until the next call.

        `corner` is where the message begins in the viewport; `seen` gives how far below that a box
        stands, for those that are in view. `selected` are characters of the passage.
        """
        edit = self._edit or self._make()
        if passage != self._passage:
            self._fill(edit, passage)
        self._select(edit, selected)
        edit.move(corner - edit.viewport().pos())
        for start, box in passage.spans:
            top = seen(box) if isinstance(box, TextBox) and box.item is not None else None
            if top is not None and isinstance(box, TextBox):
                _place_lines(edit.document(), start, box, top)
        return self._pointer

    def _make(self) -> QTextEdit:
        edit = self._edit = QTextEdit(self._viewport)
        edit.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        edit.setFrameShape(QFrame.Shape.NoFrame)
        edit.setReadOnly(True)
        edit.cursorPositionChanged.connect(self._tell_cursor)
        edit.selectionChanged.connect(self._tell_cursor)
        edit.hide()
        text = QAccessible.queryAccessibleInterface(edit).textInterface()
        self._pointer = Shiboken.getCppPointer(text)[0]
        return edit

    def _fill(self, edit: QTextEdit, passage: Passage) -> None:
        """Put a passage in, as another document: of that Qt tells nobody."""
        self._passage = passage
        document = QTextDocument(edit)
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setDefaultFont(self._surface.look.body)
        document.setPlainText(passage.text)
        document.setTextWidth(self._viewport.width())
        if passage.spans:
            document.size()  # one that was never laid out answers for no point
        self._filling = True
        edit.setDocument(document)  # deletes the one before, as the editor's child
        self._filling = False

    def _select(self, edit: QTextEdit, selected: tuple[int, int] | None) -> None:
        """Have the same selected as in the transcript; the cursor stays at the end it is at."""
        cursor = edit.textCursor()
        start, end = selected or (cursor.position(),) * 2
        if (cursor.selectionStart(), cursor.selectionEnd()) == (start, end):
            return
        at_start = cursor.position() == start
        cursor.setPosition(end if at_start else start)
        cursor.setPosition(start if at_start else end, QTextCursor.MoveMode.KeepAnchor)
        self._filling = True
        edit.setTextCursor(cursor)
        self._filling = False

    def _tell_cursor(self) -> None:
        if not self._filling and self._edit is not None and self._passage is not None:
            cursor = self._edit.textCursor()
            self.cursor_set(self._passage, cursor.anchor(), cursor.position())


def _place_lines(shown: QTextDocument, start: int, box: TextBox, top: int) -> None:
    """Put the lines of a box's words where its own lines stand, `top` below the message's begin."""
    # A list's marker is no part of what is painted as text.
    lead = units(box.plain()) - box.length
    if lead < 0:
        return
    lines: dict[int, list[Line]] = {}
    looks: list[tuple[int, int, QTextCharFormat]] = []
    block = box.document().begin()
    while block.isValid():
        looks.extend(
            (start + lead + part.position(), part.length(), part.charFormat())
            for part in fragments(block)
        )
        for number in range(block.layout().lineCount()):
            line = block.layout().lineAt(number)
            first = block.position() + line.textStart()
            place = QPointF(box.rect_of(first).topLeft() + QPoint(0, top))
            target = shown.findBlock(start + (first + lead if first else 0))
            made = Line(line.textLength(), 0 if first else lead, place)
            lines.setdefault(target.blockNumber(), []).append(made)
        block = block.next()
    for number, placed in lines.items():
        if number >= 0:
            _lay_out(shown.findBlockByNumber(number), placed, looks)


def _lay_out(
    block: QTextBlock,
    lines: list[Line],
    looks: list[tuple[int, int, QTextCharFormat]],
) -> None:
    """Lay a paragraph out in lines, each at its place."""
    formats: list[QTextLayout.FormatRange] = []
    for at, length, chars in looks:
        begin, end = max(at, block.position()), min(at + length, block.position() + block.length())
        if begin < end:
            look = QTextLayout.FormatRange()
            look.start, look.length = begin - block.position(), end - begin
            look.format = chars
            formats.append(look)
    layout = block.layout()
    layout.setFormats(formats)
    layout.setPosition(QPointF(0, 0))
    layout.beginLayout()
    for wanted in lines:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setNumColumns(max(1, wanted.lead + wanted.length))
        ends: Any = line.cursorToX(wanted.lead)  # x, and the character it belongs to
        line.setPosition(wanted.place - QPointF(ends[0], 0))
    layout.endLayout()
