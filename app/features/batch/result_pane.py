"""A row opened: all that was answered about its file, or why nothing was."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
)

from app.core.batch import BatchRow
from app.features.batch import words
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.elided_label import ElidedLabel
from app.kit.widgets.picture_view import PictureView
from app.kit.widgets.plain_label import PlainLabel

NARROW, LEAST = 560, 220


class ResultPane(QFrame):
    """Hidden until a row is shown. Esc closes it."""

    closed = Signal()

    def __init__(self, *, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        set_kind(self, "card")
        self._name, self._why = ElidedLabel(), PlainLabel()
        self._text = QPlainTextEdit()
        self.picture = PictureView(theme=theme)
        self.picture.hide()
        self._copy, self._close = QPushButton(), QToolButton()
        set_kind(self._name, "heading")
        set_kind(self._why, "warning-caption")
        self._why.setWordWrap(True)
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        set_kind(self._text, "mono")
        set_kind(self._copy, "ghost")
        set_kind(self._close, "icon")
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._copy)
        head.addWidget(self._close)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self.picture, 2)
        body.addWidget(self._text, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 12)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._why)
        column.addLayout(body, 1)
        self._copy.clicked.connect(self._copy_all)
        self._close.clicked.connect(self.close_up)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()
        self.hide()

    @property
    def text(self) -> str:
        """The result that is shown."""
        return self._text.toPlainText()

    @property
    def why(self) -> str:
        return self._why.text()

    def show_row(self, row: BatchRow, text: str) -> None:
        """Show what is known of a row."""
        self._name.setText(row.name)
        self._name.setToolTip("")
        self._why.setText(words.why(row))
        self._why.setVisible(bool(self._why.text()))
        self._text.setPlainText(text)
        self._text.setVisible(bool(text))
        self._copy.setVisible(bool(text))
        self.show()

    def show_picture(self, image: QImage, pages: int) -> None:
        """Show what is sent of the file beside the answer: its first page, where it has several."""
        words_ = self.tr("%1 · %2 pages", "a file's name, and so many pages")
        if pages > 1:
            name = self._name.text()
            self._name.setText(words_.replace("%1", name).replace("%2", str(pages)))
        self.picture.show_pixmap(QPixmap.fromImage(image))
        self._fit()

    def say_more(self, words_: str) -> None:
        """Something besides on the file itself."""
        self._why.setText(f"{self._why.text()} {words_}".strip())
        self._why.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The answer has the room where there is not enough for both."""
        narrow = self.width() < self._theme.px(NARROW) and bool(self.text)
        self.picture.setVisible(not narrow and not self.picture.pixmap.isNull())

    def close_up(self) -> None:
        self.hide()
        self.forget_picture()
        self.closed.emit()

    def forget_picture(self) -> None:
        """Another row's picture comes, or none."""
        self.picture.show_pixmap(QPixmap())
        self.picture.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _copy_all(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())

    def _restyle(self) -> None:
        self.setMinimumHeight(self._theme.px(LEAST))
        color = self._theme.tokens.text_2
        self._close.setIcon(self._icons.icon("close", color, 14))
        self._copy.setIcon(self._icons.icon("copy", color, 14))

    def _retranslate(self) -> None:
        self._copy.setText(self.tr("Copy"))
        self.picture.setAccessibleName(self.tr("The file, as it is sent"))
        self._close.setAccessibleName(self.tr("Close the result"))
        self._close.setToolTip(self.tr("Close the result"))
        self._text.setAccessibleName(self.tr("Result"))
