"""The line on a service's card about its network: like all others, or a way of its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.features.network.field_row import FieldRow
from app.features.network.network_form import STACKED_BELOW
from app.features.network.networks import EVERYONE, Networks
from app.features.network.way_panel import WayPanel
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.tasks import TaskScope
from app.kit.theme import Theme
from app.kit.widgets.choice_box import ChoiceBox


class ServiceNetwork(QWidget):
    """Folded to one line until it is asked for."""

    def __init__(self, *, networks: Networks, theme: Theme, icons: Icons, tasks: TaskScope) -> None:
        super().__init__()
        self._networks = networks
        self._theme, self._icons = theme, icons
        self._profile_id = ""
        self._line = QPushButton()
        self._body = QWidget()
        self._own = ChoiceBox(theme=theme, icons=icons)
        self._own_row = FieldRow(self._own, theme=theme, wide=False)
        self._panel = WayPanel(networks=networks, theme=theme, icons=icons, tasks=tasks)
        self._build()
        self._line.toggled.connect(self._fold)
        self._own.activated.connect(self._chosen)
        networks.changed.connect(self.refresh)
        theme.changed.connect(self._draw_arrow)
        self._retranslate()

    def set_profile(self, profile_id: str) -> None:
        """Which service it is about."""
        if profile_id != self._profile_id:
            self._profile_id = profile_id
            self._panel.set_owner(profile_id)
            self.refresh()

    def refresh(self) -> None:
        """Bring it in line with what was chosen."""
        own = self._networks.choice(self._profile_id) is not None and bool(self._profile_id)
        with QSignalBlocker(self._own):
            self._own.setCurrentIndex(1 if own else 0)
        self._panel.setVisible(own)
        words = self.tr("own settings") if own else self.tr("like all others")
        self._line.setText(self.tr("Network: %1").replace("%1", words))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._own_row.arrange(stacked=self.width() < self._theme.px(STACKED_BELOW))

    def _build(self) -> None:
        set_kind(self._line, "ghost")
        self._line.setCheckable(True)
        self._own.addItem("", None)
        self._own.addItem("", None)
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(0, 4, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self._own_row)
        inner.addWidget(self._panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._line, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._body)
        self._body.hide()
        self._draw_arrow()

    def _fold(self, opened: bool) -> None:
        self._body.setVisible(opened)
        self._draw_arrow()

    def _draw_arrow(self) -> None:
        name = "chevron-down" if self._line.isChecked() else "chevron-right"
        self._line.setIcon(self._icons.icon(name, self._theme.tokens.text_2, 12))

    def _chosen(self, row: int) -> None:
        """A way of its own starts as the one that all others go."""
        mine = self._networks.choice(self._profile_id)
        if row == 0:
            self._networks.choose(None, self._profile_id)
        elif mine is None:
            self._networks.choose(self._networks.choice(EVERYONE), self._profile_id)

    def _retranslate(self) -> None:
        self._own_row.set_label(self.tr("Network settings"))
        self._own.setItemText(0, self.tr("Like all others"))
        self._own.setItemText(1, self.tr("Its own"))
        self.refresh()
