"""A server as a process: started in a session of its own, read with bounds, ended as a whole.

Its output is the protocol, a message a line; a line may be long, but not without end, and there
may be many, but not forever. What it says on the side (stderr) goes to its log.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from app.adapters.mcp.keeper import descendants
from app.core.mcp import McpError, McpFailure, Stdio

LONGEST_LINE = 64 * 1024 * 1024
MOST_NOISE = 1000
"""Lines that are no message, before it counts as no MCP server."""
MOST_MESSAGES = 20_000
"""Messages in a span of time."""
SPAN_S = 5.0
CHUNK = 256 * 1024
FLUSH_S = 0.5
POLITE_S = 2.0
TERM_S = 1.5
GIVEN = (
    ("HOME", "LANG", "LC_ALL", "LC_CTYPE", "LOGNAME", "PATH", "SHELL", "TERM", "TMPDIR", "USER")
    if sys.platform != "win32"
    else (
        *("APPDATA", "HOMEDRIVE", "HOMEPATH", "LOCALAPPDATA", "PATH", "PATHEXT", "PROGRAMDATA"),
        *("PROGRAMFILES", "SYSTEMDRIVE", "SYSTEMROOT", "TEMP", "TMP", "USERNAME", "USERPROFILE"),
    )
)
"""The variables that servers need to find their programs and folders; no other is passed on."""

Said = Callable[[str], None]


def environment(way: Stdio, secrets: Mapping[str, str]) -> dict[str, str]:
    """What the server's process gets: little, and what the person named."""
    given = {name: os.environ[name] for name in GIVEN if name in os.environ}
    kept = {name: value for name, value in given.items() if not value.startswith("()")}
    return {**kept, **dict(way.env), **secrets}


class StdioPipe:
    """The process of one server. `said` hears each line that is for its log."""

    def __init__(self, way: Stdio, secrets: Mapping[str, str], said: Said) -> None:
        self._way = way
        self._secrets = secrets
        self._said = said
        self._process: asyncio.subprocess.Process | None = None
        self._noise = 0
        self.fault: McpError | None = None
        """What it was ended for, or ended with."""

    @asynccontextmanager
    async def streams(self, ended: Callable[[], None]) -> AsyncIterator[tuple[Any, Any]]:
        """The streams that a session reads and writes. Raises McpError where it cannot start.

        `ended` is called when nothing more will come.
        """
        import anyio
        from mcp.shared.message import SessionMessage

        process = await self._start()
        put, read = anyio.create_memory_object_stream[SessionMessage | Exception](0)
        write, taken = anyio.create_memory_object_stream[SessionMessage](0)
        try:
            async with anyio.create_task_group() as group:
                group.start_soon(self._read, process, put, ended)
                group.start_soon(self._write, process, taken)
                group.start_soon(self._listen, process)
                try:
                    yield read, write
                finally:
                    with anyio.CancelScope(shield=True):
                        write.close()
                        await self._end(process)
                    group.cancel_scope.cancel()
        finally:
            for stream in (put, read, write, taken):
                stream.close()

    async def _start(self) -> asyncio.subprocess.Process:
        way = self._way
        try:
            return await asyncio.create_subprocess_exec(
                *way.command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                cwd=_folder(way.cwd),
                env=environment(way, self._secrets),
                limit=CHUNK,
                **_apart(),
            )
        except (FileNotFoundError, NotADirectoryError) as error:
            raise McpError(McpFailure.NOT_FOUND, str(error.filename or way.command[0])) from None
        except (OSError, ValueError) as error:
            raise McpError(McpFailure.NOT_RUNNABLE, str(error)) from None

    async def _read(
        self, process: asyncio.subprocess.Process, put: Any, ended: Callable[[], None]
    ) -> None:
        import anyio

        pipe = process.stdout
        assert pipe is not None
        line = bytearray()
        count, since = 0, asyncio.get_running_loop().time()
        try:
            while chunk := await pipe.read(CHUNK):
                *whole, rest = chunk.split(b"\n")
                for part in whole:
                    line += part
                    message = self._message(line)
                    line.clear()
                    if message is not None:
                        await put.send(message)
                line += rest
                if len(line) > LONGEST_LINE:
                    raise McpError(McpFailure.TOO_LONG)
                count, now = count + len(whole), asyncio.get_running_loop().time()
                if now - since > SPAN_S:
                    count, since = len(whole), now
                if count > MOST_MESSAGES:
                    raise McpError(McpFailure.FLOODS)
            self.fault = self.fault or await self._last_word(process)
        except McpError as error:
            self.fault = error
        except (anyio.BrokenResourceError, anyio.ClosedResourceError, OSError):
            return  # the session is over
        finally:
            put.close()
            ended()

    def _message(self, line: bytearray) -> Any:
        """The message in a line, or None. Raises McpError once there was too much noise."""
        from mcp.shared.message import SessionMessage
        from mcp_types import jsonrpc_message_adapter

        if not line.strip():
            return None
        try:
            return SessionMessage(jsonrpc_message_adapter.validate_json(bytes(line), by_name=False))
        except (ValueError, RecursionError):
            self._noise += 1
        if self._noise <= 20:
            self._said("(output) " + bytes(line[:500]).decode("utf-8", "replace"))
        if self._noise > MOST_NOISE:
            raise McpError(McpFailure.NO_PROTOCOL)
        return None

    async def _last_word(self, process: asyncio.subprocess.Process) -> McpError:
        """What a process that closed its output ended with."""
        try:
            async with asyncio.timeout(FLUSH_S):
                status = await process.wait()
        except TimeoutError:
            return McpError(McpFailure.EXITED, "")
        return McpError(McpFailure.EXITED, str(status))

    async def _write(self, process: asyncio.subprocess.Process, taken: Any) -> None:
        pipe = process.stdin
        assert pipe is not None
        with contextlib.suppress(OSError):  # it reads no more: its output will say what became
            async for message in taken:
                text = message.message.model_dump_json(by_alias=True, exclude_unset=True)
                pipe.write(text.encode() + b"\n")
                await pipe.drain()

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        pipe = process.stderr
        assert pipe is not None
        rest = b""
        with contextlib.suppress(OSError):
            while chunk := await pipe.read(CHUNK):
                *whole, rest = (rest + chunk).split(b"\n")
                for line in whole:
                    self._said(line[:2000].decode("utf-8", "replace").rstrip("\r"))
                if len(rest) > 2000:
                    self._said(rest[:2000].decode("utf-8", "replace"))
                    rest = b""
            if rest:
                self._said(rest.decode("utf-8", "replace"))

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        """End it and all it started: by closing its input, then asking, then by force."""
        family = descendants(process.pid)
        if process.stdin is not None:
            process.stdin.close()
        for patience_s, number in ((POLITE_S, signal.SIGTERM), (TERM_S, _KILL)):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(patience_s):
                    await process.wait()
                    break
            family = list({*family, *descendants(process.pid)})
            _signal(process, family, number)
        _signal(process, family, _KILL)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(TERM_S):
                await process.wait()
        # A grandchild that left may hold the pipes open: we do not wait for their ends.
        getattr(process, "_transport").close()  # noqa: B009 - there is no public way to it


_KILL = signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL


def _folder(written: str) -> str | None:
    return os.path.expanduser(written) or None


def _apart() -> dict[str, Any]:
    """A session of its own: its group can be ended whole, and Ctrl+C does not reach it."""
    if sys.platform == "win32":
        import subprocess

        return {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def _signal(process: asyncio.subprocess.Process, family: list[int], number: int) -> None:
    """Signal the group that it leads, and those of its descendants that left the group."""
    if sys.platform == "win32":
        import subprocess

        subprocess.run(  # noqa: S603 - a fixed command
            ["taskkill", "/T", "/F", "/PID", str(process.pid)],  # noqa: S607 - the system's
            capture_output=True,
            check=False,
        )
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)
    for pid in family:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)
