"""A region as pointer and keys make it."""

from __future__ import annotations

from app.features.capture.geometry import Box, Point, Screen
from app.features.capture.selecting import Grip, Selecting, grip_at

ONE = Screen(0, 0, 1920, 1080, 1920, 1080)
TWO = Screen(1920, 0, 1280, 720, 2560, 1440)


def drag(selecting: Selecting, *points: Point) -> None:
    selecting.press(points[0])
    for point in points[1:]:
        selecting.move(point)
    selecting.release(points[-1])


def test_a_drag_makes_a_region_in_any_direction() -> None:
    selecting = Selecting((ONE,))
    drag(selecting, (300, 200), (100, 50))
    assert selecting.region == Box(100, 50, 200, 150)


def test_a_drag_beside_the_region_begins_anew() -> None:
    selecting = Selecting((ONE,))
    drag(selecting, (100, 50), (300, 200))
    drag(selecting, (500, 500), (600, 700))
    assert selecting.region == Box(500, 500, 100, 200)


def test_dragging_the_inside_moves_it_and_no_further_than_the_desktop() -> None:
    selecting = Selecting((ONE, TWO))
    drag(selecting, (100, 100), (300, 300))
    drag(selecting, (200, 200), (250, 220))
    assert selecting.region == Box(150, 120, 200, 200)
    drag(selecting, (200, 200), (-900, 200))
    assert selecting.region == Box(0, 120, 200, 200)


def test_edges_and_corners_are_pulled_and_may_turn_over() -> None:
    selecting = Selecting((ONE,))
    drag(selecting, (100, 100), (300, 300))
    drag(selecting, (300, 200), (350, 250))
    assert selecting.region == Box(100, 100, 250, 200)
    drag(selecting, (100, 100), (120, 130))
    assert selecting.region == Box(120, 130, 230, 170)
    drag(selecting, (350, 200), (20, 200))
    assert selecting.region == Box(20, 130, 100, 170)


def test_a_click_is_for_the_screen_that_it_is_on() -> None:
    selecting = Selecting((ONE, TWO))
    drag(selecting, (2000, 10), (2002, 11))
    assert selecting.region == TWO.box


def test_a_click_on_the_region_changes_nothing() -> None:
    selecting = Selecting((ONE,))
    drag(selecting, (100, 100), (300, 300))
    drag(selecting, (200, 200), (201, 200))
    assert selecting.region == Box(100, 100, 200, 200)


def test_a_pointer_that_is_not_pressed_changes_nothing() -> None:
    selecting = Selecting((ONE,))
    selecting.move((500, 500))
    selecting.release((500, 500))
    assert selecting.region is None


def test_keys_alone_make_move_and_size_a_region() -> None:
    selecting = Selecting((ONE, TWO))
    selecting.nudge(1, 0, size=False, pointer=(2000, 100))
    assert selecting.region == Box(1920 + 320, 180, 640, 360)
    selecting.nudge(10, -1, size=False, pointer=(0, 0))
    assert selecting.region == Box(1920 + 325, 179.5, 640, 360)
    selecting.nudge(-10, 2, size=True, pointer=(0, 0))
    assert selecting.region == Box(1920 + 325, 179.5, 635, 361)


def test_enter_without_a_region_takes_the_screen_under_the_pointer() -> None:
    selecting = Selecting((ONE, TWO))
    assert selecting.enough((2500, 30)) == TWO.box
    drag(selecting, (100, 100), (300, 300))
    assert selecting.enough((2500, 30)) == Box(100, 100, 200, 200)


def test_the_last_region_once_more_if_it_is_still_on_a_screen() -> None:
    gone = Selecting((ONE,), Box(4000, 0, 20, 20))
    assert not gone.take_last()
    assert gone.region is None
    selecting = Selecting((ONE,), Box(40, 0, 20, 20))
    assert selecting.take_last()
    assert selecting.region == Box(40, 0, 20, 20)


def test_where_a_region_is_taken_hold_of() -> None:
    box = Box(100, 100, 200, 100)
    assert grip_at(box, (200, 150)) == Grip(0, 0)
    assert grip_at(box, (98, 103)) == Grip(-1, -1)
    assert grip_at(box, (303, 150)) == Grip(1, 0)
    assert grip_at(box, (200, 204)) == Grip(0, 1)
    assert grip_at(box, (200, 220)) is None
