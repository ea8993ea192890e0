"""Lines that were read, after edits: in their place, and gone where they are covered or cut off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF

from app.core.picture import NO_EDITS, Edits, Region
from app.core.ports import TextLine
from app.features.images.read_place import WasRead

SIZE = (400, 300)
NAME = TextLine("name", 0.9, 20, 10, 120, 40)
SECRET = TextLine("secret", 0.9, 20, 100, 220, 130)


def left(read: WasRead, now: Edits) -> list[str]:
    return [line.text for line in read.lines_left(SIZE, now)]


def place(read: WasRead, now: Edits, line: TextLine = NAME) -> QRectF:
    box = QRectF(line.left, line.top, line.right - line.left, line.bottom - line.top)
    return read.place(SIZE, now).mapRect(box)


def test_nothing_done_nothing_moved() -> None:
    read = WasRead((NAME, SECRET), *SIZE)
    assert left(read, NO_EDITS) == ["name", "secret"]
    assert place(read, NO_EDITS) == QRectF(20, 10, 100, 30)


@pytest.mark.parametrize("region", [Region(100, 110, 110, 120), Region(0, 129, 400, 200)])
def test_a_line_that_is_touched_by_black_is_gone(region: Region) -> None:
    read = WasRead((NAME, SECRET), *SIZE)
    assert left(read, Edits(black_out=(region,))) == ["name"]
    assert left(read, Edits(black_out=(region,), quarter_turns=3)) == ["name"]


def test_what_was_black_already_is_not_counted_twice() -> None:
    before = Edits(black_out=(Region(100, 110, 110, 120),))
    read = WasRead((NAME, SECRET), *SIZE, before)
    assert left(read, before) == ["name", "secret"], "this was read beside the black"
    assert left(read, NO_EDITS) == ["name", "secret"]


def test_a_line_that_is_cut_is_gone() -> None:
    read = WasRead((NAME, SECRET), *SIZE)
    assert left(read, Edits(crop=Region(0, 0, 130, 300))) == ["name"]
    assert left(read, Edits(crop=Region(0, 90, 300, 300))) == ["secret"]


def test_lines_move_with_crop_and_turn() -> None:
    read = WasRead((NAME, SECRET), *SIZE)
    crop = Region(10, 5, 310, 205)
    assert place(read, Edits(crop=crop)) == QRectF(10, 5, 100, 30)
    assert place(read, Edits(quarter_turns=1)) == QRectF(300 - 40, 20, 30, 100)
    assert place(read, Edits(quarter_turns=2)) == QRectF(400 - 120, 300 - 40, 100, 30)
    assert place(read, Edits(quarter_turns=3)) == QRectF(10, 400 - 120, 30, 100)
    assert place(read, Edits(crop=crop, quarter_turns=1)) == QRectF(200 - 35, 10, 30, 100)


@pytest.mark.parametrize(
    "edits",
    [
        NO_EDITS,
        Edits(crop=Region(40, 20, 340, 220)),
        Edits(Region(0, 0, 200, 300), 1),
        Edits(None, 3),
    ],
)
def test_what_was_read_smaller_and_edited_lies_where_it_was_read(edits: Edits) -> None:
    width, height = edits.size_after(*SIZE)
    read = WasRead((NAME,), width // 2, height // 2, edits)
    assert place(read, edits) == QRectF(40, 20, 200, 60)
