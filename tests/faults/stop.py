"""Stop, in every state a request can be in: pressed in the real window, with Escape.

`worst_ms` is the longest from the key press to the session being idle, everything stored; the note
says how long it took until the server saw its connection end. A stop that took more than 100 ms
either way counts as `lost`, as does any POST after it.
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import Qt

from app.core.conversation import Draft
from app.core.message import ImagePart, MessageState
from app.features.chat.arriving import SessionState
from app.tour_keys import NoKeys
from tests.conftest import until
from tests.faults.fault import Outcome, answer
from tests.faults.matrix import ROWS
from tests.faults.matrix_row import FIRST, begun, says
from tests.faults.rude_server import (
    Asked,
    Manner,
    RudeServer,
    Wire,
    answering,
    black_hole,
    chunk,
    head,
)
from tests.faults.windows_loop import run_on_windows_loop
from tests.journeys.world import Porthole, porthole

PREFIX = "network.stop_"
REACH_MS = 100.0
HUGE = 48 * 1024 * 1024
THIS = "tests.faults.stop"
CLIENT = ("openai", "httpx2", "httpcore2", "truststore")
"""What the first request of a process imports; only the row `importing` stops in it."""
MARKDOWN = ("markdown_it", "app.adapters.chat_api.client")
"""What the first message shown imports, on the window's own time."""


def _refusal_hangs(wire: Wire, _asked: Asked) -> None:
    wire.send(head("400 Bad Request", "application/json", ("Content-Length: 900",)) + b'{"mess')
    wire.hang()


def _streams(every_s: float, words: int) -> Manner:
    def stream(wire: Wire, asked: Asked) -> None:
        begun(FIRST)(wire, asked)
        wire.repeat(chunk(says("word ") * words), every_s)

    return answering(stream)


def _busy(wire: Wire) -> None:
    manner = ROWS["429_seconds"].manner
    assert manner is not None
    manner(wire)


MANNERS: Mapping[str, Manner] = {
    "tls_handshake": Wire.hang,
    "waiting_for_head": answering(lambda wire, _asked: wire.hang()),
    "busy_429": _busy,
    "mid_stream": _streams(0.01, 1),
    "burst": _streams(0.0005, 50),
    "refusal_hangs": answering(_refusal_hangs),
    "encoding": answering(lambda wire, _asked: wire.hang()),
    "importing": answering(lambda wire, _asked: wire.hang()),
}
TRIALS: Mapping[str, int] = {"connecting": 20, **dict.fromkeys(MANNERS, 20), "importing": 8}


@dataclass(slots=True)
class Stopped:
    """What the presses so far took, in ms. `late` counts POSTs that left after one."""

    idle_ms: list[float] = field(default_factory=list)
    gone_ms: list[float] = field(default_factory=list)
    late: int = 0
    in_import: int = 0
    """How many presses came while the client was being imported."""


def run(name: str, directory: Path, trials: int) -> Outcome:
    """Send and stop as many times."""
    if name == "importing":
        # The client is imported once in the life of a process.
        found = Stopped()
        for trial in range(trials):
            one = answer(THIS, name, str(directory / str(trial)), str(trial))
            found.idle_ms += one["idle_ms"]
            found.gone_ms += one["gone_ms"]
            found.late += one["late"]
            found.in_import += one["in_import"]
    else:
        _import(*CLIENT, *MARKDOWN)
        found = run_on_windows_loop(_play(name, directory, trials, random.Random(trials)))
    slow = [ms for ms in (*found.idle_ms, *found.gone_ms) if ms > REACH_MS]
    note = f"idle p50 {statistics.median(found.idle_ms):.0f} ms (reach {REACH_MS:.0f})"
    if found.gone_ms:
        median, worst = statistics.median(found.gone_ms), max(found.gone_ms)
        note += f"; the server saw it after p50 {median:.0f}, at most {worst:.0f} ms"
    if name == "importing":
        note += f"; {found.in_import} presses in mid-import"
    worst = max(found.idle_ms)
    return Outcome(PREFIX + name, trials, len(slow) + found.late, round(worst, 1), note)


def _import(*modules: str) -> None:
    for module in modules:
        import_module(module)


async def _play(name: str, directory: Path, trials: int, chance: random.Random) -> Stopped:
    found = Stopped()
    async with _opened(name, directory) as (opened, server):
        for _ in range(trials):
            await _stop_once(name, opened, server, found, chance)
    return found


async def _stop_once(
    name: str,
    opened: Porthole,
    server: RudeServer | None,
    found: Stopped,
    chance: random.Random,
) -> None:
    session = opened.page.session
    idle_at: list[float] = []

    def hear(state: SessionState) -> None:
        if state is SessionState.IDLE:
            idle_at.append(time.monotonic())

    if server is not None:
        server.forget()
    open_before = server.open if server is not None else 0
    await _send(name, opened)
    await _there(name, opened, server, open_before)
    await asyncio.sleep(chance.uniform(0.0, 0.2))
    posts = server.posts if server is not None else 0
    connected = posts > 0 or name == "tls_handshake"
    session.state_changed.connect(hear)
    begun = sys.modules.keys() & {"httpx2", "openai"}
    found.in_import += bool(begun) and not hasattr(sys.modules.get("openai"), "AsyncAzureOpenAI")
    pressed = time.monotonic()
    opened.press(Qt.Key.Key_Escape)
    await until(lambda: idle_at)
    session.state_changed.disconnect(hear)
    found.idle_ms.append((idle_at[0] - pressed) * 1000)
    assert session.branch()[-1].state is MessageState.STOPPED, session.branch()[-1]
    if server is not None and connected and name != "busy_429":
        await until(lambda: server.left_at > pressed)
        found.gone_ms.append((server.left_at - pressed) * 1000)
    await asyncio.sleep(0.02)
    if server is not None:
        found.late += server.posts - posts


async def _send(name: str, opened: Porthole) -> None:
    if name == "encoding":
        blob = await opened.program.store.put_blob(random.randbytes(HUGE))
        picture = ImagePart("huge.png", blob=blob, width=4000, height=4000)
        opened.page.session.send(Draft("what is this?", (picture,)))
    else:
        opened.type("hello")
        opened.press(Qt.Key.Key_Return)
    await until(lambda: opened.page.session.busy)


async def _there(name: str, opened: Porthole, server: RudeServer | None, open_before: int) -> None:
    """Wait until the request is where the row wants it."""
    session = opened.page.session
    ready: Callable[[], object]
    match name, server:
        case (("encoding" | "importing" | "connecting"), _):
            ready = lambda: len(session.branch()) % 2 == 0  # noqa: E731
        case "busy_429", _:
            ready = lambda: session.state is SessionState.WAITING  # noqa: E731
        case (("mid_stream" | "burst"), _):
            ready = lambda: session.state is SessionState.STREAMING  # noqa: E731
        case "tls_handshake", RudeServer():
            ready = lambda: server.open > open_before  # noqa: E731
        case _, RudeServer():
            ready = lambda: server.posts  # noqa: E731
        case _:
            raise AssertionError(name)
    await until(ready)


@asynccontextmanager
async def _opened(name: str, directory: Path) -> AsyncIterator[tuple[Porthole, RudeServer | None]]:
    async with AsyncExitStack() as stack:
        server: RudeServer | None = None
        if name == "connecting":
            address = stack.enter_context(black_hole())
        else:
            server = stack.enter_context(RudeServer(MANNERS[name]))
            address = server.address
            if name == "tls_handshake":
                address = address.replace("http://", "https://")
        opened = await stack.enter_async_context(
            porthole(directory, address=address, keys=NoKeys())
        )
        yield opened, server


if __name__ == "__main__":
    _import(*MARKDOWN)
    one = run_on_windows_loop(_play(sys.argv[1], Path(sys.argv[2]), 1, random.Random(sys.argv[3])))
    print(
        json.dumps(
            {
                "idle_ms": one.idle_ms,
                "gone_ms": one.gone_ms,
                "late": one.late,
                "in_import": one.in_import,
            }
        )
    )
