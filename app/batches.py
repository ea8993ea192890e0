"""Batches in the window: their tabs, files that are dropped for one, and their end in order."""

from __future__ import annotations

import os
from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QWidget

from app.blobs_in_hand import BlobsInHand
from app.core.batch import Batch
from app.core.errors import PortholeError
from app.core.ports import ImageCodec
from app.features.actions.picture_actions import PictureActions
from app.features.connection.connections import Connections
from app.features.images.dropped import dropped_paths
from app.features.models.catalogue import Catalogue
from app.kit.notices import Notice, NoticeKind, Notices
from app.kit.tasks import TaskScope
from app.model_knowledge import ModelKnowledge
from app.program_parts import ProgramParts
from app.reports import Reports
from app.shell.workspace import BATCHES, Workspace

if TYPE_CHECKING:
    # What batches are made of is read in when there is one.
    from app.features.batch.batch_tab import BatchTab
    from app.features.batch.batches import Batches

MANY = 20
"""So many files dropped at once go with one message; for more a batch is offered."""


class BatchTabs(QObject):
    """Makes nothing before it is asked for. A batch's tab has the key `batch:` and its id."""

    page_wanted = Signal(str)  # key
    titled = Signal(str, str)  # key, title
    removed = Signal(str)  # key
    used = Signal()  # something was paid

    def __init__(
        self,
        parts: ProgramParts,
        *,
        connections: Connections,
        catalogue: Catalogue,
        models: ModelKnowledge,
        actions: PictureActions,
        codec: ImageCodec,
        blobs: BlobsInHand,
        notices: Notices,
        reports: Reports,
        tasks: TaskScope,
        take_files: Callable[[Sequence[str]], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._connections = connections
        self._catalogue = catalogue
        self._models = models
        self._actions = actions
        self._codec = codec
        self._blobs = blobs
        self._notices = notices
        self._report = reports.report
        self._tasks = tasks
        self._take_files = take_files
        self._made: Batches | None = None
        self._titles: dict[str, str] = {}
        self._tabs: dict[str, BatchTab] = {}

    @property
    def batches(self) -> Batches:
        """The batches; the first that asks has them made."""
        if self._made is None:
            from app.batch_world import BatchParts, batch_world
            from app.features.batch.batches import Batches

            given = BatchParts(
                self._parts,
                self._connections,
                self._catalogue,
                self._models,
                self._actions,
                self._codec,
                self._blobs,
                self._notices,
                self._tasks,
            )
            self._made = Batches(batch_world(given), self)
            self._made.went_wrong.connect(self._report)
            self._made.counted.connect(self.used)
        return self._made

    def begin(self) -> None:
        """For an idle moment after the start: names for the tabs, and what was not counted yet."""
        from app.adapters.batch_db import BatchFile

        if BatchFile(self._parts.directory).there:
            self.batches.begin()
            self._start(self._name_all(), "name batches")

    def join(self, workspace: Workspace) -> None:
        """Keep the tabs in step with the batches."""
        workspace.page_closed.connect(self.page_closed)
        self.page_wanted.connect(workspace.show_page)
        self.titled.connect(workspace.set_title)
        self.removed.connect(workspace.forget)

    def make(self, key: str) -> QWidget:
        """The page of a tab."""
        parts = self._parts
        if key == BATCHES:
            from app.features.batch.start_page import StartPage

            start = StartPage(
                self.batches.listed_with_counts,
                theme=parts.theme,
                icons=parts.icons,
                scope=self._tasks,
            )
            start.files_chosen.connect(self.take)
            start.batch_chosen.connect(lambda batch: self.page_wanted.emit(f"{BATCHES}{batch}"))
            start.removal_wanted.connect(
                lambda batch: self._start(self._remove(batch, start.refresh), "remove batch")
            )
            return start
        from app.features.batch.batch_tab import BatchTab

        tab = BatchTab(
            key.removeprefix(BATCHES),
            self.batches,
            theme=parts.theme,
            icons=parts.icons,
            service_name=self._service_name,
            on_error=self._report,
        )
        tab.opened.connect(lambda batch: self._opened(key, batch))
        self._tabs[key] = tab
        return tab

    def title_at(self, key: str) -> str:
        """What a tab is called."""
        if key == BATCHES:
            return self.tr("Batch images")
        name = self._titles.get(key, "")
        return self.tr("Batch: %1").replace("%1", name) if name else self.tr("Batch")

    def page_closed(self, key: str) -> None:
        """Nobody sees any more what a batch spends: it pauses."""
        self._tabs.pop(key, None)
        batch = key.removeprefix(BATCHES)
        for run in self.batches.running:
            if run.batch.id == batch:
                run.pause()

    def takes(self, mime: QMimeData) -> bool:
        """Whether what was dropped is for a batch; see `takes_files`."""
        return self.takes_files(dropped_paths(mime))

    def takes_files(self, paths: Sequence[str]) -> bool:
        """Whether these are for a batch: a folder, or more files than go with a message.

        Then a batch of them is opened, or for files it is asked whether that is meant.
        """
        if any(os.path.isdir(path) for path in paths):
            self.take(paths)
            return True
        if len(paths) > MANY:
            self._start(self._offer(paths), "offer a batch")
            return True
        return False

    def take(self, paths: Sequence[str]) -> None:
        """Open a new batch of these files and folders, with nothing asked yet."""
        self._start(self._open(paths), "new batch")

    async def close(self) -> None:
        """Pause, and save what still comes in."""
        for tab in self._tabs.values():
            await tab.close_scope()
        if self._made is not None:
            await self._made.close()

    # Within

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._tasks.start(self._told(work), name=name)

    async def _told(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except PortholeError as error:
            self._report(error)

    async def _open(self, paths: Sequence[str]) -> None:
        made = await self.batches.make(paths)
        if made is None:
            text = self.tr("There are no pictures and no PDFs in what was chosen.")
            self._notices.post(Notice(text, NoticeKind.WARNING))
            return
        run, found = made
        key = f"{BATCHES}{run.batch.id}"
        self._titles[key] = run.batch.title
        self.page_wanted.emit(key)
        if found.left_out:
            text = self.tr("A batch takes 10,000 files: %1 more were left out.")
            text = text.replace("%1", f"{found.left_out:,}")
            self._notices.post(Notice(text, NoticeKind.WARNING))
        elif found.others:
            text = self.tr(
                "Neither pictures nor PDFs, and left out: %1. "
                "Text, Word and Excel go too, where the files themselves are chosen."
            )
            self._notices.post(Notice(text.replace("%1", f"{found.others:,}")))

    async def _offer(self, paths: Sequence[str]) -> None:
        from app.features.batch.confirm import offer_batch

        chosen = await offer_batch(self._parts.window, len(paths))
        if chosen == "batch":
            await self._open(paths)
        elif chosen == "message":
            self._take_files(paths)

    async def _remove(self, batch: str, then: Callable[[], None]) -> None:
        from app.features.batch.confirm import confirm_delete

        title = next((b.title for b in await self.batches.listed() if b.id == batch), "")
        if await confirm_delete(self._parts.window, title):
            # Its tab goes first: it would show, and might ask about, what is no more.
            self.removed.emit(f"{BATCHES}{batch}")
            await self.batches.delete(batch)
            then()

    async def _name_all(self) -> None:
        for batch in await self.batches.listed():
            self._name(f"{BATCHES}{batch.id}", batch)

    def _opened(self, key: str, batch: Batch | None) -> None:
        if batch is not None:
            self._name(key, batch)
        else:
            self.titled.emit(key, self.tr("Removed batch"))

    def _name(self, key: str, batch: Batch) -> None:
        self._titles[key] = batch.title
        self.titled.emit(key, self.title_at(key))

    def _service_name(self, profile_id: str) -> str:
        profile = self._connections.profile(profile_id)
        return profile.name if profile is not None else profile_id
