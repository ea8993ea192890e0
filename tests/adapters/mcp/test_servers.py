"""MCP servers through the host process: states, lists, calls, cancelling, and quitting."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.adapters.mcp.keeper import descendants
from app.adapters.mcp.source import McpSource
from app.core.mcp import Http, McpError, McpFailure, McpServer, McpState, Stdio
from app.core.tool import CallContext, Effect, Progress
from tests.adapters.mcp.real_servers import HERE, alive, kept, stdio
from tests.conftest import until

CONTEXT = CallContext("c")


async def test_a_server_is_started_by_a_call_and_known_without_one(tmp_path: Path) -> None:
    async with kept(tmp_path, stdio("good")) as servers:
        assert servers.tools("good") == ()
        changes: list[McpState] = []
        forget = servers.listen(lambda id_: changes.append(servers.status(id_).state))
        await servers.start("good")
        status = servers.status("good")
        assert (status.state, status.server_name) == (McpState.READY, "good 好")
        assert status.instructions == "Ask kindly."
        assert changes[0] is McpState.STARTING
        forget()
        tools = {tool.name: tool for tool in servers.tools("good")}
        assert tools["add"].id == "mcp:good:add"
        assert tools["add"].effect is Effect.CHANGES
        assert tools["add"].parameters["required"] == ["a", "b"]
        await until(lambda: servers.log("good"))
        assert servers.log("good")[0] == "started and listening"
        await servers.stop("good")
        assert servers.status("good").state is McpState.OFF
    async with kept(tmp_path, stdio("good")) as servers:
        known = {tool.name: tool for tool in servers.tools("good")}
        assert known == tools
        assert servers.status("good").state is McpState.OFF
        outcome = await McpSource(servers, "good").run(known["add"], {"a": 1, "b": 2}, CONTEXT)
        assert (outcome.text, outcome.is_error) == ("3", False)


async def test_what_it_gives(tmp_path: Path) -> None:
    async with kept(tmp_path, stdio("good")) as servers:
        await servers.start("good")
        shown = await servers.call("good", "picture", {})
        assert shown.text == "here"
        assert shown.pictures[0].startswith(b"\x89PNG")
        assert (await servers.call("good", "broken", {})).is_error
        assert (await servers.read_resource("good", "note://one")).text == "the note 笔记"
        assert (await servers.read_resource("good", "note://two")).text == "note two"
        (message,) = await servers.get_prompt("good", "greet", {"name": "李"})
        assert (message.role, message.content.text) == ("user", "Greet 李 kindly.")
        offer = servers.offer("good")
        assert [(r.uri, r.is_template) for r in offer.resources] == [
            ("note://one", False),
            ("note://{name}", True),
        ]
        assert offer.prompts[0].arguments[0].required
        with pytest.raises(McpError) as caught:
            await servers.read_resource("good", "nothing://here")
        assert caught.value.failure is McpFailure.REFUSED


async def test_it_gets_little_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "not for servers")
    way = stdio("good").way
    assert isinstance(way, Stdio)
    server = stdio("good", way=replace(way, env=(("NAMED", "yes"),), secrets=("HUSH",)))
    async with kept(tmp_path, server) as servers:
        await servers.start("good")
        told = json.loads((await servers.call("good", "variables", {})).text)
        assert told["NAMED"] == "yes"
        assert told["HUSH"] == "hidden"
        assert told["PATH"] == os.environ["PATH"]
        assert "OPENAI_API_KEY" not in told
    assert not _holds(tmp_path, b"hidden")


async def test_a_cancelled_call_is_cancelled_in_the_server(tmp_path: Path) -> None:
    async with kept(tmp_path, stdio("good")) as servers:
        await servers.start("good")
        tool = next(t for t in servers.tools("good") if t.name == "slow")
        place = tmp_path / "said"
        told: list[Progress] = []
        context = CallContext("c", told.append)

        run = McpSource(servers, "good").run(tool, {"path": str(place)}, context)
        call = asyncio.create_task(run)
        await until(lambda: told)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert told == [Progress(0.25, "a quarter")]
        await until(place.exists)
        assert (await servers.call("good", "add", {"a": 2, "b": 2})).text == "4"


async def test_lists_that_change_are_read_again(tmp_path: Path) -> None:
    async with kept(tmp_path, stdio("good")) as servers:
        await servers.start("good")
        await servers.call("good", "grow", {})
        await until(lambda: any(tool.name == "added" for tool in servers.tools("good")))


async def test_nothing_starts_that_was_not_allowed(tmp_path: Path) -> None:
    server = stdio("good", allowed=False)
    async with kept(tmp_path, server) as servers:
        with pytest.raises(McpError) as caught:
            await servers.start("good")
        assert caught.value.failure is McpFailure.NOT_ALLOWED
        await servers.configure([replace(server, allowed=server.fingerprint)])
        await servers.start("good")
        assert servers.tools("good")
        other = replace(server, way=Stdio(("other",)), allowed=server.fingerprint)
        await servers.configure([other])
        assert servers.status("good").state is McpState.OFF
        assert servers.tools("good") == ()


@pytest.mark.parametrize(
    ("way", "failure"),
    [
        (Stdio(("/nowhere/at/all",)), McpFailure.NOT_FOUND),
        (Stdio((sys.executable, "-c", "raise SystemExit(3)")), McpFailure.EXITED),
        (Stdio((sys.executable,), secrets=("MISSING",)), McpFailure.SECRET_MISSING),
        (Stdio((str(HERE),)), McpFailure.NOT_RUNNABLE),
        (Http("http://127.0.0.1:9/mcp"), McpFailure.UNREACHABLE),
    ],
)
async def test_why_one_does_not_start(
    tmp_path: Path, way: Stdio | Http, failure: McpFailure
) -> None:
    server = McpServer("x", "x", way)
    async with kept(tmp_path, replace(server, allowed=server.fingerprint)) as servers:
        with pytest.raises(McpError) as caught:
            await servers.start("x")
        assert caught.value.failure is failure
        assert servers.status("x").state is McpState.FAILED
        assert servers.status("x").failure is failure


async def test_by_http(tmp_path: Path) -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    process = _run(str(HERE / "good.py"), str(port))
    try:
        server = McpServer("web", "web", Http(f"http://127.0.0.1:{port}/mcp"))
        async with kept(tmp_path, replace(server, allowed=server.fingerprint)) as servers:

            async def ready() -> bool:
                try:
                    await servers.start("web")
                except McpError:
                    return False
                return True

            await until(ready)
            assert (await servers.call("web", "add", {"a": 1, "b": 1})).text == "2"
            assert (await servers.read_resource("web", "note://one")).text == "the note 笔记"
    finally:
        process.kill()
        process.communicate()


@pytest.mark.skipif(sys.platform != "linux", reason="processes are listed by /proc")
async def test_nothing_is_left_after_closing(tmp_path: Path) -> None:
    before = set(descendants(os.getpid()))
    async with kept(tmp_path, stdio("good"), stdio("rude", "stays")) as servers:
        await servers.start("good")
        await servers.start("rude")
        wild = int((await servers.call("good", "child", {})).text)
        assert alive(wild)
        assert len(set(descendants(os.getpid())) - before) >= 4
    assert not alive(wild)
    assert set(descendants(os.getpid())) <= before


@pytest.mark.skipif(sys.platform != "linux", reason="processes are listed by /proc")
@pytest.mark.parametrize("victim", ["program", "host"])
async def test_nothing_is_left_after_a_kill(tmp_path: Path, victim: str) -> None:
    program = _run("-m", "tests.adapters.mcp.program", str(tmp_path))
    assert program.stdout is not None
    wild = int(program.stdout.readline())
    family = [*descendants(program.pid), wild]
    assert len(family) >= 5
    if victim == "host":
        os.kill(family[1], signal.SIGKILL)  # the keeper is the first, its host the next
    else:
        program.kill()
    await until(lambda: not any(alive(pid) for pid in family))
    program.kill()
    program.communicate()


def _run(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _holds(folder: Path, word: bytes) -> bool:
    return any(word in place.read_bytes() for place in folder.rglob("*") if place.is_file())
