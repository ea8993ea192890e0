"""One thing that goes with a message, as a chip: picture or file, its facts, its cross."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton

from app.core.message import Detail, FilePart, ImagePart
from app.features.images.tokens import estimated_tokens
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.elided_label import ElidedLabel
from app.kit.widgets.plain_label import PlainLabel

THUMB = QSize(44, 32)
NAME_LENGTH = 36


class Chip(QFrame):
    """Shows a part, or that it is being prepared while `part` is None.

    From the keyboard: Enter opens it, Delete removes it; the detail and the cross are buttons.
    """

    remove_requested = Signal()
    activated = Signal()
    detail_chosen = Signal(object)  # Detail

    def __init__(
        self, name: str, part: ImagePart | FilePart | None, *, theme: Theme, icons: Icons
    ) -> None:
        super().__init__()
        self._name = name
        self._part = part
        self._theme = theme
        self._icons = icons
        self._has_picture = False
        self._picture = PlainLabel()
        self._text = ElidedLabel()
        self._detail = QToolButton()
        self._close = QToolButton()
        self._menu = QMenu(self)
        self._choices = QActionGroup(self)
        set_kind(self, "attachment")
        set_kind(self._text, "caption")
        set_kind(self._detail, "ghost")
        set_kind(self._close, "icon")
        self._picture.setFixedSize(THUMB)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._close.setIconSize(QSize(11, 11))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 6, 4)
        row.setSpacing(6)
        row.addWidget(self._picture)
        row.addWidget(self._text, 1)
        row.addWidget(self._detail)
        row.addWidget(self._close)
        self._make_menu()
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
    def has_picture(self) -> bool:
        """Whether a thumbnail has come."""
        return self._has_picture

    def show_part(self, part: ImagePart | FilePart) -> None:
        self._part = part
        self._show_facts()

    def show_picture(self, pixmap: QPixmap | None) -> None:
        """The thumbnail, cropped to fill its frame."""
        if pixmap is not None:
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

    def _make_menu(self) -> None:
        self._detail.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._detail.setMenu(self._menu)
        for detail in Detail:
            action = self._menu.addAction("")
            action.setCheckable(True)
            action.setData(detail.value)
            self._choices.addAction(action)
        self._choices.triggered.connect(
            lambda action: self.detail_chosen.emit(Detail(action.data()))
        )

    def _show_facts(self) -> None:
        is_image = isinstance(self._part, ImagePart)
        self._detail.setVisible(is_image)
        if is_image:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._restyle()
        self._retranslate()

    def _restyle(self) -> None:
        color = self._theme.tokens.text_2
        self._close.setIcon(self._icons.icon("close", color, 11))
        if not self._has_picture:
            name = "file" if isinstance(self._part, FilePart) else "image"
            self._picture.setPixmap(self._icons.pixmap(name, color, 18))

    def _retranslate(self) -> None:
        facts = " · ".join(self._facts(_shortened(self._name)))
        self._text.setText(facts)
        self._text.setToolTip(f"<qt>{escape(' · '.join(self._facts(self._name)))}</qt>")
        self._close.setAccessibleName(self.tr("Remove %1").replace("%1", self._name))
        self.setAccessibleName(facts)
        words = {
            Detail.AUTO: self.tr("detail: auto"),
            Detail.LOW: self.tr("detail: low"),
            Detail.HIGH: self.tr("detail: high"),
        }
        chosen = self._part.detail if isinstance(self._part, ImagePart) else Detail.AUTO
        for action in self._choices.actions():
            detail = Detail(action.data())
            action.setText(words[detail])
            action.setChecked(detail is chosen)
        self._detail.setText(f"{words[chosen]} ▾")
        self._detail.setAccessibleName(words[chosen])
        self._detail.setToolTip(self.tr("How closely the model is asked to look"))

    def _facts(self, name: str) -> list[str]:
        match self._part:
            case None:
                return [name, self.tr("preparing…")]
            case FilePart():
                count = f"{len(self._part.text):,}"
                return [name, self.tr("%1 characters").replace("%1", count)]
            case ImagePart() as image:
                if not image.width:
                    return [name]
                size = f"{image.width}×{image.height}"
                if (image.original_width, image.original_height) != (image.width, image.height):
                    size = f"{image.original_width}×{image.original_height} → {size}"
                tokens = f"{estimated_tokens(image):,}"
                return [name, size, self.tr("≈ %1 tokens").replace("%1", tokens)]


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
