"""The overlay: every screen as it was a moment ago, dimmed, and a region of it to be chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QCursor,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from app.features.capture.geometry import Box, Point, plan, screen_at
from app.features.capture.grabber import GrabbedScreen
from app.features.capture.overlay_paint import Drawn, local, local_point, paint, places
from app.features.capture.selecting import Grip, Selecting, grip_at
from app.kit.theme import Theme

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
FAST = 10
CURSORS = {
    Grip(0, 0): Qt.CursorShape.SizeAllCursor,
    Grip(-1, 0): Qt.CursorShape.SizeHorCursor,
    Grip(1, 0): Qt.CursorShape.SizeHorCursor,
    Grip(0, -1): Qt.CursorShape.SizeVerCursor,
    Grip(0, 1): Qt.CursorShape.SizeVerCursor,
    Grip(-1, -1): Qt.CursorShape.SizeFDiagCursor,
    Grip(1, 1): Qt.CursorShape.SizeFDiagCursor,
    Grip(1, -1): Qt.CursorShape.SizeBDiagCursor,
    Grip(-1, 1): Qt.CursorShape.SizeBDiagCursor,
}


class OverlayView(QWidget):
    """One screen of it. What pointer and keys do is told; nothing is decided here."""

    pressed = Signal(object)  # Point
    moved = Signal(object)
    released = Signal(object)
    double_clicked = Signal()
    put_back = Signal()
    key_pressed = Signal(object)  # QKeyEvent
    closing = Signal()

    def __init__(self, grabbed: GrabbedScreen, *, theme: Theme) -> None:
        flags = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(None, flags | Qt.WindowType.BypassWindowManagerHint)
        self._grabbed = grabbed
        self._theme = theme
        self._drawn = Drawn()
        self.was_painted = False
        place = grabbed.screen
        self.setGeometry(place.x, place.y, place.width, place.height)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._retranslate()

    @property
    def drawn(self) -> Drawn:
        return self._drawn

    def show_drawn(self, drawn: Drawn) -> None:
        """Show that, painting anew only where it differs."""
        if drawn == self._drawn:
            return
        room = QRectF(self.rect())
        for place in (*places(self._drawn, room, self._theme), *places(drawn, room, self._theme)):
            self.update(place)
        self._drawn = drawn

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        picture, screen = self._grabbed.picture, self._grabbed.screen
        paint(painter, self._drawn, picture, QRectF(self.rect()), screen, self._theme)
        painter.end()
        self.was_painted = True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit(_point(event))
        elif event.button() is Qt.MouseButton.RightButton:
            self.put_back.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.moved.emit(_point(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.released.emit(_point(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.double_clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.key_pressed.emit(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Capture a region of the screen"))
        self.setAccessibleName(self.tr("Capture a region of the screen"))


class Overlay(QObject):
    """A view over each screen. `taken` carries the region; after it or `left`, nothing is shown."""

    taken = Signal(object)  # Box
    left = Signal()

    def __init__(
        self,
        grabbed: Sequence[GrabbedScreen],
        *,
        theme: Theme,
        last: Box | None = None,
        pointer: Callable[[], Point] | None = None,
    ) -> None:
        super().__init__()
        self._grabbed = tuple(grabbed)
        self._selecting = Selecting([entry.screen for entry in grabbed], last)
        self._pointer = (pointer or _pointer)()
        self._over = False
        self.views = tuple(OverlayView(entry, theme=theme) for entry in grabbed)
        for view in self.views:
            view.pressed.connect(self._press)
            view.moved.connect(self._move)
            view.released.connect(self._release)
            view.double_clicked.connect(self._take)
            view.put_back.connect(self._put_back)
            view.key_pressed.connect(self._key)
            view.closing.connect(self._leave)
        _application().screenRemoved.connect(self._leave)

    @property
    def region(self) -> Box | None:
        """What is chosen so far."""
        return self._selecting.region

    def show(self) -> None:
        """Cover the screens and take the keyboard."""
        self._show()
        for view in self.views:
            view.show()
            view.raise_()
        front = self.views[self._front()]
        front.activateWindow()
        front.setFocus()
        # Windows that the window manager does not see get no keys of their own accord.
        front.grabKeyboard()

    def close(self) -> None:
        """Take everything away, and say nothing."""
        if self._over:
            return
        self._over = True
        _application().screenRemoved.disconnect(self._leave)
        for view in self.views:
            view.releaseKeyboard()
            view.hide()
            view.deleteLater()
        self.deleteLater()

    def _front(self) -> int:
        screens = self._selecting.screens
        return screens.index(screen_at(screens, self._pointer))

    # What the person does

    def _press(self, point: Point) -> None:
        self._pointer = point
        self._selecting.press(point)
        self._show()

    def _move(self, point: Point) -> None:
        self._pointer = point
        self._selecting.move(point)
        self._show()

    def _release(self, point: Point) -> None:
        self._pointer = point
        self._selecting.release(point)
        self._show()

    def _key(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key is Qt.Key.Key_Escape:
            self._leave()
        elif key is Qt.Key.Key_Space:
            if self._selecting.take_last():
                self._show()
        elif key in ARROWS:
            step = FAST if held & Qt.KeyboardModifier.ShiftModifier else 1
            sizing = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
            right, down = ARROWS[key]
            self._selecting.nudge(
                right * step, down * step, size=bool(held & sizing), pointer=self._pointer
            )
            self._show()

    def _put_back(self) -> None:
        """A right click takes the region back, and then leaves."""
        if self._selecting.region is None:
            self._leave()
        else:
            self._selecting.region = None
            self._show()

    def _take(self) -> None:
        region = self._selecting.enough(self._pointer)
        if not self._over and plan(region, self._selecting.screens).pieces:
            self.close()
            self.taken.emit(region)

    def _leave(self, *_what: object) -> None:
        if not self._over:
            self.close()
            self.left.emit()

    # What is seen

    def _show(self) -> None:
        selecting, front = self._selecting, self._front()
        region = selecting.region
        made = plan(region, selecting.screens) if region is not None else None
        size = f"{made.width} × {made.height}" if made is not None else ""
        labelled = _labelled(region, self._grabbed)
        grip = grip_at(region, self._pointer) if region is not None else None
        cursor = CURSORS[grip] if grip and not selecting.dragging else Qt.CursorShape.CrossCursor
        for number, (view, entry) in enumerate(zip(self.views, self._grabbed, strict=True)):
            screen = entry.screen
            at = local_point(self._pointer, screen) if number == front else None
            aiming = region is None or selecting.dragging
            hint = self._hint() if number == front and region is None else ""
            drawn = Drawn(
                region=local(region, screen) if region is not None else None,
                size=size if number == labelled else "",
                lens=at if aiming else None,
                lens_text=(size or self._place(front)) if at is not None and aiming else "",
                hint=hint,
            )
            view.show_drawn(drawn)
            if view.cursor().shape() is not cursor:
                view.setCursor(cursor)

    def _place(self, front: int) -> str:
        """Which pixel of its screen the pointer is on."""
        screen = self._selecting.screens[front]
        x = int((self._pointer[0] - screen.x) * screen.scale_x)
        y = int((self._pointer[1] - screen.y) * screen.scale_y)
        return f"{max(0, x)}, {max(0, y)}"

    def _hint(self) -> str:
        if self._selecting.last is not None:
            return self.tr(
                "Drag a region · click: the whole screen · Space: the last region · "
                "Enter takes · Esc leaves"
            )
        return self.tr("Drag a region · click: the whole screen · Enter takes · Esc leaves")


def _application() -> QGuiApplication:
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    return application


def _labelled(region: Box | None, grabbed: Sequence[GrabbedScreen]) -> int:
    """On which screen a region's size is said: where its lower left corner is."""
    if region is None:
        return -1
    screens = [entry.screen for entry in grabbed]
    return screens.index(screen_at(screens, (region.x, region.bottom - 0.01)))


def _point(event: QMouseEvent) -> Point:
    at = event.globalPosition()
    return at.x(), at.y()


def _pointer() -> Point:
    at = QCursor.pos()
    return at.x(), at.y()
