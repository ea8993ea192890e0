"""A picture in a reply: a thumbnail among its parts, which opens the picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter

from app.core.message import ImagePart, Part
from app.features.chat.transcript.actions import Placed
from app.features.chat.transcript.box import Box, PaintState
from app.features.chat.transcript.part_boxes import PartBoxes, Splice
from app.features.chat.transcript.part_kinds import PartKind, PartPlace
from app.features.chat.transcript.surface import Surface
from app.features.chat.transcript.thumbnails import Thumbnails


class PictureBox(Box):
    """One thumbnail at the left."""

    def __init__(self, surface: Surface, picture: ImagePart) -> None:
        super().__init__(surface)
        self._thumbnails = Thumbnails(surface, (picture,))

    def estimate(self, width: int) -> None:
        self.lay_out(width)

    def lay_out(self, width: int) -> None:
        self.height = self._thumbnails.lay_out(QPoint(0, 0), width)
        self.exact = True

    def paint(self, painter: QPainter, area: QRect, state: PaintState) -> None:
        self._thumbnails.paint(painter, area.topLeft(), state)

    def actions(self) -> Sequence[Placed]:
        return self._thumbnails.actions()

    def plain(self, start: int = 0, end: int | None = None) -> str:
        return self._thumbnails.names()


class PictureBoxes(PartBoxes):
    """The picture as its box."""

    def __init__(self, surface: Surface, splice: Splice, picture: ImagePart) -> None:
        super().__init__(surface, splice)
        self._picture = picture
        self.boxes = [PictureBox(surface, picture)]

    def shows(self, part: Part) -> bool:
        return part == self._picture


class PictureKind(PartKind):
    part = ImagePart

    def show(self, part: ImagePart, place: PartPlace) -> PartBoxes:
        return PictureBoxes(place.surface, place.splice, part)
