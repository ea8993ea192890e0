"""Where notices are shown: a quiet card below the header, with Undo or another way on.

There it never covers what is being typed; a notice that stays would hide the draft it speaks of.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from app.kit.icons import Icons
from app.kit.notices import Notice, NoticeKind
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.plain_label import PlainLabel

SHOWN_MS = 8000
WIDTH = 560
TOP = 92
"""Below the tabs and the header."""


class NoticeBar(QFrame):
    """Shows one notice at a time over `host`; the next waits its turn."""

    def __init__(self, host: QWidget, *, theme: Theme, icons: Icons) -> None:
        super().__init__(host)
        self._host = host
        self._theme = theme
        self._icons = icons
        self._notice: Notice | None = None
        self._queue: list[Notice] = []
        self._mark = PlainLabel()
        self._text = PlainLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action = QPushButton()
        self._close = QToolButton()
        set_kind(self, "card")
        set_kind(self._action, "link")
        set_kind(self._close, "icon")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._next)
        self._action.clicked.connect(self.act)
        self._close.clicked.connect(self._next)
        theme.changed.connect(self._restyle)
        host.installEventFilter(self)
        self.hide()
        self._retranslate()

    def show_notice(self, notice: Notice) -> None:
        """Show it now, or after the one that stays."""
        if notice == self._notice or notice in self._queue:
            return
        self._queue = [n for n in self._queue if not n.topic or n.topic != notice.topic]
        about_it = self._notice is not None and notice.topic == self._notice.topic != ""
        if self._notice is not None and self._notice.stays and not (notice.stays or about_it):
            self._queue.append(notice)
            return
        self._present(notice)

    @property
    def text(self) -> str:
        """What is shown; empty when nothing is."""
        return self._notice.text if self._notice else ""

    def _present(self, notice: Notice) -> None:
        self._notice = notice
        self._text.setText(notice.text)
        self._action.setText(notice.action)
        self._action.setVisible(bool(notice.action))
        self._restyle()
        self.setAccessibleName(notice.text)
        self._timer.stop()
        if not notice.stays:
            self._timer.start()
        self._place()
        self.show()
        self.raise_()
        # It does not take the focus: a screen reader would say nothing of it.
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, notice.text))

    def act(self) -> None:
        """Do what the notice offers, and let go of it."""
        notice = self._notice
        self._next()
        if notice is not None and notice.act is not None:
            notice.act()

    def _next(self) -> None:
        self._timer.stop()
        self._notice = None
        if self._queue:
            self._present(self._queue.pop(0))
        else:
            self.hide()

    def _place(self) -> None:
        width = min(WIDTH, self._host.width() - 32)
        self.setFixedWidth(width)
        self.resize(width, self.heightForWidth(width))
        self.move((self._host.width() - width) // 2, TOP)

    def _restyle(self) -> None:
        t = self._theme.tokens
        kind = self._notice.kind if self._notice else NoticeKind.INFO
        name, color = {
            NoticeKind.INFO: ("check", t.ok),
            NoticeKind.WARNING: ("warning", t.warn),
            NoticeKind.ERROR: ("error", t.error),
        }[kind]
        self._mark.setPixmap(self._icons.pixmap(name, color))
        self._close.setIcon(self._icons.icon("close", t.text_2, 12))
        self._close.setIconSize(QSize(12, 12))

    def _retranslate(self) -> None:
        self._close.setAccessibleName(self.tr("Dismiss"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False
