"""A part of the form under a heading that folds it; the heading says how much in it is set."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.features.parameters.row import Words, translate
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme


class Fold(QWidget):
    """`count` says how many of the parameters in it are set. Folded at first."""

    def __init__(self, title: Words, count: Callable[[], int], *, theme: Theme, icons: Icons):
        super().__init__()
        self._title, self._count = title, count
        self._theme, self._icons = theme, icons
        self._head, self._inside = QPushButton(), QWidget()
        self._rows = QVBoxLayout(self._inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self._head.setCheckable(True)
        set_kind(self._head, "fold")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(self._inside)
        self._inside.hide()
        self._head.toggled.connect(self._show_open)
        theme.changed.connect(self.refresh)
        self.refresh()

    def add(self, row: QWidget) -> None:
        self._rows.addWidget(row)

    def open(self) -> None:
        """Show what is in it."""
        self._head.setChecked(True)

    def refresh(self) -> None:
        """Say again what is set in it."""
        count = self._count()
        words = self._title()
        if count:
            words = translate("Parameters", "%1 · %2 set").replace("%1", words)
            words = words.replace("%2", str(count))
        self._head.setText(words)
        icon = "chevron-down" if self._head.isChecked() else "chevron-right"
        size = self._theme.px(12)
        self._head.setIcon(self._icons.icon(icon, self._theme.tokens.text_2, size))
        self._head.setIconSize(QSize(size, size))
        state = (
            translate("Parameters", "%1, shown")
            if self._head.isChecked()
            else translate("Parameters", "%1, folded")
        )
        self._head.setAccessibleName(state.replace("%1", words))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
        super().changeEvent(event)

    def _show_open(self, opened: bool) -> None:
        self._inside.setVisible(opened)
        self.refresh()
