"""Edits step by step: regions are given as they are seen, and kept as they lie in the original."""

from __future__ import annotations

from random import Random

import pytest
from PySide6.QtGui import QImage, QTransform

from app.core.picture import NO_EDITS, Region
from app.features.images.edit_history import EditHistory
from tests.features.images.world import picture


def shown(image: QImage, history: EditHistory) -> QImage:
    """The picture as the edits leave it, made by Qt alone."""
    edits = history.now
    if edits.crop is not None:
        kept = edits.crop
        image = image.copy(kept.left, kept.top, kept.width, kept.height)
    return image.transformed(QTransform().rotate(90 * edits.quarter_turns))


def test_steps_are_taken_back_and_forth() -> None:
    history = EditHistory(100, 50)
    assert not history.can_undo
    history.turn(1)
    assert history.size == (50, 100)
    assert history.crop(Region(0, 0, 50, 40))
    assert history.size == (50, 40)
    history.undo()
    assert (history.size, history.can_redo) == ((50, 100), True)
    history.undo()
    history.undo()
    assert history.now == NO_EDITS
    history.redo()
    assert history.size == (50, 100)
    history.turn(-1)  # another way from here: what was taken back is gone
    assert (history.can_redo, history.now.nothing) == (False, True)


def test_nothing_to_cut_or_cover_is_no_step() -> None:
    history = EditHistory(100, 50)
    assert not history.crop(Region(0, 0, 100, 50))
    assert not history.crop(Region(40, 10, 40, 30))
    assert not history.black_out(Region(-20, -20, 0, 0))
    assert not history.can_undo


@pytest.mark.parametrize("seed", range(12))
def test_a_region_is_kept_where_it_was_seen(seed: int) -> None:
    """Each pixel has a colour of its own: what a region shows tells where it is."""
    random = Random(seed)
    image = picture(40, 30)
    for x in range(40):
        for y in range(30):
            image.setPixel(x, y, 0xFF000000 | x << 8 | y)
    history = EditHistory(40, 30)
    for _ in range(5):
        if random.random() < 0.5:
            history.turn(random.choice((1, -1, 2)))
        width, height = history.size
        left, top = random.randrange(width - 1), random.randrange(height - 1)
        right, bottom = random.randint(left + 1, width), random.randint(top + 1, height)
        seen = Region(left, top, right, bottom)
        there = history.in_original(seen)
        corner = shown(image, history).pixel(left, top) & 0xFFFF
        x, y = corner >> 8, corner & 0xFF
        assert there.left <= x < there.right
        assert there.top <= y < there.bottom
        assert {there.width, there.height} == {seen.width, seen.height}
        if seen.width > 3 and seen.height > 3 and random.random() < 0.5:
            before = shown(image, history).copy(left, top, seen.width, seen.height)
            if history.crop(seen):
                assert shown(image, history) == before
