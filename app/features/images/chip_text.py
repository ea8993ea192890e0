"""What a chip says: goes on in a second line where one is too narrow, and ends in an ellipsis."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption

from app.kit.widgets.plain_label import PlainLabel

LEAST_CHARACTERS = 8
MOST_LINES = 4
"""Of a paragraph that is wrapped."""


class ChipText(PlainLabel):
    """Its paragraphs stand below each other. Foreign text is safe in it: never read as markup."""

    def __init__(self) -> None:
        super().__init__()
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def shown(self) -> str:
        """What there is room for."""
        lines = self._lines(self.contentsRect().width())
        return self.text() if not any(cut for _, cut in lines) else "\n".join(t for t, _ in lines)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return len(self._lines(width)) * self.fontMetrics().lineSpacing()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        paragraphs = self.text().split("\n")
        width = max(metrics.horizontalAdvance(paragraph) for paragraph in paragraphs) + 1
        return QSize(width, metrics.lineSpacing() * len(paragraphs))

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        least = self.fontMetrics().averageCharWidth() * LEAST_CHARACTERS
        return QSize(min(whole.width(), least), self.fontMetrics().lineSpacing())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        room = self.contentsRect()
        text = "\n".join(line for line, _ in self._lines(room.width()))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, int(middle), text)
        painter.end()

    def _lines(self, width: int) -> list[tuple[str, bool]]:
        """The lines of text that fit `width` pixels, and for each whether it was cut off."""
        return [line for part in self.text().split("\n") for line in self._wrapped(part, width)]

    def _wrapped(self, paragraph: str, width: int) -> list[tuple[str, bool]]:
        layout = QTextLayout(paragraph, self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        starts: list[int] = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            starts.append(line.textStart())
        layout.endLayout()
        ends = [*starts[1:], len(paragraph)]
        lines = [paragraph[a:b].rstrip() for a, b in zip(starts, ends, strict=True)]
        if len(lines) <= MOST_LINES:
            return [(line, False) for line in lines or [""]]
        rest = paragraph[starts[MOST_LINES - 1] :]
        last = self.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, width)
        return [*((line, False) for line in lines[: MOST_LINES - 1]), (last, True)]
