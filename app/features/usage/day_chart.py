"""The chart: a bar for each day, read by pointing at it or with the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.features.usage.sums import Column, Key, Sum
from app.features.usage.words import axis_date, tokens_text
from app.kit.money import money_text
from app.kit.theme import CAPTION_PX, Theme

HEIGHT, SCALE, AXIS = 206, 22, 30
"""The chart's height, the line at its top that says how much that is, and the days below."""
FILLED, WIDEST, ROUND = 0.7, 28.0, 3.0
UNKNOWN_HEIGHT = 5.0
COLOURS = ("accent", "function", "number", "keyword")
"""Tokens in which models are told apart; what is left over has a colour of its own."""
OTHERS = "text_3"


class Measure(StrEnum):
    """What a bar's height is."""

    COST = "cost"
    TOKENS = "tokens"

    def of(self, summed: Sum) -> float:
        return summed.cost if self is Measure.COST else float(summed.tokens)


class DayChart(QWidget):
    """`pointed` tells which column is being read, or None."""

    pointed = Signal(object)  # Column | None

    def __init__(self, *, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._columns: tuple[Column, ...] = ()
        self._measure = Measure.COST
        self._series: tuple[Key, ...] = ()
        self._at: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def show_columns(
        self, columns: Sequence[Column], measure: Measure, series: Sequence[Key] = ()
    ) -> None:
        """Draw these columns; each in pieces by model where `series` names the models."""
        self._columns = tuple(columns)
        self._measure = measure
        self._series = tuple(series)
        self._point(None)
        self.update()

    @property
    def at(self) -> Column | None:
        """The column that is being read."""
        return self._columns[self._at] if self._at is not None else None

    def place_of(self, index: int) -> QPointF:
        """The middle of a column's foot."""
        return QPointF((index + 0.5) * self._slot(), self._foot() - 1)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(HEIGHT))

    # Reading

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = int(event.position().x() // self._slot()) if self._columns else -1
        self._point(index if 0 <= index < len(self._columns) else None)

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._columns) - 1
        at = self._at
        match event.key():
            case _ if last < 0:
                super().keyPressEvent(event)
            case Qt.Key.Key_Left:
                self._point(last if at is None else max(at - 1, 0))
            case Qt.Key.Key_Right:
                self._point(last if at is None else min(at + 1, last))
            case Qt.Key.Key_Home:
                self._point(0)
            case Qt.Key.Key_End:
                self._point(last)
            case Qt.Key.Key_Escape if at is not None:
                self._point(None)
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        by_key = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if event.reason() in by_key and self._columns:
            self._point(len(self._columns) - 1)
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._point(None)
        super().focusOutEvent(event)
        self.update()

    def _point(self, index: int | None) -> None:
        if index == self._at:
            return
        self._at = index
        self.update()
        self.pointed.emit(self.at)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(CAPTION_PX))
        self._paint_ground(painter)
        most = max((self._measure.of(column.sum) for column in self._columns), default=0.0)
        for index, column in enumerate(self._columns):
            self._paint_column(painter, index, column, most)
        self._paint_words(painter, most)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        tokens = self._theme.tokens
        if self._at is not None:
            slot = QRectF(self._at * self._slot(), self._top(), self._slot(), self._room())
            painter.fillRect(slot, tokens.color("user"))
        painter.setPen(QPen(tokens.color("line"), 1))
        for y in (self._top() - 0.5, self._foot() + 0.5):
            painter.drawLine(QPointF(0, y), QPointF(self.width(), y))
        if self.hasFocus():
            painter.setPen(QPen(tokens.color("accent"), 1))
            plot = QRectF(0, self._top() - 1, self.width(), self._room() + 2)
            painter.drawRect(plot.adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_column(self, painter: QPainter, index: int, column: Column, most: float) -> None:
        width = min(max(self._slot() * FILLED, 1.0), WIDEST)
        left = (index + 0.5) * self._slot() - width / 2
        value = self._measure.of(column.sum)
        height = max(value / most * self._room(), 2.0) if value > 0 else 0.0
        if height:
            painter.save()
            painter.setClipPath(_rounded(QRectF(left, self._foot() - height, width, height)))
            bottom = self._foot()
            for share, colour in self._pieces(column, value):
                painter.fillRect(
                    QRectF(left, bottom - share * height, width, share * height), colour
                )
                bottom -= share * height
            painter.restore()
        if self._measure is Measure.COST and column.sum.unpriced:
            # Something was used there, and nobody knows what it cost: said by an empty bar on top.
            painter.setPen(QPen(self._theme.tokens.color("text_2"), 1, Qt.PenStyle.DotLine))
            top = max(self._foot() - height - UNKNOWN_HEIGHT, self._top())
            painter.drawRect(QRectF(left, top, width, UNKNOWN_HEIGHT).adjusted(0.5, 0.5, -0.5, 0))

    def _pieces(self, column: Column, value: float) -> list[tuple[float, QColor]]:
        """The shares of a bar from its foot up, in their colours."""
        tokens = self._theme.tokens
        if not self._series:
            return [(1.0, tokens.color("accent"))]
        pieces = []
        rest = value
        for key, name in zip(self._series, COLOURS, strict=False):
            part = self._measure.of(column.models.get(key, Sum()))
            pieces.append((part / value, tokens.color(name)))
            rest -= part
        pieces.append((max(rest, 0.0) / value, tokens.color(OTHERS)))
        return pieces

    def _paint_words(self, painter: QPainter, most: float) -> None:
        painter.setPen(self._theme.tokens.color("text_2"))
        scale = money_text(most) if self._measure is Measure.COST else tokens_text(round(most))
        if most:
            top = QRectF(0, 0, self.width() - 4, self._top() - 2)
            painter.drawText(top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, scale)
        if not self._columns:
            return
        axis = QRectF(0, self._foot() + 4, self.width(), self._theme.px(AXIS) - 4)
        first, last = self._columns[0].first, self._columns[-1].last
        years = first.year != last.year
        middle = self._columns[len(self._columns) // 2].first
        left, right = axis_date(first, year=years), axis_date(last, year=years)
        side = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(axis, side | Qt.AlignmentFlag.AlignLeft, left)
        if len(self._columns) > 1:
            painter.drawText(axis, side | Qt.AlignmentFlag.AlignRight, right)
        between = axis_date(middle, year=years)
        metrics = QFontMetrics(painter.font())
        wide = sum(metrics.horizontalAdvance(text) for text in (left, between, right))
        if len(self._columns) > 4 and wide + self._theme.px(48) < self.width():
            at = self.place_of(len(self._columns) // 2).x()
            half = metrics.horizontalAdvance(between)
            box = QRectF(at - half, axis.top(), 2 * half, axis.height())
            painter.drawText(box, side | Qt.AlignmentFlag.AlignHCenter, between)

    def _slot(self) -> float:
        return self.width() / max(len(self._columns), 1)

    def _top(self) -> float:
        return float(self._theme.px(SCALE))

    def _foot(self) -> float:
        return float(self.height() - self._theme.px(AXIS))

    def _room(self) -> float:
        return self._foot() - self._top()


def _rounded(bar: QRectF) -> QPainterPath:
    """A bar with its upper corners rounded."""
    radius = min(ROUND, bar.width() / 2, bar.height())
    path = QPainterPath()
    path.addRoundedRect(bar.adjusted(0, 0, 0, radius), radius, radius)
    square = QPainterPath()
    square.addRect(bar)
    return path.intersected(square)
