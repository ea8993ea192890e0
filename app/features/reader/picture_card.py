"""The picture that was asked about: whole to begin with, zoomed and moved by hand or by keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QGraphicsRectItem, QHBoxLayout, QPushButton, QVBoxLayout
from shiboken6 import isValid

from app.core.errors import PortholeError
from app.core.message import ImagePart
from app.core.ports import BlobReader, TextLine
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.tasks import TaskScope, in_thread
from app.kit.theme import Theme
from app.kit.widgets.elided_label import ElidedLabel
from app.kit.widgets.picture_view import STEP, PictureView
from app.kit.widgets.plain_label import PlainLabel
from app.kit.widgets.stepper import Stepper

MARK = 3
"""Pixels of the picture that a mark stands off the words it is around."""


class PictureCard(QFrame):
    """Shows exactly the bytes that were sent. `view_requested` carries a blob."""

    view_requested = Signal(str)
    shown = Signal(str)  # blob of the picture that is painted now

    def __init__(
        self, *, read_blob: BlobReader, scope: TaskScope, theme: Theme, icons: Icons
    ) -> None:
        super().__init__()
        self._read_blob = read_blob
        self._scope = scope
        self._theme = theme
        self._pictures: tuple[ImagePart, ...] = ()
        self._at = 0
        self._marks: list[QGraphicsRectItem] = []
        self.view = PictureView(theme=theme)
        self.stepper = Stepper(self._step_names, theme=theme, icons=icons)
        self._name, self._scale, self._missing = ElidedLabel(), PlainLabel(), PlainLabel()
        self._out, self._in = QPushButton("−"), QPushButton("＋")
        self._fit, self._whole = QPushButton(), QPushButton()
        self._lay_out()
        self.stepper.stepped.connect(self._go_to)
        self.view.scale_changed.connect(self._show_scale)
        self._retranslate()

    @property
    def picture(self) -> ImagePart | None:
        """The one that is shown."""
        return self._pictures[self._at] if self._pictures else None

    def show_pictures(self, pictures: Sequence[ImagePart]) -> None:
        """Show these, the first of them in front; the same ones stay as they are."""
        if tuple(pictures) != self._pictures:
            self._pictures = tuple(pictures)
            self._go_to(0)

    def step(self, step: int) -> None:
        """To the picture before or after."""
        self.stepper.step(step)

    def mark(self, lines: Sequence[TextLine]) -> None:
        """Show where these stand in the picture."""
        for old in self._marks:
            self.view.scene().removeItem(old)
        pen, ground = QPen(self._theme.tokens.color("accent")), QColor(self._theme.tokens.accent)
        pen.setCosmetic(True)
        ground.setAlpha(40)
        self._marks = []
        for line in lines:
            box = QRectF(line.left, line.top, line.right - line.left, line.bottom - line.top)
            self._marks.append(
                self.view.scene().addRect(box.adjusted(-MARK, -MARK, MARK, MARK), pen, ground)
            )
        if self._marks:
            self.view.ensureVisible(self._marks[0])

    # Within

    def _lay_out(self) -> None:
        set_kind(self, "reader")
        self._name.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        for label in (self._name, self._scale):
            set_kind(label, "caption")
        head = QFrame()
        set_kind(head, "reader-head")
        row = QHBoxLayout(head)
        row.setContentsMargins(14, 5, 8, 5)
        row.setSpacing(2)
        row.addWidget(self._name, 1)
        row.addWidget(self.stepper)
        ways: tuple[tuple[QPushButton, Callable[[], None]], ...] = (
            (self._out, lambda: self.view.zoom(1 / STEP)),
            (self._in, lambda: self.view.zoom(STEP)),
            (self._fit, self.view.fit),
            (self._whole, self._view),
        )
        for button, act in ways:
            set_kind(button, "ghost")
            button.clicked.connect(act)
            row.addWidget(button)
            if button is self._out:
                row.addWidget(self._scale)
        self._missing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._missing.setWordWrap(True)
        self._missing.hide()
        set_kind(self._missing, "secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.view, 1)
        column.addWidget(self._missing, 1)

    def _go_to(self, place: int) -> None:
        self._at = place
        self.mark(())
        self.stepper.show_place(place, len(self._pictures))
        picture = self.picture
        size = f"{picture.width} × {picture.height}" if picture and picture.width else ""
        name = picture.name if picture is not None else ""
        self._name.setText(" · ".join(part for part in (name, size) if part))
        self._name.setToolTip("")
        blob = picture.blob if picture is not None else None
        self._whole.setEnabled(bool(blob))
        if blob:
            self._scope.start(self._load(blob), name="picture in the reader")
        else:
            self._show_missing(missing=True)

    async def _load(self, blob: str) -> None:
        try:
            image = await in_thread(QImage.fromData, await self._read_blob(blob))
        except PortholeError:
            image = QImage()
        if not isValid(self) or self.picture is None or self.picture.blob != blob:
            return
        self._show_missing(missing=image.isNull())
        self.view.show_pixmap(QPixmap.fromImage(image))
        self.view.fit()
        self.shown.emit(blob)

    def _show_missing(self, *, missing: bool) -> None:
        self.view.setVisible(not missing)
        self._missing.setVisible(missing)

    def _view(self) -> None:
        if self.picture is not None and self.picture.blob:
            self.view_requested.emit(self.picture.blob)

    def _show_scale(self) -> None:
        self._scale.setText(f"{round(self.view.scale_now * 100)} %")

    def _step_names(self) -> tuple[str, str]:
        return self.tr("Previous picture (Page Up)"), self.tr("Next picture (Page Down)")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._fit.setText(self.tr("Fit"))
        self._whole.setText(self.tr("Open"))
        self._missing.setText(self.tr("This picture is not on this computer."))
        names = (
            (self._out, self.tr("Smaller (−)")),
            (self._in, self.tr("Larger (+)")),
            (self._fit, self.tr("Show all of it (0)")),
            (self._whole, self.tr("Open in a window of its own")),
        )
        for button, name in names:
            button.setToolTip(name)
            button.setAccessibleName(name.rsplit(" (", 1)[0])
        self.view.setAccessibleName(self.tr("Picture"))
        self._show_scale()
