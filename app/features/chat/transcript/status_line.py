"""The line at the transcript's lower edge: a link's address while it is pointed at, or a notice."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QWidget

from app.kit.open_url import told_url
from app.kit.theme import CAPTION_PX, Theme

NOTICE_MS = 2500
LINES = 6
SIDE, TOP = 8, 3


class StatusLine(QWidget):
    """Stands over the lower left corner of its host; as high as a long address needs."""

    def __init__(self, host: QWidget, *, theme: Theme) -> None:
        super().__init__(host)
        self._host = host
        self._theme = theme
        self._address = ""
        self._notice = ""
        self._lines: list[str] = []
        self._gone = QTimer(self)
        self._gone.setSingleShot(True)
        self._gone.setInterval(NOTICE_MS)
        self._gone.timeout.connect(lambda: self.tell(""))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown; empty when nothing is."""
        return self._notice or self._address

    def show_address(self, address: str) -> None:
        """A link is pointed at, or no longer."""
        self._address = told_url(address)
        self._show()

    def tell(self, notice: str, *, stays: bool = False) -> None:
        """Say something for a moment, or until it is said otherwise."""
        self._notice = notice
        self._gone.stop()
        if notice and not stays:
            self._gone.start()
        self._show()

    def place(self) -> None:
        """The host has another size."""
        self._show()

    def _show(self) -> None:
        self.setAccessibleName(self.text)
        if not self.text:
            self.hide()
            return
        font = self._theme.font(CAPTION_PX)
        metrics = QFontMetrics(font)
        room = max(80, self._host.width() - 40 - 2 * SIDE)
        self._lines = _wrapped(self.text, font, room)
        if len(self._lines) > LINES:
            cut = metrics.elidedText(
                "".join(self._lines[LINES - 1 :]), Qt.TextElideMode.ElideMiddle, room
            )
            self._lines = [*self._lines[: LINES - 1], cut]
        width = max(map(metrics.horizontalAdvance, self._lines)) + 2 * SIDE + 2
        height = len(self._lines) * metrics.lineSpacing() + 2 * TOP
        self.setFont(font)
        self.setGeometry(QRect(0, self._host.height() - height, width, height))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        area = self.rect()
        painter.fillRect(area, tokens.color("panel"))
        painter.setPen(tokens.color("line"))
        painter.drawLine(area.topLeft(), area.topRight())
        painter.drawLine(area.topRight(), area.bottomRight())
        painter.setFont(self.font())
        painter.setPen(tokens.color("text_2"))
        metrics = QFontMetrics(self.font())
        y = TOP + metrics.ascent()
        for line in self._lines:
            painter.drawText(SIDE, y, line)
            y += metrics.lineSpacing()
        painter.end()


def _wrapped(text: str, font: QFont, room: int) -> list[str]:
    """The text in lines, cut anywhere: addresses have no spaces."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    made: list[str] = []
    units = text.encode("utf-16-le", "surrogatepass")
    while (line := layout.createLine()).isValid():
        line.setLineWidth(room)
        start, end = line.textStart(), line.textStart() + line.textLength()
        made.append(units[2 * start : 2 * end].decode("utf-16-le", "replace"))
    layout.endLayout()
    return made or [text]
