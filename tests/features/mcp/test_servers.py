"""The person's MCP servers: kept in the settings, their secrets in the keyring, run by the host."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.adapters.keys import SystemKeys
from app.adapters.mcp.servers import McpServers
from app.core.errors import KeyStoreError
from app.core.mcp import McpServer, McpState, Stdio
from app.core.settings import Settings, from_json, to_json
from app.core.tool import Grant
from app.features.mcp.servers import Servers
from app.kit.settings_holder import SettingsHolder
from app.kit.tasks import TaskScope
from tests.adapters.mcp.real_servers import stdio
from tests.conftest import MemoryKeyring, until

SECRET = "canary-0123"


@asynccontextmanager
async def servers_of(folder: Path, *known: McpServer, **more: Any) -> AsyncIterator[Servers]:
    """The person's servers over a real host and a keyring in memory."""
    keys = SystemKeys(allow=lambda _ring: True)
    host, tasks = McpServers(keys.get, folder / "mcp"), TaskScope()
    settings = SettingsHolder(Settings(mcp_servers=known, **more), save=lambda _value: None)
    servers = Servers(settings=settings, host=host, keys=keys, tasks=tasks)
    servers.begin()
    await servers.finish()
    try:
        yield servers
    finally:
        await servers.finish()
        await host.close()
        await tasks.close()


def with_secret(server: McpServer) -> McpServer:
    assert isinstance(server.way, Stdio)
    return replace(server, way=replace(server.way, secrets=("HUSH",)), allowed="")


async def test_a_server_is_added_allowed_started_and_deleted(
    tmp_path: Path, memory_keyring: MemoryKeyring
) -> None:
    server = with_secret(stdio("good"))
    async with servers_of(tmp_path) as servers:
        changes: list[None] = []
        servers.changed.connect(lambda: changes.append(None))
        assert servers.add(server, {"HUSH": SECRET, "OTHER": "not asked for"})
        assert changes == [None]
        servers.start("good")
        await servers.finish()
        assert servers.status("good").state is McpState.OFF
        assert memory_keyring.keys == {("porthole", "mcp:good:HUSH"): SECRET}
        servers.allow("good")
        await until(lambda: servers.status("good").state is McpState.READY)
        assert {tool.name for tool in servers.offer("good").tools} >= {"add", "slow"}
        restore = servers.remove("good")
        await servers.finish()
        assert (servers.all, memory_keyring.keys) == ((), {})
        restore()
        restore()
        await servers.finish()
        assert servers.get("good") == replace(server, allowed=server.fingerprint)
        assert memory_keyring.keys == {("porthole", "mcp:good:HUSH"): SECRET}


async def test_another_command_has_to_be_allowed_again_and_old_secrets_go(
    tmp_path: Path, memory_keyring: MemoryKeyring
) -> None:
    async with servers_of(tmp_path, stdio("good")) as servers:
        servers.start("good")
        await until(lambda: servers.status("good").state is McpState.READY)
        servers.change("good", "Better", with_secret(stdio("good")).way, {"HUSH": SECRET})
        await servers.finish()
        changed = servers.get("good")
        assert changed is not None
        assert (changed.name, changed.may_start) == ("Better", False)
        assert servers.status("good").state is McpState.OFF
        copy = servers.duplicate("good")
        await servers.finish()
        assert copy is not None
        assert memory_keyring.keys["porthole", copy.secret_key("HUSH")] == SECRET
        servers.change("good", "Better", stdio("good").way, {})
        await servers.finish()
        assert list(memory_keyring.keys) == [("porthole", copy.secret_key("HUSH"))]


async def test_leaves_and_switches_of_its_tools_go_and_come_back_with_it(tmp_path: Path) -> None:
    grants = (Grant("mcp:good:add", "x"), Grant("own:clock", "y"))
    on = ("mcp:good:add", "own:clock", "mcp:goods:add")
    async with servers_of(tmp_path, stdio("good"), tool_grants=grants, tools_on=on) as servers:
        held = servers._settings
        restore = servers.remove("good")
        assert held.value.tools_on == ("own:clock", "mcp:goods:add")
        assert held.value.tool_grants == grants[1:]
        restore()
        assert set(held.value.tools_on) == set(on)
        assert set(held.value.tool_grants) == set(grants)


async def test_a_tool_that_is_another_now_is_told_apart(tmp_path: Path) -> None:
    async with servers_of(tmp_path, stdio("rude", "changes")) as servers:
        servers.start("rude")
        await until(lambda: servers._host.tools("rude"))
        (first,) = servers._host.tools("rude")
        servers._settings.replace(tool_grants=(Grant(first.id, first.fingerprint),))
        await until(lambda: servers._host.tools("rude") != (first,))
        (now,) = servers._host.tools("rude")
        assert servers.changed_since_allowed(now)
        assert not servers.changed_since_allowed(first)
        servers.set_on([now.id], True)
        assert servers.is_on(now.id)
        servers.set_on([now.id], False)
        assert not servers.is_on(now.id)


async def test_one_that_is_not_enabled_stops(tmp_path: Path) -> None:
    async with servers_of(tmp_path, stdio("good")) as servers:
        servers.start("good")
        await until(lambda: servers.status("good").state is McpState.READY)
        servers.set_enabled("good", False)
        await until(lambda: servers.status("good").state is McpState.OFF)
        servers.set_enabled("good", True)
        servers.start("good")
        await until(lambda: servers.status("good").state is McpState.READY)
        servers.restart("good")
        await until(lambda: servers.status("good").state is McpState.STARTING)
        await until(lambda: servers.status("good").state is McpState.READY)
        servers.stop("good")
        await until(lambda: servers.status("good").state is McpState.OFF)


async def test_without_a_keyring_it_is_said(tmp_path: Path, memory_keyring: MemoryKeyring) -> None:
    async with servers_of(tmp_path) as servers:
        servers._keys = SystemKeys(allow=lambda _ring: False)
        said: list[KeyStoreError] = []
        servers.went_wrong.connect(said.append)
        servers.add(with_secret(stdio("good")), {"HUSH": SECRET})
        await servers.finish()
        assert len(said) == 1
        assert not memory_keyring.keys


def test_settings_keep_servers_without_their_secrets() -> None:
    server = with_secret(stdio("good"))
    data = to_json(Settings(mcp_servers=(server,)))
    assert from_json(data).mcp_servers == (server,)
    data["mcp_servers"] = [*data["mcp_servers"], data["mcp_servers"][0], 7, {"id": "x"}]
    assert from_json(data).mcp_servers == (server,)
