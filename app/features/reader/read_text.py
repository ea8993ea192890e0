"""An answer as text to read and select: lines as they came, growing at its end without flicker."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QMouseEvent,
    QTextCharFormat,
    QTextCursor,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from app.kit.markdown.blocks import Block, Frame, Kind
from app.kit.markdown.document import BlockDocument, clean, write_block_at
from app.kit.markdown.look import CODE_LINE_PERCENT, Look, Style
from app.kit.style import set_kind
from app.kit.theme import SECONDARY_PX, Theme

INDENT, GAP, ITEM_GAP, PADDING = 24, 12, 4, 10
AT_ONCE = 50
"""Paragraphs that are written between two looks at what else there is to do."""
ROW_WEIGHT, LETTERS = 3, 400
"""A row of a table is as much work as so many, and so many characters as one."""
DEEPEST = 8
"""Lists and quotes that indent; deeper ones stay at that depth, so that text keeps room."""


class ReadText(QTextEdit):
    """Blocks one below the other. What stays the same is left as it is, with what is selected."""

    link_activated = Signal(str)

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._look = Look(theme)
        self._written: list[tuple[Block, int, int]] = []
        self._wanted: Sequence[Block] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setMouseTracking(True)
        set_kind(self, "reading")
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        """Show these; the view stays where it is, and follows only while it is at the end.

        Many come in slices, so that the window goes on meanwhile.
        """
        self._wanted = blocks
        self._go_on()

    def _go_on(self) -> None:
        """Show as many more as are shown at once."""
        blocks, kept = self._wanted, 0
        for (before, size, _end), block in zip(self._written, blocks, strict=False):
            if before != block or size != _size(block):
                break
            kept += 1
        if kept == len(self._written) == len(blocks):
            return
        bar = self.verticalScrollBar()
        follows = bar.value() == bar.maximum() > 0
        chosen = self.textCursor().anchor(), self.textCursor().position()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.setPosition(self._written[kept - 1][2] if kept else 0)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        del self._written[kept:]
        left = AT_ONCE
        while kept < len(blocks) and left > 0:
            self._write(cursor, blocks[kept])
            left -= _weight(blocks[kept])
            kept += 1
        if kept < len(blocks):
            self._timer.start()
        cursor.endEditBlock()
        self._keep_selection(*chosen)
        if follows:
            bar.setValue(bar.maximum())

    def _keep_selection(self, anchor: int, position: int) -> None:
        """Text that comes where the cursor stands does not take it along."""
        last = self.document().characterCount() - 1
        cursor = self.textCursor()
        cursor.setPosition(min(anchor, last))
        cursor.setPosition(min(position, last), QTextCursor.MoveMode.KeepAnchor)
        bar = self.verticalScrollBar()
        place = bar.value()
        self.setTextCursor(cursor)
        bar.setValue(place)

    def _write(self, cursor: QTextCursor, block: Block) -> None:
        before = self._written[-1][0] if self._written else None
        after_table = before is not None and before.kind in (Kind.TABLE, Kind.CODE)
        if before is not None and not after_table:
            cursor.insertBlock()
        begin = cursor.position()
        if block.kind is Kind.CODE:
            self._write_code(cursor, block)
        elif block.kind is Kind.RULE:
            cursor.insertText("―" * 8, self._look.chars(Style(color="text_3")))
        elif block.kind is not Kind.NOTICE:
            write_block_at(cursor, block, self._look)
        if block.kind not in (Kind.TABLE, Kind.CODE):
            self._place(cursor, begin, block, before)
        if block.kind is Kind.TABLE:
            self._set_apart(cursor.currentTable(), before, block)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self._written.append((block, _size(block), cursor.position()))

    def _place(self, cursor: QTextCursor, begin: int, block: Block, before: Block | None) -> None:
        """Give the paragraphs written since `begin` their place, and an item its mark."""
        if block.marker:
            cursor.setPosition(begin)
            cursor.insertText(f"{block.marker}\u00a0", self._look.chars(Style(color="text_2")))
            cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.setPosition(begin, QTextCursor.MoveMode.KeepAnchor)
        shape = cursor.blockFormat()
        shape.setLeftMargin(self._theme.px(INDENT) * len(block.frames[:DEEPEST]))
        in_list = Frame.LIST in block.frames and before is not None and Frame.LIST in before.frames
        shape.setTopMargin(0 if before is None else ITEM_GAP if in_list else GAP)
        if block.marker:
            width = self.fontMetrics().horizontalAdvance(f"{block.marker}\u00a0")
            shape.setTextIndent(-min(width, self._theme.px(INDENT)))
        cursor.mergeBlockFormat(shape)
        cursor.clearSelection()

    def _set_apart(self, table: QTextTable | None, before: Block | None, block: Block) -> None:
        """Leave room above a table, but not above rows that go on with the one before."""
        goes_on = before is not None and before.kind is Kind.TABLE and block.level > 0
        if table is not None and before is not None and not goes_on:
            shape = table.format()
            shape.setTopMargin(GAP)
            table.setFormat(shape)

    def _write_code(self, cursor: QTextCursor, block: Block) -> None:
        """Code on a ground of its own, its indentation kept."""
        look, shape = self._look, QTextTableFormat()
        shape.setBorder(0)
        shape.setCellPadding(PADDING)
        shape.setCellSpacing(0)
        shape.setTopMargin(GAP)
        shape.setBottomMargin(GAP)
        shape.setLeftMargin(self._theme.px(INDENT) * len(block.frames[:DEEPEST]))
        table = cursor.insertTable(1, 1, shape)
        ground = QTextTableCellFormat()
        ground.setBackground(QBrush(QColor(self._theme.tokens.user)))
        table.cellAt(0, 0).setFormat(ground)
        inner = table.cellAt(0, 0).firstCursorPosition()
        inner.setBlockFormat(look.paragraph(SECONDARY_PX, CODE_LINE_PERCENT))
        chars = QTextCharFormat(look.chars(Style()))
        chars.setFont(look.mono)
        text = block.code.text if block.code is not None else ""
        inner.insertText(clean(text).replace("\n", "\u2028"), chars)

    def _restyle(self) -> None:
        """Write everything anew under the look in force."""
        self._look = Look(self._theme)
        self._written.clear()
        place = self.verticalScrollBar().value()
        self.setDocument(BlockDocument(self._look))
        self.document().setParent(self)
        self.document().setDocumentMargin(self._theme.px(12))
        self._go_on()
        self.verticalScrollBar().setValue(place)

    # Links

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = bool(self.anchorAt(event.position().toPoint()))
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        address = self.anchorAt(event.position().toPoint())
        if address and not self.textCursor().hasSelection():
            self.link_activated.emit(address)


def _size(block: Block) -> int:
    """How much of a block of code there is: it grows in place."""
    return len(block.code.text) if block.code is not None else 0


def _weight(block: Block) -> int:
    """How much work it is to write, in paragraphs."""
    rows = block.source.count("\n") if block.kind is Kind.TABLE else 0
    return 1 + rows * ROW_WEIGHT + (len(block.source) + _size(block)) // LETTERS
