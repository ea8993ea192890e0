"""The last lines that a server wrote, as they come: plain, bounded, to be copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.core.visible_text import visible
from app.kit.style import set_kind
from app.kit.widgets.plain_label import PlainLabel
from app.kit.widgets.text_pane import TextPane

HEIGHT = 260
LONGEST_LINE = 500
SHOWN_LINES = 500


class LogView(QWidget):
    """Follows its end while that is in view."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[str, ...] = ()
        self._pane, self._empty, self._copy = TextPane(), PlainLabel(), QPushButton()
        set_kind(self._empty, "caption")
        set_kind(self._copy, "ghost")
        self._pane.setFixedHeight(HEIGHT)
        row = QHBoxLayout()
        row.addWidget(self._copy)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        for part in (self._empty, self._pane):
            column.addWidget(part)
        column.addLayout(row)
        self._copy.clicked.connect(self._copy_all)
        self._show()
        self._retranslate()

    @property
    def text(self) -> str:
        return self._pane.text

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show the end of these; costs nothing where they are the same as before."""
        newest = tuple(lines)[-SHOWN_LINES:]
        if newest != self._lines:
            self._lines = newest
            self._show()

    def _show(self) -> None:
        bar = self._pane.verticalScrollBar()
        place, at_end = bar.value(), bar.value() >= bar.maximum() - 4
        self._pane.show_text("\n".join(visible(_short(line)) for line in self._lines))
        bar.setValue(bar.maximum() if at_end else place)
        self._empty.setVisible(not self._lines)
        self._pane.setVisible(bool(self._lines))
        self._copy.setVisible(bool(self._lines))

    def _copy_all(self) -> None:
        QGuiApplication.clipboard().setText(self._pane.text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._empty.setText(self.tr("It has written nothing yet."))
        self._copy.setText(self.tr("Copy the log"))
        self._pane.setAccessibleName(self.tr("Log"))


def _short(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…"
