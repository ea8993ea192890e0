"""One figure in a card: what it is, how much, and a word on it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from app.kit.style import set_kind
from app.kit.widgets.elided_label import ElidedLabel
from app.kit.widgets.plain_label import plain_tip


class FigureCard(QFrame):
    """Three lines of text; what does not fit its width ends in an ellipsis."""

    def __init__(self) -> None:
        super().__init__()
        set_kind(self, "card")
        self._name, self._value, self._note = ElidedLabel(), ElidedLabel(), ElidedLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(4)
        for label, kind in (
            (self._name, "secondary"),
            (self._value, "figure"),
            (self._note, "caption"),
        ):
            set_kind(label, kind)
            column.addWidget(label)

    @property
    def labels(self) -> tuple[QLabel, QLabel, QLabel]:
        """The labels of name, figure and note."""
        return self._name, self._value, self._note

    def say(self, name: str, value: str, note: str, *, in_full: str = "") -> None:
        """Show these; `in_full` is the figure where more than fits is to be said of it."""
        for label, text in zip(self.labels, (name, value, note), strict=True):
            label.setText(text)
            label.setToolTip("")
        self._note.setToolTip(plain_tip(note))
        self._value.setToolTip(plain_tip(in_full if in_full != value else ""))
        self.setAccessibleName(f"{name}: {in_full or value}")
        self.setAccessibleDescription(note)
