"""The status bar: which service answers and how it is, and what is in the context."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from app.kit.style import set_kind
from app.kit.theme import CAPTION_PX, Theme


class StatusBar(QFrame):
    """Two plain texts; what stands in them is said by whoever knows."""

    def __init__(self, *, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        set_kind(self, "status")
        self._service = QLabel()
        self._context = QLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 14, 0)
        layout.setSpacing(18)
        layout.addWidget(self._service)
        layout.addWidget(self._context)
        layout.addStretch(1)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_service(self, text: str) -> None:
        self._service.setText(text)

    def set_context(self, text: str) -> None:
        self._context.setText(text)

    @property
    def text(self) -> str:
        return f"{self._service.text()} {self._context.text()}".strip()

    def _restyle(self) -> None:
        self.setFixedHeight(max(26, self._theme.px(CAPTION_PX) + 14))
