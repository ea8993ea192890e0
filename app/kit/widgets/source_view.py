"""An answer exactly as it came, in one width; more of it is appended."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from app.kit.style import set_kind

AT_ONCE = 40_000
"""Characters that are shown between two looks at what else there is to do."""
PIECE = 2_000
"""Characters of a line that are laid out together: JSON may be one line of a whole answer."""
GOES_ON = 1
"""The state of a block whose line goes on in the next one."""


class SourceView(QPlainTextEdit):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown, self._wanted = "", ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        set_kind(self, "source")

    @property
    def busy(self) -> bool:
        """Whether there is more to show than is shown."""
        return self._timer.isActive()

    @property
    def text(self) -> str:
        """As much as is shown by now."""
        return self._shown

    def show_text(self, text: str) -> None:
        """What is selected and where it is read stay, as long as text only comes to it."""
        if not text.startswith(self._shown):
            self.clear()
            self._shown = ""
        self._wanted = text
        self._go_on()

    def _go_on(self) -> None:
        """Show as much more as is shown at once."""
        begin = len(self._shown)
        new = self._wanted[begin : begin + AT_ONCE]
        if not new:
            return
        bar = self.verticalScrollBar()
        follows = bar.value() == bar.maximum() > 0
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        for place, line in enumerate(new.split("\n")):
            if place:
                cursor.insertBlock()
                cursor.block().setUserState(-1)
            _append(cursor, line)
        cursor.endEditBlock()
        self._shown += new
        if follows:
            bar.setValue(bar.maximum())
        if len(self._shown) < len(self._wanted):
            self._timer.start()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Lines as they came, whatever they were cut into to be shown."""
        cursor = self.textCursor()
        begin, end = cursor.selectionStart(), cursor.selectionEnd()
        block, said = self.document().findBlock(begin), ""
        while block.isValid() and block.position() <= end:
            said += _within(block, begin, end)
            block = block.next()
        data = QMimeData()
        data.setText(said)
        return data


def _append(cursor: QTextCursor, line: str) -> None:
    """Put more of a line at the end, in pieces."""
    room = max(PIECE - (cursor.block().length() - 1), 0)
    while len(line) > room:
        cursor.insertText(line[:room])
        cursor.block().setUserState(GOES_ON)
        cursor.insertBlock()
        cursor.block().setUserState(-1)
        line, room = line[room:], PIECE
    cursor.insertText(line)


def _within(block: QTextBlock, begin: int, end: int) -> str:
    """The part of a block that is selected, with the end of its line if that is in it."""
    at = block.position()
    units = block.text().encode("utf-16-le", "surrogatepass")
    chosen = units[2 * max(begin - at, 0) : 2 * (end - at)]
    ends = end >= at + block.length() and block.userState() != GOES_ON
    return chosen.decode("utf-16-le", "replace") + ("\n" if ends else "")
