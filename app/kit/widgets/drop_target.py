"""Lets a whole window take what is dropped on it, and shows that it would."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.kit.theme import RADIUS_COMPOSER, Theme


class _Veil(QWidget):
    """Lies over the window while something is dragged above it; the mouse passes through."""

    def __init__(self, host: QWidget, theme: Theme) -> None:
        super().__init__(host)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        soft = tokens.color("accent_soft")
        soft.setAlpha(140)
        painter.fillRect(self.rect(), soft)
        painter.setPen(QPen(tokens.color("accent"), 2, Qt.PenStyle.DashLine))
        inside = QRectF(self.rect()).adjusted(10, 10, -10, -10)
        painter.drawRoundedRect(inside, RADIUS_COMPOSER, RADIUS_COMPOSER)
        painter.end()


class DropTarget(QObject):
    """Takes drags of files, pictures and text over `window`, wherever in it they are.

    Files and bare pictures are taken before any field under the mouse sees them: a field would
    write a file's address into itself. Text that is dropped on a field stays that field's.
    """

    dropped = Signal(object)  # QMimeData; valid during the signal
    entered = Signal()
    """Something is dragged over the window that would be taken."""

    def __init__(self, window: QWidget, *, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._veil = _Veil(window, theme)
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        self._watch_native()

    def _watch_native(self) -> None:
        """Hear drags before the fields do; the native window is there once it has been shown."""
        if (native := self._window.windowHandle()) is not None:
            native.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._window:
            if kind is QEvent.Type.Show:
                self._watch_native()
            wanted = _is_for_us
        else:
            wanted = _is_for_no_field
        if kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove) and isinstance(
            event, QDragEnterEvent | QDragMoveEvent
        ):
            if not wanted(event.mimeData()):
                return False
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._veil.setGeometry(self._window.rect())
            self._veil.show()
            self._veil.raise_()
            if kind is QEvent.Type.DragEnter:
                self.entered.emit()
            return True
        if kind is QEvent.Type.DragLeave:
            self._veil.hide()
        elif kind is QEvent.Type.Drop and isinstance(event, QDropEvent):
            self._veil.hide()
            if not wanted(event.mimeData()):
                return False
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(event.mimeData())
            return True
        return False


def _is_for_us(mime: QMimeData) -> bool:
    return mime.hasUrls() or mime.hasText() or _has_picture(mime) or "<img" in mime.html()


def _is_for_no_field(mime: QMimeData) -> bool:
    files = any(url.isLocalFile() for url in mime.urls())
    return files or (_has_picture(mime) and not mime.hasText())


def _has_picture(mime: QMimeData) -> bool:
    return mime.hasImage() or any(kind.startswith("image/") for kind in mime.formats())
