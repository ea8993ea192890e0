"""The colours of a block of code: of any of its lines, as far as their begin is known, and of all.

Lines are coloured as they come. What only a look ahead can tell, and what stands far from lines
that were coloured, is told once the code is whole and was read in small steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.kit.markdown.highlight import (
    BEGIN,
    LONGEST_LINE,
    ROOM,
    Highlighter,
    Span,
    State,
    is_at_hand,
    knows,
)

STEP = 50
"""Lines: so far apart lie places whose state is kept."""
LOOK_BACK = 100
"""Lines that are read for the colours of those behind them."""
WHOLE_LINES = 1000
"""Lines of code that are read once more as a whole, a quarter of a second for all of them."""

Colors = list[list[Span]]
"""The coloured spans of lines."""


class CodeColors:
    """Colours the lines of one block, which only grows.

    There are no colours before it is `ready`; `prepare` makes it so, which may take a while.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._highlighter = Highlighter(language) if is_at_hand(language) else None
        self._states: dict[int, State] = {0: BEGIN}
        self._here = 0
        self._whole: Colors | None = None

    def of(self, lines: Sequence[str], first: int, end: int) -> Colors:
        """Of the lines from `first` to before `end`."""
        if self._whole is not None:
            return self._whole[first:end]
        highlighter = self._highlighter
        if highlighter is None:
            return [[] for _ in range(first, end)]
        highlighter.room = ROOM
        at = self._begin(highlighter, first)
        found: Colors = []
        while at < end:
            stop = min(end, at - at % STEP + STEP)
            made = highlighter.lines(lines[at:stop])
            found.extend(made[max(0, first - at) :])
            at = stop
            if at % STEP == 0:
                self._states[at] = highlighter.state
        self._here = end
        return found

    @property
    def ready(self) -> bool:
        return self._highlighter is not None

    def prepare(self) -> None:
        """Load what it takes to colour this language."""
        if self._highlighter is None:
            self._highlighter = Highlighter(self._language)

    def _begin(self, highlighter: Highlighter, first: int) -> int:
        """A line at or before `first` from which to read on; its state is set."""
        if first == self._here:
            return first
        known = range(first - first % STEP, max(-1, first - LOOK_BACK), -STEP)
        at = next((place for place in known if place in self._states), first)
        highlighter.state = self._states.get(at, BEGIN)
        return at

    def may_be_read(self, lines: Sequence[str]) -> bool:
        """Whether reading all of it may tell more."""
        if self._whole is not None or not knows(self._language):
            return False
        return len(lines) <= WHOLE_LINES and max(map(len, lines), default=0) <= LONGEST_LINE

    def read(self, lines: Sequence[str]) -> Iterator[None]:
        """Read all of it, which is whole now, in steps of a millisecond or two."""
        self.prepare()
        assert self._highlighter is not None
        self._whole = yield from self._highlighter.whole(lines)
