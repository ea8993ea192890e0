"""Reads answers from `api_server.py` in one of several ways, run as a program; prints figures.

`ratios`: CPU seconds for each answer, by turns: ours, openai's typed stream, a bare socket; then
how long our reading held the event loop at most. `memory`: by how much a long answer, which nobody
keeps, makes the process grow.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import qasync
from openai import AsyncOpenAI
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QObject, Qt, QTimer

from app.adapters.chat_api.client import ChatApi
from app.core.events import Ended, StreamEvent
from app.core.message import Message, Role, TextPart
from app.core.request import ChatRequest

CHUNKS = 20_000
LONG = 200_000
ROUNDS = 5
TICK_MS = 1
ASKED = [{"role": "user", "content": "Tell me about the lighthouse."}]


class Turns(QObject):
    """The longest time between two turns of the event loop, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.longest_ms = 0.0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self.longest_ms = 0.0
        self._clock.start()
        self._timer.start()

    def stop(self) -> float:
        self._tick()
        self._timer.stop()
        return self.longest_ms

    def _tick(self) -> None:
        self.longest_ms = max(self.longest_ms, self._clock.nsecsElapsed() / 1e6)
        self._clock.restart()


async def no_blob(sha256: str) -> bytes:
    raise AssertionError(f"no picture was sent: {sha256}")


def question(count: int) -> ChatRequest:
    return ChatRequest(str(count), (Message(Role.USER, (TextPart(ASKED[0]["content"]),)),))


async def by_us(api: ChatApi, count: int) -> None:
    """All the way that the window uses, up to the core's events."""
    characters = 0
    last: StreamEvent | None = None
    async for event in api.stream(question(count)):
        characters += len(getattr(event, "text", ""))
        last = event
    assert last == Ended(), last
    assert characters >= count


async def by_openai(client: AsyncOpenAI, count: int) -> None:
    """The typed stream, as its guide has it."""
    characters = 0
    messages: Any = ASKED
    stream = await client.chat.completions.create(model=str(count), messages=messages, stream=True)
    async for chunk in stream:
        characters += len(chunk.choices[0].delta.content or "")
    assert characters >= count


async def by_socket(port: int, count: int) -> None:
    """The least there is to do: bytes, lines, JSON."""
    characters = 0
    body = json.dumps({"model": str(count), "messages": ASKED, "stream": True}).encode()
    with socket.create_connection(("127.0.0.1", port)) as connection:
        head = f"POST /v1/chat/completions HTTP/1.1\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.sendall(head.encode() + body)
        rest = b""
        while not rest.endswith(b"0\r\n\r\n"):
            *lines, rest = (rest + connection.recv(65536)).split(b"\n\n")
            for line in lines:
                at = line.find(b"data: {")
                if at >= 0:
                    chunk = json.loads(line[at + 6 :])
                    characters += len(chunk["choices"][0]["delta"].get("content", ""))
    assert characters >= count


async def cpu(reading: Callable[[], Awaitable[None]]) -> float:
    before = time.process_time()
    await reading()
    return time.process_time() - before


async def ratios(port: int) -> dict[str, list[float]]:
    address = f"http://127.0.0.1:{port}/v1"
    api = ChatApi(address, "key", no_blob)
    client = AsyncOpenAI(base_url=address, api_key="key")
    ways: dict[str, Callable[[int], Awaitable[None]]] = {
        "ours": lambda count: by_us(api, count),
        "openai": lambda count: by_openai(client, count),
        "socket": lambda count: by_socket(port, count),
    }
    for read in ways.values():
        await read(1000)  # imports, connections
    took: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(ROUNDS):
        for way, read in ways.items():
            took[way].append(await cpu(lambda read=read: read(CHUNKS)))  # type: ignore[misc]
    turns = Turns()
    took["held"] = []
    for _ in range(ROUNDS):
        turns.start()
        await by_us(api, CHUNKS)
        took["held"].append(turns.stop())
    await api.close()
    await client.close()
    return took


async def memory(port: int) -> dict[str, list[float]]:
    api = ChatApi(f"http://127.0.0.1:{port}/v1", "key", no_blob)
    peaks = []
    for count in (CHUNKS, LONG):
        await by_us(api, count)
        peaks.append(peak_mib())
    await api.close()
    return {"peaks": peaks}


def peak_mib() -> float:
    """The most memory that this process ever had, in MiB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def main() -> None:
    what = {"ratios": ratios, "memory": memory}[sys.argv[1]]
    app = QCoreApplication([])
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    with loop:
        print(json.dumps(loop.run_until_complete(what(int(sys.argv[2])))))


if __name__ == "__main__":
    main()
