"""The running program: the window's parts built and joined, a paragraph each, and ended in order.

`bootstrap` makes what it stands on and runs the loop; nothing here is reached from below.
"""

from __future__ import annotations

import os

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.adapters.images.codec import ChildImageCodec
from app.adapters.math.setter import ChildFormulaSetter
from app.adapters.model_cache import ModelCacheFiles
from app.batches import BatchTabs
from app.blobs_in_hand import BlobsInHand
from app.core.conversation import ConversationInfo
from app.core.ports import HistoryStore, StartState
from app.core.settings import DEMO_PROFILE, LanguageChoice
from app.core.wish import OPEN, Start, Wish
from app.errands import Errands
from app.features.actions.picture_actions import PictureActions
from app.features.chat.page import ChatPage
from app.features.chat.session import ChatSession
from app.features.chat.sessions import ChatSessions
from app.features.connection.connections import Connections
from app.features.history.history_list import HistoryList
from app.features.images.thumbnails import Thumbnails
from app.features.models.catalogue import Catalogue
from app.features.network.networks import Networks
from app.features.parameters.presets import Presets
from app.incoming import Incoming
from app.key_look import KeyLook
from app.kit.clipboard import leave_plain_text
from app.kit.collector import Collector
from app.kit.markdown.formulas import Formulas
from app.kit.notices import Notice, NoticeKind, Notices
from app.kit.settings_holder import SettingsHolder
from app.kit.tasks import TaskScope
from app.links_out import LinksOut
from app.looks import Looks
from app.mcp_servers import McpHere
from app.model_knowledge import ModelKnowledge
from app.pages import Pages
from app.program_parts import ProgramParts
from app.reading_here import ReadingHere
from app.reports import Reports
from app.services import ServiceMaker, demo_models, load_models, probe, system_proxy
from app.settings_pages import SettingsPages
from app.settings_saving import SettingsSaving
from app.shell.sidebar import Sidebar
from app.shell.status_bar import StatusBar
from app.shell.workspace import Workspace
from app.status_line import StatusLine
from app.tending import Tending
from app.tool_sources import make_toolbox
from app.warmth import Warmth

ONCE = Qt.ConnectionType.SingleShotConnection


class Program(QObject):
    """Everything that lives as long as the window. `demo`: talk with the inner service only."""

    def __init__(self, parts: ProgramParts, *, demo: bool = False) -> None:
        super().__init__()
        self._parts = parts
        self._forced_demo = demo
        self._typed = ""
        self.notices = Notices(self)
        self._reports = Reports(self.notices)
        self._scope = TaskScope(self._reports.report)
        self._saving = SettingsSaving(
            parts.directory, lambda: self.settings.value, self._reports.report
        )

        self.settings = SettingsHolder(parts.settings, save=self._saving.save, parent=self)
        self._looks = Looks(
            settings=self.settings, theme=parts.theme, language=parts.language, parent=self
        )

        # Pictures: decoded in one child process, read in another.
        self.codec = ChildImageCodec()
        self.reading = ReadingHere(parts, settings=self.settings, tasks=self._scope, parent=self)
        self.thumbnails = Thumbnails(read_blob=parts.store.blob, scope=self._scope, parent=self)

        # Formulas in answers: set in a child process of their own.
        self._setter = ChildFormulaSetter()
        self._formulas = Formulas(setter=self._setter, scope=self._scope, parent=self)

        # Services and what they offer; keys stay behind `parts.keys`.
        blobs = BlobsInHand(parts.store.blob)
        self._maker = ServiceMaker(
            settings=lambda: self.settings.value, read_blob=blobs.read, reader=self.reading.reader
        )
        self.connections = Connections(
            settings=self.settings,
            keys=parts.keys,
            make_service=self._maker.make,
            demo_address=self._maker.demo_address,
            environ=os.environ,
            parent=self,
        )
        self.networks = Networks(
            settings=self.settings,
            keys=parts.keys,
            probe=probe,
            system_proxy=system_proxy,
            parent=self,
        )
        self.networks.password_changed.connect(self.connections.network_changed)
        self.keys = KeyLook(self.connections, self._scope, self)
        self.catalogue = Catalogue(
            load=lambda profile: load_models(self.connections, profile),
            tasks=self._scope,
            cache=ModelCacheFiles(parts.directory),
            address=self.connections.address_of,
            parent=self,
        )
        self.catalogue.put(DEMO_PROFILE, demo_models(self.reading.reader))  # without asking it

        models = ModelKnowledge(self.catalogue, self.settings, self.reading.earlier)
        presets = Presets(self.settings, self)
        actions = PictureActions(self.settings, lambda: parts.language.code, self)
        self.tools = make_toolbox(parts, self.settings, self.codec, self.reading.documents.reader)

        # Conversations, and the window round them.
        self._errands = Errands(
            window=parts.window,
            theme=parts.theme,
            icons=parts.icons,
            store=parts.store,
            codec=self.codec,
            texts=self.reading.texts,
            notices=self.notices,
            key_in_use=self.connections.key_in_use,
            scope=self._scope,
        )
        self.links = LinksOut(
            window=parts.window, settings=self.settings, notices=self.notices, scope=self._scope
        )
        self._pages = Pages(
            parts,
            settings=self.settings,
            connections=self.connections,
            catalogue=self.catalogue,
            models=models,
            tools=self.tools,
            presets=presets,
            actions=actions,
            codec=self.codec,
            thumbnails=self.thumbnails,
            formulas=self._formulas,
            errands=self._errands,
            reading=self.reading,
            links=self.links,
            notices=self.notices,
            reports=self._reports,
            tasks=self._scope,
            parent=self,
        )
        self._followed = self._new_profile()
        self.mcp = McpHere(
            parts, self.settings, self.tools, self._reports.report, tasks=self._scope, parent=self
        )
        self.sessions = ChatSessions(
            store=parts.store,
            services=self.connections,
            models=models,
            tools=self.tools,
            default_model=lambda profile, pictures: self._pages.default_model(profile, pictures),
            new_profile=self._new_profile,
            ready=self.keys.sure,
            parent=self,
        )
        self.history = HistoryList(
            theme=parts.theme, store=parts.store, language=lambda: parts.language.code
        )
        self.batches = BatchTabs(
            parts,
            connections=self.connections,
            catalogue=self.catalogue,
            models=models,
            actions=actions,
            codec=self.codec,
            blobs=blobs,
            notices=self.notices,
            reports=self._reports,
            tasks=self._scope,
            take_files=lambda paths: self._front_page().take_files(paths),
            parent=self,
        )
        self.workspace = Workspace(
            theme=parts.theme,
            icons=parts.icons,
            store=parts.store,
            sessions=self.sessions,
            make_page=self._pages.make,
            make_settings=self._make_settings,
            make_page_at=self.batches.make,
            title_at=self.batches.title_at,
        )
        self.status = StatusBar(theme=parts.theme)
        self._status_line = StatusLine(
            self.status,
            front=self._front_session,
            connections=self.connections,
            catalogue=self.catalogue,
            store=parts.store,
            tasks=self._scope,
            parent=self,
        )
        self.window = parts.window
        self.window.furnish(
            icons=parts.icons,
            sidebar=Sidebar(theme=parts.theme, icons=parts.icons, history=self.history),
            workspace=self.workspace,
            status=self.status,
            notices=self.notices,
            focus_search=self.history.focus_search,
            named_key=actions.name_of_key,
        )
        self.incoming = Incoming(
            parts,
            settings=self.settings,
            sessions=self.sessions,
            workspace=self.workspace,
            pages=self._pages,
            batches=self.batches,
            notices=self.notices,
            report=self._reports.report,
            tasks=self._scope,
        )
        self._settings_pages = SettingsPages(
            parts,
            settings=self.settings,
            connections=self.connections,
            networks=self.networks,
            catalogue=self.catalogue,
            presets=presets,
            actions=actions,
            mcp=self.mcp.servers,
            notices=self.notices,
            tasks=self._scope,
            toolbox=self.tools,
            hot_keys=self.incoming.hot_keys,
            reads_pictures=self.reading.reader.available,
            parent=self,
        )
        self._tending = Tending(
            window=self.window,
            store=parts.store,
            sessions=self.sessions,
            history=self.history,
            workspace=self.workspace,
            notices=self.notices,
            scope=self._scope,
        )
        front = self.workspace.current_page
        self._warmth = Warmth(self.keys, self.catalogue, self.codec, front, self._scope, self)
        self._collector = Collector(lambda: any(s.busy for s in self.sessions.all()), self)
        self._connect()

    def _connect(self) -> None:
        window, space = self.window, self.workspace
        self.history.conversation_chosen.connect(space.open_conversation)
        self.history.approached.connect(self._warmth.load_reading, ONCE)
        self.history.search_failed.connect(self._reports.report)
        space.info_changed.connect(self._info_changed)
        space.running_changed.connect(self.history.set_running)
        space.running_changed.connect(self._status_line.refresh)
        space.running_changed.connect(self.reading.set_running)
        space.current_changed.connect(self._current_changed)
        space.went_wrong.connect(self._reports.report)
        self.batches.join(space)
        self.batches.used.connect(self._status_line.count_today)
        self.sessions.opened.connect(self._follow)
        self.connections.changed.connect(self._connections_changed)
        self.connections.connection_tested.connect(self.catalogue.put)
        self.connections.service_renewed.connect(self.catalogue.forget)
        self.catalogue.changed.connect(self._status_line.refresh)
        self._pages.key_wanted.connect(self._ask_key)
        for wanted in (self._pages.settings_wanted, window.settings_page_requested):
            wanted.connect(lambda page: self._settings_pages.show(space.show_settings(), page))
        self._pages.branch_wanted.connect(self._tending.branch)
        self._pages.page_went.connect(self._collector.something_went)
        self._pages.typing_started.connect(self._warmth.warm_up)
        self.incoming.expected.connect(self._warmth.expect_picture)
        window.sidebar_toggled.connect(lambda on: self.settings.replace(sidebar_shown=on))
        window.zoom_requested.connect(self._looks.zoom)

    @property
    def store(self) -> HistoryStore:
        return self._parts.store

    # The window

    def show(self, start: StartState, wanted: Start = OPEN) -> None:
        """Open the tabs of last time, show the window if it is wished for, and begin the rest."""
        self.history.set_conversations(start.conversations)
        titles = {info.id: info.title for info in start.conversations}
        self._typed = self.window.open_up()
        self.workspace.current_changed.connect(self._take_typed)
        self.workspace.restore(start.tabs, start.current, lambda key: titles.get(key, ""))
        if wanted.wish is Wish.OPEN:
            self.window.show()
        QTimer.singleShot(0, self._begin_rest)
        if start.interrupted:
            text = self.tr("Porthole ended while an answer was arriving. What had come is kept.")
            self.notices.post(Notice(text, NoticeKind.WARNING))
        self.incoming.take(wanted, bring_forward=False)

    async def finish(self) -> None:
        """Save everything, stop everything; the window is gone when this returns."""
        geometry = self.window.saveGeometry().toBase64().data()
        self.settings.replace(window_geometry=bytes(geometry).decode())
        self.window.hide()
        self.incoming.asking.close()
        self._collector.end()
        await self.workspace.finish()
        await self.batches.close()
        await self.history.close_scope()
        await self.mcp.close()
        await self._scope.close()
        self.settings.flush()
        await self._saving.close()
        await self.connections.close()
        await self._maker.close()
        await self.reading.close()
        await self.codec.close()
        await self._setter.close()
        await self._parts.store.close()
        leave_plain_text()
        self.window.deleteLater()
        self._parts.language.choose(LanguageChoice.ENGLISH)

    # Pages

    def _make_settings(self) -> QWidget:
        self.keys.now()
        return self._settings_pages.make()

    def _ask_key(self) -> None:
        """Open the settings where the key of the default service is entered."""
        self._settings_pages.ask_key(self.workspace.show_settings())

    def _new_profile(self) -> str:
        return DEMO_PROFILE if self._forced_demo else self.connections.for_new()[0]

    # What happens

    def _follow(self, session: ChatSession) -> None:
        session.went_wrong.connect(self._reports.report)
        session.saved_again.connect(self._reports.saved_again)
        self._status_line.follow(session)

    def _info_changed(self, info: ConversationInfo) -> None:
        self.history.put(info)
        self._status_line.refresh()

    def _current_changed(self, page: ChatPage | None) -> None:
        self.history.set_current(page.session.info.id if page else "")
        self._warmth.come_to_front(page)
        self._status_line.refresh()

    def _connections_changed(self) -> None:
        """A key came or went, or a service was changed."""
        self.catalogue.follow_addresses()
        before, self._followed = self._followed, self._new_profile()
        self._pages.follow(before, self._followed)
        self._status_line.refresh()

    def _front_session(self) -> ChatSession | None:
        page = self.workspace.current_page()
        return page.session if page is not None else None

    def _front_page(self) -> ChatPage:
        return self.workspace.current_page() or self.workspace.new_conversation()

    # After the first paint

    def _take_typed(self, page: ChatPage | None) -> None:
        """What was typed while the program was read in goes into the first page."""
        if page is not None and self._typed:
            page.insert_text(self._typed)
            self._typed = ""

    def _begin_rest(self) -> None:
        """What can wait: looking through what the start left, and clearing up."""
        self._collector.begin()
        self.keys.later()
        self._status_line.count_today()
        self.batches.begin()
        self.incoming.begin()
        self._warmth.begin()
        self.reading.texts.follow()
        self.mcp.begin()
        self._tending.purge()
