"""A batch as a page: what is asked, how far it is, and a row a file."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.core.batch import BatchRow, RowState
from app.core.errors import ImageError, PortholeError
from app.features.batch import confirm, words
from app.features.batch.batch_footer import BatchFooter
from app.features.batch.batch_header import BatchHeader
from app.features.batch.batch_run import BatchRun
from app.features.batch.progress_line import ProgressLine
from app.features.batch.result_pane import ResultPane
from app.features.batch.row_table import RowTable
from app.features.batch.row_table_model import RowTableModel
from app.features.batch.row_thumbnails import RowThumbnails
from app.features.batch.world import BatchWorld
from app.kit.error_text import sentence
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.tasks import TaskScope, in_thread
from app.kit.theme import Theme
from app.kit.widgets.banner import Banner

REFRESH_MS, COUNT_MS = 60, 500


class BatchPage(QWidget):
    """`service_name` answers what a profile is called. Its tasks end with `scope`."""

    def __init__(
        self,
        run: BatchRun,
        world: BatchWorld,
        *,
        theme: Theme,
        icons: Icons,
        scope: TaskScope,
        service_name: Callable[[str], str],
    ) -> None:
        super().__init__()
        self._run, self._world, self._scope = run, world, scope
        self._service_name = service_name
        self._open_place: int | None = None
        set_kind(self, "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        key, store = run.batch.id, world.store
        self._thumbnails = RowThumbnails(lambda place: store.thumbnail(key, place), scope, self)
        self._model = RowTableModel(run, theme=theme, thumbnail=self._thumbnails.of)
        self.header = BatchHeader(run, world, theme=theme, icons=icons)
        self.progress = ProgressLine(theme=theme)
        self.banner = Banner()
        self.table = RowTable(self._model, theme=theme)
        self.result = ResultPane(theme=theme, icons=icons)
        self.footer = BatchFooter(theme=theme, icons=icons)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REFRESH_MS)
        self._clock = QTimer(self)
        self._clock.setInterval(COUNT_MS)
        self._build()
        self._connect()
        self._retranslate()
        self.refresh()
        if not run.batch.started:
            self._sample()

    @property
    def run(self) -> BatchRun:
        return self._run

    def _build(self) -> None:
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(8)
        split.addWidget(self.table)
        split.addWidget(self.result)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        body = QVBoxLayout()
        body.setContentsMargins(24, 16, 24, 12)
        body.setSpacing(10)
        body.addWidget(self.progress)
        body.addWidget(self.banner)
        body.addWidget(split, 1)
        body.addWidget(self.footer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(body, 1)

    def _connect(self) -> None:
        run = self._run
        run.changed.connect(self._changed)
        run.row_changed.connect(self._row_changed)
        run.rows_reset.connect(self._changed)
        self._soon.timeout.connect(self.refresh)
        self._clock.timeout.connect(self._tick)
        self._thumbnails.arrived.connect(self._thumbnail_arrived)
        self.header.go_wanted.connect(self.go)
        self.header.states_chosen.connect(self._model.show_states)
        self.table.opened.connect(self.open_row)
        self.table.removal_wanted.connect(self._remove)
        self.table.selectionModel().selectionChanged.connect(self._changed)
        self.result.closed.connect(self._result_closed)
        self.footer.retry_wanted.connect(lambda: run.retry(RowState.FAILED))
        self.footer.again_wanted.connect(self._ask_again)
        self.footer.remove_wanted.connect(self._remove)
        self.footer.export_wanted.connect(lambda form: self._world.export(run.batch, form))

    # What the person does

    def go(self) -> None:
        """Pause what runs; resume what was begun; else ask whether to begin, with the forecast."""
        run = self._run
        if run.running:
            run.pause()
        elif run.batch.started:
            run.start()
        else:
            self._scope.start(self._confirm(), name="confirm batch")

    def open_row(self, index: int) -> None:
        """Show a row's whole result below the files."""
        self._open_place = self._run.rows[index].place
        self._scope.start(self._show_result(self._run.rows[index]), name="open row")

    def refresh(self) -> None:
        """Say how things are now."""
        run = self._run
        tally = run.tally
        left = words.left_text(tally, run.forecast(), running=run.running, rest_s=run.rest_s)
        self.progress.say(words.progress_text(tally), left, tally.settled, tally.total)
        self.header.refresh()
        self.footer.refresh(tally, self.table.selected_count())
        paused = run.reason is not None and not run.running
        self.banner.say(self._why_paused() if paused else "")
        if run.running:
            self._clock.start()
        else:
            self._clock.stop()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.footer.fit(self.width())

    # Within

    async def _confirm(self) -> None:
        run = self._run
        service = self._service_name(run.batch.profile)
        told = run.batch, run.rows, run.tally, run.forecast()
        if await confirm.confirm_start(self, *told, service):
            run.change(started=True)
            run.start()

    def _ask_again(self) -> None:
        async def ask() -> None:
            if await confirm.confirm_again(self, self._run.tally.uncertain):
                self._run.retry(RowState.UNCERTAIN)

        self._scope.start(ask(), name="ask uncertain again")

    def _remove(self) -> None:
        self._run.remove(self.table.selected())

    def _sample(self) -> None:
        self._scope.start(self._run.sample(), name="look at a few files")

    async def _show_result(self, row: BatchRow) -> None:
        try:
            text = await self._run.result(row)
        except PortholeError as error:
            text = sentence(error)
        if self._open_place == row.place:
            self.result.show_row(row, text)
            await self._show_file(row)

    async def _show_file(self, row: BatchRow) -> None:
        """The picture beside the answer; or why the file is not what it was."""
        if row.problem is not None:
            self.result.forget_picture()
            return
        try:
            ready = await self._world.ready(row.path)
            mark = await in_thread(ready.mark)
            image = QImage()
            if ready.pictures:
                image = await in_thread(QImage.fromData, ready.pictures[0].data)
        except ImageError as error:
            if self._open_place == row.place:
                self.result.forget_picture()
                self.result.say_more(sentence(error))
            return
        if self._open_place == row.place:
            self.result.show_picture(image, len(ready.pictures))
            if row.sent not in ("", mark):
                self.result.say_more(self.tr("The file has changed since it was asked about."))

    def _result_closed(self) -> None:
        self._open_place = None
        self.table.setFocus()

    def _why_paused(self) -> str:
        assert self._run.reason is not None
        words_ = self.tr("The batch paused. %1 What was answered is kept.")
        return words_.replace("%1", sentence(self._run.reason))

    def _changed(self, *_what: object) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _tick(self) -> None:
        self.refresh()
        if self._run.rest_s > 0 or self._run.reason is not None:
            self._model.count_down()

    def _row_changed(self, index: int) -> None:
        row = self._run.rows[index]
        self._thumbnails.forget(row.place)
        if row.place == self._open_place:
            self._scope.start(self._show_result(row), name="open row")

    def _thumbnail_arrived(self, place: int) -> None:
        if (index := self._run.index_of(place)) is not None:
            self._model.thumbnail_arrived(index)

    def _retranslate(self) -> None:
        self._model.name_columns(
            self.tr("File"), self.tr("State"), self.tr("Result"), self.tr("Time")
        )
        self.table.setAccessibleName(self.tr("Files of the batch"))
        self.refresh()
