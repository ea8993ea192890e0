"""Regions over screens side by side at scales of their own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.features.capture.geometry import (
    Box,
    Piece,
    Pixels,
    Plan,
    Screen,
    beside,
    between,
    from_text,
    middle_of,
    moved,
    on_pixel,
    plan,
    resized,
    screen_at,
    to_text,
)

ONE = Screen(0, 0, 1920, 1080, 1920, 1080)
QUARTER = Screen(1920, 0, 1536, 864, 1920, 1080)  # 1.25×
HALF = Screen(-1707, -200, 1707, 960, 2560, 1440)  # 1.5×: 1706.67 rounded, left of and above ONE
TWO_APART = Screen(3840, 0, 1920, 1080, 3840, 2160)  # 2×, its origin counted in pixels
TWO_BELOW = Screen(0, 1080, 1280, 800, 2560, 1600)
LAYOUTS = {
    "1x": (ONE,),
    "1x 1.25x": (ONE, QUARTER),
    "1.5x left of 1x": (HALF, ONE),
    "1x 2x with a gap": (ONE, TWO_APART),
    "1x over 2x": (ONE, TWO_BELOW),
    "four": (HALF, ONE, QUARTER, TWO_BELOW),
}


def single(region: Box, *screens: Screen) -> tuple[Plan, Piece]:
    made = plan(region, screens)
    assert len(made.pieces) == 1
    return made, made.pieces[0]


def test_on_one_screen_the_picture_is_its_own_pixels() -> None:
    made, piece = single(Box(10, 20, 300, 200), ONE)
    assert (made.width, made.height) == (300, 200)
    assert piece == Piece(0, Pixels(10, 20, 300, 200), Pixels(0, 0, 300, 200))


def test_on_a_scaled_screen_all_its_pixels_are_taken() -> None:
    made, piece = single(Box(1920 + 100, 40, 200, 80), ONE, QUARTER)
    assert (made.width, made.height) == (250, 100)
    assert piece == Piece(1, Pixels(125, 50, 250, 100), Pixels(0, 0, 250, 100))


def test_a_screen_whose_size_was_rounded_gives_all_of_itself() -> None:
    made, piece = single(HALF.box, HALF, ONE)
    assert (made.width, made.height) == (2560, 1440)
    assert piece.source == Pixels(0, 0, 2560, 1440)


def test_negative_origins() -> None:
    region = between((-1707 + 10, -200 + 10), (-1707 + 110, -200 + 50), (HALF, ONE))
    made, piece = single(region, HALF, ONE)
    assert (piece.source.x, piece.source.y) == (15, 15)
    assert (made.width, made.height) == (150, 60)


def test_across_two_screens_the_finer_scale_counts() -> None:
    made = plan(Box(1820, 0, 200, 100), (ONE, QUARTER))
    assert made == Plan(
        250,
        125,
        (
            Piece(0, Pixels(1820, 0, 100, 100), Pixels(0, 0, 125, 125)),
            Piece(1, Pixels(0, 0, 125, 125), Pixels(125, 0, 125, 125)),
        ),
    )


def test_a_gap_between_screens_is_not_in_the_picture() -> None:
    made = plan(Box(1900, 100, 1960, 50), (ONE, TWO_APART))
    assert made == Plan(
        80,
        100,
        (
            Piece(0, Pixels(1900, 100, 20, 50), Pixels(0, 0, 40, 100)),
            Piece(1, Pixels(0, 200, 40, 100), Pixels(40, 0, 40, 100)),
        ),
    )


def test_one_above_the_other() -> None:
    made = plan(Box(100, 1000, 50, 160), (ONE, TWO_BELOW))
    assert (made.width, made.height) == (100, 320)
    assert [p.target for p in made.pieces] == [Pixels(0, 0, 100, 160), Pixels(0, 160, 100, 160)]


def test_beside_all_screens_there_is_nothing() -> None:
    assert plan(Box(5000, 5000, 10, 10), (ONE,)) == Plan(0, 0, ())
    assert plan(Box(5, 5, 0.2, 10), (ONE,)) == Plan(0, 0, ())


@pytest.mark.parametrize("screens", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_nudges_move_by_a_pixel_of_the_screen(screens: tuple[Screen, ...]) -> None:
    for screen in screens:
        region = between(
            (screen.x + 100, screen.y + 100), (screen.x + 300, screen.y + 200), screens
        )
        before = plan(region, screens)
        for right, down in ((1, 0), (0, 1), (-1, 0), (0, -1), (10, -10)):
            after = plan(moved(region, right, down, screens), screens)
            assert after.pieces[0].source.x == before.pieces[0].source.x + right
            assert after.pieces[0].source.y == before.pieces[0].source.y + down
            assert (after.width, after.height) == (before.width, before.height)


@pytest.mark.parametrize("screens", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_resizing_adds_and_takes_pixels(screens: tuple[Screen, ...]) -> None:
    for screen in screens:
        region = between(
            (screen.x + 100, screen.y + 100), (screen.x + 300, screen.y + 200), screens
        )
        before = plan(region, screens)
        for right, down in ((1, 0), (0, 1), (-1, -1), (10, 10)):
            after = plan(resized(region, right, down, screens), screens)
            assert (after.width, after.height) == (before.width + right, before.height + down)
            assert after.pieces[0].source.x == before.pieces[0].source.x


def test_a_region_stays_on_the_desktop_and_keeps_a_pixel() -> None:
    corner = Box(0, 0, 100, 100)
    assert moved(corner, -10, -10, (ONE,)) == corner
    assert moved(Box(1820, 980, 100, 100), 10, 10, (ONE,)) == Box(1820, 980, 100, 100)
    assert resized(corner, -500, -500, (ONE,)) == Box(0, 0, 1, 1)
    assert resized(Box(1900, 1060, 20, 20), 9, 9, (ONE,)) == Box(1900, 1060, 20, 20)


points = st.tuples(st.floats(-3000, 8000), st.floats(-1500, 3000))


@given(st.sampled_from(list(LAYOUTS.values())), points, points)
def test_any_region_is_made_of_pixels_that_are_there(
    screens: tuple[Screen, ...], one: tuple[float, float], other: tuple[float, float]
) -> None:
    region = between(one, other, screens)
    made = plan(region, screens)
    for piece in made.pieces:
        screen, source, target = screens[piece.screen], piece.source, piece.target
        assert source.x >= 0
        assert source.y >= 0
        assert source.width > 0
        assert source.height > 0
        assert source.x + source.width <= screen.pixel_width
        assert source.y + source.height <= screen.pixel_height
        assert target.x + target.width <= made.width
        assert target.y + target.height <= made.height
    if len(made.pieces) == 1:
        (piece,) = made.pieces
        assert (piece.target.width, piece.target.height) == (made.width, made.height)
        assert (piece.source.width, piece.source.height) == (made.width, made.height)


@given(st.sampled_from(list(LAYOUTS.values())), points)
def test_a_corner_on_a_pixel_stays_there(
    screens: tuple[Screen, ...], point: tuple[float, float]
) -> None:
    x, y = on_pixel(point, screens)
    screen = screen_at(screens, point)
    across, down = (x - screen.x) * screen.scale_x, (y - screen.y) * screen.scale_y
    assert across == pytest.approx(round(across), abs=1e-6)
    assert down == pytest.approx(round(down), abs=1e-6)


def test_the_nearest_screen_is_the_one_in_a_gap() -> None:
    assert screen_at((ONE, TWO_APART), (2000, 10)) is ONE
    assert screen_at((ONE, TWO_APART), (3500, 10)) is TWO_APART


@pytest.mark.parametrize(
    ("region", "place"),
    [
        (Box(100, 200, 300, 100), (412, 200)),
        (Box(1500, 200, 300, 100), (1500 - 12 - 470, 200)),
        (Box(100, 1000, 300, 80), (412, 1080 - 300)),
        (Box(100, 200, 1700, 100), (100, 312)),
        (Box(100, 700, 1700, 300), (100, 700 - 12 - 300)),
        (Box(0, 0, 1920, 1080), (1920 - 470 - 12, 1080 - 300 - 12)),
    ],
)
def test_a_card_stands_beside_the_region(region: Box, place: tuple[float, float]) -> None:
    assert beside((470, 300), region, ONE, 12) == place


def test_the_middle_of_a_screen() -> None:
    assert middle_of(QUARTER) == Box(1920 + 384, 216, 768, 432)


def test_a_region_is_kept_as_text() -> None:
    box = Box(-1696.5, 12.25, 640, 480.75)
    assert from_text(to_text(box)) == box
    for text in ("", "1 2 3", "a b c d", "1 2 0 4", "nan 1 2 3", "1e9 0 3 3", "0 0 inf 3"):
        assert from_text(text) is None
