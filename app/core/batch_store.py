"""What batches ask of the disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from app.core.batch import Batch, BatchRow, RowState
from app.core.cost import UsageEntry


class BatchStore(Protocol):
    """Batches with their rows and results on disk. Raises StorageError throughout.

    All that is written is on the disk when a call returns. Rows that were being asked when an
    earlier run ended come back as uncertain.
    """

    @property
    def there(self) -> bool:
        """Whether any batch was ever kept here; touches nothing."""
        ...

    async def batches(self) -> Sequence[Batch]:
        """All, the latest first."""
        ...

    async def counts(self) -> Mapping[str, Mapping[RowState, int]]:
        """How many rows of each batch are how far, by the batch's id."""
        ...

    async def rows(self, batch_id: str) -> Sequence[BatchRow]: ...

    async def add(self, batch: Batch, rows: Sequence[BatchRow]) -> None: ...

    async def save(self, batch: Batch) -> None:
        """Replace all of it but its rows."""
        ...

    async def put(self, batch_id: str, rows: Sequence[BatchRow]) -> None:
        """Replace these rows; results stay."""
        ...

    async def put_thumbnail(self, batch_id: str, place: int, png: bytes) -> None: ...

    async def thumbnail(self, batch_id: str, place: int) -> bytes:
        """Empty where there is none."""
        ...

    async def put_result(
        self, batch_id: str, row: BatchRow, text: str, entry: UsageEntry | None
    ) -> None:
        """Replace a row and its result in one commit; `entry` is owed to the usage ledger."""
        ...

    async def result(self, batch_id: str, place: int) -> str:
        """All that was answered; empty where nothing was."""
        ...

    async def results(self, batch_id: str) -> Sequence[tuple[BatchRow, str]]:
        """All rows, each with all that was answered."""
        ...

    async def uncounted(self) -> Sequence[UsageEntry]:
        """What is owed to the usage ledger."""
        ...

    async def counted(self, entry_id: str) -> None:
        """That entry stands in the usage ledger."""
        ...

    async def remove_rows(self, batch_id: str, places: Sequence[int]) -> None: ...

    async def delete(self, batch_id: str) -> None: ...

    async def close(self) -> None: ...
