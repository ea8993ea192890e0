"""The main window: places the sidebar, the tabs and the status bar, and names what one can do.

It places parts and does not know what they hold; it asks them, and hears their signals.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from app.core.picture_action import KEYS
from app.kit.theme import Theme
from app.shell.opening_view import OpeningView

if TYPE_CHECKING:
    # The window is painted before any of these is read in.
    from PySide6.QtGui import QAction

    from app.kit.actions import Command
    from app.kit.icons import Icons
    from app.kit.notices import Notices
    from app.shell.command_palette import CommandPalette
    from app.shell.notice_bar import NoticeBar
    from app.shell.sidebar import Sidebar
    from app.shell.status_bar import StatusBar
    from app.shell.workspace import Workspace

SIZE = QSize(1280, 832)
NARROW = 820
"""Below this width the sidebar folds away by itself."""


class MainWindow(QMainWindow):
    """Opens at once with little in it; `furnish` puts the program's parts in.

    `closing` is emitted when the person closes it; whoever owns the program ends it in order.
    """

    closing = Signal()
    sidebar_toggled = Signal(bool)
    settings_page_requested = Signal(str)  # the page's id
    zoom_requested = Signal(int)  # +1, -1, or 0 for 100 %
    capture_requested = Signal()
    capture_again_requested = Signal()
    ask_anywhere_requested = Signal()

    def __init__(self, *, theme: Theme, sidebar_shown: bool, geometry: bytes = b"") -> None:
        super().__init__()
        self._theme = theme
        self._wanted_sidebar = sidebar_shown
        self._was_painted = False
        self._was_closed = False
        self._sidebar: Sidebar | None = None
        self._commands: tuple[Command, ...] = ()
        self._actions: tuple[QAction, ...] = ()
        self.setMinimumSize(420, 360)
        self.resize(SIZE)
        if geometry:
            self.restoreGeometry(QByteArray(geometry))
        self._opening = OpeningView(
            theme=theme,
            placeholder=self.tr("Ask anything, drop or paste an image or a file…"),
            sidebar=sidebar_shown and self.width() >= NARROW,
        )
        self.setCentralWidget(self._opening)
        self._opening.setFocus()
        self.setWindowTitle(self.tr("Porthole"))

    def furnish(
        self,
        *,
        icons: Icons,
        sidebar: Sidebar,
        workspace: Workspace,
        status: StatusBar,
        notices: Notices,
        focus_search: Callable[[], None],
        named_key: Callable[[str], str],
    ) -> None:
        """Put the program's parts in the place of the opening view.

        `named_key` answers which quick action has a key; empty: none has.
        """
        from app.kit.actions import install
        from app.shell.command_palette import CommandPalette
        from app.shell.notice_bar import NoticeBar

        self._sidebar = sidebar
        self._workspace = workspace
        self._focus_search = focus_search
        self._named_key = named_key
        body = QWidget()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(sidebar)
        row.addWidget(workspace, 1)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(status)
        self._notice_bar: NoticeBar = NoticeBar(body, theme=self._theme, icons=icons)
        notices.listen(self._notice_bar.show_notice)
        self._commands = self._make_commands()
        self._palette: CommandPalette = CommandPalette(body, self._commands, theme=self._theme)
        self._actions = install(self, self._commands)
        sidebar.new_requested.connect(workspace.new_conversation)
        sidebar.batches_requested.connect(workspace.show_batches)
        sidebar.settings_requested.connect(workspace.show_settings)
        self._body = body
        self._retranslate()
        self._fit_sidebar()

    def open_up(self) -> str:
        """Show the program's parts; answers what was typed into the opening view."""
        typed = self._opening.box.toPlainText()
        self.setCentralWidget(self._body)
        return typed

    @property
    def was_painted(self) -> bool:
        return self._was_painted

    @property
    def was_closed(self) -> bool:
        """Whether the person closed it already, perhaps before there was anybody to hear."""
        return self._was_closed

    @property
    def notice(self) -> str:
        """What the notice over the window says; empty when there is none."""
        return self._notice_bar.text

    def act_on_notice(self) -> None:
        """Do what the notice offers."""
        self._notice_bar.act()

    @property
    def commands(self) -> tuple[Command, ...]:
        return self._commands

    def bring_forward(self) -> None:
        """Show the window before others, out of the task bar too."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def toggle_sidebar(self) -> None:
        assert self._sidebar is not None
        self._wanted_sidebar = not self._sidebar.isVisible()
        self._sidebar.setVisible(self._wanted_sidebar)
        self.sidebar_toggled.emit(self._wanted_sidebar)

    def find_in_history(self) -> None:
        if self._sidebar is not None and not self._sidebar.isVisible():
            self.toggle_sidebar()
        self._focus_search()

    def _make_commands(self) -> tuple[Command, ...]:
        from app.kit.actions import Command

        space = self._workspace
        return (
            Command(
                lambda: self.tr("New conversation"), ("Ctrl+T", "Ctrl+N"), space.new_conversation
            ),
            Command(lambda: self.tr("Close tab"), ("Ctrl+W",), space.close_current),
            Command(lambda: self.tr("Reopen closed tab"), ("Ctrl+Shift+T",), space.reopen_closed),
            Command(lambda: self.tr("Next tab"), ("Ctrl+Tab",), lambda: space.step(1)),
            Command(lambda: self.tr("Previous tab"), ("Ctrl+Shift+Tab",), lambda: space.step(-1)),
            Command(lambda: self.tr("Search all history"), ("Ctrl+K",), self.find_in_history),
            Command(lambda: self.tr("Find in conversation"), ("Ctrl+F",), self._find),
            Command(lambda: self.tr("Find next"), ("F3", "Ctrl+G"), lambda: self._find_next(1)),
            Command(
                lambda: self.tr("Find previous"),
                ("Shift+F3", "Ctrl+Shift+G"),
                lambda: self._find_next(-1),
            ),
            Command(lambda: self.tr("Show or hide the sidebar"), ("Ctrl+B",), self.toggle_sidebar),
            Command(lambda: self.tr("Show or hide the parameters"), ("Ctrl+I",), self._inspector),
            Command(lambda: self.tr("Show or hide the reader"), ("Ctrl+R",), self._reader),
            Command(lambda: self.tr("Choose a model"), ("Ctrl+M",), self._choose_model),
            *(self._action_command(key) for key in KEYS),
            Command(lambda: self.tr("Batch images"), ("Ctrl+Shift+B",), space.show_batches),
            *self._capture_commands(),
            Command(lambda: self.tr("Settings"), ("Ctrl+,",), space.show_settings),
            Command(
                lambda: self.tr("Tools"), (), lambda: self.settings_page_requested.emit("tools")
            ),
            Command(
                lambda: self.tr("MCP servers"), (), lambda: self.settings_page_requested.emit("mcp")
            ),
            Command(lambda: self.tr("Larger text"), ("Ctrl++", "Ctrl+="), lambda: self._zoom(1)),
            Command(lambda: self.tr("Smaller text"), ("Ctrl+-",), lambda: self._zoom(-1)),
            Command(lambda: self.tr("Normal text size"), ("Ctrl+0",), lambda: self._zoom(0)),
            Command(lambda: self.tr("Command palette"), ("Ctrl+Shift+P",), self._open_palette),
            Command(lambda: self.tr("Quit"), ("Ctrl+Q",), self.close),
        )

    def _action_command(self, key: str) -> Command:
        """What asks the quick action that has that key; without a title while none has."""
        from app.kit.actions import Command

        def title() -> str:
            name = self._named_key(key)
            return self.tr("Quick action: %1").replace("%1", name) if name else ""

        def ask() -> None:
            if (page := self._workspace.current_page()) is not None:
                page.ask_by_key(key)

        return Command(title, (key,), ask)

    def _capture_commands(self) -> tuple[Command, ...]:
        from app.kit.actions import Command

        return (
            Command(
                lambda: self.tr("Capture a region of the screen"),
                ("Ctrl+Shift+S",),
                self.capture_requested.emit,
            ),
            Command(
                lambda: self.tr("Capture the same region again"),
                ("Ctrl+Alt+S",),
                self.capture_again_requested.emit,
            ),
            Command(
                lambda: self.tr("Ask about a region of the screen"),
                ("Ctrl+Shift+A",),
                self.ask_anywhere_requested.emit,
            ),
        )

    def _zoom(self, step: int) -> None:
        self.zoom_requested.emit(step)

    def _open_palette(self) -> None:
        self._palette.open()

    def _inspector(self) -> None:
        if (page := self._workspace.current_page()) is not None:
            page.toggle_inspector()

    def _reader(self) -> None:
        if (page := self._workspace.current_page()) is not None:
            page.toggle_reader()

    def _choose_model(self) -> None:
        if (page := self._workspace.current_page()) is not None:
            page.choose_model()

    def _find(self) -> None:
        if (page := self._workspace.current_page()) is not None:
            page.pane.open_find()

    def _find_next(self, step: int) -> None:
        if (page := self._workspace.current_page()) is not None:
            page.pane.find_next(step)

    def _fit_sidebar(self) -> None:
        if self._sidebar is not None:
            self._sidebar.setVisible(self._wanted_sidebar and self.width() >= NARROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.oldSize().width() != event.size().width():
            crossed = (event.oldSize().width() >= NARROW) != (event.size().width() >= NARROW)
            if crossed:
                self._fit_sidebar()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._was_painted = True

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self._was_closed = True
        self.closing.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Porthole"))
        for action, command in zip(self._actions, self._commands, strict=True):
            action.setText(command.title())
