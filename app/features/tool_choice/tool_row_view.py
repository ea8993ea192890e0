"""One tool in the list: what it is called, what it does, whether it asks, and its switch."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.features.tool_choice.tool_rows import Asking, Hold, ToolRow
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.elided_label import ElidedLabel
from app.kit.widgets.plain_label import PlainLabel, plain_tip
from app.kit.widgets.switch import Switch

translate = QCoreApplication.translate


class ToolRowView(QWidget):
    """`compact`: without the sentence, which is the tool tip then. A click anywhere switches."""

    switched = Signal(str, bool)  # tool id
    withdrawn = Signal(str)  # tool id

    def __init__(self, row: ToolRow, *, compact: bool, theme: Theme) -> None:
        super().__init__()
        self._row, self._compact = row, compact
        self._title, self._asks = ElidedLabel(), PlainLabel()
        self._sentence, self._hold = ElidedLabel(), ElidedLabel()
        self._withdraw = QPushButton()
        self.switch = Switch(theme=theme)
        self._lay_out()
        self.switch.clicked.connect(lambda on: self.switched.emit(self._row.id, on))
        self._withdraw.clicked.connect(lambda: self.withdrawn.emit(self._row.id))
        self.show_row(row)

    def show_row(self, row: ToolRow) -> None:
        """Show that tool as it is now, in the language of now."""
        self._row = row
        self._title.setText(row.title)
        self._asks.setText(_asks_words(row))
        self._asks.setVisible(bool(self._asks.text()))
        self._sentence.setText(row.sentence)
        self._sentence.setVisible(bool(row.sentence) and not self._compact)
        self.setToolTip(plain_tip(f"{row.title}\n{row.sentence}" if row.sentence else row.title))
        self._hold.setText(_hold_words(row.hold))
        set_kind(self._hold, "warning-caption" if row.hold is Hold.CHANGED else "caption")
        for widget in (self._hold, self._withdraw):
            widget.setVisible(row.hold is not Hold.NONE)
        self._withdraw.setText(translate("ToolChoice", "Withdraw"))
        name = translate("ToolChoice", "Withdraw leave: %1").replace("%1", row.title)
        self._withdraw.setAccessibleName(name)
        self.switch.setChecked(row.on)
        words = (row.title, _asks_words(row), _hold_words(row.hold))
        self.switch.setAccessibleName(", ".join(word for word in words if word))
        self.switch.setAccessibleDescription(row.sentence)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and inside:
            self.switch.click()

    def _lay_out(self) -> None:
        for label in (self._asks, self._sentence):
            set_kind(label, "caption")
        set_kind(self._withdraw, "caption-link")
        first, last = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self._title)
        first.addWidget(self._asks)
        first.addStretch(1)
        last.setSpacing(4)
        last.addWidget(self._hold)
        last.addWidget(self._withdraw)
        last.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addLayout(first)
        words.addWidget(self._sentence)
        words.addLayout(last)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 3, 0, 3)
        line.setSpacing(10)
        line.addLayout(words, 1)
        line.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignVCenter)


def _asks_words(row: ToolRow) -> str:
    match row.asking:
        case Asking.FIRST if row.hold not in (Hold.HERE, Hold.ALWAYS):
            return translate("ToolChoice", "asks first")
        case Asking.EACH_TIME:
            return translate("ToolChoice", "asks each time")
        case _:
            return ""


def _hold_words(hold: Hold) -> str:
    match hold:
        case Hold.HERE:
            return translate("ToolChoice", "Allowed in this conversation")
        case Hold.ALWAYS:
            return translate("ToolChoice", "Always allowed")
        case Hold.CHANGED:
            return translate("ToolChoice", "Changed since you allowed it")
        case Hold.NONE:
            return ""
