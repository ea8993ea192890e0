"""MCP servers joined to the world: their host, the keyring, and the toolbox that offers tools."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from app.adapters.mcp.servers import McpServers
from app.adapters.mcp.source import McpSource
from app.core.errors import KeyStoreError
from app.core.ports import KeyStore
from app.core.tool import Tool
from app.features.mcp.servers import Servers
from app.kit.settings_holder import SettingsHolder
from app.kit.tasks import TaskScope
from app.program_parts import ProgramParts
from app.tool_box import Toolbox


class McpHere(QObject):
    """Owns the `host`; nothing is started before somebody starts a server or calls its tool."""

    def __init__(
        self,
        parts: ProgramParts,
        settings: SettingsHolder,
        toolbox: Toolbox,
        report: Callable[[BaseException], None],
        *,
        tasks: TaskScope,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._keys: KeyStore = parts.keys
        self._toolbox = toolbox
        self._report = report
        self._fed: tuple[str, ...] = ()
        self._offered: dict[str, Sequence[Tool]] = {}
        self.host = McpServers(self._secret, parts.directory / "mcp")
        self.servers = Servers(
            settings=settings, host=self.host, keys=parts.keys, tasks=tasks, parent=self
        )
        self.servers.changed.connect(self._feed)
        self.servers.state_changed.connect(self._look_at_tools)
        self.servers.went_wrong.connect(report)

    def begin(self) -> None:
        """Know the servers, and the tools that they last offered."""
        self.servers.begin()

    async def close(self) -> None:
        """End all servers; nothing is left of them when this returns."""
        await self.servers.finish()
        await self.host.close()

    def _feed(self) -> None:
        """Have the toolbox offer the tools of these servers, and of no other."""
        sources = {server.source: server.id for server in self.servers.all}
        for source in self._fed:
            if source not in sources:
                self._toolbox.drop_source(source)
        for source, server_id in sources.items():
            if source not in self._fed:
                self._toolbox.put_source(source, McpSource(self.host, server_id))
        self._fed = tuple(sources)

    def _look_at_tools(self, server_id: str) -> None:
        """Say so where a server's tools are others now; most of what it tells is its log."""
        tools = self.host.tools(server_id)
        if tools is not self._offered.get(server_id, ()):
            self._offered[server_id] = tools
            self._toolbox.changed.emit()

    async def _secret(self, name: str) -> str | None:
        try:
            return await self._keys.get(name)
        except KeyStoreError as error:
            self._report(error)
            return None
