"""The text files of a person's message: each folded to its name and size, opened by a click."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from app.core.message import FilePart
from app.core.text_tokens import estimated_text_tokens
from app.features.chat.transcript.actions import Action, Intent, Placed
from app.features.chat.transcript.box import PaintState
from app.features.chat.transcript.surface import Surface
from app.features.chat.transcript.user_boxes import SIDE, Bubble, BubblePiece
from app.kit.theme import CAPTION_PX

translate = QCoreApplication.translate

GAP = 4
BEFORE_NAME, AFTER_NAME = 13, 9
"""Pixels from the icon's width to the words, and from these to the end."""


class FilesPiece(BubblePiece):
    """An action's payload is the place of its file in `files`."""

    def __init__(self, surface: Surface, bubble: Bubble, files: Sequence[FilePart]) -> None:
        super().__init__(surface)
        self.bubble = bubble
        self._files = files
        self._width = 0

    def natural_width(self, most: int) -> int:
        return min(most, max(self._need(label) for label in self._labels()))

    def estimate(self, width: int) -> None:
        self.lay_out(width)

    def lay_out(self, width: int) -> None:
        self._width = width
        self.height = len(self._files) * (self._row() + GAP) - GAP + sum(self.edges())
        self.exact = True

    def actions(self) -> Sequence[Placed]:
        """A row for each, at the left of the bubble."""
        bubble, top = self.bubble.width(self._width), self.edges()[0]
        made = []
        for place, label in enumerate(self._labels()):
            y = top + place * (self._row() + GAP)
            width = min(self._need(label), bubble - 2 * SIDE)
            rect = QRect(self._width - bubble + SIDE, y, width, self._row())
            made.append(Placed(Action(Intent.FILE, label, payload=str(place)), rect))
        return made

    def paint(self, painter: QPainter, area: QRect, state: PaintState) -> None:
        self.paint_bubble(painter, area, self.bubble.width(self._width))
        for placed in self.actions():
            row = placed.rect.translated(area.topLeft())
            if row.intersects(state.clip):
                self._paint_row(painter, row, placed.action, state)

    def plain(self, start: int = 0, end: int | None = None) -> str:
        return "\n".join(f"[{file.name}]" for file in self._files)

    def _paint_row(self, painter: QPainter, row: QRect, action: Action, state: PaintState) -> None:
        tokens, size = self.surface.tokens, self.surface.theme.px(14)
        active = action in (state.hovered, state.pressed, state.focused)
        painter.setPen(QColor(tokens.accent if active else tokens.line))
        painter.setBrush(QColor(tokens.canvas))
        painter.drawRoundedRect(QRectF(row).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        icon_y = row.top() + (row.height() - size) // 2
        icon = self.surface.icons.pixmap("file", tokens.text_2, size)
        painter.drawPixmap(row.left() + 7, icon_y, icon)
        font = self.surface.look.caption()
        painter.setFont(font)
        painter.setPen(QColor(tokens.text if active else tokens.text_2))
        room = row.adjusted(size + BEFORE_NAME, 0, -7, 0)
        words = QFontMetrics(font).elidedText(
            action.label, Qt.TextElideMode.ElideMiddle, room.width() + 1
        )
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(room, flags, words)

    def _row(self) -> int:
        return self.surface.look.line(CAPTION_PX) + 8

    def _need(self, label: str) -> int:
        metrics = QFontMetrics(self.surface.look.caption())
        around = self.surface.theme.px(14) + BEFORE_NAME + AFTER_NAME
        return metrics.horizontalAdvance(label) + around

    def _labels(self) -> list[str]:
        return [_label(file) for file in self._files]


def _label(file: FilePart) -> str:
    size = translate("Transcript", "%1 characters").replace("%1", f"{len(file.text):,}")
    count = f"{estimated_text_tokens(file.text):,}"
    tokens = translate("Transcript", "≈ %1 tokens").replace("%1", count)
    return f"{file.name} · {size} · {tokens}"
