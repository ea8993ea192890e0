"""Heights one below the other: what the indexes answer is what a plain list would."""

from __future__ import annotations

from itertools import accumulate
from random import Random

import pytest

from app.features.chat.transcript.guessed_heights import BLOCK, GuessedHeights
from app.features.chat.transcript.heights import HeightIndex


def guessed(heights: list[int]) -> GuessedHeights:
    return GuessedHeights(
        len(heights),
        lambda begin, end: sum(heights[begin:end]),
        lambda begin, end: heights[begin:end],
    )


def check(index: HeightIndex | GuessedHeights, heights: list[int], random: Random) -> None:
    tops = list(accumulate(heights, initial=0))
    assert len(index) == len(heights)
    assert index.total == tops[-1]
    for place in (0, len(heights) - 1, *random.choices(range(len(heights)), k=9)):
        assert index.before(place) == tops[place]
        assert index[place] == heights[place]
        if heights[place]:
            assert index.at(tops[place]) == place
            assert index.at(tops[place + 1] - 1) == place
    assert index.at(-5) == 0
    assert index.at(tops[-1] + 5) == len(heights) - 1


@pytest.mark.parametrize("make", [HeightIndex, guessed])
@pytest.mark.parametrize("count", [1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 17])
def test_it_answers_as_a_list_does(make: type[HeightIndex], count: int) -> None:
    random = Random(count)
    heights = [random.choice((0, 1, 40, 900)) for _ in range(count)]
    index = make(list(heights))
    check(index, heights, random)
    for _ in range(60):
        if random.random() < 0.3:
            heights.append(random.randrange(500))
            index.append(heights[-1])
        else:
            place, height = random.randrange(len(heights)), random.randrange(500)
            heights[place] = height
            index.set(place, height)
        check(index, heights, random)


def test_one_that_begins_empty_grows() -> None:
    index, heights, random = guessed([]), list[int](), Random(1)
    assert index.total == 0
    assert index.at(10) == 0
    for height in range(1, 2 * BLOCK):
        heights.append(height)
        index.append(height)
    check(index, heights, random)


def test_only_blocks_that_are_looked_at_are_guessed_one_by_one() -> None:
    asked: list[int] = []

    def guess(begin: int, end: int) -> list[int]:
        asked.append(begin // BLOCK)
        return [10] * (end - begin)

    index = GuessedHeights(100 * BLOCK, lambda begin, end: 10 * (end - begin), guess)
    assert index.total == 1000 * BLOCK
    assert index.at(index.total - 1) == 100 * BLOCK - 1
    assert index.before(50 * BLOCK + 3) == 500 * BLOCK + 30
    assert asked == [99, 50]
