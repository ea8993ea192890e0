"""A message's words for assistive tools, with the place on the screen of each character in view.

PySide cannot implement all of Qt's text interface (two of its methods answer through pointers), so
Qt's own is used: that of an editor which is never shown, and holds the words that were asked for.
Where these are in view, its lines are put where the transcript's lines stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget
from shiboken6 import Shiboken

from app.features.chat.transcript.box import Box, TextBox
from app.features.chat.transcript.message_item import MessageItem
from app.features.chat.transcript.parts import ChunkBox, LiveTextBoxes, WholeTextBoxes
from app.features.chat.transcript.user_boxes import FoldPiece
from app.features.chat.transcript.user_parts import UserBoxes

MISSING = "…"
"""Said of words that are still on the disk, until they are there."""
PARSED = 100_000
"""Characters of a message that are parsed at once; beyond them, what nobody looked at stays
Markdown."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Plain text, and which stretch of it stands in which box."""

    text: str
    spans: tuple[tuple[int, Box], ...] = ()


def passage_of(boxes: Iterable[Box | str]) -> Passage:
    """Boxes (or text as it came) as one text, as copying them would give it."""
    pieces: list[str] = []
    spans: list[tuple[int, Box]] = []
    length, was_tight = 0, True
    for box in boxes:
        text = box if isinstance(box, str) else box.plain()
        if not text:
            continue
        tight = isinstance(box, TextBox) and box.joins_tight
        if pieces:
            pieces.append("\n" if tight and was_tight else "\n\n")
            length += len(pieces[-1])
        if isinstance(box, Box) and box.item is not None:
            spans.append((length, box))
        pieces.append(text)
        length += len(text)
        was_tight = tight
    return Passage("".join(pieces), tuple(spans))


def said_in(item: MessageItem) -> Passage:
    """What a message says itself: reasoning and tools are read apart from it."""
    return passage_of(_boxes_of(item))


def _boxes_of(item: MessageItem) -> Iterator[Box | str]:
    parsed = 0
    for part in item.sections:
        if not isinstance(part, WholeTextBoxes | LiveTextBoxes | UserBoxes):
            continue
        folded = any(isinstance(box, FoldPiece) for box in part.boxes)
        for box in part.unfolded_boxes() if folded else tuple(part.boxes):
            if not isinstance(box, ChunkBox):
                yield box
                continue
            parsed += len(box.chunk.text)
            if parsed > PARSED:
                yield box.chunk.text.strip("\n")
            else:
                yield from box.part.blocks_of(box)


class Reader:
    """Belongs to one transcript. Holds one passage at a time: whoever asks gets it filled in."""

    def __init__(self, viewport: QWidget) -> None:
        self._viewport = viewport
        self._edit: QTextEdit | None = None
        self._pointer = 0
        self._passage: Passage | None = None
        self._filling = False
        self.caret_moved: Callable[[int], None] = lambda _place: None

    def pointer_to(
        self, passage: Passage, corner: QPoint, seen: Callable[[Box], int | None]
    ) -> int:
        """The address of a C++ text interface that reads `passage`, good until the next call.

        `corner` is where the message begins in the viewport; `seen` gives how far below that a box
        stands, for those that are in view.
        """
        edit = self._edit or self._make()
        if passage is not self._passage:
            self._fill(edit, passage)
        edit.move(corner - edit.viewport().pos())
        for start, box in passage.spans:
            top = seen(box) if isinstance(box, TextBox) and box.item is not None else None
            if top is not None and isinstance(box, TextBox):
                _place_lines(edit, start, box, top)
        return self._pointer

    @property
    def filled(self) -> Passage | None:
        return self._passage

    def _make(self) -> QTextEdit:
        edit = self._edit = QTextEdit(self._viewport)
        edit.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        edit.setFrameShape(QFrame.Shape.NoFrame)
        edit.setReadOnly(True)
        edit.document().setDocumentMargin(0)
        edit.document().setUndoRedoEnabled(False)
        edit.cursorPositionChanged.connect(self._tell_caret)
        edit.hide()
        text = QAccessible.queryAccessibleInterface(edit).textInterface()
        self._pointer = Shiboken.getCppPointer(text)[0]
        return edit

    def _fill(self, edit: QTextEdit, passage: Passage) -> None:
        """Words that grew are added to those that are there."""
        before = self._passage.text if self._passage is not None else None
        self._passage = passage
        self._filling = True
        if before and passage.text.startswith(before):
            cursor = QTextCursor(edit.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(passage.text[len(before) :])
        else:
            edit.setPlainText(passage.text)
        edit.document().setTextWidth(self._viewport.width())
        if passage.spans:
            edit.document().size()  # a document that was never laid out answers for no point
        self._filling = False

    def _tell_caret(self) -> None:
        if not self._filling and self._edit is not None:
            self.caret_moved(self._edit.textCursor().position())


def _place_lines(edit: QTextEdit, start: int, box: TextBox, top: int) -> None:
    """Put the lines of a box's words where its own lines stand, `top` below the message's begin."""
    shown = edit.document()
    # A list's marker is no part of what is painted as text.
    lead = len(box.plain()) - box.length
    if lead < 0:
        return
    lines: dict[int, list[tuple[int, QPointF]]] = {}
    block = box.document().begin()
    while block.isValid():
        for number in range(block.layout().lineCount()):
            line = block.layout().lineAt(number)
            first = block.position() + line.textStart()
            place = QPointF(box.rect_of(first).topLeft() + QPoint(0, top))
            at = start + (first + lead if first else 0)
            length = line.textLength() + (0 if first else lead)
            target = shown.findBlock(at)
            lines.setdefault(target.blockNumber(), []).append((length, place))
        block = block.next()
    for number, placed in lines.items():
        if number < 0:
            continue
        layout = shown.findBlockByNumber(number).layout()
        layout.setPosition(QPointF(0, 0))
        layout.beginLayout()
        for length, place in placed:
            made = layout.createLine()
            if not made.isValid():
                break
            made.setNumColumns(max(1, length))
            made.setPosition(place)
        layout.endLayout()
