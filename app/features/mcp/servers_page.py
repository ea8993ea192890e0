"""The settings page of MCP servers: listed, added by a form or a paste, and looked at below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.core.ids import new_id
from app.core.mcp import McpServer, McpState
from app.core.mcp_paste import Pasted
from app.core.visible_text import visible_line
from app.features.mcp.paste_box import PasteBox
from app.features.mcp.server_form import Filled, ServerForm
from app.features.mcp.server_list import ServerList, Standing
from app.features.mcp.server_panel import ServerPanel
from app.features.mcp.servers import Servers
from app.features.mcp.words import state_word
from app.kit.icons import Icons
from app.kit.notices import Notice, NoticeKind, Notices
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.flow_area import FlowArea
from app.kit.widgets.plain_label import PlainLabel

LIST_HEIGHT, LIST_EDGE, NAME = 220, 5, 80
LATER_MS = 100
"""However much servers say, the page is brought up to date no more often than this."""
COLOURS = {McpState.READY: "ok", McpState.FAILED: "error", McpState.ENDED: "warn"}


class ServersPage(QWidget):
    """Shows the servers; what is done to them, `Servers` does."""

    def __init__(self, *, servers: Servers, notices: Notices, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._servers, self._notices, self._theme = servers, notices, theme
        self._current = ""
        self._editing = ""
        self._title, self._about, self._empty = PlainLabel(), PlainLabel(), PlainLabel()
        self._list = ServerList(theme=theme)
        self._add, self._paste = QPushButton(), QPushButton()
        self._form = ServerForm(theme=theme, icons=icons)
        self._box = PasteBox()
        self._panel = ServerPanel(servers=servers, theme=theme, icons=icons)
        self._stale: set[str] = set()
        self._later = QTimer(self, singleShot=True, interval=LATER_MS)
        self._build()
        self._connect()
        self._retranslate()

    def title(self) -> str:
        return self.tr("MCP servers")

    @property
    def panel(self) -> ServerPanel:
        """What is shown of the server chosen."""
        return self._panel

    def show_server(self, server_id: str) -> None:
        """Choose a server in the list."""
        self._current = server_id
        self._refresh()

    def _build(self) -> None:
        set_kind(self._title, "title")
        for label in (self._about, self._empty):
            set_kind(label, "caption")
            label.setWordWrap(True)
        buttons = FlowArea(gap=6, most_height=160)
        for button in (self._add, self._paste):
            set_kind(button, "secondary")
            buttons.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        top = (self._title, self._about, buttons, self._empty, self._list)
        for part in (*top, self._form, self._box, self._panel):
            column.addWidget(part)
        column.addStretch(1)
        self._form.hide()
        self._box.hide()

    def _connect(self) -> None:
        servers, panel = self._servers, self._panel
        servers.changed.connect(self._refresh)
        servers.switches_changed.connect(panel.refresh)
        servers.state_changed.connect(self._note)
        self._later.timeout.connect(self._refresh_stale)
        self._list.currentRowChanged.connect(self._chosen)
        self._add.clicked.connect(lambda: self._edit(""))
        self._paste.clicked.connect(self._begin_paste)
        self._form.saved.connect(self._save)
        self._form.cancelled.connect(self._close_forms)
        self._box.pasted.connect(self._take)
        self._box.cancelled.connect(self._close_forms)
        panel.edit_requested.connect(lambda: self._edit(self._current))
        panel.copy_requested.connect(self._duplicate)
        panel.delete_requested.connect(self._remove)
        self._theme.changed.connect(self._fit)
        context = Qt.ShortcutContext.WidgetShortcut
        QShortcut(QKeySequence(Qt.Key.Key_Delete), self._list, self._remove, context=context)

    # What is shown

    def _refresh(self) -> None:
        """Bring all in line with the servers; the one that was chosen stays chosen."""
        servers = self._servers.all
        place = next((i for i, s in enumerate(servers) if s.id == self._current), -1)
        if place < 0 and servers:
            place = min(max(self._list.currentRow(), 0), len(servers) - 1)
        self._current = servers[place].id if servers else ""
        self._list.show_servers([self._standing(server) for server in servers], place)
        self._fit()
        self._empty.setVisible(not servers)
        self._list.setVisible(bool(servers))
        for button in (self._add, self._paste):
            button.setEnabled(not self._servers.is_full)
        self._show_panel()

    def _show_panel(self) -> None:
        server = self._servers.get(self._current)
        asked = not (self._form.isHidden() and self._box.isHidden())
        self._panel.setVisible(server is not None and not asked)
        if server is not None:
            self._panel.show_server(server)

    def _standing(self, server: McpServer) -> Standing:
        status, offer = self._servers.status(server.id), self._servers.offer(server.id)
        words = [state_word(status)] if server.enabled else [self.tr("Not used")]
        if not server.may_start:
            words = [self.tr("Not allowed yet")]
        counts = (
            (self.tr("tools: %1"), len(offer.tools)),
            (self.tr("prompts: %1"), len(offer.prompts)),
            (self.tr("resources: %1"), len(offer.resources)),
        )
        words += [said.replace("%1", str(count)) for said, count in counts if count]
        colour = COLOURS.get(status.state, "text_2")
        return Standing(visible_line(server.name, NAME), " · ".join(words), colour)

    def _note(self, server_id: str) -> None:
        self._stale.add(server_id)
        if self.isVisible() and not self._later.isActive():
            self._later.start()

    def _refresh_stale(self) -> None:
        stale, self._stale = self._stale, set()
        if stale:
            servers = self._servers.all
            place = next((i for i, s in enumerate(servers) if s.id == self._current), -1)
            self._list.show_servers([self._standing(server) for server in servers], place)
        if self._current in stale:
            self._panel.refresh()

    def _chosen(self, row: int) -> None:
        servers = self._servers.all
        if 0 <= row < len(servers):
            self._current = servers[row].id
            self._close_forms()

    def _fit(self) -> None:
        rows = sum(self._list.sizeHintForRow(row) for row in range(self._list.count()))
        self._list.setFixedHeight(min(rows + 2 * LIST_EDGE, self._theme.px(LIST_HEIGHT)))

    # What is done

    def _edit(self, server_id: str) -> None:
        """Open the form for that server, or for a new one."""
        self._close_forms()
        self._editing = server_id
        self._form.show_server(self._servers.get(server_id))
        self._form.show()
        self._show_panel()

    def _begin_paste(self) -> None:
        self._close_forms()
        self._box.show()
        self._box.begin()
        self._show_panel()

    def _close_forms(self) -> None:
        self._form.hide()
        self._box.hide()
        self._editing = ""
        self._show_panel()

    def _save(self, filled: Filled) -> None:
        editing = self._editing
        self._close_forms()
        if editing:
            self._servers.change(editing, filled.name, filled.way, filled.secrets)
            return
        self._put(McpServer(new_id(), filled.name, filled.way), filled.secrets)

    def _take(self, pasted: Sequence[Pasted]) -> None:
        self._close_forms()
        taken = [one for one in pasted if self._put(one.server, one.values)]
        if len(taken) < len(pasted):
            text = self.tr("There is no room for more servers.")
            self._notices.post(Notice(text, NoticeKind.WARNING))
        if taken:
            self.show_server(taken[0].server.id)
        wanting = [
            name for one in taken for name in one.server.way.secrets if name not in one.values
        ]
        if wanting:
            text = self.tr("Edit the server and enter what is still needed: %1")
            names = visible_line(", ".join(wanting))
            self._notices.post(Notice(text.replace("%1", names), NoticeKind.WARNING))

    def _put(self, server: McpServer, secrets: Mapping[str, str]) -> bool:
        self._current = server.id
        return self._servers.add(server, secrets)

    def _duplicate(self) -> None:
        copy = self._servers.duplicate(self._current)
        if copy is not None:
            self.show_server(copy.id)

    def _remove(self) -> None:
        gone = self._servers.get(self._current)
        if gone is None:
            return
        restore = self._servers.remove(gone.id)
        text = self.tr("The server “%1” was deleted.")
        text = text.replace("%1", visible_line(gone.name, NAME))
        self._notices.post(Notice(text, action=self.tr("Undo"), act=restore))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.title())
        self._about.setText(
            self.tr(
                "Programs and addresses that lend tools, prompts and resources to the model. "
                "Nothing runs before you have seen the command; each server gets little of your "
                "environment, and ends with Porthole."
            )
        )
        self._empty.setText(self.tr("There are no servers yet."))
        self._list.setAccessibleName(self.tr("MCP servers"))
        self._add.setText(self.tr("+ Add a server"))
        self._paste.setText(self.tr("Paste JSON…"))
        self._refresh()
