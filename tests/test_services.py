"""The service inside the program starts once, and ends with the program however it was started."""

from __future__ import annotations

import asyncio

import pytest

from app.adapters.ocr.reader import ChildTextReader
from app.core.settings import Settings
from app.services import ServiceMaker


async def no_blobs(name: str) -> bytes:
    raise KeyError(name)


@pytest.mark.parametrize("steps", range(6))
async def test_who_stops_while_the_inner_service_starts_leaves_none_behind(steps: int) -> None:
    """One that went on listening would be told of as an unclosed socket, which fails the test."""
    maker = ServiceMaker(settings=Settings, read_blob=no_blobs, reader=ChildTextReader())
    asking = asyncio.ensure_future(maker.demo_address())
    for _ in range(steps):
        await asyncio.sleep(0)
    asking.cancel()
    await asyncio.wait((asking,))
    first = await maker.demo_address()
    assert await maker.demo_address() == first
    await maker.close()
