"""A label with a note under it, and its field beside them, or below where there is little room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.plain_label import PlainLabel

LABELS = 168
"""Width of the column of labels, in pixels before zoom."""
UNBOUNDED = 16_777_215
"""Qt's own number for no greatest width."""


class FieldRow(QWidget):
    """`arrange` says which of the two it is."""

    def __init__(self, field: QWidget, *, theme: Theme, wide: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._field, self._wide, self._stacked = field, wide, False
        self._label, self._note = PlainLabel(), PlainLabel()
        for label in (self._label, self._note):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 8)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        self._note.hide()
        self.arrange(stacked=False)

    def set_label(self, text: str) -> None:
        self._label.setText(text)
        self._field.setAccessibleName(text)

    def set_note(self, text: str, kind: str = "caption") -> None:
        """What stands under the label; nothing where the text is empty."""
        self._note.setText(text)
        self._note.setVisible(bool(text))
        set_kind(self._note, kind)
        self.arrange(stacked=self._stacked)

    def arrange(self, *, stacked: bool) -> None:
        """The label over its field, or beside it."""
        grid, middle = self._grid, Qt.AlignmentFlag.AlignVCenter
        self._stacked = stacked
        for part in (self._label, self._note, self._field):
            grid.removeWidget(part)
        if stacked:
            grid.addWidget(self._label, 0, 0)
            grid.addWidget(self._note, 2, 0)
        else:
            alone = not self._note.text()
            grid.addWidget(self._label, 0, 0, 2 if alone else 1, 1, middle)
            grid.addWidget(self._note, 1, 0, Qt.AlignmentFlag.AlignTop)
        place = (1, 0, 1, 1) if stacked else (0, 1, 2, 1)
        if self._wide:
            grid.addWidget(self._field, *place)
        else:
            grid.addWidget(self._field, *place, Qt.AlignmentFlag.AlignLeft)
        width = self._theme.px(LABELS)
        for label in (self._label, self._note):
            label.setMinimumWidth(0 if stacked else width)
            label.setMaximumWidth(UNBOUNDED if stacked else width)
        grid.setColumnStretch(0, 1 if stacked else 0)
        grid.setColumnStretch(1, 0 if stacked else 1)
