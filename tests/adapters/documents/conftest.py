"""One reader a test, closed after it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import qasync

from app.adapters.documents.reader import ChildDocumentReader


@pytest.fixture
def reader(qloop: qasync.QEventLoop) -> Iterator[ChildDocumentReader]:
    reader = ChildDocumentReader()
    yield reader
    qloop.run_until_complete(reader.close())
