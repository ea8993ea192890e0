"""One codec a test, closed after it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import qasync

from app.adapters.images.codec import ChildImageCodec


@pytest.fixture
def codec(qloop: qasync.QEventLoop) -> Iterator[ChildImageCodec]:
    codec = ChildImageCodec()
    yield codec
    qloop.run_until_complete(codec.close())
