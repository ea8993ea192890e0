"""The Network page of the settings: how services are reached that have no way of their own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.features.network.networks import EVERYONE, Networks
from app.features.network.way_panel import WayPanel
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.tasks import TaskScope
from app.kit.theme import Theme
from app.kit.widgets.plain_label import PlainLabel


class NetworkPage(QWidget):
    """Everyone's choice; it holds at once."""

    def __init__(self, *, networks: Networks, theme: Theme, icons: Icons, tasks: TaskScope) -> None:
        super().__init__()
        self._title, self._intro = PlainLabel(), PlainLabel()
        self._panel = WayPanel(
            networks=networks, theme=theme, icons=icons, tasks=tasks, choose_service=True
        )
        self._panel.set_owner(EVERYONE)
        set_kind(self._title, "title")
        set_kind(self._intro, "secondary")
        self._intro.setTextFormat(Qt.TextFormat.PlainText)
        self._intro.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._intro)
        column.addSpacing(12)
        column.addWidget(self._panel)
        column.addStretch(1)
        self._retranslate()

    def title(self) -> str:
        """The page's name in the list of settings."""
        return self.tr("Network")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.title())
        self._intro.setText(
            self.tr(
                "How services are reached, unless one has settings of its own. "
                "This computer itself is always reached directly."
            )
        )
