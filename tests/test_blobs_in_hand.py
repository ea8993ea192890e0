"""A picture that is lent can be read while its request runs, and not after."""

from __future__ import annotations

import hashlib

import pytest

from app.blobs_in_hand import BlobsInHand

pytestmark = pytest.mark.usefixtures("qapp")


async def test_what_is_lent_is_there_until_the_last_gives_it_back() -> None:
    asked: list[str] = []

    async def kept(blob: str) -> bytes:
        asked.append(blob)
        return b"kept"

    blobs = BlobsInHand(kept)
    with blobs.hold(b"picture") as one:
        assert one == hashlib.sha256(b"picture").hexdigest()
        with blobs.hold(b"picture") as other:
            assert other == one
        assert await blobs.read(one) == b"picture"
        assert await blobs.read("else") == b"kept"
    assert await blobs.read(one) == b"kept"
    assert asked == ["else", one]
