"""The page in question, beside the others: its text as it goes, or the picture that goes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.core.documents import Pages
from app.core.errors import ImageError
from app.kit.style import set_kind
from app.kit.tasks import in_thread
from app.kit.theme import CAPTION_PX, Theme
from app.kit.widgets.plain_label import PlainLabel
from app.kit.widgets.text_pane import TextPane


class PageBeside(QWidget):
    """Pages count from 1; 0 is none."""

    outdated = Signal()  # a picture is to be drawn, or drawn anew

    def __init__(self, pages: Pages, theme: Theme) -> None:
        super().__init__()
        self._pages = pages
        self._number, self._is_picture, self._drawn_page = 0, False, 0
        self._title, self._drawn, self._text = PlainLabel(), PlainLabel(), TextPane()
        set_kind(self._title, "caption")
        self._drawn.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._drawn.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._text.setFont(theme.mono(CAPTION_PX))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self._text, 1)
        column.addWidget(self._drawn, 1)
        self._retranslate()

    @property
    def has_picture(self) -> bool:
        """Whether a page is drawn."""
        return not self._drawn.isHidden() and not self._drawn.pixmap().isNull()

    def show_page(self, number: int, text: str | None) -> None:
        """Show this page: the text that goes, or that its picture does (None)."""
        self._number, self._is_picture = number, text is None
        self._text.setVisible(text is not None)
        self._drawn.setVisible(text is None)
        if self._drawn_page != number:
            self._drawn.setPixmap(QPixmap())
            self._drawn_page = 0
            self.outdated.emit()
        if (text or "") != self._text.text:
            self._text.show_text(text or "")
        self._retranslate()

    def undrawn(self) -> int:
        """The page whose picture is to be shown and is not yet."""
        wanted = self._is_picture and self._drawn_page != self._number and self.isVisible()
        return self._number if wanted else 0

    async def draw(self, number: int) -> None:
        """The picture that goes, made to fit."""
        room = self.size() * self.devicePixelRatioF()
        self._drawn_page = number
        try:
            data = await self._pages.picture(number)
        except ImageError:
            return  # nothing is shown, and nothing would be attached
        image = await in_thread(_fitted, data, room)
        if self._drawn_page == number:
            image.setDevicePixelRatio(self.devicePixelRatioF())
            self._drawn.setPixmap(QPixmap.fromImage(image))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drawn_page = 0  # it was made to fit
        self.outdated.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        goes, text = self.tr("Page %1 goes as a picture"), self.tr("The text of page %1")
        said = (goes if self._is_picture else text).replace("%1", str(self._number))
        self._title.setText(said if self._number else "")
        self._text.setAccessibleName(self.tr("Text of the page"))


def _fitted(data: bytes, room: QSize) -> QImage:
    """A picture shrunk until it fits, never enlarged."""
    image = QImage.fromData(data)
    size = image.size()
    if size.width() > room.width() or size.height() > room.height():
        size.scale(room, Qt.AspectRatioMode.KeepAspectRatio)
    smooth = Qt.TransformationMode.SmoothTransformation
    return image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, smooth)
