"""Words over a picture, selected as in a document: by dragging, by clicks or by keys.

Over words the pointer selects, beside them it moves the picture; nothing is selected while
something else is drawn over the picture.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QTransform
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from app.core.text_layer import TextLayer
from app.kit.theme import Theme
from app.kit.widgets.picture_view import PictureView

NOTHING = TextLayer(())
INK = 105
"""How much of what is selected is covered by its colour, of 255: the words stay readable."""
PALE = 100
"""How light its colour is, of 255: it is seen on white and on black."""
Stretch = tuple[int, int]


class PictureText(QObject):
    """`selection_changed` after each change; `active` while the pointer is not needed otherwise."""

    selection_changed = Signal()

    def __init__(self, view: PictureView, *, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme
        self._layer = NOTHING
        self._marks = _Marks()
        self._active = True
        self._anchor: int | None = None
        self._focus: int | None = None
        self._pressed: QPointF | None = None
        self._by_line: Stretch | None = None
        self._double_at = 0.0
        self._found: tuple[Stretch, ...] = ()
        view.scene().addItem(self._marks)
        view.viewport().setMouseTracking(True)
        view.viewport().installEventFilter(self)
        theme.changed.connect(self._restyle)
        self._restyle()

    # What there is

    @property
    def layer(self) -> TextLayer:
        return self._layer

    @property
    def selection(self) -> Stretch | None:
        """The first and the last word that are selected."""
        if self._anchor is None or self._focus is None:
            return None
        return min(self._anchor, self._focus), max(self._anchor, self._focus)

    @property
    def selected_text(self) -> str:
        chosen = self.selection
        return self._layer.text(*chosen) if chosen else ""

    @property
    def active(self) -> bool:
        return self._active

    def show_layer(self, layer: TextLayer, place: QTransform) -> None:
        """Lay these words over the picture; `place` leads from where they were read to it."""
        self._layer = layer
        self._marks.setTransform(place)
        self._marks.words = layer
        self.mark(())
        self._select(None, None)

    def set_active(self, active: bool) -> None:
        """Whether the pointer and keys select."""
        if active != self._active:
            self._active = active
            self._marks.setVisible(active)
            if not active:
                self._select(None, None)

    # Selecting

    def select_all(self) -> None:
        if self._active and self._layer.words:
            self._select(0, len(self._layer.words) - 1)

    def select(self, stretch: Stretch) -> None:
        """Select this, and bring it into view."""
        if self._active:
            self._select(*stretch)
            self._into_view(stretch[1])
            self._into_view(stretch[0])

    def clear(self) -> bool:
        """Select nothing; whether anything was."""
        had = self.selection is not None
        self._select(None, None)
        return had

    def mark(self, found: tuple[Stretch, ...]) -> None:
        """Show where something was found."""
        self._marks.found = found
        self._marks.update()

    def copy(self) -> bool:
        """Put what is selected, or else all words, on the clipboard; whether there are any."""
        text = self.selected_text or self._layer.whole_text()
        if text:
            QApplication.clipboard().setText(text)
        return bool(text)

    def key(self, event: QKeyEvent) -> bool:
        """Take a key that selects or copies; whether it was one."""
        if not self._active or not self._layer.words:
            return False
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return self._stretch_by(Qt.Key(event.key()), event.modifiers())
        else:
            return False
        return True

    def _stretch_by(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        far = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        last = len(self._layer.words) - 1
        at = self._focus
        if at is None:
            if key not in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_End):
                return False
            at = self._anchor or 0  # where was clicked last
            self._select(at, at)
            self._into_view(at)
            return True
        match key:
            case Qt.Key.Key_Left:
                at -= 1
            case Qt.Key.Key_Right:
                at += 1
            case Qt.Key.Key_Up:
                at = self._layer.beside(at, -1)
            case Qt.Key.Key_Down:
                at = self._layer.beside(at, 1)
            case Qt.Key.Key_Home:
                at = 0 if far else self._layer.row_around(at)[0]
            case Qt.Key.Key_End:
                at = last if far else self._layer.row_around(at)[1]
            case _:
                return False
        at = min(max(at, 0), last)
        self._select(self._anchor, at)
        self._into_view(at)
        return True

    # The pointer

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Select where words are; everything else is the view's."""
        if not self._active or not self._layer.words or not isinstance(event, QMouseEvent):
            return False
        left = event.button() is Qt.MouseButton.LeftButton
        match event.type():
            case QEvent.Type.MouseButtonPress if left:
                return self._press(event)
            case QEvent.Type.MouseButtonDblClick if left:
                return self._press_twice(event.position())
            case QEvent.Type.MouseMove:
                return self._move(event)
            case QEvent.Type.MouseButtonRelease if left:
                return self._release(event.position())
        return False

    def _press(self, event: QMouseEvent) -> bool:
        point = event.position()
        at = self._at(point)
        self._pressed, self._by_line = point, None
        if at is None:
            return False  # the view moves the picture
        soon = time.monotonic() - self._double_at < QApplication.doubleClickInterval() / 1000
        if soon and self.selection is not None and self._is_selected(at):
            self._double_at = 0.0
            self._by_line = self._layer.row_around(at)
            self._select(*self._by_line)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._anchor is not None:
            self._select(self._anchor, at)
        else:
            self._select(None, None)
            self._anchor = at
        return True

    def _press_twice(self, point: QPointF) -> bool:
        at = self._at(point)
        if at is None:
            return False
        self._double_at = time.monotonic()
        self._pressed = point
        self._by_line = None
        self._select(*self._layer.word_around(at))
        return True

    def _move(self, event: QMouseEvent) -> bool:
        point = event.position()
        if not event.buttons():
            self._show_pointer(point)
            return False
        if self._anchor is None or self._pressed is None:
            return False
        if (point - self._pressed).manhattanLength() < QApplication.startDragDistance() / 2:
            return True
        at = self._layer.nearest(*self._in_layer(point))
        if at is not None:
            self._draw_to(at)
            self._follow(point)
        return True

    def _draw_to(self, at: int) -> None:
        if self._by_line is None:
            self._select(self._anchor, at)
            return
        row, (first, last) = self._layer.row_around(at), self._by_line
        back = row < self._by_line
        self._select(last if back else first, row[0] if back else row[1])

    def _release(self, point: QPointF) -> bool:
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return False
        clicked = (point - pressed).manhattanLength() < QApplication.startDragDistance() / 2
        if self._at(pressed) is None:
            if clicked:
                self._select(None, None)
            return False
        clipboard = QApplication.clipboard()
        if self.selection is not None and clipboard.supportsSelection():
            clipboard.setText(self.selected_text, clipboard.Mode.Selection)
        return True

    def _show_pointer(self, point: QPointF) -> None:
        shape = Qt.CursorShape
        over = self._at(point) is not None
        self._view.viewport().setCursor(shape.IBeamCursor if over else shape.OpenHandCursor)

    def _follow(self, point: QPointF) -> None:
        """Whoever drags beyond the edge wants to see what is there."""
        seen = self._view.viewport().rect()
        x = min(point.x(), 0.0) + max(point.x() - seen.width(), 0.0)
        y = min(point.y(), 0.0) + max(point.y() - seen.height(), 0.0)
        self._view.move_by(round(x), round(y))

    # Within

    def _in_layer(self, point: QPointF) -> tuple[float, float]:
        there = self._marks.mapFromScene(self._view.mapToScene(point.toPoint()))
        return there.x(), there.y()

    def _at(self, point: QPointF) -> int | None:
        return self._layer.at(*self._in_layer(point))

    def _is_selected(self, at: int) -> bool:
        chosen = self.selection
        return chosen is not None and chosen[0] <= at <= chosen[1]

    def _select(self, anchor: int | None, focus: int | None) -> None:
        before = self.selection
        self._anchor, self._focus = anchor, focus
        if self.selection != before:
            self._marks.selection = self.selection
            self._marks.update()
            self.selection_changed.emit()

    def _into_view(self, at: int) -> None:
        box = self._marks.mapRectToScene(self._marks.box(at, at))
        self._view.ensureVisible(box, 30, 30)

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        accent = QColor(tokens.accent)
        hue, strength = accent.hslHue(), accent.hslSaturation()
        self._marks.ink = QColor.fromHsl(hue, strength, max(accent.lightness(), PALE), INK)
        self._marks.edge = QColor.fromHsl(hue, strength, PALE, 200)
        self._marks.found_ink = QColor(tokens.found_now)
        self._marks.found_ink.setAlpha(90)
        self._marks.update()


class _Marks(QGraphicsItem):
    """The colour over what is selected and what was found; the words are the picture's own."""

    def __init__(self) -> None:
        super().__init__()
        self.words = NOTHING
        self.selection: Stretch | None = None
        self.found: tuple[Stretch, ...] = ()
        self.ink, self.edge, self.found_ink = QColor(), QColor(), QColor()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def box(self, first: int, last: int) -> QRectF:
        """Around words of one line."""
        words = self.words.words[first : last + 1]
        left, top = min(w.left for w in words), min(w.top for w in words)
        right, bottom = max(w.right for w in words), max(w.bottom for w in words)
        return QRectF(left, top, right - left, bottom - top)

    def boxes(self, stretch: Stretch) -> list[QRectF]:
        """A box for each line of a stretch."""
        first, last = stretch
        found = []
        while first <= last:
            end = min(self.words.row_around(first)[1], last)
            found.append(self.box(first, end))
            first = end + 1
        return found

    def boundingRect(self) -> QRectF:
        words = self.words.words
        return self.box(0, len(words) - 1).adjusted(-9, -9, 9, 9) if words else QRectF()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for stretch in self.found:
            for box in self.boxes(stretch):
                painter.fillRect(box, self.found_ink)
        if self.selection is not None:
            for box in self.boxes(self.selection):
                painter.fillRect(box, self.ink)
                painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), self.edge)
