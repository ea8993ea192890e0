"""A quiet line over text that is shown as it came, as it was too much to be laid out."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter

from app.features.chat.transcript.box import Box, PaintState
from app.features.chat.transcript.frames import indent_of, paint_frames
from app.features.chat.transcript.surface import Surface
from app.kit.markdown.blocks import Block, Kind
from app.kit.markdown.notice import notice_words
from app.kit.theme import CAPTION_PX


class NoticeBox(Box):
    """The line. It is no part of the text: it is neither selected nor copied."""

    def __init__(self, surface: Surface, block: Block) -> None:
        super().__init__(surface)
        self.block = block
        self._measure()

    def accept(self, block: Block) -> bool:
        return block.kind is Kind.NOTICE and block.frames == self.block.frames

    def estimate(self, width: int) -> None:
        self._measure()

    def lay_out(self, width: int) -> None:
        self._measure()
        self.exact = True

    def _measure(self) -> None:
        self.height = self.surface.look.line(CAPTION_PX)

    def paint(self, painter: QPainter, area: QRect, state: PaintState) -> None:
        paint_frames(painter, area, self, self.block)
        painter.setFont(self.surface.look.caption())
        painter.setPen(QColor(self.surface.tokens.text_2))
        place = area.adjusted(indent_of(self.block.frames, self.surface), 0, 0, 0)
        painter.drawText(
            place,
            Qt.AlignmentFlag.AlignLeading
            | Qt.AlignmentFlag.AlignVCenter
            | Qt.TextFlag.TextWordWrap,
            notice_words(),
        )
