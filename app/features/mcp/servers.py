"""The owner of the MCP servers at run time: in the settings, their secrets in the keyring."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from app.core.errors import KeyStoreError, KeyStoreProblem
from app.core.ids import new_id
from app.core.mcp import Http, McpError, McpOffer, McpServer, McpStatus, Stdio
from app.core.ports import KeyStore
from app.core.settings import Settings
from app.core.tool import Tool
from app.kit.settings_holder import SettingsHolder
from app.kit.tasks import TaskScope

MOST_SERVERS = 100
"""As many as the settings keep."""
Job = Callable[[], Coroutine[Any, Any, None]]


class ServerHost(Protocol):
    """What runs the servers. Nothing is started before `start` is called, or a tool is."""

    def listen(self, listener: Callable[[str], None]) -> Callable[[], None]: ...

    async def configure(self, servers: Sequence[McpServer]) -> None: ...

    def status(self, server_id: str) -> McpStatus: ...

    def offer(self, server_id: str) -> McpOffer: ...

    def log(self, server_id: str) -> Sequence[str]: ...

    def tools(self, server_id: str) -> Sequence[Tool]: ...

    async def start(self, server_id: str) -> None:
        """Raises McpError, which the status tells, too."""
        ...

    async def stop(self, server_id: str) -> None: ...


class Servers(QObject):
    """`changed`: the servers are others now. `state_changed`: the state, log or lists of one.

    What is to be done to the keyring and the host is done in the order in which it was asked for.
    """

    changed = Signal()
    state_changed = Signal(str)
    switches_changed = Signal()  # which tools are on, or allowed
    went_wrong = Signal(object)  # KeyStoreError

    def __init__(
        self,
        *,
        settings: SettingsHolder,
        host: ServerHost,
        keys: KeyStore,
        tasks: TaskScope,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._host = host
        self._keys = keys
        self._tasks = tasks
        self._known: tuple[McpServer, ...] = ()
        self._switches = _switches(settings.value)
        self._jobs: deque[Job] = deque()
        self._work: asyncio.Task[None] | None = None
        settings.changed.connect(self._settings_changed)
        host.listen(self.state_changed.emit)

    def begin(self) -> None:
        """Make the host know the servers; none is started."""
        self._settings_changed(self._settings.value)

    async def finish(self) -> None:
        """Wait until the keyring holds what it was given."""
        while self._work is not None:
            await asyncio.wait((self._work,))

    @property
    def all(self) -> tuple[McpServer, ...]:
        """In the order shown."""
        return self._settings.value.mcp_servers

    @property
    def is_full(self) -> bool:
        return len(self.all) >= MOST_SERVERS

    def get(self, server_id: str) -> McpServer | None:
        return next((server for server in self.all if server.id == server_id), None)

    def status(self, server_id: str) -> McpStatus:
        return self._host.status(server_id)

    def offer(self, server_id: str) -> McpOffer:
        """What it offers, or did when it last ran."""
        return self._host.offer(server_id)

    def tools(self, server_id: str) -> Sequence[Tool]:
        """Those of its tools that a model can be told of; none while it may not be used."""
        return self._host.tools(server_id)

    def log(self, server_id: str) -> Sequence[str]:
        """Its last lines: foreign text."""
        return self._host.log(server_id)

    @property
    def switches(self) -> tuple[object, ...]:
        """Which tools are on, and which are allowed: to tell whether that has changed."""
        return self._switches

    # The person's doing

    def add(self, server: McpServer, secrets: Mapping[str, str]) -> bool:
        """Put a server last, and its secrets (by their names) into the keyring.

        False where there are enough servers.
        """
        if self.is_full:
            return False
        self._keep_secrets(server, secrets)
        self._put((*self.all, server))
        return True

    def change(
        self, server_id: str, name: str, way: Stdio | Http, secrets: Mapping[str, str]
    ) -> None:
        """Another name, or another way to it, which then has to be allowed again.

        `secrets` are those that were typed; the others stay, unless the way has none of that name.
        """
        before = self.get(server_id)
        if before is None:
            return
        gone = [key for key in before.way.secrets if key not in way.secrets]
        if gone:
            self._do(lambda: self._forget(before, gone))
        after = replace(before, name=name, way=way)
        self._keep_secrets(after, secrets)
        self._put(after if server.id == server_id else server for server in self.all)
        if secrets and after.fingerprint == before.fingerprint:
            self._do(lambda: self._host.stop(server_id))  # it runs with what they were before

    def duplicate(self, server_id: str) -> McpServer | None:
        """Put a copy right after it, with its secrets, yet to be allowed; None if there is none."""
        server = self.get(server_id)
        if server is None or self.is_full:
            return None
        copy = replace(server, id=new_id(), allowed="")
        place = self.all.index(server) + 1
        self._do(lambda: self._copy_secrets(server, copy))
        self._put((*self.all[:place], copy, *self.all[place:]))
        return copy

    def remove(self, server_id: str) -> Callable[[], None]:
        """Delete it, its secrets, and leaves for its tools; what is answered brings all back."""
        gone = self.get(server_id)
        if gone is None:
            return lambda: None
        place, before = self.all.index(gone), self._settings.value
        held: dict[str, str] = {}
        self._do(lambda: self._take_secrets(gone, held))
        prefix = f"{gone.source}:"
        on = tuple(tool for tool in before.tools_on if tool.startswith(prefix))
        grants = tuple(grant for grant in before.tool_grants if grant.tool.startswith(prefix))
        self._settings.replace(
            mcp_servers=tuple(server for server in self.all if server is not gone),
            tools_on=tuple(tool for tool in before.tools_on if tool not in on),
            tool_grants=tuple(grant for grant in before.tool_grants if grant not in grants),
        )

        def restore() -> None:
            if self.get(gone.id) is not None:
                return
            self._do(lambda: self._give_back(gone, held))
            now = self._settings.value
            self._settings.replace(
                mcp_servers=(*self.all[:place], gone, *self.all[place:]),
                tools_on=(*now.tools_on, *on),
                tool_grants=(*now.tool_grants, *grants),
            )

        return restore

    def set_enabled(self, server_id: str, on: bool) -> None:
        """Whether conversations may use its tools; one that is not enabled is stopped."""
        self._put(replace(s, enabled=on) if s.id == server_id else s for s in self.all)

    def allow(self, server_id: str) -> None:
        """Let exactly this command be run, or this address be asked, from now on; start it."""
        self._put(replace(s, allowed=s.fingerprint) if s.id == server_id else s for s in self.all)
        self.start(server_id)

    def start(self, server_id: str) -> None:
        """Start it once all that was asked for before is done; its status tells how it went."""
        self._do(lambda: self._started(server_id))

    def stop(self, server_id: str) -> None:
        self._begin(self._host.stop(server_id))

    def restart(self, server_id: str) -> None:
        self._begin(self._restarted(server_id))

    # Its tools

    def is_on(self, tool_id: str) -> bool:
        """Whether new conversations may use it."""
        return tool_id in self._settings.value.tools_on

    def set_on(self, tool_ids: Iterable[str], on: bool) -> None:
        """Let new conversations use these tools, or not."""
        chosen = tuple(dict.fromkeys(tool_ids))
        others = tuple(t for t in self._settings.value.tools_on if t not in chosen)
        self._settings.replace(tools_on=(*others, *chosen) if on else others)

    def changed_since_allowed(self, tool: Tool) -> bool:
        """Whether it was always allowed as another than it is now, so that it asks again."""
        given = [g for g in self._settings.value.tool_grants if g.tool == tool.id]
        return bool(given) and not any(grant.covers(tool) for grant in given)

    # Within

    def _put(self, servers: Iterable[McpServer]) -> None:
        self._settings.replace(mcp_servers=tuple(servers))

    def _settings_changed(self, settings: Settings) -> None:
        if (switches := _switches(settings)) != self._switches:
            self._switches = switches
            self.switches_changed.emit()
        if settings.mcp_servers == self._known:
            return
        self._known = settings.mcp_servers
        self._do(lambda: self._host.configure(self._known))
        self.changed.emit()

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        if self._tasks.closed:
            work.close()
        else:
            self._tasks.start(work, name="mcp")

    def _do(self, job: Job) -> None:
        self._jobs.append(job)
        if self._work is None and not self._tasks.closed:
            self._work = self._tasks.start(self._work_off(), name="mcp")

    async def _work_off(self) -> None:
        try:
            while self._jobs:
                try:
                    await self._jobs.popleft()()
                except KeyStoreError as error:
                    self.went_wrong.emit(error)
        finally:
            self._work = None

    async def _started(self, server_id: str) -> None:
        self._begin(self._start_now(server_id))

    async def _start_now(self, server_id: str) -> None:
        with suppress(McpError):
            await self._host.start(server_id)

    async def _restarted(self, server_id: str) -> None:
        await self._host.stop(server_id)
        await self._start_now(server_id)

    def _keep_secrets(self, server: McpServer, secrets: Mapping[str, str]) -> None:
        kept = {key: value for key, value in secrets.items() if key in server.way.secrets}
        if kept:
            self._do(lambda: self._give_back(server, kept))

    async def _give_back(self, server: McpServer, values: Mapping[str, str]) -> None:
        for name, value in values.items():
            if not await self._keys.set(server.secret_key(name), value):
                self.went_wrong.emit(KeyStoreError(KeyStoreProblem.NONE))

    async def _take_secrets(self, server: McpServer, held: dict[str, str]) -> None:
        for name in server.way.secrets:
            if value := await self._keys.get(server.secret_key(name)):
                held[name] = value
        await self._forget(server, server.way.secrets)

    async def _forget(self, server: McpServer, names: Iterable[str]) -> None:
        for name in names:
            await self._keys.forget(server.secret_key(name))

    async def _copy_secrets(self, server: McpServer, copy: McpServer) -> None:
        held: dict[str, str] = {}
        for name in server.way.secrets:
            if value := await self._keys.get(server.secret_key(name)):
                held[name] = value
        await self._give_back(copy, held)


def _switches(settings: Settings) -> tuple[object, ...]:
    return settings.tools_on, settings.tool_grants
