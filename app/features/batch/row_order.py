"""Which rows of a batch the list shows, and in which order: all as they came, sorted, or some."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from typing import Any

from app.core.batch import BatchRow, RowState
from app.core.natural_order import Order, as_read

Key = Callable[[BatchRow], Any]


class RowOrder:
    """Sorted once, when it is asked for: rows that change later keep their rank, so that nothing
    jumps while it is read. Those that begin or cease to be wanted come and go.

    An `index` counts the batch's rows, a `line` those that are shown.
    """

    def __init__(self, rows: Sequence[BatchRow]) -> None:
        self.key: Key | None = None
        self.backwards = False
        self.states: Collection[RowState] | None = None
        self.arrange(rows)

    def __len__(self) -> int:
        return len(self.shown)

    def arrange(self, rows: Sequence[BatchRow]) -> None:
        """Sort and choose anew, by `key`, `backwards` and `states` (None: all)."""
        self._rows = rows
        self._by_rank: Sequence[int] = range(len(rows))
        self._rank: Sequence[int] = self._by_rank
        if (key := self.key) is not None:
            order = sorted(range(len(rows)), key=lambda i: key(rows[i]), reverse=self.backwards)
            self._by_rank, rank = order, [0] * len(rows)
            for place, index in enumerate(order):
                rank[index] = place
            self._rank = rank
        self.shown: range | list[int] = range(len(rows))
        if self.states is not None:
            self.shown = [r for r in self.shown if rows[self._by_rank[r]].state in self.states]

    def index_at(self, line: int) -> int:
        return self._by_rank[self.shown[line]]

    def line_of(self, index: int) -> int | None:
        """None where the row is not shown."""
        rank = self._rank[index]
        line = rank if isinstance(self.shown, range) else bisect_left(self.shown, rank)
        return line if line < len(self.shown) and self.shown[line] == rank else None

    def coming(self, index: int) -> int | None:
        """The line at which a row that changed is to be shown from now on; None: it need not."""
        if self.states is None or self._rows[index].state not in self.states:
            return None
        rank, shown = self._rank[index], self.shown
        line = bisect_left(shown, rank)
        return None if line < len(shown) and shown[line] == rank else line

    def goes(self, index: int) -> bool:
        """Whether a row that changed is no longer to be shown."""
        return self.states is not None and self._rows[index].state not in self.states

    def add(self, line: int, index: int) -> None:
        assert isinstance(self.shown, list)
        self.shown.insert(line, self._rank[index])

    def drop(self, line: int) -> None:
        assert isinstance(self.shown, list)
        del self.shown[line]


def by_name(row: BatchRow) -> Order:
    return as_read(row.name)


def by_state(row: BatchRow) -> int:
    return _STATES[row.state]


_STATES = {state: number for number, state in enumerate(RowState)}


def by_time(row: BatchRow) -> tuple[bool, float]:
    """Rows without a time come first."""
    return row.took is not None, row.took or 0.0


def by_field(name: str | None) -> Key:
    """By what a field of the result says, by its first line where it has no such field."""

    def key(row: BatchRow) -> tuple[Any, ...]:
        said = dict(row.fields).get(name) if name is not None else None
        if said is None:
            said = "" if row.fields else row.line
        try:
            return 1, float(said.replace(",", "")), as_read("")
        except ValueError:
            return (2 if said else 0), 0.0, as_read(said)

    return key
