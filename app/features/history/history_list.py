"""The sidebar's list of conversations: grouped by age, searched as one types, tended by menu.

It owns which conversations are listed while the window is open, and says what the person wants
done with one; whoever made it does it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QEnterEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
    QMenu,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.core.conversation import ConversationInfo
from app.core.errors import PortholeError
from app.core.ports import HistoryStore
from app.features.history.list_model import HistoryListModel, RowRole
from app.features.history.row_delegate import RowDelegate
from app.kit.tasks import TaskScope
from app.kit.theme import Theme

SEARCH_DELAY_MS = 120


class ConversationListView(QListView):
    """A list view that chooses on Enter as well as on a click."""

    chosen = Signal(QModelIndex)
    delete_pressed = Signal(QModelIndex)
    approached = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setStyleSheet("QListView { background: transparent; border: none; outline: none; }")
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self.chosen)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.approached.emit()
        super().enterEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.approached.emit()
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.currentIndex().isValid():
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.chosen.emit(self.currentIndex())
                return
            if event.key() == Qt.Key.Key_Delete:
                self.delete_pressed.emit(self.currentIndex())
                return
        super().keyPressEvent(event)


class SearchBox(QLineEdit):
    """A search field from which Down leads into what was found, and Esc back."""

    down_pressed = Signal()
    escape_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escape_pressed.emit()
        else:
            super().keyPressEvent(event)


class HistoryList(QWidget):
    """Search box and list."""

    conversation_chosen = Signal(str, str)  # conversation id, message id or ""
    rename_requested = Signal(str)
    pin_requested = Signal(str, bool)
    duplicate_requested = Signal(str)
    delete_requested = Signal(str)
    search_failed = Signal(object)  # PortholeError
    approached = Signal()  # somebody may be about to choose one

    def __init__(
        self,
        *,
        theme: Theme,
        store: HistoryStore,
        language: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._scope = TaskScope(self._search_broke)
        self._conversations: dict[str, ConversationInfo] = {}
        self._running: frozenset[str] = frozenset()
        self._current = ""
        self._model = HistoryListModel(language, self)
        self._search = SearchBox()
        self._before: QWidget | None = None
        self._search.setClearButtonEnabled(True)
        self._view = ConversationListView()
        self._view.setModel(self._model)
        self._delegate = RowDelegate(theme)
        self._view.setItemDelegate(self._delegate)
        self._search_timer = QTimer(self)
        self._search_timer.setSingleShot(True)
        self._search_timer.setInterval(SEARCH_DELAY_MS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._view)
        self._connect()
        theme.changed.connect(self._restyle)
        self._retranslate()

    @property
    def search_box(self) -> QLineEdit:
        """The search field, for whoever places it."""
        return self._search

    def sizeHint(self) -> QSize:
        return QSize(232, 400)

    def set_conversations(self, conversations: Iterable[ConversationInfo]) -> None:
        self._conversations = {info.id: info for info in conversations}
        self._show()

    def put(self, info: ConversationInfo) -> None:
        """Add or refresh one; a conversation without messages is not listed."""
        if self._conversations.get(info.id) == info or not info.message_count:
            return
        self._conversations[info.id] = info
        self._show()

    def remove(self, conversation_id: str) -> ConversationInfo | None:
        info = self._conversations.pop(conversation_id, None)
        self._show()
        return info

    def info(self, conversation_id: str) -> ConversationInfo | None:
        return self._conversations.get(conversation_id)

    def set_running(self, running: Iterable[str]) -> None:
        """Which conversations have an answer on its way."""
        self._running = frozenset(running)
        self._show()

    def set_current(self, conversation_id: str) -> None:
        self._current = conversation_id
        self._select_current()

    def focus_search(self) -> None:
        if not self._search.hasFocus():
            self._before = QApplication.focusWidget()
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def _enter_list(self) -> None:
        """Go on in the list, at the first conversation where none is chosen."""
        self._view.setFocus(Qt.FocusReason.TabFocusReason)
        rows = (self._model.index(row) for row in range(self._model.rowCount()))
        if not self._view.currentIndex().isValid():
            first = next((i for i in rows if i.data(RowRole.CONVERSATION)), QModelIndex())
            self._view.setCurrentIndex(first)

    def _leave_search(self) -> None:
        """Show all conversations again, and give the focus back."""
        before, self._before = self._before, None
        self._search.clear()
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()

    async def close_scope(self) -> None:
        await self._scope.close()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._show()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._search.setPlaceholderText(self.tr("Search all history"))
        self._search.setAccessibleName(self.tr("Search all history"))
        self._view.setAccessibleName(self.tr("Conversations"))

    def _connect(self) -> None:
        self._view.approached.connect(self.approached)
        self._search.textChanged.connect(lambda _text: self._search_timer.start())
        self._search.returnPressed.connect(self._enter_list)
        self._search.down_pressed.connect(self._enter_list)
        self._search.escape_pressed.connect(self._leave_search)
        self._search_timer.timeout.connect(self._show)
        self._view.chosen.connect(self._choose)
        self._view.delete_pressed.connect(
            lambda index: self.delete_requested.emit(index.data(RowRole.CONVERSATION))
        )
        self._view.customContextMenuRequested.connect(self._show_menu)

    def _show(self) -> None:
        query = self._search.text().strip()
        self._scope.cancel()
        if query:
            self._scope.start(self._find(query), name="search history")
            return
        self._model.show_conversations(self._conversations, self._running)
        self._select_current()

    async def _find(self, query: str) -> None:
        hits = await self._store.search(query)
        self._model.show_hits(hits)

    def _search_broke(self, error: BaseException) -> None:
        if not isinstance(error, PortholeError):
            raise error
        self.search_failed.emit(error)

    def _restyle(self) -> None:
        """Rows have other colours and heights; what is chosen stays."""
        self._view.reset()
        self._select_current()

    def _select_current(self) -> None:
        row = self._model.row_of(self._current)
        index = self._model.index(row) if row >= 0 else QModelIndex()
        self._view.setCurrentIndex(index)

    def _choose(self, index: QModelIndex) -> None:
        conversation = index.data(RowRole.CONVERSATION)
        if conversation:
            self.conversation_chosen.emit(conversation, index.data(RowRole.MESSAGE) or "")

    def _show_menu(self, where: QPoint) -> None:
        conversation = self._view.indexAt(where).data(RowRole.CONVERSATION)
        if conversation:
            menu = self._menu_for(conversation)
            menu.popup(self._view.viewport().mapToGlobal(where))

    def _menu_for(self, conversation: str) -> QMenu:
        info = self._conversations.get(conversation)
        pinned = info is not None and info.pinned
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entries: tuple[tuple[str, Callable[[], None]], ...] = (
            (self.tr("Rename…"), lambda: self.rename_requested.emit(conversation)),
            (
                self.tr("Unpin") if pinned else self.tr("Pin"),
                lambda: self.pin_requested.emit(conversation, not pinned),
            ),
            (self.tr("Duplicate"), lambda: self.duplicate_requested.emit(conversation)),
            (self.tr("Delete"), lambda: self.delete_requested.emit(conversation)),
        )
        for text, act in entries:
            action = QAction(text, menu)
            action.triggered.connect(lambda _checked=False, act=act: act())
            menu.addAction(action)
        return menu
