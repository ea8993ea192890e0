"""The line at the top of a service's card: name, "default", summary, state; a click folds it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import RADIUS_CONTROL, Theme
from app.kit.widgets.plain_label import PlainLabel


class CardHeader(QAbstractButton):
    """A button that holds labels, so that keyboard and screen reader fold the card as well."""

    def __init__(self, *, theme: Theme, icons: Icons, foldable: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._opened = False
        self._name, self._tag, self._summary = PlainLabel(), PlainLabel(), ElidedLabel()
        self._state, self._arrow = PlainLabel(), PlainLabel()
        set_kind(self._name, "heading")
        set_kind(self._tag, "tag")
        set_kind(self._summary, "secondary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(10)
        row.addWidget(self._name)
        row.addWidget(self._tag, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._summary, 1)
        row.addWidget(self._state)
        row.addWidget(self._arrow)
        for label in (self._name, self._tag, self._summary, self._state, self._arrow):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._arrow.setVisible(foldable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if foldable else Qt.FocusPolicy.NoFocus)
        self._tag.hide()
        theme.changed.connect(self._draw_arrow)
        self._draw_arrow()
        self._retranslate()

    def show_name(self, name: str, *, default: bool) -> None:
        self._name.setText(name)
        self._tag.setVisible(default)
        self._say()

    def show_state(self, words: str, kind: str) -> None:
        self._state.setText(words)
        set_kind(self._state, kind)
        self._say()

    def show_summary(self, words: str) -> None:
        self._summary.set_whole(words)
        self._say()

    def show_open(self, opened: bool) -> None:
        self._opened = opened
        self._draw_arrow()
        self._say()

    def sizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        return layout.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.tokens.color("accent"), 1))
        box = self.rect().adjusted(0, 0, -1, -1)
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        painter.end()

    def _draw_arrow(self) -> None:
        name = "chevron-down" if self._opened else "chevron-right"
        self._arrow.setPixmap(self._icons.pixmap(name, self._theme.tokens.text_2, 12))

    def _say(self) -> None:
        shown = (self._name.text(), self._summary.whole, self._state.text())
        self.setAccessibleName(", ".join(text for text in shown if text))

    def _retranslate(self) -> None:
        self._tag.setText(self.tr("default"))
        self._say()


class ElidedLabel(PlainLabel):
    """A line that is shortened with … where it does not fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_whole(self, text: str) -> None:
        self.whole = text
        self.setText(text)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        metrics = self.fontMetrics()
        text = metrics.elidedText(self.whole, Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()
