"""The composer's button for tools: how many are on, and the card in which they are switched."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QToolButton

from app.features.tool_choice.choosing import ToolChoosing
from app.features.tool_choice.tool_popup import ToolPopup
from app.features.tool_choice.tool_rows import Calls
from app.kit.style import set_kind
from app.kit.theme import Theme


class ToolButton(QToolButton):
    """The card is made when it is first opened: most pages never do."""

    manage_requested = Signal()
    closed = Signal()

    def __init__(self, choosing: ToolChoosing, *, theme: Theme) -> None:
        super().__init__()
        self._choosing, self._theme = choosing, theme
        self._popup: ToolPopup | None = None
        set_kind(self, "ghost")
        self.clicked.connect(self._toggle)
        choosing.changed.connect(self._retranslate)
        self._retranslate()

    @property
    def popup(self) -> ToolPopup | None:
        return self._popup

    def open(self) -> None:
        """Show the tools."""
        if self._popup is None:
            popup = self._popup = ToolPopup(self.window(), self._choosing, theme=self._theme)
            popup.manage_requested.connect(self.manage_requested)
            popup.closed.connect(self.closed)
            self.destroyed.connect(popup.deleteLater)
        self._popup.open(self)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another tab came to the front: the card goes with its page."""
        if self._popup is not None:
            self._popup.close_up()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _toggle(self) -> None:
        if self._popup is not None and self._popup.isVisible():
            self._popup.close_up()
        else:
            self.open()

    def _retranslate(self) -> None:
        count = len(self._choosing.told())
        words = self.tr("Tools %1").replace("%1", str(count)) if count else self.tr("Tools")
        if self.text() != words:
            self.setText(words)
        self.setAccessibleName(self.tr("Tools: %1 on").replace("%1", str(count)))
        about = self.tr("Which tools the model may call in this conversation")
        if count and self._choosing.model_calls is Calls.REFUSED:
            about = self.tr("This model refused tools: they are left out for it.")
        self.setToolTip(about)
