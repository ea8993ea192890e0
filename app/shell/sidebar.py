"""The sidebar: search, a new conversation, the history, and the ways to batches and settings."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.features.history.history_list import HistoryList
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.plain_label import PlainLabel

WIDTH = 248
FIELD_PADDING = 13


class Sidebar(QWidget):
    """Places what it is given; the list itself belongs to the history feature."""

    new_requested = Signal()
    batches_requested = Signal()
    settings_requested = Signal()

    def __init__(self, *, theme: Theme, icons: Icons, history: HistoryList) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._new = QPushButton()
        self._batches = QPushButton()
        self._settings = QPushButton()
        self._hint = PlainLabel("Ctrl K")
        self._search = history.search_box
        self.setFixedWidth(WIDTH)
        for button in (self._new, self._batches, self._settings):
            set_kind(button, "row")
        set_kind(self._hint, "key")
        self._hint.setIndent(0)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._hint.setParent(self._search)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 12, 9, 12)
        layout.setSpacing(2)
        search = QHBoxLayout()
        search.setContentsMargins(4, 0, 4, 0)
        search.addWidget(self._search)
        layout.addLayout(search)
        layout.addSpacing(8)
        layout.addWidget(self._new)
        layout.addWidget(history, 1)
        layout.addWidget(self._batches)
        layout.addWidget(self._settings)
        self._new.clicked.connect(self.new_requested)
        self._batches.clicked.connect(self.batches_requested)
        self._settings.clicked.connect(self.settings_requested)
        self._search.textChanged.connect(lambda _text: self._place_hint())
        theme.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_hint()

    def showEvent(self, event: QShowEvent) -> None:
        self._place_hint()

    def _place_hint(self) -> None:
        """At the field's right, while nothing is typed and its words leave room for it."""
        self._hint.ensurePolished()
        self._hint.adjustSize()
        box, metrics = self._search.rect(), self._search.fontMetrics()
        left = box.right() - self._hint.width() - 9
        self._hint.move(left, (box.height() - self._hint.height()) // 2)
        words = FIELD_PADDING + metrics.horizontalAdvance(self._search.placeholderText())
        self._hint.setVisible(not self._search.text() and words + 8 <= left)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            # The field itself hears of it after this one: its words are measured then.
            QTimer.singleShot(0, self, self._place_hint)
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.sidebar))
        painter.setPen(QPen(self._theme.tokens.color("line"), 1))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        painter.end()

    def _restyle(self) -> None:
        color = self._theme.tokens.text
        size = self._theme.px(16)
        icons = ((self._new, "plus"), (self._batches, "batch"), (self._settings, "settings"))
        for button, name in icons:
            button.setIcon(self._icons.icon(name, color, size))
            button.setIconSize(QSize(size, size))
        self.update()

    def _retranslate(self) -> None:
        self._new.setText(self.tr("New conversation"))
        self._batches.setText(self.tr("Batch images"))
        self._settings.setText(self.tr("Settings"))
