"""The status bar: which service answers and how it is, what is in the context, what it costs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.kit.style import set_kind
from app.kit.theme import CAPTION_PX, Theme
from app.kit.widgets.plain_label import PlainLabel


class StatusBar(QFrame):
    """Plain texts side by side; what stands in them is said by whoever knows."""

    def __init__(self, *, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        set_kind(self, "status")
        self._labels = [PlainLabel() for _place in range(4)]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 14, 0)
        layout.setSpacing(18)
        for label in self._labels:
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        layout.addStretch(1)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_texts(self, service: str, context: str = "", limits: str = "", cost: str = "") -> None:
        """Show these; an empty one takes no room."""
        for label, text in zip(self._labels, (service, context, limits, cost), strict=True):
            label.setText(text)
            label.setVisible(bool(text))

    @property
    def text(self) -> str:
        return " ".join(label.text() for label in self._labels if label.text())

    def _restyle(self) -> None:
        self.setFixedHeight(max(26, self._theme.px(CAPTION_PX) + 14))
