"""The reader: the picture at the left, what was read from it at the right."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.core.errors import PortholeError
from app.core.message import ImagePart, Message, MessageState
from app.core.ports import BlobReader, TextLine
from app.core.reading import Reading, lines_for
from app.features.reader.picture_card import PictureCard
from app.features.reader.result_card import Check, ResultCard
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.tasks import TaskScope
from app.kit.theme import Theme
from app.kit.widgets.elided_label import ElidedLabel
from app.kit.widgets.plain_label import plain_tip
from app.kit.widgets.stepper import Stepper

NARROW = 660
"""Pixels: in less, the picture stands above what was read."""
ICON = 14

ReadLayer = Callable[[str], Awaitable[Sequence[TextLine] | None]]
"""What was read in a picture on this machine, by its blob. Raises StorageError."""


class ReaderPane(QWidget):
    """Shows one reading at a time, the latest until another one is stepped to.

    `actions` is a row of quick actions. `figures` words what a reply took, `ending` how it ended.
    """

    action_shown = Signal(str)  # the quick action that asked for what is shown; empty: none
    again_requested = Signal(str)  # message id
    link_activated = Signal(str)
    save_requested = Signal(bytes, str)  # a file's bytes, and what it may be called
    view_requested = Signal(str)  # blob

    def __init__(
        self,
        *,
        actions: QWidget,
        read_blob: BlobReader,
        read_layer: ReadLayer,
        check: Check,
        figures: Callable[[Message], Sequence[str]],
        ending: Callable[[Message], str],
        scope: TaskScope,
        theme: Theme,
        icons: Icons,
    ) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        self._figures_of = figures
        self._read_layer = read_layer
        self._scope = scope
        self._readings: tuple[Reading, ...] = ()
        self._at = 0
        self._busy = False
        self._cells: tuple[str, ...] = ()
        self._layers: dict[str, Sequence[TextLine]] = {}
        self.picture = PictureCard(read_blob=read_blob, scope=scope, theme=theme, icons=icons)
        self.result = ResultCard(
            check=check,
            ending=ending,
            scope=scope,
            theme=theme,
            icons=icons,
        )
        self.stepper = Stepper(self._step_names, theme=theme, icons=icons)
        self._actions = actions
        self._asked = ElidedLabel()
        self.copy_button, self.again_button = QPushButton(), QPushButton()
        self._said, self._figures = ElidedLabel(), ElidedLabel()
        self.splitter = QSplitter()
        self._lay_out()
        self._connect()
        self._restyle()
        self._retranslate()

    @property
    def widget(self) -> QWidget:
        return self

    @property
    def pictures(self) -> tuple[ImagePart, ...]:
        """Those that the reading shown is about."""
        return self._reading.pictures if self._reading is not None else ()

    @property
    def said(self) -> str:
        """What was last said of what was done here."""
        return self._said.text()

    def show_readings(self, readings: Sequence[Reading], *, busy: bool) -> None:
        """Show the latest of these; one that was stepped to stays while no new one comes."""
        came = [r.question.id for r in readings] != [r.question.id for r in self._readings]
        self._readings = tuple(readings)
        self._busy = busy
        if came:
            self._at = max(len(self._readings) - 1, 0)
            self._say("")
        self._show()

    def grow(self, message_id: str, text: str) -> None:
        """More of a reply's text."""
        self.result.grow(message_id, text)

    # Within

    @property
    def _reading(self) -> Reading | None:
        return self._readings[self._at] if self._readings else None

    def _show(self) -> None:
        reading = self._reading
        last = self._at == len(self._readings) - 1
        reply = reading.reply if reading is not None else None
        self.picture.show_pictures(reading.pictures if reading is not None else ())
        self.result.show_reply(reply, busy=self._busy and last)
        self.stepper.show_place(self._at, len(self._readings))
        question = reading.question.text if reading is not None else ""
        self._asked.setText(" ".join(question.split()))
        self._asked.setVisible(len(self._readings) > 1)
        ended = reply is not None and reply.state is not MessageState.STREAMING
        self._figures.setText(" · ".join(self._figures_of(reply)) if reply and ended else "")
        self._figures.setToolTip(plain_tip(self._figures.text()))
        self.again_button.setEnabled(ended and not self._busy)
        self.copy_button.setEnabled(reply is not None and bool(reply.text))
        self._actions.setEnabled(not self._busy)
        asked = reading.question.asked if reading is not None else None
        self.action_shown.emit(asked.action if asked is not None else "")

    def _go_to(self, place: int) -> None:
        self._at = place
        self._say("")
        self._show()

    def _say(self, words: str) -> None:
        """Say what was done here, in the place of the figures."""
        self._said.setText(words)
        self._said.setToolTip(plain_tip(words))
        self._said.setVisible(bool(words))
        self._figures.setVisible(not words)

    def _ask_again(self) -> None:
        if self._reading is not None and self._reading.reply is not None:
            self.again_requested.emit(self._reading.reply.id)

    def _mark_row(self, cells: tuple[str, ...]) -> None:
        """Show where a row stands in the picture, if the picture was read on this machine."""
        self._cells = cells
        picture = self.picture.picture
        blob = picture.blob if picture is not None else None
        if not cells or not blob:
            self.picture.mark(())
        elif blob in self._layers:
            self.picture.mark(lines_for(cells, self._layers[blob]))
        else:
            self._scope.start(self._load_layer(blob), name="text of a picture")

    async def _load_layer(self, blob: str) -> None:
        try:
            found = await self._read_layer(blob)
        except PortholeError:
            return  # nothing is marked then
        if isValid(self) and found is not None:
            self._layers[blob] = found
            self._mark_row(self._cells)

    def _lay_out(self) -> None:
        for label in (self._asked, self._said, self._figures):
            set_kind(label, "caption")
        self._figures.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._asked, 1)
        head.addWidget(self.stepper)
        foot.setSpacing(4)
        for button in (self.copy_button, self.result.copy_as, self.again_button):
            set_kind(button, "ghost")
            foot.addWidget(button)
        foot.addWidget(self._said, 1)
        foot.addWidget(self._figures, 1)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._actions)
        column.addLayout(head)
        column.addWidget(self.result, 1)
        column.addLayout(foot)
        self.splitter.addWidget(self.picture)
        self.splitter.addWidget(right)
        self.splitter.setChildrenCollapsible(False)
        set_kind(self.splitter, "reader-split")
        self.splitter.setHandleWidth(16)
        self.splitter.setStretchFactor(0, 11)
        self.splitter.setStretchFactor(1, 10)
        self.splitter.setSizes([1100, 1000])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 0)
        outer.addWidget(self.splitter)
        set_kind(self, "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _connect(self) -> None:
        self.stepper.stepped.connect(self._go_to)
        self.copy_button.clicked.connect(lambda: self.result.copy())
        self.again_button.clicked.connect(self._ask_again)
        self.result.copied.connect(self._say)
        self.result.row_chosen.connect(self._mark_row)
        self.result.link_activated.connect(self.link_activated)
        self.result.save_requested.connect(self.save_requested)
        self.picture.view_requested.connect(self.view_requested)
        self.picture.shown.connect(lambda _blob: self._mark_row(self._cells))
        self._theme.changed.connect(self._restyle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the views leave: pages step through the pictures, with Ctrl through the answers."""
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.stepper.step(step)
        else:
            self.picture.step(step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self._theme.px(NARROW)
        way = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self.splitter.orientation() != way:
            self.splitter.setOrientation(way)
            self.splitter.setSizes([1000, 1200] if narrow else [1100, 1000])

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._show()
        super().changeEvent(event)

    def _step_names(self) -> tuple[str, str]:
        return (
            self.tr("Previous answer (Ctrl+Page Up)"),
            self.tr("Next answer (Ctrl+Page Down)"),
        )

    def _retranslate(self) -> None:
        self._say("")
        self.copy_button.setText(self.tr("Copy"))
        self.copy_button.setAccessibleName(self.tr("Copy what is shown"))
        self.again_button.setText(self.tr("Read again"))
        self.again_button.setAccessibleName(self.tr("Read again"))

    def _restyle(self) -> None:
        tokens, size = self._theme.tokens, self._theme.px(ICON)
        for button, name in ((self.copy_button, "copy"), (self.again_button, "retry")):
            icon = self._icons.icon(name, tokens.text_2, size, disabled=tokens.text_3)
            button.setIcon(icon)
            button.setIconSize(QSize(size, size))
