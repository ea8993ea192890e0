"""The box that text is typed into: grows, sends on Enter, never while a word is composed."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from app.features.chat.composer.clean import clean
from app.kit.style import set_kind
from app.kit.theme import BODY_PX, Theme

ROOM = 4
"""Pixels above and below the text together."""

_PAGES = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class TextBox(QPlainTextEdit):
    """Plain text only. What is pasted is offered to `mime_pasted` before it becomes text."""

    send_pressed = Signal()
    add_pressed = Signal()
    up_pressed_when_empty = Signal()
    escape_pressed = Signal()
    page_pressed = Signal(object)  # QKeyEvent: Page Up or Page Down, where all of the text is seen
    composing_started = Signal()
    mime_pasted = Signal(object, bool)  # QMimeData, as it is (Ctrl+Shift+V)

    def __init__(self, *, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._enter_sends = True
        self._limit = 280
        self._height = 0
        set_kind(self, "message")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def composing(self) -> bool:
        """Whether an input method has an unfinished word in the box."""
        # The document knows: it drops the word when its text is replaced, and tells nobody.
        return bool(self.textCursor().block().layout().preeditAreaText())

    def set_enter_sends(self, enter_sends: bool) -> None:
        self._enter_sends = enter_sends

    def set_height_limit(self, pixels: int) -> None:
        """How high it may grow before it scrolls."""
        self._limit = pixels
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.composing:
            # Enter ends the word; some input methods let the key through as well.
            if not is_enter:
                super().keyPressEvent(event)
        elif is_enter:
            self._enter(event, modifiers)
        elif key == Qt.Key.Key_Up and not self.toPlainText() and not modifiers:
            self.up_pressed_when_empty.emit()
        elif key == Qt.Key.Key_Escape:
            self.escape_pressed.emit()
        elif key in _PAGES and not modifiers and not self.verticalScrollBar().maximum():
            self.page_pressed.emit(event)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif key == Qt.Key.Key_V and modifiers == _CTRL | _SHIFT:
            self.paste_as_it_is()
        else:
            super().keyPressEvent(event)

    def _enter(self, event: QKeyEvent, modifiers: Qt.KeyboardModifier) -> None:
        sends = Qt.KeyboardModifier.NoModifier if self._enter_sends else _CTRL
        if modifiers in (_CTRL | _SHIFT, sends):
            if event.isAutoRepeat():
                return
            (self.send_pressed if modifiers == sends else self.add_pressed).emit()
        else:
            self.textCursor().insertText("\n")
            self.ensureCursorVisible()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if event.preeditString() and not self.composing:
            self.composing_started.emit()
        super().inputMethodEvent(event)

    def paste(self) -> None:
        self._paste(as_it_is=False)

    def paste_as_it_is(self) -> None:
        self._paste(as_it_is=True)

    def _paste(self, *, as_it_is: bool) -> None:
        self.mime_pasted.emit(QGuiApplication.clipboard().mimeData(), as_it_is)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasImage() or source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.mime_pasted.emit(source, False)

    def insert_text(self, text: str) -> None:
        """Insert at the cursor, without what no message should hold."""
        self.textCursor().insertText(clean(text))
        self.ensureCursorVisible()

    def remove_start(self, characters: int) -> None:
        """Take that many characters off the beginning."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(position_after(self.toPlainText(), characters), _KEEP)
        cursor.removeSelectedText()
        if self.document().isEmpty():
            self.document().clearUndoRedoStacks()

    def sizeHint(self) -> QSize:
        return QSize(200, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._line())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _line(self) -> int:
        return self.fontMetrics().lineSpacing() + ROOM

    def _wanted(self) -> int:
        """The text's height, up to the limit. By blocks: a face for Chinese has higher lines."""
        layout = self.document().documentLayout()
        height, block = 0.0, self.document().begin()
        while block.isValid() and height < self._limit:
            height += layout.blockBoundingRect(block).height()
            block = block.next()
        return min(ceil(height) + ROOM, self._limit)

    def _fit(self) -> None:
        height = max(self._line(), self._wanted())
        if height != self._height:
            self._height = height
            self.updateGeometry()

    def _restyle(self) -> None:
        self.setFont(self._theme.font(BODY_PX))
        self._fit()


_KEEP = QTextCursor.MoveMode.KeepAnchor
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def position_after(text: str, characters: int) -> int:
    """Where a document stands after so many characters: Qt counts UTF-16 units."""
    return len(text[:characters].encode("utf-16-le")) // 2
