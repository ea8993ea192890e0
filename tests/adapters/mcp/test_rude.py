"""MCP servers that lie, flood, hang and die: each ends in a plain word, and the next call works."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path
from typing import Any

import pytest

from app.adapters.mcp.source import CHANGED, McpSource
from app.core.mcp import McpError, McpFailure, McpState
from app.core.mcp_offer import offer_from_json, schema_fault, tools_of
from app.core.tool import CallContext, Effect
from app.core.tool_names import LONGEST, named
from tests.adapters.mcp.real_servers import kept, stdio
from tests.conftest import until

CONTEXT = CallContext("c")
ODD_OFFERS: tuple[Any, ...] = (
    None,
    [],
    {"tools": 3},
    {"tools": [3, {}, {"name": 4}, {"name": "x" * 2000}]},
)


@pytest.mark.parametrize(
    ("how", "failure", "state"),
    [
        ("dies", McpFailure.EXITED, McpState.ENDED),
        ("flood", McpFailure.FLOODS, McpState.FAILED),
        ("long", McpFailure.TOO_LONG, McpState.FAILED),
    ],
)
async def test_a_call_that_ends_its_server(
    tmp_path: Path, how: str, failure: McpFailure, state: McpState
) -> None:
    async with kept(tmp_path, stdio("rude", how)) as servers:
        await servers.start("rude")
        with pytest.raises(McpError) as caught:
            await servers.call("rude", "go", {})
        assert caught.value.failure is failure
        await until(lambda: servers.status("rude").state is state)
        await servers.start("rude")
        assert servers.status("rude").state is McpState.READY


async def test_one_that_speaks_no_protocol(tmp_path: Path) -> None:
    async with kept(tmp_path, stdio("rude", "noise")) as servers:
        with pytest.raises(McpError) as caught:
            await servers.start("rude")
        assert caught.value.failure is McpFailure.NO_PROTOCOL
        assert servers.log("rude")[0] == "(output) this is no protocol"


async def test_a_lie_about_lengths_is_only_noise(tmp_path: Path) -> None:
    async with kept(tmp_path, stdio("rude", "lies")) as servers:
        await servers.start("rude")
        assert (await servers.call("rude", "go", {})).text == "ok"


async def test_one_that_never_answers_can_be_stopped(tmp_path: Path) -> None:
    async with kept(tmp_path, stdio("rude", "silent")) as servers:
        start = asyncio.create_task(servers.start("rude"))
        await until(lambda: servers.status("rude").state is McpState.STARTING)
        await servers.stop("rude")
        with pytest.raises(McpError):
            await start
        assert servers.status("rude").state is McpState.OFF


async def test_a_call_that_hangs_holds_up_no_other(tmp_path: Path) -> None:
    async with kept(tmp_path, stdio("rude", "hangs"), stdio("good")) as servers:
        await servers.start("rude")
        call = asyncio.create_task(servers.call("rude", "go", {}))
        await servers.start("good")
        assert (await servers.call("good", "add", {"a": 1, "b": 2})).text == "3"
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call


async def test_a_result_of_any_size_comes_whole(tmp_path: Path) -> None:
    async with kept(tmp_path, stdio("rude", "ten_megabytes")) as servers:
        await servers.start("rude")
        before = time.thread_time()
        text = (await servers.call("rude", "go", {})).text
        assert time.thread_time() - before < 0.5  # of our thread's own time: it was not parsed here
        assert text == "é" * 10_000_000


async def test_a_result_that_is_none(tmp_path: Path) -> None:
    async with kept(tmp_path, stdio("rude", "no_result")) as servers:
        await servers.start("rude")
        with pytest.raises(McpError) as caught:
            await servers.call("rude", "go", {})
        assert caught.value.failure is McpFailure.NO_PROTOCOL
        assert servers.status("rude").state is McpState.READY


async def test_odd_names_reach_the_server_as_they_are(tmp_path: Path) -> None:
    async with kept(tmp_path, stdio("rude", "names")) as servers:
        await servers.start("rude")
        tools = servers.tools("rude")
        assert [tool.name for tool in tools] == ["n" * 300, "天气 🌦 \u202eevil", "twice"]
        offered = named(tools)
        assert len(offered) == 3
        assert all(len(name) <= LONGEST and name.isascii() for name in offered)
        outcome = await McpSource(servers, "rude").run(tools[1], {}, CONTEXT)
        assert outcome.text == "ok"


async def test_schemas_that_point_to_the_network_are_not_offered(tmp_path: Path) -> None:
    async with kept(tmp_path, stdio("rude", "schemas")) as servers:
        await servers.start("rude")
        assert [tool.name for tool in servers.tools("rude")] == ["recursive"]
        listed = {tool.name: schema_fault(tool.parameters) for tool in servers.offer("rude").tools}
        assert listed == {"recursive": "", "remote": "remote"}


async def test_a_tool_that_changed_since_it_was_offered_does_not_run(tmp_path: Path) -> None:
    async with kept(tmp_path, stdio("rude", "changes")) as servers:
        await servers.start("rude")
        (before,) = servers.tools("rude")
        await until(lambda: servers.tools("rude")[0].fingerprint != before.fingerprint)
        source = McpSource(servers, "rude")
        assert (await source.run(before, {}, CONTEXT)).text == CHANGED
        assert (await source.run(servers.tools("rude")[0], {}, CONTEXT)).text == "ok"


async def test_a_long_log_keeps_its_end_small(tmp_path: Path) -> None:
    async with kept(tmp_path, stdio("rude", "stderr")) as servers:
        await servers.start("rude")
        await until(lambda: any("lines were left out" in line for line in servers.log("rude")))
        assert len(servers.log("rude")) <= 2000


async def test_one_that_will_not_go_is_killed(tmp_path: Path) -> None:
    async with kept(tmp_path, stdio("rude", "stays")) as servers:
        await servers.start("rude")
        await servers.stop("rude")
        assert servers.status("rude").state is McpState.OFF


async def test_a_broken_cache_is_no_cache(tmp_path: Path) -> None:
    async with kept(tmp_path, stdio("rude", "names")) as servers:
        await servers.start("rude")
    (place,) = (tmp_path / "mcp").glob("*.json")
    for content in (b"{", b"[]", b'{"fingerprint": 3}', os.urandom(100)):
        place.write_bytes(content)
        async with kept(tmp_path, stdio("rude", "names")) as servers:
            assert servers.tools("rude") == ()


def test_an_offer_of_anything_is_an_offer() -> None:
    for odd in ODD_OFFERS:
        assert offer_from_json(odd).tools == ()
    deep: dict[str, object] = {}
    for _ in range(5000):
        deep = {"properties": deep}
    tools = [
        {"name": "deep", "inputSchema": deep},
        {"name": "list", "inputSchema": {"type": "array"}},
        {"name": "none", "annotations": {"readOnlyHint": True, "destructiveHint": False}},
    ]
    (made,) = tools_of(stdio("rude", "x"), offer_from_json({"tools": tools}))
    assert (made.name, made.effect, made.reads_only) == ("none", Effect.CHANGES, True)
    assert made.parameters["type"] == "object"
