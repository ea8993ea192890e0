"""Real servers in real processes, for the tests of the MCP adapter."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from app.adapters.mcp.servers import McpServers
from app.core.mcp import McpServer, Stdio

HERE = Path(__file__).parent / "servers"
SECRETS = {"mcp:good:HUSH": "hidden"}


def stdio(name: str, *arguments: str, allowed: bool = True, way: Stdio | None = None) -> McpServer:
    """One of the servers beside this file, by its file's name."""
    command = (sys.executable, str(HERE / f"{name}.py"), *arguments)
    server = McpServer(name, name, way or Stdio(command))
    return replace(server, allowed=server.fingerprint) if allowed else server


async def secret(name: str) -> str | None:
    return SECRETS.get(name)


@asynccontextmanager
async def kept(folder: Path, *servers: McpServer) -> AsyncIterator[McpServers]:
    """Servers that are known, none started; nothing is left of them afterwards."""
    made = McpServers(secret, folder / "mcp")
    try:
        await made.configure(servers)
        yield made
    finally:
        await made.close()


def alive(pid: int) -> bool:
    """Whether a process still runs; one that only waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
