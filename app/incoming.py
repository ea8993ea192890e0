"""What comes in from outside: drops, files that a start names, and pictures of the screen.

All of it goes into the conversation in front.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject

from app.batches import BatchTabs
from app.capturing import Capturing
from app.core.wish import Start, Wish
from app.features.chat.page import ChatPage
from app.kit.notices import Notice, NoticeKind, Notices
from app.kit.settings_holder import SettingsHolder
from app.kit.tasks import TaskScope
from app.kit.theme import Theme
from app.kit.widgets.drop_target import DropTarget
from app.pages import Pages
from app.shell.main_window import MainWindow


class Incoming(QObject):
    """`front` gives the page in front, made where there is none."""

    def __init__(
        self,
        *,
        window: MainWindow,
        theme: Theme,
        settings: SettingsHolder,
        pages: Pages,
        batches: BatchTabs,
        front: Callable[[], ChatPage],
        notices: Notices,
        report: Callable[[BaseException], None],
        tasks: TaskScope,
    ) -> None:
        super().__init__(window)
        self._window = window
        self.capturing = capturing = Capturing(
            theme=theme, settings=settings, report=report, scope=tasks, parent=self
        )
        self._pages = pages
        self._batches = batches
        self._front = front
        self._notices = notices
        self._drop_target = DropTarget(window, theme=theme)
        self._drop_target.dropped.connect(self._take_drop)
        pages.capture_wanted.connect(capturing.begin)
        window.capture_requested.connect(capturing.begin)
        window.capture_again_requested.connect(lambda: capturing.begin(again=True))
        capturing.picture_taken.connect(self._take_picture)
        capturing.ended.connect(self._end_unseen)

    def take(self, start: Start, *, bring_forward: bool = True) -> None:
        """What the command line or a second start is for."""
        if start.wish is not Wish.OPEN:
            self.capturing.begin(start.wish)
        elif bring_forward:
            self._window.bring_forward()
        if start.paths:
            self._front().take_files(start.paths)

    def _take_drop(self, mime: QMimeData) -> None:
        if not (self._batches.takes(mime) or self._front().take(mime)):
            text = self.tr("What was dropped is neither a picture nor text.")
            self._notices.post(Notice(text, NoticeKind.WARNING))

    def _take_picture(self, data: bytes, name: str) -> None:
        self._window.bring_forward()
        self._pages.take_picture(self._front(), data, name)

    def _end_unseen(self) -> None:
        """Of a start that was for a picture alone nothing may be left to be seen."""
        if not self._window.isVisible():
            self._window.close()
