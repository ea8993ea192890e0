"""All MCP servers of the person, as the window uses them: states, logs, lists, and questions."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.adapters.child_frames import Header
from app.adapters.mcp.host_pipe import HostPipe
from app.adapters.mcp.offer_cache import OfferCache
from app.adapters.mcp.results import unpacked
from app.adapters.threads import in_daemon_thread
from app.core.mcp import (
    McpContent,
    McpError,
    McpFailure,
    McpOffer,
    McpPromptMessage,
    McpServer,
    McpState,
    McpStatus,
    Secrets,
    Stdio,
)
from app.core.mcp_offer import offer_from_json, tools_of
from app.core.tool import Progress, Tool

LOG_LINES = 2000
Listener = Callable[[str], None]


class McpServers:
    """Belongs to one event loop. Nothing is started before somebody asks for it.

    `secrets` reads the keyring; `folder` is where lists are kept between starts.
    """

    def __init__(self, secrets: Secrets, folder: Path, *, command: list[str] | None = None) -> None:
        self._secrets = secrets
        self._cache = OfferCache(folder)
        self._command = command
        self._known: dict[str, _Known] = {}
        self._pipe: HostPipe | None = None
        self._closing: list[HostPipe] = []
        self._waiting: dict[int, asyncio.Future[tuple[Header, bytes]]] = {}
        self._told: dict[int, Callable[[Progress], None]] = {}
        self._number = 0
        self._listeners: list[Listener] = []
        self._closed = False

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Have `listener` called with a server's id whenever its state, log or lists change.

        Answers what ends that.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def configure(self, servers: Sequence[McpServer]) -> None:
        """Know these servers and no other. One that is gone, is switched off or is reached in
        another way now is stopped; what each last offered is read from the disk."""
        wanted = {server.id: server for server in servers}
        for id_ in [id_ for id_ in self._known if id_ not in wanted]:
            await self.stop(id_)
            del self._known[id_]
            await in_daemon_thread(self._cache.forget, id_)
            self._changed(id_)
        for server in servers:
            known = self._known.get(server.id)
            if known is not None and known.server.fingerprint == server.fingerprint:
                known.server = server
                known.tools = tools_of(server, known.offer)
                if not (server.enabled and server.may_start):
                    await self.stop(server.id)
            else:
                if known is not None:
                    await self.stop(server.id)
                self._known[server.id] = made = _Known(server)
                raw = await in_daemon_thread(self._cache.read, server)
                if raw is not None:
                    made.take(offer_from_json(raw))
            self._changed(server.id)

    def servers(self) -> Sequence[McpServer]:
        return [known.server for known in self._known.values()]

    def status(self, server_id: str) -> McpStatus:
        return self._known[server_id].status if server_id in self._known else McpStatus()

    def offer(self, server_id: str) -> McpOffer:
        """What it offers, or offered when it last ran."""
        return self._known[server_id].offer if server_id in self._known else McpOffer()

    def log(self, server_id: str) -> Sequence[str]:
        """The last lines that it said, the newest last: foreign text."""
        return tuple(self._known[server_id].log) if server_id in self._known else ()

    def tools(self, server_id: str) -> Sequence[Tool]:
        """The tools of one that is switched on and allowed, by its last known list."""
        known = self._known.get(server_id)
        usable = known is not None and known.server.enabled and known.server.may_start
        return known.tools if known is not None and usable else ()

    async def start(self, server_id: str) -> None:
        """Start it, unless it runs; returns when it is ready. Raises McpError."""
        known = self._known.get(server_id)
        if known is None or not known.server.may_start:
            raise McpError(McpFailure.NOT_ALLOWED)
        if known.status.state is McpState.READY:
            return
        server = known.server
        secrets = await self._secrets_of(known)
        way = server.way
        if isinstance(way, Stdio):
            reached: dict[str, Any] = {"command": list(way.command), "cwd": way.cwd}
            reached["env"] = dict(way.env)
        else:
            reached = {"url": way.url}
        await self._ask({"op": "start", "server": server_id, **reached, "secrets": secrets})

    async def stop(self, server_id: str) -> None:
        """End it, whatever it does; returns when nothing is left of it."""
        if self._pipe is None or server_id not in self._known:
            return
        try:
            await self._ask({"op": "stop", "server": server_id})
        except McpError:
            return  # the host is gone, and its servers with it

    async def restart(self, server_id: str) -> None:
        """Raises McpError."""
        await self.stop(server_id)
        await self.start(server_id)

    async def call(
        self,
        server_id: str,
        tool: str,
        arguments: Mapping[str, Any],
        told: Callable[[Progress], None] = lambda _progress: None,
    ) -> McpContent:
        """Call a tool, by its own name, of a server that runs. Raises McpError.

        Cancelled, the server is told so.
        """
        question = {"op": "call", "server": server_id, "name": tool, "arguments": dict(arguments)}
        header, body = await self._ask(question, told)
        return unpacked(header["lengths"], body, is_error=header["is_error"])

    async def read_resource(self, server_id: str, uri: str) -> McpContent:
        """Read a resource; the server is started if need be. Raises McpError."""
        await self.start(server_id)
        header, body = await self._ask({"op": "read", "server": server_id, "uri": uri})
        return unpacked(header["lengths"], body)

    async def get_prompt(
        self, server_id: str, name: str, arguments: Mapping[str, str]
    ) -> tuple[McpPromptMessage, ...]:
        """A prompt filled in; the server is started if need be. Raises McpError."""
        await self.start(server_id)
        question = {"op": "prompt", "server": server_id, "name": name}
        header, body = await self._ask({**question, "arguments": dict(arguments)})
        made: list[McpPromptMessage] = []
        place = 0
        for told in header["messages"]:
            size = sum(told["lengths"])
            content = unpacked(told["lengths"], body[place : place + size])
            made.append(McpPromptMessage(told["role"], content))
            place += size
        return tuple(made)

    async def close(self) -> None:
        """End all servers and the host; returns when nothing is left of them."""
        self._closed = True
        if self._pipe is not None:
            await in_daemon_thread(self._pipe.close)

    async def _secrets_of(self, known: _Known) -> dict[str, str]:
        secrets: dict[str, str] = {}
        for name in known.server.way.secrets:
            value = await self._secrets(known.server.secret_key(name))
            if not value:
                fault = McpError(McpFailure.SECRET_MISSING, name)
                known.status = McpStatus(McpState.FAILED, fault.failure, name)
                self._changed(known.server.id)
                raise fault
            secrets[name] = value
        return secrets

    async def _ask(
        self, question: Mapping[str, Any], told: Callable[[Progress], None] | None = None
    ) -> tuple[Header, bytes]:
        """The host's answer. Raises McpError."""
        if self._closed:
            raise McpError(McpFailure.HOST)
        if self._pipe is None:
            self._pipe = HostPipe(self._arrived, self._host_ended, self._look, self._command)
        pipe = self._pipe
        self._number += 1
        number = self._number
        future: asyncio.Future[tuple[Header, bytes]] = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        if told is not None:
            self._told[number] = told
        pipe.send({**question, "n": number})
        try:
            header, body = await future
        except asyncio.CancelledError:
            pipe.send({"op": "cancel", "of": number})
            raise
        finally:
            self._waiting.pop(number, None)
            self._told.pop(number, None)
        if "failure" in header:
            raise McpError(McpFailure(header["failure"]), header["detail"])
        return header, body

    def _look(self, header: Header) -> None:
        """In the reading thread: make values of a long list, and keep it on the disk."""
        if header.get("event") != "offer":
            return
        raw = header["offer"]
        header["offer"] = offer_from_json(raw)
        if (known := self._known.get(header["server"])) is not None:
            self._cache.write(known.server, raw)

    def _arrived(self, header: Header, body: bytes) -> None:
        if (number := header.get("n")) is not None:
            future = self._waiting.get(number)
            if future is not None and not future.done():
                future.set_result((header, body))
        elif header["event"] == "progress":
            if told := self._told.get(header["of"]):
                told(Progress(header["share"], header["words"]))
        elif (known := self._known.get(header.get("server", ""))) is not None:
            known.hear(header)
            self._changed(known.server.id)

    def _host_ended(self) -> None:
        self._pipe = None
        for future in self._waiting.values():
            if not future.done():
                future.set_result(({"failure": McpFailure.HOST.value, "detail": ""}, b""))
        for known in self._known.values():
            if known.status.state in (McpState.READY, McpState.STARTING):
                off = McpStatus() if self._closed else McpStatus(McpState.FAILED, McpFailure.HOST)
                known.status = off
                self._changed(known.server.id)

    def _changed(self, server_id: str) -> None:
        for listener in tuple(self._listeners):
            listener(server_id)


class _Known:
    """One server and what is known of it."""

    def __init__(self, server: McpServer) -> None:
        self.server = server
        self.status = McpStatus()
        self.log: deque[str] = deque(maxlen=LOG_LINES)
        self.offer = McpOffer()
        self.tools: tuple[Tool, ...] = ()

    def take(self, offer: McpOffer) -> None:
        self.offer = offer
        self.tools = tools_of(self.server, offer)

    def hear(self, header: Header) -> None:
        kind = header["event"]
        if kind == "offer":
            self.take(header["offer"])
        elif kind == "log":
            self.log.extend(header["lines"])
            if header["left_out"]:
                self.log.append(f"(Porthole) {header['left_out']} lines were left out")
        elif kind == "state":
            failure = header.get("failure")
            self.status = McpStatus(
                McpState(header["state"]),
                McpFailure(failure) if failure else None,
                header.get("detail", ""),
                header.get("server_name", ""),
                header.get("server_version", ""),
                header.get("protocol", ""),
                header.get("instructions", ""),
            )
