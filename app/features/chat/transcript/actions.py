"""What can be done in a transcript: painted words and icons that are hit, hovered and focused.

There is no widget for them: a box places `Action`s, the view tells which is under the pointer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from app.kit.theme import CAPTION_PX

if TYPE_CHECKING:
    from app.features.chat.transcript.box import PaintState
    from app.features.chat.transcript.surface import Surface

GAP = 8
PADDING = 4
ICON = 14


class Intent(StrEnum):
    """What an action asks for."""

    COPY = "copy"
    REGENERATE = "regenerate"
    BRANCH = "branch"
    EDIT = "edit"
    OLDER = "older"
    NEWER = "newer"
    CONTINUE = "continue"
    RETRY = "retry"
    FIX = "fix"
    STOP_WAITING = "stop_waiting"
    DETAILS = "details"
    RAW = "raw"
    SETTINGS = "settings"
    LINK = "link"
    IMAGE = "image"
    FILE = "file"
    LEAVE = "leave"
    RESULT = "result"
    TOGGLE = "toggle"
    COPY_TEXT = "copy_text"
    WRAP = "wrap"
    FOLD = "fold"
    SAVE = "save"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do. `label` is shown, or only told where there is an icon alone.

    `payload` is an address, a blob or a language, as the intent needs it.
    """

    intent: Intent
    label: str
    icon: str = ""
    payload: str = ""
    icon_only: bool = False
    strong: bool = False
    enabled: bool = True
    pill: bool = False
    """It is drawn as a button with a rim."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An action and where it stands in its box."""

    action: Action
    rect: QRect


Entry = Action | str


class Strip:
    """Actions and short texts in a row, wrapped where the width ends.

    `left` starts at the left edge, `right` ends at the right one (or follows below where both
    do not fit).
    """

    def __init__(
        self, surface: Surface, left: Sequence[Entry], right: Sequence[Entry] = ()
    ) -> None:
        self._surface = surface
        self._left = left
        self._right = right
        self._places: list[tuple[Entry, QRect]] = []
        self.height = 0

    def lay_out(self, width: int) -> int:
        """Place everything within `width`; answers the height."""
        self._places = []
        row = self._row_height()
        end, y = self._flow(self._left, 0, width)
        need = sum(self._width(entry) + GAP for entry in self._right) - GAP
        if self._right and end + 2 * GAP + need <= width:
            self._flow(self._right, y, width, x=width - need)
        elif self._right:
            _end, y = self._flow(self._right, y + row if self._left else 0, width)
        self.height = y + row if self._left or self._right else 0
        return self.height

    def _row_height(self) -> int:
        return QFontMetrics(self._font()).height() + 2 * PADDING

    def _font(self, *, strong: bool = False) -> QFont:
        weight = QFont.Weight.DemiBold if strong else QFont.Weight.Normal
        return self._surface.theme.font(CAPTION_PX, weight=weight)

    def _width(self, entry: Entry) -> int:
        if isinstance(entry, str):
            return QFontMetrics(self._font()).horizontalAdvance(entry) + 2
        width = 2 * _padding(entry) + (self._icon_size() if entry.icon else 0)
        if not entry.icon_only:
            width += QFontMetrics(self._font(strong=entry.strong)).horizontalAdvance(entry.label)
            width += PADDING if entry.icon else 0
        return width

    def _icon_size(self) -> int:
        return self._surface.theme.px(ICON)

    def _flow(self, entries: Sequence[Entry], y: int, width: int, x: int = 0) -> tuple[int, int]:
        row = self._row_height()
        for entry in entries:
            need = min(self._width(entry), width)
            if x + need > width and x > 0:
                x, y = 0, y + row + (PADDING if isinstance(entry, Action) and entry.pill else 0)
            if x == 0 and isinstance(entry, str):
                # In line with the icons above and below, which have room for their hover.
                x = PADDING
                need = min(need, width - x)
            self._places.append((entry, QRect(x, y, need, row)))
            x += need + GAP
        return x - GAP, y

    def placed(self, offset: QPoint) -> list[Placed]:
        """The actions, moved by `offset`."""
        return [
            Placed(entry, rect.translated(offset))
            for entry, rect in self._places
            if isinstance(entry, Action) and entry.enabled
        ]

    def texts(self) -> str:
        return " · ".join(e for e in (*self._left, *self._right) if isinstance(e, str))

    def paint(self, painter: QPainter, at: QPoint, state: PaintState) -> None:
        for entry, rect in self._places:
            place = rect.translated(at)
            if isinstance(entry, str):
                painter.setFont(self._font())
                painter.setPen(QColor(self._surface.tokens.text_2))
                flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
                metrics = QFontMetrics(self._font())
                words = metrics.elidedText(entry, Qt.TextElideMode.ElideRight, place.width())
                painter.drawText(place, flags, words)
            else:
                self._paint_action(painter, entry, place, state)

    def _paint_action(
        self, painter: QPainter, action: Action, place: QRect, state: PaintState
    ) -> None:
        tokens = self._surface.tokens
        paint_ground(painter, place, action, state, self._surface)
        hovered = state.hovered == action
        color = tokens.accent if action.strong else tokens.text if hovered else tokens.text_2
        if not action.enabled:
            color = tokens.text_3
        x = place.left() + _padding(action)
        if action.icon:
            size = self._icon_size()
            y = place.top() + (place.height() - size) // 2
            painter.drawPixmap(x, y, self._surface.icons.pixmap(action.icon, color, size))
            x += size + PADDING
        if not action.icon_only:
            painter.setFont(self._font(strong=action.strong))
            painter.setPen(QColor(color))
            words = QRect(x, place.top(), place.right() - x + 1, place.height())
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
            painter.drawText(words, flags, action.label)


def _padding(action: Action) -> int:
    return 12 if action.pill else PADDING


def paint_ground(
    painter: QPainter, place: QRect, action: Action, state: PaintState, surface: Surface
) -> None:
    """What lies behind an action that is hovered, pressed or focused."""
    tokens = surface.tokens
    area = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5)
    if action.pill:
        round_ = area.height() / 2
        painter.setPen(QColor(tokens.accent if action.strong else tokens.line))
        painter.setBrush(QColor(tokens.accent_soft if action.strong else tokens.panel))
        painter.drawRoundedRect(area, round_, round_)
    if state.hovered == action or state.pressed == action:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.line if state.pressed == action else tokens.user))
        painter.drawRoundedRect(area, 6, 6)
    if state.focused == action:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(tokens.accent))
        painter.drawRoundedRect(area, 6, 6)
