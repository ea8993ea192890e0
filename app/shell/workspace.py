"""The tabs and what stands in them: conversations, one each, pages of features, the settings.

Owns which tabs are open, their order and which is in front, and remembers it on the disk. A page
is made when its tab first comes to the front; a conversation streams on behind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.core.conversation import ConversationInfo, ScrollAnchor, TabState
from app.core.errors import PortholeError, StorageError
from app.core.ports import HistoryStore
from app.features.chat.page import ChatPage
from app.features.chat.session import ChatSession
from app.features.chat.sessions import ChatSessions
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.tasks import TaskScope
from app.kit.theme import Theme
from app.shell.tab_strip import TabStrip

SETTINGS = "settings"
BATCHES = "batch:"
"""The page where batches begin; one of them is at this, followed by its id."""
SAVE_MS = 400
CLOSED_KEPT = 20


@dataclass(slots=True)
class _Tab:
    scroll: ScrollAnchor
    title: str = ""
    page: QWidget | None = None
    unread: bool = False


def is_conversation(key: str) -> bool:
    """Whether a tab's key is a conversation's id: pages of features have a colon in theirs."""
    return key != SETTINGS and ":" not in key


class Workspace(QWidget):
    """Tab strip above, the page in front below.

    `make_page_at` makes a feature's page by its tab's key, `title_at` answers what such a tab is
    called for as long as nobody has said (`set_title`).
    """

    current_changed = Signal(object)  # ChatPage, or None for the settings and features' pages
    page_closed = Signal(str)  # key of a feature's page
    page_made = Signal(object)  # ChatPage
    info_changed = Signal(object)  # ConversationInfo of an open conversation
    running_changed = Signal(object)  # frozenset of conversation ids
    went_wrong = Signal(object)  # BaseException

    def __init__(
        self,
        *,
        theme: Theme,
        icons: Icons,
        store: HistoryStore,
        sessions: ChatSessions,
        make_page: Callable[[ChatSession], ChatPage],
        make_settings: Callable[[], QWidget],
        make_page_at: Callable[[str], QWidget],
        title_at: Callable[[str], str],
    ) -> None:
        super().__init__()
        self._store = store
        self._sessions = sessions
        self._make_page = make_page
        self._make_settings = make_settings
        self._make_page_at = make_page_at
        self._title_at = title_at
        self._scope = TaskScope(self.went_wrong.emit)
        self._tabs: dict[str, _Tab] = {}
        self._closed: list[TabState] = []
        self._strip = TabStrip(theme=theme, icons=icons)
        self._stack = QStackedWidget()
        self._blank = QWidget()
        self._save_timer = QTimer(self)
        self._save_timer.setSingleShot(True)
        self._save_timer.setInterval(SAVE_MS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._strip)
        layout.addWidget(self._stack, 1)
        set_kind(self._blank, "canvas")
        self._blank.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stack.addWidget(self._blank)
        self._connect()

    def _connect(self) -> None:
        self._strip.chosen.connect(self._show_tab)
        self._strip.close_requested.connect(self.close_tab)
        self._strip.new_requested.connect(self.new_conversation)
        self._strip.moved.connect(self._save_timer.start)
        self._save_timer.timeout.connect(self._save)
        self._sessions.opened.connect(self._follow)

    # What the window asks for

    def restore(self, tabs: Sequence[TabState], current: int, titles: Callable[[str], str]) -> None:
        """Open these tabs; only the one in front is loaded. With none, a new conversation."""
        for state in tabs:
            if state.conversation not in self._tabs:
                title = titles(state.conversation) or self._title_of_page(state.conversation)
                self._add(state.conversation, title, state.scroll)
        if not self._tabs:
            self.new_conversation()
            return
        keys = self._strip.order()
        self._strip.choose(keys[min(max(current, 0), len(keys) - 1)])

    def new_conversation(self) -> ChatPage:
        """A tab with a new conversation, in front; one that is still empty is used again."""
        page = self.current_page()
        if page is not None and page.is_untouched:
            page.focus_composer()
            return page
        session = self._sessions.new()
        self._add(session.info.id, "", ScrollAnchor())
        self._strip.choose(session.info.id)
        made = self.current_page()
        assert made is not None
        return made

    def open_conversation(self, conversation_id: str, message_id: str = "") -> None:
        """Bring a conversation to the front, opening a tab where it has none."""
        scroll = ScrollAnchor(message_id or None)
        if conversation_id not in self._tabs:
            untouched = self.current_page()
            self._add(conversation_id, "", scroll)
            if untouched is not None and untouched.is_untouched:
                self._discard(untouched.session.info.id)
        elif message_id:
            self._tabs[conversation_id].scroll = scroll
        self._strip.choose(conversation_id)
        page = self._tabs[conversation_id].page
        if message_id and isinstance(page, ChatPage):
            page.restore_scroll(scroll)

    def show_settings(self) -> QWidget:
        return self.show_page(SETTINGS)

    def show_batches(self) -> QWidget:
        return self.show_page(BATCHES)

    def show_page(self, key: str) -> QWidget:
        """Bring a feature's page, or the settings, to the front, in the tab it may have."""
        if key not in self._tabs:
            self._add(key, self._title_of_page(key), ScrollAnchor())
        self._strip.choose(key)
        page = self._tabs[key].page
        assert page is not None
        return page

    def set_title(self, key: str, title: str) -> None:
        """What a feature's page is called from now on."""
        if key in self._tabs:
            self._tabs[key].title = title
            self._strip.set_title(key, title or self._untitled())

    def close_current(self) -> None:
        if current := self._strip.current():
            self.close_tab(current)

    def close_tab(self, key: str) -> None:
        """Close a tab; what streams in it is stopped and kept. The last one leaves a new one."""
        tab = self._tabs.get(key)
        if tab is None:
            return
        page = tab.page
        if key != SETTINGS and not (isinstance(page, ChatPage) and page.is_untouched):
            scroll = page.scroll_anchor() if isinstance(page, ChatPage) else tab.scroll
            self._closed = [*self._closed, TabState(key, scroll)][-CLOSED_KEPT:]
        if len(self._tabs) == 1:
            session = self._sessions.new()
            self._add(session.info.id, "", ScrollAnchor())
        self._discard(key)
        self._show_tab(self._strip.current())

    def reopen_closed(self) -> None:
        while self._closed:
            state = self._closed.pop()
            if state.conversation not in self._tabs:
                self._add(state.conversation, self._title_of_page(state.conversation), state.scroll)
                self._strip.choose(state.conversation)
                return

    def forget(self, conversation_id: str) -> None:
        """The conversation was deleted: its tab goes, and is not reopened."""
        self.close_tab(conversation_id)
        self._closed = [tab for tab in self._closed if tab.conversation != conversation_id]

    def step(self, by: int) -> None:
        """To the next or previous tab, round the end."""
        keys = self._strip.order()
        place = keys.index(self._strip.current())
        self._strip.choose(keys[(place + by) % len(keys)])

    def has_tab(self, conversation_id: str) -> bool:
        return conversation_id in self._tabs

    def current_page(self) -> ChatPage | None:
        """The conversation in front; None while the settings are, or while it still loads."""
        tab = self._tabs.get(self._strip.current())
        return tab.page if tab is not None and isinstance(tab.page, ChatPage) else None

    def titles(self) -> tuple[str, ...]:
        """The tabs' titles, left to right."""
        return tuple(self._tabs[key].title for key in self._strip.order())

    async def finish(self) -> None:
        """Remember the tabs, then end all sessions with everything saved."""
        self._save_timer.stop()
        self._save()
        await self._scope.drain()
        await self._scope.close()
        await self._sessions.close_all()

    # Within

    def _add(self, key: str, title: str, scroll: ScrollAnchor) -> None:
        self._tabs[key] = _Tab(scroll, title)
        keys = self._strip.order()
        after = keys.index(self._strip.current()) + 1 if keys else 0
        restoring = all(other.page is None for other in self._tabs.values())
        self._strip.add(key, title or self._untitled(), at=len(keys) if restoring else after)
        self._save_timer.start()

    def _discard(self, key: str) -> None:
        tab = self._tabs.pop(key)
        self._strip.remove(key)
        if tab.page is not None:
            self._stack.removeWidget(tab.page)
            if isinstance(tab.page, ChatPage):
                tab.page.let_go()
            tab.page.deleteLater()
        if is_conversation(key):
            self._scope.start(self._sessions.close(key), name="close conversation")
        elif key != SETTINGS:
            self.page_closed.emit(key)
        self._save_timer.start()

    def _show_tab(self, key: str) -> None:
        tab = self._tabs.get(key)
        if tab is None:
            return
        if tab.page is None and not is_conversation(key):
            tab.page = self._make_settings() if key == SETTINGS else self._make_page_at(key)
            self._stack.addWidget(tab.page)
        elif tab.page is None:
            session = self._sessions.get(key)
            if session is None:
                # What was in front must not seem to be this one, and take what is typed now.
                self._stack.setCurrentWidget(self._blank)
                self._scope.start(self._load(key), name="open conversation")
                return
            self._make(key, session)
        self._save_timer.start()
        assert tab.page is not None
        self._stack.setCurrentWidget(tab.page)
        tab.unread = False
        self._mark(key)
        page = tab.page if isinstance(tab.page, ChatPage) else None
        if page is not None:
            page.focus_composer()
        self.current_changed.emit(page)

    async def _load(self, key: str) -> None:
        tab = self._tabs.get(key)
        try:
            session = await self._sessions.open(key, tab.scroll.message if tab else None)
        except StorageError as error:
            self.went_wrong.emit(error)
            return
        if session is None:
            # It was deleted, or its draft was never kept: there is nothing behind this tab.
            if key in self._tabs:
                self._closed = [tab for tab in self._closed if tab.conversation != key]
                if len(self._tabs) == 1:
                    self._add(self._sessions.new().info.id, "", ScrollAnchor())
                self._discard(key)
                self._show_tab(self._strip.current())
            return
        if key in self._tabs and key == self._strip.current():
            self._show_tab(key)

    def _make(self, key: str, session: ChatSession) -> None:
        tab = self._tabs[key]
        page = tab.page = self._make_page(session)
        self._stack.addWidget(page)
        page.restore_scroll(tab.scroll)
        page.scrolled.connect(self._save_timer.start)
        self._rename(session.info)
        self.page_made.emit(page)

    def _follow(self, session: ChatSession) -> None:
        key = session.info.id
        session.info_changed.connect(self._rename)
        session.info_changed.connect(self.info_changed)
        session.state_changed.connect(lambda _state: self._mark(key))
        session.state_changed.connect(lambda _state: self._tell_running())
        session.reply_ended.connect(lambda _message: self._note_reply(key))

    def _note_reply(self, key: str) -> None:
        if key in self._tabs and key != self._strip.current():
            self._tabs[key].unread = True
            self._mark(key)

    def _tell_running(self) -> None:
        running = frozenset(s.info.id for s in self._sessions.all() if s.busy)
        self.running_changed.emit(running)

    def _mark(self, key: str) -> None:
        if key in self._tabs:
            session = self._sessions.get(key)
            busy = session is not None and session.busy
            self._strip.set_marked(key, busy or self._tabs[key].unread)

    def _rename(self, info: ConversationInfo) -> None:
        if info.id in self._tabs:
            self._tabs[info.id].title = info.title
            self._strip.set_title(info.id, info.title or self._untitled())

    def _untitled(self) -> str:
        return self.tr("New conversation")

    def _title_of_page(self, key: str) -> str:
        if is_conversation(key):
            return ""
        return self.tr("Settings") if key == SETTINGS else self._title_at(key)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            for key, tab in self._tabs.items():
                tab.title = self._title_of_page(key) or tab.title
                self._strip.set_title(key, tab.title or self._untitled())
        super().changeEvent(event)

    def tab_states(self) -> tuple[tuple[TabState, ...], int]:
        """The tabs as they are remembered, and which of them is in front."""
        keys = [key for key in self._strip.order() if key != SETTINGS]
        states = []
        for key in tuple(keys):
            page = self._tabs[key].page
            if isinstance(page, ChatPage) and page.is_untouched:
                keys.remove(key)  # nothing of it was ever stored
                continue
            scroll = page.scroll_anchor() if isinstance(page, ChatPage) else self._tabs[key].scroll
            states.append(TabState(key, scroll))
        current = self._strip.current()
        return tuple(states), keys.index(current) if current in keys else 0

    def _save(self) -> None:
        states, current = self.tab_states()
        self._scope.start(self._write(states, current), name="save tabs")

    async def _write(self, states: tuple[TabState, ...], current: int) -> None:
        try:
            await self._store.save_tabs(states, current)
        except PortholeError as error:
            self.went_wrong.emit(error)
