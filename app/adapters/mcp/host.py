"""The host process: keeps all servers, and speaks with the window in frames, many at a time.

Questions: {"op", "n", …}; each gets one answer {"n", …} or {"n", "failure", "detail"}. Between
them go events: {"event": "state" | "offer" | "log" | "progress", …}. When the window's end of the
pipe closes, all servers are ended, and then the host.
"""

from __future__ import annotations

import asyncio
import os
import queue
import threading
from collections.abc import Awaitable, Callable, Mapping
from typing import IO, Any

from app.adapters.child_frames import FrameError, Header, read_frame, write_frame
from app.adapters.child_loop import take_pipes
from app.adapters.mcp.session import Answer, ServerSession, failure_of
from app.core.mcp import Http, McpError, McpFailure, McpState, Stdio

LOG_EVERY_S = 0.2
LINES_AT_ONCE = 200
PROGRESS_EVERY_S = 0.05
RELIST_AFTER_S = 0.3
END_LIMIT_S = 6.0

Send = Callable[[Mapping[str, Any], bytes], None]


def run_host() -> int:
    """Serve until the window goes; answers the exit status."""
    pipe_in, pipe_out = take_pipes()
    asyncio.run(_Host(pipe_in, pipe_out).run())
    return 0


class _Host:
    def __init__(self, pipe_in: IO[bytes], pipe_out: IO[bytes]) -> None:
        self._in, self._out = pipe_in, pipe_out
        self._frames: queue.SimpleQueue[tuple[Mapping[str, Any], bytes]] = queue.SimpleQueue()
        self._servers: dict[str, _Server] = {}
        self._asked: dict[int, Any] = {}
        self._spawn: Any = None
        self._questions: asyncio.Queue[Header | None] = asyncio.Queue()

    async def run(self) -> None:
        import anyio
        import mcp  # noqa: F401 - here, before the first server waits for it

        loop = asyncio.get_running_loop()
        threading.Thread(target=self._read, args=(loop,), daemon=True, name="questions").start()
        threading.Thread(target=self._write, daemon=True, name="answers").start()
        self._send({"event": "ready"}, b"")
        async with anyio.create_task_group() as group:
            self._spawn = group.start_soon
            while (header := await self._questions.get()) is not None:
                self._asked_for(header)
            for server in self._servers.values():
                server.stop()
            for scope in list(self._asked.values()):
                scope.cancel()
            with anyio.move_on_after(END_LIMIT_S):
                for server in self._servers.values():
                    await server.over.wait()
            group.cancel_scope.cancel()

    def _send(self, header: Mapping[str, Any], body: bytes) -> None:
        self._frames.put((header, body))

    def _write(self) -> None:
        try:
            while True:
                write_frame(self._out, *self._frames.get())
        except OSError:
            return  # the reader sees the same end

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            while True:
                header, _ = read_frame(self._in)
                loop.call_soon_threadsafe(self._questions.put_nowait, header)
        except (FrameError, MemoryError):
            loop.call_soon_threadsafe(self._questions.put_nowait, None)
        except RuntimeError:
            os._exit(0)  # the loop is over, and so are we

    def _asked_for(self, header: Header) -> None:
        if header["op"] == "cancel":
            if scope := self._asked.get(header["of"]):
                scope.cancel()
            return
        self._spawn(self._answer, header)

    async def _answer(self, header: Header) -> None:
        import anyio

        number = header["n"]
        with anyio.CancelScope() as scope:
            self._asked[number] = scope
            try:
                answer, body = await self._work(header)
                self._send({**answer, "n": number}, body)
            except McpError as error:
                told = {"n": number, "failure": error.failure.value, "detail": error.detail}
                self._send(told, b"")
            finally:
                self._asked.pop(number, None)
        if scope.cancelled_caught:
            self._send({"n": number, "failure": McpFailure.HOST.value, "detail": ""}, b"")

    async def _work(self, header: Header) -> Answer:
        op, id_ = header["op"], header["server"]
        server = self._servers.get(id_)
        if op == "stop":
            if server is not None:
                server.stop()
                await server.over.wait()
            return {}, b""
        if op == "start":
            if server is None or server.over.is_set():
                server = self._servers[id_] = _Server(id_, header, self._send)
                self._spawn(server.live)
            await server.settled.wait()
            if server.failure is not None:
                raise server.failure
            return {}, b""
        if server is None:
            raise McpError(McpFailure.EXITED)
        work = {"call": self._call, "read": self._read_resource, "prompt": self._prompt}[op]
        return await server.ask(lambda session: work(session, header))

    async def _call(self, session: ServerSession, header: Header) -> Answer:
        loop = asyncio.get_running_loop()
        last = -1.0

        def told(share: float | None, words: str) -> None:
            nonlocal last
            if (now := loop.time()) - last >= PROGRESS_EVERY_S:
                last = now
                event = {"event": "progress", "of": header["n"], "share": share, "words": words}
                self._send(event, b"")

        return await session.call(header["name"], header["arguments"], told)

    async def _read_resource(self, session: ServerSession, header: Header) -> Answer:
        return await session.read(header["uri"])

    async def _prompt(self, session: ServerSession, header: Header) -> Answer:
        return await session.prompt(header["name"], header["arguments"])


class _Server:
    """One server from its start to its end; a new start makes a new one."""

    def __init__(self, id_: str, header: Header, send: Send) -> None:
        way: Stdio | Http
        if "url" in header:
            way = Http(header["url"])
        else:
            way = Stdio(tuple(header["command"]), header["cwd"], tuple(header["env"].items()))
        self._id = id_
        self._send = send
        self._log = _Log(id_, send)
        self._changed = asyncio.Event()
        self._ending = asyncio.Event()
        self._asked_to_stop = False
        self._session = ServerSession(way, header["secrets"], self._log.say, self._changed.set)
        self.settled = asyncio.Event()
        """Whether it is ready, or failed."""
        self.over = asyncio.Event()
        self.failure: McpError | None = None

    def stop(self) -> None:
        self._asked_to_stop = True
        self._ending.set()

    async def live(self) -> None:
        import anyio

        self._state(McpState.STARTING)
        ready = False
        try:
            async with anyio.create_task_group() as group:
                group.start_soon(self._end_on_word, group.cancel_scope)
                async with self._session.opened(self._ending.set) as about:
                    await self._list()
                    ready = True
                    self._state(McpState.READY, **about)
                    self.settled.set()
                    await self._keep_lists()
        except Exception as error:
            self.failure = failure_of(error, self._session.fault)
        if not ready and self.failure is None and not self._asked_to_stop:
            self.failure = self._session.fault or McpError(McpFailure.EXITED)
        if self._asked_to_stop:
            self.failure = McpError(McpFailure.EXITED)
            self._state(McpState.OFF)
        else:
            seen = self.failure or self._session.fault or McpError(McpFailure.EXITED)
            self.failure = seen
            gone = ready and seen.failure is McpFailure.EXITED
            state = McpState.ENDED if gone else McpState.FAILED
            self._state(state, failure=seen.failure.value, detail=seen.detail)
        self._log.flush()
        self.settled.set()
        self.over.set()

    async def _end_on_word(self, scope: Any) -> None:
        """Let go of the session once it was asked to, or its transport is at an end."""
        await self._ending.wait()
        scope.cancel()

    async def _keep_lists(self) -> None:
        while True:
            await self._changed.wait()
            await asyncio.sleep(RELIST_AFTER_S)
            self._changed.clear()
            await self._list()

    async def _list(self) -> None:
        offer = await self._session.offer()
        self._send({"event": "offer", "server": self._id, "offer": offer}, b"")

    def _state(self, state: McpState, **more: str) -> None:
        self._send({"event": "state", "server": self._id, "state": state.value, **more}, b"")

    async def ask(self, question: Callable[[ServerSession], Awaitable[Answer]]) -> Answer:
        """An answer of the server. Raises McpError."""
        await self.settled.wait()
        if self.over.is_set():
            raise self.failure or McpError(McpFailure.EXITED)
        try:
            return await question(self._session)
        except Exception as error:
            raise failure_of(error, self._session.fault) from None


class _Log:
    """Lines of one server, sent in bundles, so that a flood of them costs the window little."""

    def __init__(self, id_: str, send: Send) -> None:
        self._id = id_
        self._send = send
        self._lines: list[str] = []
        self._left_out = 0
        self._timer: asyncio.TimerHandle | None = None

    def say(self, line: str) -> None:
        if len(self._lines) < LINES_AT_ONCE:
            self._lines.append(line)
        else:
            self._left_out += 1
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(LOG_EVERY_S, self.flush)

    def flush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._lines:
            event = {"event": "log", "server": self._id, "lines": self._lines}
            self._send({**event, "left_out": self._left_out}, b"")
        self._lines, self._left_out = [], 0
