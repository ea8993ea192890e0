"""A batch's rows in memory: found by their place, counted, and which of them is asked next."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Sequence

from app.core.batch import BatchRow, RowState
from app.core.batch_plan import tally_of


class BatchRows:
    """Every change but `keep` costs the same however many rows there are.

    An index is a place in `all`; `BatchRow.place` stays when other rows are removed.
    """

    def __init__(self, rows: Sequence[BatchRow]) -> None:
        self.all: list[BatchRow] = []
        self.keep(rows)

    def keep(self, rows: Sequence[BatchRow], busy: Collection[int] = ()) -> None:
        """These are all there are now; the places in `busy` are being asked, and wait no more."""
        self.all = list(rows)
        self._index = {row.place: index for index, row in enumerate(self.all)}
        waits = (row.place for row in self.all if row.state is RowState.WAITING)
        self._waiting = [place for place in waits if place not in busy]
        heapq.heapify(self._waiting)
        self.tally = tally_of(self.all)

    @property
    def any_waits(self) -> bool:
        """Whether there may be a row that `take` answers."""
        return bool(self._waiting)

    def index_of(self, place: int) -> int | None:
        """None if the row of that place was removed."""
        return self._index.get(place)

    def at(self, place: int) -> BatchRow | None:
        index = self._index.get(place)
        return None if index is None else self.all[index]

    def put(self, row: BatchRow) -> bool:
        """Replace the row of that place; False where it was removed."""
        index = self._index.get(row.place)
        if index is None:
            return False
        self.tally = self.tally.moved(self.all[index], row)
        self.all[index] = row
        return True

    def wait(self, place: int) -> None:
        """Let it be asked in its turn."""
        heapq.heappush(self._waiting, place)

    def take(self) -> BatchRow | None:
        """The first row that waits; it does so no more."""
        while self._waiting:
            row = self.at(heapq.heappop(self._waiting))
            if row is not None and row.state is RowState.WAITING:
                return row
        return None
