"""Our own windows, out of the way while the screen is looked at, and back as they were."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class OwnWindows:
    """The windows that were to be seen, hidden from now until `bring_back`."""

    def __init__(self) -> None:
        self._hidden: list[tuple[QWidget, float]] = []
        self._active = QApplication.activeWindow()
        for window in QApplication.topLevelWidgets():
            if window.isVisible() and not window.isMinimized():
                self._hidden.append((window, window.windowOpacity()))
                # Seen through at once: desktops fade a hidden window out by and by.
                window.setWindowOpacity(0)
                window.hide()

    def __bool__(self) -> bool:
        """Whether any was to be seen."""
        return bool(self._hidden)

    def leave(self) -> None:
        """Let them stay hidden."""
        self._hidden, self._active = [], None

    def bring_back(self) -> None:
        """Show them again; the one that was in front before is so again, and no other."""
        hidden, self._hidden = self._hidden, []
        for window, opacity in hidden:
            if not isValid(window) or window.isVisible():
                continue
            window.setWindowOpacity(opacity)
            quiet = window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            window.show()
            window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, quiet)
            if self._active is None:
                window.lower()  # another program was in front
        if self._active is not None and isValid(self._active):
            self._active.activateWindow()
