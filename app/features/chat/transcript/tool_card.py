"""A tool call: name and state, its arguments as they arrive, and what it gave back."""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QMargins, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from app.core.message import NotRun, ToolCallPart, ToolResultPart
from app.core.tool import CallNow
from app.core.visible_text import visible
from app.features.chat.transcript.actions import Action, Intent, Placed, Strip
from app.features.chat.transcript.box import PaintState, TextBox
from app.features.chat.transcript.surface import Surface
from app.features.chat.transcript.tool_state import CallState, answers, name_of, state_of
from app.kit.theme import CAPTION_PX, RADIUS_CARD, SECONDARY_PX

translate = QCoreApplication.translate

SHOWN = 2000
"""Characters of arguments and of result that are shown while the card is folded."""
UNFOLDED = 100_000
"""The longest text that unfolds in the card; a longer one opens in a window of its own."""
SIDE, TOP = 12, 8


class ToolCard(TextBox):
    """One call. `live` while its arguments may still grow."""

    def __init__(self, surface: Surface, call: ToolCallPart, *, live: bool) -> None:
        super().__init__(surface)
        self._call = call
        self._live = live
        self._result: ToolResultPart | None = None
        self._now: CallNow | None = None
        self._elapsed = 0.0
        self._whole = False
        self._pretty: tuple[str, str] | None = None
        self._strip = Strip(surface, (), ())
        self._asked = Strip(surface, (), ())

    @property
    def call(self) -> ToolCallPart:
        return self._call

    def show_call(self, call: ToolCallPart, *, live: bool) -> None:
        self._call, self._live = call, live
        self._changed()

    def show_result(self, result: ToolResultPart | None) -> None:
        self._result = result
        self._changed()

    def show_now(self, now: CallNow | None, elapsed: float) -> None:
        """Where the call stands, and for how many seconds it has been running."""
        before = (self._state(), self._now)
        self._now, self._elapsed = now, elapsed
        if (self._state(), now) != before:
            self._changed()

    @property
    def name(self) -> str:
        """What the tool is called, in one line with nothing hidden in it."""
        return name_of(self._call, self._now)

    @property
    def heading(self) -> str:
        """Its name, and how it stands."""
        return f"{self.name}: {self._state().words}"

    def toggle(self) -> None:
        """Show all of a long text, or its start only."""
        self._whole = not self._whole
        self._changed()

    @property
    def is_folded(self) -> bool:
        """Whether only the start of a long text is shown."""
        return self._is_long and not self._whole

    def searched(self) -> str:
        return f"{self._arguments()}\n{self._result_text()}"

    def _changed(self) -> None:
        self.release()
        self.exact = False
        self.stale = 0

    @property
    def _head(self) -> int:
        return self.surface.look.line(SECONDARY_PX) + 12

    # Text

    def _arguments(self) -> str:
        raw = self._call.arguments
        if self._live:
            return visible(raw)
        if self._pretty is None or self._pretty[0] != raw:
            self._pretty = raw, visible(pretty(raw))
        return self._pretty[1]

    def _result_text(self, most: int | None = None) -> str:
        """What came back, or so many of its first characters."""
        result = self._result
        if result is None or result.not_run in (NotRun.DENIED, NotRun.STOPPED):
            return ""  # its words are the model's to read; people read how it stands
        return visible(result.text[:most])

    def _body(self) -> tuple[str, str]:
        """Arguments and result, as far as they are shown."""
        arguments = self._arguments()
        if self._live:
            return arguments[-SHOWN:], ""
        if self._whole:
            return arguments, self._result_text()
        return arguments[:SHOWN], self._result_text(SHOWN)

    @property
    def _length(self) -> int:
        """Characters of the longer of arguments and result."""
        result = len(self._result.text) if self._result is not None else 0
        return 0 if self._live else max(len(self._arguments()), result)

    @property
    def _is_long(self) -> bool:
        return self._length > SHOWN

    def source(self) -> str:
        return "\n".join(self._body())

    def estimate(self, width: int) -> None:
        self.margins = QMargins(SIDE, self._head + TOP, SIDE, TOP)
        super().estimate(width)

    def lay_out(self, width: int) -> None:
        self.margins = QMargins(SIDE, self._head + TOP, SIDE, TOP)
        self.lift = self.surface.look.lift(CAPTION_PX)
        self._strip = Strip(self.surface, (), self._head_actions())
        self._strip.lay_out(width - 2 * SIDE)
        self._asked = Strip(self.surface, answers(self._now))
        asked = self._asked.lay_out(width - 2 * SIDE)
        super().lay_out(width)
        if not any(self._body()):
            self.height = self._head
        if asked:
            self.height += asked + TOP

    def _head_actions(self) -> list[Action]:
        made: list[Action] = []
        if self._length > UNFOLDED:
            made.append(Action(Intent.RESULT, translate("Transcript", "Open"), payload=self.name))
        elif self._is_long:
            more, less = translate("Transcript", "Show all"), translate("Transcript", "Show less")
            made.append(Action(Intent.TOGGLE, less if self._whole else more))
        if not self._live and any(self._body()):
            made.append(Action(Intent.COPY_TEXT, translate("Transcript", "Copy")))
        return made

    def write(self, document: QTextDocument) -> None:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        cursor = QTextCursor(document)
        cursor.setBlockFormat(self.surface.look.paragraph(CAPTION_PX))
        arguments, result = self._body()
        cursor.insertText(arguments, self._chars("text_2"))
        if result and self._result is not None:
            failed = self._result.is_error
            gap = "\n" if arguments else ""
            text = gap + ("" if failed else "→ ") + result
            cursor.insertText(text, self._chars("error" if failed else "text"))

    def _chars(self, color: str) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFont(self.surface.theme.mono(CAPTION_PX))
        made.setForeground(QColor(getattr(self.surface.tokens, color)))
        return made

    def copy_text(self) -> str:
        """Arguments and result, whole."""
        result = self._result.text if self._result is not None else ""
        return "\n".join(text for text in (self._arguments(), result) if text)

    def _state(self) -> CallState:
        return state_of(live=self._live, result=self._result, now=self._now, elapsed=self._elapsed)

    # Painting

    def paint(self, painter: QPainter, area: QRect, state: PaintState) -> None:
        tokens = self.surface.tokens
        card = QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QColor(tokens.line))
        painter.setBrush(QColor(tokens.panel))
        painter.drawRoundedRect(card, RADIUS_CARD, RADIUS_CARD)
        has_body = area.height() > self._head
        if has_body:
            line = QRect(area.left() + 1, area.top() + self._head, area.width() - 2, 1)
            painter.fillRect(line, QColor(tokens.line))
        self._paint_head(painter, area)
        self._strip.paint(painter, area.topLeft() + self._strip_at(), state)
        self._asked.paint(painter, area.topLeft() + self._asked_at(), state)
        if has_body:
            self.paint_text(painter, area, state)

    def _paint_head(self, painter: QPainter, area: QRect) -> None:
        tokens, theme = self.surface.tokens, self.surface.theme
        size = theme.px(15)
        middle = area.top() + (self._head - size) // 2
        x = area.left() + SIDE
        painter.drawPixmap(x, middle, self.surface.icons.pixmap("tool", tokens.text_2, size))
        x += size + 8
        taken = sum(placed.rect.width() + 8 for placed in self._strip.placed(QPoint(0, 0)))
        room = area.right() - SIDE - taken - x
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        words, shade, icon = self._state()
        color = getattr(tokens, shade)
        state_font = theme.font(SECONDARY_PX)
        state_width = QFontMetrics(state_font).horizontalAdvance(words) + (size + 4 if icon else 0)
        name_font = theme.font(SECONDARY_PX, weight=QFont.Weight.DemiBold)
        metrics = QFontMetrics(name_font)
        # What a tool is called is the last to be shortened, but for a wish, which must be read.
        kept = state_width + 10 if shade == "warn" else min(state_width + 10, room // 2)
        name = metrics.elidedText(self.name, Qt.TextElideMode.ElideMiddle, max(40, room - kept))
        painter.setFont(name_font)
        painter.setPen(QColor(tokens.text))
        painter.drawText(QRect(x, area.top(), room, self._head), flags, name)
        x += metrics.horizontalAdvance(name) + 10
        if icon:
            painter.drawPixmap(x, middle, self.surface.icons.pixmap(icon, color, size))
            x += size + 4
        painter.setFont(state_font)
        painter.setPen(QColor(color))
        left = area.left() + SIDE + size + 8 + room - x
        words = QFontMetrics(state_font).elidedText(words, Qt.TextElideMode.ElideRight, left)
        painter.drawText(QRect(x, area.top(), left, self._head), flags, words)

    def _strip_at(self) -> QPoint:
        return QPoint(SIDE, (self._head - self._strip.height) // 2 + 1)

    def _asked_at(self) -> QPoint:
        return QPoint(SIDE, self.height - TOP - self._asked.height)

    def actions(self) -> Sequence[Placed]:
        return [*self._strip.placed(self._strip_at()), *self._asked.placed(self._asked_at())]

    def is_over_text(self, point: QPoint) -> bool:
        return self._head < point.y() < self._asked_at().y() and super().is_over_text(point)

    def plain(self, start: int = 0, end: int | None = None) -> str:
        text = super().plain(start, end)
        return f"{self.heading}\n{text}" if start == 0 and end is None else text

    def markdown(self) -> str:
        return f"{self.name}\n```\n{self.copy_text()}\n```"


def pretty(arguments: str) -> str:
    """JSON indented, short objects on one line; anything else as it came."""
    try:
        value = json.loads(arguments)
    except (ValueError, RecursionError):
        return arguments
    short = json.dumps(value, ensure_ascii=False)
    if len(short) > 72:
        return json.dumps(value, ensure_ascii=False, indent=2)
    return f"{{ {short[1:-1]} }}" if isinstance(value, dict) and value else short
