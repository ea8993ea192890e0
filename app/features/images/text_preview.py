"""The text that goes, word for word, before it is sent: a file's, or in place of a picture."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from app.kit.style import set_kind
from app.kit.theme import CAPTION_PX, Theme
from app.kit.widgets.plain_label import PlainLabel

COLUMNS, LINES = 76, 18


class TextPreview(QDialog):
    """Read-only; Esc closes it. `text` is exactly what is sent."""

    def __init__(
        self, name: str, text: str, *, theme: Theme, parent: QWidget, of_file: bool = False
    ) -> None:
        """`of_file`: the text is a file's own, not what stands in a picture."""
        super().__init__(parent)
        self._of_file = of_file
        self._name = name
        self._note = PlainLabel()
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setPlainText(text)
        self._text.setFont(theme.mono(CAPTION_PX))
        self._note.setWordWrap(True)
        set_kind(self._note, "secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(10)
        column.addWidget(self._note)
        column.addWidget(self._text, 1)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._retranslate()
        self.resize(self.sizeHint())

    @property
    def text(self) -> str:
        """What it shows."""
        return self._text.toPlainText()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._text.font())
        width = metrics.horizontalAdvance("x") * COLUMNS + 60
        return QSize(width, metrics.lineSpacing() * LINES + 90)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        if self._of_file:
            self.setWindowTitle(self._name)
            self._note.setText(self.tr("This is sent, word for word, with the file's name."))
        else:
            self.setWindowTitle(self.tr("%1: text only").replace("%1", self._name))
            self._note.setText(
                self.tr("This is sent, word for word. The picture stays on this computer.")
            )
        self._text.setAccessibleName(self.tr("Text that is sent"))
