"""A request that is cancelled, wherever it stands, leaves no connection behind."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from app.adapters.chat_api.client import ChatApi
from tests.adapters.chat_api.test_client_streams import no_blob, question
from tests.conftest import until
from tests.faults.matrix_row import FIRST, begun
from tests.faults.matrix_ways import KEY
from tests.faults.rude_server import Asked, Manner, RudeServer, Wire, answering, head


def _silent(wire: Wire, _asked: Asked) -> None:
    wire.hang()


def _refuses_slowly(wire: Wire, _asked: Asked) -> None:
    wire.send(head("400 Bad", "text/plain", ("Content-Length: 9",)))
    wire.hang()


def _streams(wire: Wire, asked: Asked) -> None:
    begun(FIRST)(wire, asked)
    wire.hang()


@pytest.mark.parametrize(
    ("scheme", "manner"),
    [
        ("https", Wire.hang),
        ("http", answering(_silent)),
        ("http", answering(_refuses_slowly)),
        ("http", answering(_streams)),
    ],
    ids=["in the handshake", "before the head", "in a refusal", "in the answer"],
)
async def test_its_connection_is_closed(scheme: str, manner: Manner) -> None:
    with RudeServer(manner) as server:
        api = ChatApi(server.address.replace("http", scheme), KEY, no_blob)
        await api.warm()

        async def ask() -> None:
            async for _ in api.stream(question()):
                pass

        asking = asyncio.ensure_future(ask())
        await until(lambda: server.posts if scheme == "http" else server.open)
        await asyncio.sleep(0.02)
        asking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asking
        await until(lambda: not server.open, 2)
        await api.close()
