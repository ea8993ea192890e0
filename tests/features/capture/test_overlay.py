"""The overlay over screens of several scales, driven by pointer and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPixmap
from pytestqt.qtbot import QtBot

from app.features.capture.geometry import Box
from app.features.capture.grabber import joined
from app.features.capture.overlay import Overlay
from app.features.capture.overlay_paint import (
    Drawn,
    hint_place,
    label_place,
    lens_place,
    places,
)
from app.kit.theme import DARK, Theme
from tests.features.capture.screens import (
    ALL,
    DOUBLE,
    FINE,
    LEFT,
    SMALL,
    color_at,
    drag,
    grabbed,
    key,
)
from tests.look import dressed

Make = Callable[..., Overlay]
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def theme(qtbot: QtBot, qapp: object) -> Theme:
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return dressed(app)[0]


@pytest.fixture
def make(theme: Theme) -> Iterator[Make]:
    made: list[Overlay] = []

    def overlay(last: Box | None = None, pointer: tuple[float, float] = (200.0, 150.0)) -> Overlay:
        over = Overlay(grabbed(), theme=theme, last=last, pointer=lambda: pointer)
        made.append(over)
        over.show()
        return over

    yield overlay
    for over in made:
        over.close()


def test_every_screen_is_covered_in_its_place(make: Make) -> None:
    overlay = make()
    for view, screen in zip(overlay.views, ALL, strict=True):
        assert view.isVisible()
        place = view.geometry()
        assert (place.x(), place.y()) == (screen.x, screen.y)
        assert (place.width(), place.height()) == (screen.width, screen.height)


def test_a_drag_and_enter_take_the_region(make: Make, qtbot: QtBot) -> None:
    overlay = make()
    drag(overlay.views[0], (50, 40), (120, 90), (150, 100))
    assert overlay.region == Box(50, 40, 100, 60)
    assert overlay.views[0].drawn.size == "100 × 60"
    with qtbot.waitSignal(overlay.taken) as heard:
        key(overlay.views[0], Qt.Key.Key_Return)
    assert heard.args == [Box(50, 40, 100, 60)]
    assert not any(view.isVisible() for view in overlay.views)


def test_the_size_is_said_in_pixels_of_the_picture(make: Make) -> None:
    overlay = make()
    drag(overlay.views[3], (802, 4), (852, 34))
    assert overlay.views[3].drawn.size == "100 × 60"
    drag(overlay.views[1], (404, 4), (504, 44))
    assert overlay.views[1].drawn.size == "125 × 50"


def test_a_drag_from_one_screen_onto_another(make: Make) -> None:
    overlay = make()
    drag(overlay.views[0], (380, 100), (440, 140))
    assert overlay.region == Box(380, 100, 60, 40)
    first, second = overlay.views[0].drawn, overlay.views[1].drawn
    assert first.region == QRectF(380, 100, 60, 40)
    assert second.region == QRectF(-20, 100, 60, 40)
    assert (first.size, second.size) == ("75 × 50", "")


def test_escape_and_a_right_click_leave(make: Make, qtbot: QtBot) -> None:
    overlay = make()
    with qtbot.waitSignal(overlay.left):
        key(overlay.views[2], Qt.Key.Key_Escape)
    assert not any(view.isVisible() for view in overlay.views)
    other = make()
    drag(other.views[0], (50, 40), (150, 100))
    other.views[0].put_back.emit()
    assert other.region is None
    with qtbot.waitSignal(other.left):
        other.views[0].put_back.emit()


def test_a_view_that_is_closed_from_outside_leaves(make: Make, qtbot: QtBot) -> None:
    overlay = make()
    with qtbot.waitSignal(overlay.left):
        overlay.views[1].close()


def test_arrows_move_by_one_and_by_ten_and_size_it(make: Make) -> None:
    overlay = make()
    view = overlay.views[0]
    drag(view, (50, 40), (150, 100))
    key(view, Qt.Key.Key_Right)
    assert overlay.region == Box(51, 40, 100, 60)
    key(view, Qt.Key.Key_Down, SHIFT)
    assert overlay.region == Box(51, 50, 100, 60)
    key(view, Qt.Key.Key_Left, CONTROL)
    assert overlay.region == Box(51, 50, 99, 60)
    key(view, Qt.Key.Key_Down, ALT | SHIFT)
    assert overlay.region == Box(51, 50, 99, 70)


def test_arrows_count_pixels_of_the_screen_they_are_on(make: Make) -> None:
    overlay = make()
    drag(overlay.views[3], (810, 10), (850, 30))
    key(overlay.views[3], Qt.Key.Key_Right)
    assert overlay.region == Box(810.5, 10, 40, 20)
    assert overlay.views[3].drawn.size == "80 × 40"


def test_keys_alone_are_enough(make: Make, qtbot: QtBot) -> None:
    overlay = make(pointer=(500.0, 100.0))
    key(overlay.views[0], Qt.Key.Key_Right)
    assert overlay.region == Box(480, 60, 160, 120)
    with qtbot.waitSignal(overlay.taken):
        key(overlay.views[0], Qt.Key.Key_Enter)


def test_a_click_takes_in_the_whole_screen(make: Make) -> None:
    overlay = make()
    drag(overlay.views[2], (-100, 20), (-100, 20))
    assert overlay.region == LEFT.box
    assert overlay.views[2].drawn.size == "400 × 300"


def test_a_double_click_takes(make: Make, qtbot: QtBot) -> None:
    overlay = make()
    drag(overlay.views[0], (50, 40), (150, 100))
    with qtbot.waitSignal(overlay.taken) as heard:
        overlay.views[0].double_clicked.emit()
    assert heard.args == [Box(50, 40, 100, 60)]


def test_space_shows_the_last_region_again(make: Make) -> None:
    overlay = make(last=Box(60, 50, 30, 20))
    assert "Space" in overlay.views[0].drawn.hint
    key(overlay.views[0], Qt.Key.Key_Space)
    assert overlay.region == Box(60, 50, 30, 20)
    assert overlay.views[0].drawn.hint == ""
    other = make()
    assert "Space" not in other.views[0].drawn.hint
    key(other.views[0], Qt.Key.Key_Space)
    assert other.region is None


def test_what_is_around_the_region_is_dimmed_and_the_rest_as_it_was(make: Make) -> None:
    overlay = make()
    drag(overlay.views[0], (50, 40), (150, 100))
    key(overlay.views[0], Qt.Key.Key_Right)
    image = overlay.views[0].grab().toImage()
    assert image.pixelColor(100, 70) == color_at(0, 100, 70)
    beside, as_it_was = image.pixelColor(300, 250), color_at(0, 300, 250)
    assert beside.green() < as_it_was.green() * 0.6
    assert image.pixelColor(100, 39) == QColor(DARK.accent)


def test_a_drag_is_painted_only_where_something_changes(make: Make, theme: Theme) -> None:
    room = QRectF(0, 0, 400, 300)
    spots = places(Drawn(region=QRectF(50, 40, 100, 60), size="100 × 60"), room, theme)
    assert all(spot.height() < 80 for spot in spots)
    assert spots[0].contains(49, 39)


def test_the_lens_shows_the_pixel_under_the_pointer(make: Make, theme: Theme) -> None:
    overlay = make(pointer=(830.0, 20.0))
    view = overlay.views[3]
    assert view.drawn.lens_text == "60, 40"
    assert view.drawn.lens is not None
    at = lens_place(view.drawn.lens, QRectF(view.rect()), theme)
    image = view.grab().toImage()
    middle = image.pixelColor(int(at.left()) + 60, int(at.top()) + 60)
    assert middle == color_at(3, 60, 40)


def test_labels_stay_on_the_screen(theme: Theme, qapp: object) -> None:
    room = QRectF(0, 0, 400, 300)
    low = QRectF(200, 100, 150, 198)
    for region in (low, QRectF(0, 0, 400, 300), QRectF(390, 0, 10, 10), QRectF(-50, 20, 80, 20)):
        assert room.contains(label_place(region, "1234 × 1234", room, theme))
    assert label_place(low, "9 × 9", room, theme).bottom() <= low.top()
    for at in (room.topLeft(), room.center(), room.bottomRight()):
        assert room.contains(lens_place(at, room, theme))
    assert room.contains(hint_place("Enter takes", room, theme))


def test_a_region_on_one_screen_is_its_pixels_byte_for_byte(qapp: object) -> None:
    screens = grabbed()
    for number, screen in enumerate(ALL):
        image = joined(Box(screen.x + 16, screen.y + 8, 32, 16), screens)
        first = image.pixelColor(0, 0)
        x, y = round(16 * screen.scale_x), round(8 * screen.scale_y)
        assert first == color_at(number, x, y)
        last = image.pixelColor(image.width() - 1, image.height() - 1)
        assert last == color_at(number, x + image.width() - 1, y + image.height() - 1)


def test_a_region_across_a_gap_has_none(qapp: object) -> None:
    # Without the screen between them, SMALL and DOUBLE have a gap of 400 units.
    screens = [entry for entry in grabbed() if entry.screen in (SMALL, DOUBLE)]
    image = joined(Box(390, 50, 420, 20), screens)
    assert (image.width(), image.height()) == (40, 40)
    assert image.pixelColor(20, 0) == color_at(3, 0, 100)
    assert image.pixelColor(39, 39) == color_at(3, 19, 139)


def test_across_two_scales_the_finer_one_keeps_its_pixels(qapp: object) -> None:
    image = joined(Box(380, 100, 40, 40), grabbed())
    assert (image.width(), image.height()) == (50, 50)
    assert image.pixelColor(25, 0) == color_at(1, 0, 125)
    assert image.pixelColor(49, 49) == color_at(1, 24, 174)


def test_beside_all_screens_there_is_no_picture(qapp: object) -> None:
    assert joined(Box(5000, 0, 10, 10), grabbed((FINE,))).isNull()
    assert QPixmap.fromImage(joined(Box(5000, 0, 10, 10), grabbed((FINE,)))).isNull()
