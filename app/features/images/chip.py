"""One thing that goes with a message, as a chip: picture or file, its facts, its cross."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QFrame, QToolButton

from app.core.message import Detail, FilePart, ImagePart
from app.core.picture import FIT_SIDE, Scaling, is_strip
from app.core.text_encodings import Encoding
from app.features.images.chip_layout import ChipLayout
from app.features.images.chip_text import ChipText
from app.features.images.chip_words import (
    detail_name,
    detail_words,
    facts,
    scaling_choice,
    scaling_words,
    trouble_facts,
)
from app.features.images.choice_button import ChoiceButton
from app.features.images.encoding_words import encoding_choice, encoding_name
from app.features.images.goes import Goes, goes_name, goes_words
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.plain_label import PlainLabel

THUMB = QSize(44, 32)
NAME_LENGTH = 36


class Chip(QFrame):
    """Shows a part, or the tiles of a picture; while there is none, that it is being prepared.

    From the keyboard: Enter opens it, Delete removes it; detail, scaling and the cross are buttons.
    """

    remove_requested = Signal()
    activated = Signal()
    detail_chosen = Signal(object)  # Detail
    scaling_chosen = Signal(object)  # Scaling
    goes_chosen = Signal(object)  # Goes
    encoding_chosen = Signal(object)  # Encoding
    again_requested = Signal()

    def __init__(
        self,
        name: str,
        parts: tuple[ImagePart | FilePart, ...] = (),
        *,
        theme: Theme,
        icons: Icons,
    ) -> None:
        super().__init__()
        self._name = name
        self._parts = parts
        self._price: float | None = None
        self._scaling_now = Scaling.SHARP
        self._theme = theme
        self._icons = icons
        self._has_picture = False
        self._picture = PlainLabel()
        self._text = ChipText()
        self._detail = ChoiceButton(tuple(Detail), detail_name, detail_words)
        self._scaling = ChoiceButton(
            tuple(Scaling), scaling_words, lambda one: scaling_choice(one, FIT_SIDE)
        )
        self._goes = ChoiceButton(tuple(Goes), goes_name, goes_words)
        self._encoding: ChoiceButton | None = None
        self._encoding_now: Encoding | None = None
        self._readable = False
        self._trouble = ""
        self._again: QToolButton | None = None
        self._close = QToolButton()
        set_kind(self, "attachment")
        set_kind(self._text, "caption")
        set_kind(self._close, "icon")
        self._picture.setFixedSize(THUMB)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._close.setIconSize(QSize(11, 11))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._choices = ChipLayout(self._picture, self._text, self._close)
        self.setLayout(self._choices)
        for choice in (self._scaling, self._detail, self._goes):
            self._choices.addWidget(choice)
        self._detail.chosen.connect(self.detail_chosen)
        self._scaling.chosen.connect(self.scaling_chosen)
        self._goes.chosen.connect(self.goes_chosen)
        self._close.clicked.connect(self.remove_requested)
        theme.changed.connect(self._restyle)
        self._show_facts()

    @property
    def text(self) -> str:
        """What it says, for people and tests."""
        return self._text.text()

    @property
    def close_button(self) -> QToolButton:
        return self._close

    @property
    def detail_button(self) -> QToolButton:
        return self._detail

    @property
    def scaling_button(self) -> QToolButton:
        """Hidden for pictures of common shapes: those are sent as they are."""
        return self._scaling

    @property
    def goes_button(self) -> QToolButton:
        """Hidden where no picture can be read."""
        return self._goes

    @property
    def encoding_button(self) -> QToolButton | None:
        """None where nothing was read in an encoding."""
        return self._encoding

    @property
    def again_button(self) -> QToolButton | None:
        """None as long as nothing has failed."""
        return self._again

    @property
    def has_picture(self) -> bool:
        """Whether a thumbnail has come."""
        return self._has_picture

    def show_parts(
        self,
        parts: tuple[ImagePart | FilePart, ...],
        scaling: Scaling = Scaling.SHARP,
        encoding: Encoding | None = None,
    ) -> None:
        """Show these; none: that they are being prepared."""
        self._parts = parts
        self._scaling_now = scaling
        self._encoding_now = encoding
        self._trouble = ""
        self._show_facts()

    def show_trouble(self, why: str) -> None:
        """It could not be made as it was wished for, which `why` says in a sentence."""
        self._trouble = why
        if self._again is None:
            self._again = QToolButton()
            set_kind(self._again, "ghost")
            self._again.clicked.connect(self.again_requested)
            self._choices.addWidget(self._again)
        self._show_facts()

    def set_readable(self, readable: bool) -> None:
        """Whether pictures can be read on this computer."""
        self._readable = readable
        self._show_facts()

    def show_price(self, price: float | None) -> None:
        """What the model that would be asked costs: USD per million tokens, None if unknown."""
        if price != self._price:
            self._price = price
            self._retranslate()

    def show_picture(self, pixmap: QPixmap) -> None:
        """The thumbnail, cropped to fill its frame."""
        self._has_picture = True
        self._picture.setPixmap(_filled(pixmap, self.devicePixelRatioF()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and inside:
            self.activated.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self.activated.emit()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.remove_requested.emit()
            case _:
                super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _show_facts(self) -> None:
        first = self._parts[0] if self._parts else None
        image = first if isinstance(first, ImagePart) else None
        sent = image is not None and not image.text_only
        self._detail.setVisible(sent)
        self._scaling.setVisible(
            image is not None and sent and _has_choice(image, self._scaling_now)
        )
        self._goes.setVisible(image is not None and image.blob is not None and self._readable)
        if self._encoding_now is not None:
            self._encoding_choice().show_choice(self._encoding_now)
        if self._encoding is not None:
            self._encoding.setVisible(self._encoding_now is not None)
        if self._again is not None:
            self._again.setVisible(bool(self._trouble))
        set_kind(self._text, "error-caption" if self._trouble else "caption")
        if first is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        if image is not None:
            self._goes.show_choice(Goes.TEXT if image.text_only else Goes.PICTURE)
            self._detail.show_choice(image.detail)
            self._scaling.show_choice(self._scaling_now)
        self._restyle()
        self._retranslate()

    def _encoding_choice(self) -> ChoiceButton:
        """Made for the first text: most chips never have one."""
        if self._encoding is None:
            self._encoding = ChoiceButton(tuple(Encoding), encoding_name, encoding_choice)
            self._encoding.chosen.connect(self.encoding_chosen)
            self._choices.addWidget(self._encoding)
        return self._encoding

    def _restyle(self) -> None:
        color = self._theme.tokens.text_2
        self._close.setIcon(self._icons.icon("close", color, 11))
        if not self._has_picture:
            is_file = bool(self._parts) and isinstance(self._parts[0], FilePart)
            self._picture.setPixmap(self._icons.pixmap("file" if is_file else "image", color, 18))

    def _retranslate(self) -> None:
        told = trouble_facts(self._trouble) if self._trouble else facts(self._parts, self._price)
        shown = " · ".join([_shortened(self._name), *told])
        self._text.setText(shown)
        whole = " · ".join([self._name, *told])
        self._text.setToolTip(f"<qt>{escape(whole)}</qt>")
        self._close.setAccessibleName(self.tr("Remove %1").replace("%1", self._name))
        self.setAccessibleName(shown)
        self._detail.say(self.tr("How closely the model is asked to look"))
        self._scaling.say(self.tr("How a very tall or wide picture is sent"))
        self._goes.say(self.tr("Whether the picture goes, or only the text in it"))
        if self._again is not None:
            self._again.setText(self.tr("Try again"))
            self._again.setToolTip(self.tr("Make the changed picture once more"))
        if self._encoding is not None:
            self._encoding.say(self.tr("How the file's bytes are read as text"))


def _has_choice(image: ImagePart, scaling: Scaling) -> bool:
    """Whether it matters how the picture is scaled."""
    came, sent = (image.original_width, image.original_height), (image.width, image.height)
    shrunk = came[0] > sent[0] and not image.pieces
    return scaling is not Scaling.SHARP or is_strip(*came) or is_strip(*sent) or shrunk


def _shortened(name: str) -> str:
    if len(name) <= NAME_LENGTH:
        return name
    return f"{name[: NAME_LENGTH // 2]}…{name[-NAME_LENGTH // 2 + 1 :]}"


def _filled(pixmap: QPixmap, ratio: float) -> QPixmap:
    size = THUMB * ratio
    scaled = pixmap.scaled(
        size,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    made = QPixmap(size)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(QRectF(0, 0, size.width(), size.height()), 5 * ratio, 5 * ratio)
    painter.setClipPath(path)
    painter.drawPixmap(
        (size.width() - scaled.width()) // 2, (size.height() - scaled.height()) // 2, scaled
    )
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made
