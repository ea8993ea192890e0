"""Pictures that are only in memory while a request with them runs: lent by their blob."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from app.core.ports import BlobReader


class BlobsInHand:
    """A `BlobReader` over another one, with what is lent just now besides."""

    def __init__(self, read_blob: BlobReader) -> None:
        self._read_blob = read_blob
        self._lent: dict[str, bytes] = {}
        self._count: Counter[str] = Counter()

    @contextmanager
    def hold(self, data: bytes) -> Iterator[str]:
        """The blob by which these bytes can be read within the block."""
        blob = hashlib.sha256(data).hexdigest()
        self._lent[blob] = data
        self._count[blob] += 1
        try:
            yield blob
        finally:
            self._count[blob] -= 1
            if not self._count[blob]:
                del self._lent[blob], self._count[blob]

    async def read(self, blob: str) -> bytes:
        """Raises StorageError, for what is neither lent nor kept."""
        held = self._lent.get(blob)
        return held if held is not None else await self._read_blob(blob)
