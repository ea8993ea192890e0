"""Heights of very many messages that are guessed only where somebody looks.

What a block of messages is high is guessed from its sums; the single heights in it are made when
one of them is asked for, and add up to just that. So a long conversation costs little to open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.features.chat.transcript.heights import HeightIndex

BLOCK = 256
"""Messages in a block."""


class GuessedHeights:
    """Like a `HeightIndex` of `count` heights.

    `guess_sum` and `guess` answer for the messages from a place to before another: the sum of
    their guessed heights, and those heights themselves.
    """

    def __init__(
        self,
        count: int,
        guess_sum: Callable[[int, int], int],
        guess: Callable[[int, int], Sequence[int]],
    ) -> None:
        self._count = count
        self._guessed = count
        self._guess = guess
        starts = range(0, count, BLOCK)
        self._sums = HeightIndex(guess_sum(begin, min(begin + BLOCK, count)) for begin in starts)
        self._blocks: dict[int, HeightIndex] = {}

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place: int) -> int:
        return self._block(place // BLOCK)[place % BLOCK]

    @property
    def total(self) -> int:
        return self._sums.total

    def before(self, place: int) -> int:
        """The sum of all heights above the one at `place`."""
        number, within = divmod(place, BLOCK)
        above = self._sums.before(number)
        return above + self._block(number).before(within) if within else above

    def at(self, y: int) -> int:
        """Which one covers `y`; the last (or first) one where `y` is outside."""
        if not self._count:
            return 0
        number = self._sums.at(y)
        return number * BLOCK + self._block(number).at(y - self._sums.before(number))

    def set(self, place: int, height: int) -> None:
        number = place // BLOCK
        block = self._block(number)
        block.set(place % BLOCK, height)
        self._sums.set(number, block.total)

    def append(self, height: int) -> None:
        number = self._count // BLOCK
        if number == len(self._sums):
            self._blocks[number] = HeightIndex((height,))
            self._sums.append(height)
        else:
            block = self._block(number)
            block.append(height)
            self._sums.set(number, block.total)
        self._count += 1

    def _block(self, number: int) -> HeightIndex:
        block = self._blocks.get(number)
        if block is None:
            begin = number * BLOCK
            block = HeightIndex(self._guess(begin, min(begin + BLOCK, self._guessed)))
            self._blocks[number] = block
        return block
