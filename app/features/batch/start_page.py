"""Where batches begin: a folder or files are chosen, or an earlier batch is opened again."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.core.batch import Batch
from app.core.errors import PortholeError
from app.features.batch.pick import pick_files, pick_folder
from app.kit.error_text import sentence
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.tasks import TaskScope
from app.kit.theme import Theme
from app.kit.widgets.banner import Banner
from app.kit.widgets.flow_layout import FlowLayout
from app.kit.widgets.plain_label import PlainLabel

WIDEST = 720

Listed = Sequence[tuple[Batch, int, int]]


class StartPage(QWidget):
    """Reads the earlier batches (`load`) whenever it is shown."""

    files_chosen = Signal(list)  # paths of files and folders
    batch_chosen = Signal(str)
    removal_wanted = Signal(str)

    def __init__(
        self,
        load: Callable[[], Awaitable[Listed]],
        *,
        theme: Theme,
        icons: Icons,
        scope: TaskScope,
    ) -> None:
        super().__init__()
        self._load, self._scope = load, scope
        self._theme, self._icons = theme, icons
        self._rows: list[_EarlierRow] = []
        set_kind(self, "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title, self._intro, self._earlier = PlainLabel(), PlainLabel(), PlainLabel()
        self._folder, self._files = QPushButton(), QPushButton()
        self._problem = Banner()
        self._list = QVBoxLayout()
        self._build()
        self._folder.clicked.connect(lambda: self._pick(pick_folder))
        self._files.clicked.connect(lambda: self._pick(pick_files))
        theme.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    @property
    def rows(self) -> Sequence[_EarlierRow]:
        """The earlier batches, as they are listed."""
        return tuple(self._rows)

    def refresh(self) -> None:
        """Read the earlier batches anew."""
        if not self._scope.closed:
            self._scope.start(self._read(), name="list batches")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _build(self) -> None:
        set_kind(self._title, "title")
        set_kind(self._intro, "lead")
        set_kind(self._earlier, "section")
        self._intro.setWordWrap(True)
        set_kind(self._folder, "primary")
        set_kind(self._files, "secondary")
        buttons = QWidget()
        flow = FlowLayout(8)
        flow.setContentsMargins(0, 0, 0, 0)
        buttons.setLayout(flow)
        flow.addWidget(self._folder)
        flow.addWidget(self._files)
        inside = QWidget()
        inside.setMaximumWidth(WIDEST)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        for widget in (self._title, self._intro, buttons, self._problem):
            column.addWidget(widget)
        column.addSpacing(12)
        column.addWidget(self._earlier)
        self._list.setSpacing(2)
        column.addLayout(self._list)
        column.addStretch(1)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(inside, 100)
        row.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(middle)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self._earlier.hide()

    async def _read(self) -> None:
        try:
            found = await self._load()
        except PortholeError as error:
            self._problem.say(sentence(error))
            return
        self._problem.say("")
        for old in self._rows:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = [_EarlierRow(*one, theme=self._theme, icons=self._icons) for one in found]
        for row in self._rows:
            self._list.addWidget(row)
            row.chosen.connect(self.batch_chosen)
            row.removal_wanted.connect(self.removal_wanted)
        self._earlier.setVisible(bool(self._rows))

    def _pick(self, pick: Callable[[QWidget], Awaitable[list[str]]]) -> None:
        async def ask() -> None:
            if paths := await pick(self):
                self.files_chosen.emit(paths)

        self._scope.start(ask(), name="pick files for a batch")

    def _restyle(self) -> None:
        size, tokens = self._theme.px(16), self._theme.tokens
        self._folder.setIcon(self._icons.icon("batch", tokens.on_accent, size))
        self._files.setIcon(self._icons.icon("image", tokens.text, size))
        for button in (self._folder, self._files):
            button.setIconSize(QSize(size, size))

    def _retranslate(self) -> None:
        self._title.setText(self.tr("One action over many files"))
        self._intro.setText(
            self.tr(
                "Choose a folder of pictures and PDFs, or drop one on the window. You see what it "
                "will cost before anything is sent, and take the answers away as one table."
            )
        )
        self._folder.setText(self.tr("Choose a folder…"))
        self._files.setText(self.tr("Choose files…"))
        self._earlier.setText(self.tr("Earlier batches"))
        for row in self._rows:
            row.retranslate()


class _EarlierRow(QWidget):
    """An earlier batch: a click opens it, the cross removes it."""

    chosen = Signal(str)
    removal_wanted = Signal(str)

    def __init__(
        self, batch: Batch, settled: int, total: int, *, theme: Theme, icons: Icons
    ) -> None:
        super().__init__()
        self.batch = batch
        self._settled, self._total = settled, total
        self.opening, self.removing = QPushButton(), QToolButton()
        self._facts = PlainLabel()
        set_kind(self.opening, "row")
        set_kind(self.removing, "icon")
        set_kind(self._facts, "caption")
        self.removing.setIcon(icons.icon("trash", theme.tokens.text_2, 14))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.opening, 1)
        row.addWidget(self._facts)
        row.addWidget(self.removing)
        self.opening.clicked.connect(lambda: self.chosen.emit(batch.id))
        self.removing.clicked.connect(lambda: self.removal_wanted.emit(batch.id))
        self.retranslate()

    def retranslate(self) -> None:
        day = time.strftime("%Y-%m-%d", time.localtime(self.batch.created_at))
        words = self.tr("%1 of %2 · %3", "so many of so many files are through; a date")
        words = words.replace("%1", f"{self._settled:,}").replace("%2", f"{self._total:,}")
        self._facts.setText(words.replace("%3", day))
        title = self.batch.title.replace("&", "&&")
        self.opening.setText(f"{title} — {self.batch.action.name}")
        self.removing.setAccessibleName(self.tr("Remove %1").replace("%1", self.batch.title))
        self.removing.setToolTip(self.tr("Remove"))
