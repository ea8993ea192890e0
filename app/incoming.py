"""What comes in from outside: drops, files that a start names, and pictures of the screen.

All of it goes into the conversation in front.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal

from app.anywhere import AskAnywhere
from app.batches import BatchTabs
from app.capture_keys import portal_here
from app.capturing import Capturing
from app.core.wish import Start, Wish
from app.features.capture.hot_keys import HotKeys
from app.features.chat.page import ChatPage
from app.features.chat.session import ChatSession
from app.features.chat.sessions import ChatSessions
from app.kit.notices import Notice, NoticeKind, Notices
from app.kit.settings_holder import SettingsHolder
from app.kit.tasks import TaskScope
from app.kit.widgets.drop_target import DropTarget
from app.pages import Pages
from app.program_parts import ProgramParts
from app.shell.workspace import Workspace

PAINTED_MS = 300
"""By then the overlay over the screen has been painted: until that, nothing else counts."""


class Incoming(QObject):
    """Ends with the window, and takes its cards along."""

    expected = Signal()
    """A picture may come in a moment: something is dragged over the window, or a region of the
    screen is being chosen."""

    def __init__(
        self,
        parts: ProgramParts,
        *,
        settings: SettingsHolder,
        sessions: ChatSessions,
        workspace: Workspace,
        pages: Pages,
        batches: BatchTabs,
        notices: Notices,
        report: Callable[[BaseException], None],
        tasks: TaskScope,
    ) -> None:
        window = parts.window
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._pages = pages
        self._batches = batches
        self._notices = notices
        self._drop_target = DropTarget(window, theme=parts.theme)
        self.capturing = Capturing(
            theme=parts.theme, settings=settings, report=report, scope=tasks, parent=self
        )
        self.asking = AskAnywhere(
            theme=parts.theme,
            icons=parts.icons,
            sessions=sessions,
            make=pages.answer_parts,
            open_up=self._open_up,
            has_tab=workspace.has_tab,
            scope=tasks,
            parent=self,
        )
        self.hot_keys = HotKeys(portal=portal_here(), settings=settings, scope=tasks, parent=self)
        self._connect()

    def begin(self) -> None:
        """What can wait until the window is there."""
        self.hot_keys.begin()

    def _connect(self) -> None:
        window, capturing = self._window, self.capturing
        self._drop_target.dropped.connect(self._take_drop)
        self._drop_target.entered.connect(self.expected)
        capturing.capture.shown.connect(self._expect_soon)
        self._pages.capture_wanted.connect(capturing.begin)
        window.capture_requested.connect(capturing.begin)
        window.capture_again_requested.connect(lambda: capturing.begin(again=True))
        window.ask_anywhere_requested.connect(lambda: capturing.begin(Wish.ASK))
        self.hot_keys.pressed.connect(capturing.begin)
        capturing.picture_taken.connect(self._take_picture)
        capturing.question_wished.connect(lambda shot: self.asking.ask(shot, capturing.name()))
        capturing.ended.connect(self._end_unseen)
        self.asking.ended.connect(self._end_unseen)

    def take(self, start: Start, *, bring_forward: bool = True) -> None:
        """What the command line or a second start is for."""
        if start.wish is not Wish.OPEN:
            self.capturing.begin(start.wish)
        elif bring_forward:
            self._window.bring_forward()
        if start.paths and not self._batches.takes_files(start.paths):
            self._front().take_files(start.paths)

    def _expect_soon(self) -> None:
        QTimer.singleShot(PAINTED_MS, self, self.expected.emit)

    def _take_drop(self, mime: QMimeData) -> None:
        if not (self._batches.takes(mime) or self._front().take(mime)):
            text = self.tr("What was dropped is neither a picture nor a file nor text.")
            self._notices.post(Notice(text, NoticeKind.WARNING))

    def _take_picture(self, data: bytes, name: str) -> None:
        self._window.bring_forward()
        self._pages.take_picture(self._front(), data, name)

    def _open_up(self, session: ChatSession) -> None:
        self._window.bring_forward()
        self._workspace.open_conversation(session.info.id)

    def _front(self) -> ChatPage:
        """The page in front, made where there is none."""
        return self._workspace.current_page() or self._workspace.new_conversation()

    def _end_unseen(self) -> None:
        """Of a start that was for a picture alone nothing may be left that nobody sees."""
        if not (self._window.isVisible() or self.asking.open or self.capturing.capture.busy):
            self._window.close()
