"""MCP servers by HTTP that point elsewhere, want a sign-in, or send without end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from app.core.mcp import Http, McpError, McpFailure, McpServer
from tests.adapters.mcp.real_servers import kept


@contextmanager
def answering(status: int, headers: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """A server that always answers so; its address, and the paths that were asked for."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(f"{self.path} {self.headers.get('X-Key')}")
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Connection", "close")
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()


async def refusal(folder: Path, address: str) -> McpFailure:
    server = McpServer("good", "web", Http(f"{address}/mcp"))
    async with kept(folder, replace(server, allowed=server.fingerprint)) as servers:
        with pytest.raises(McpError) as caught:
            await servers.start("good")
        return caught.value.failure


async def test_it_is_not_followed_to_another_origin(tmp_path: Path) -> None:
    with (
        answering(200, {}) as (elsewhere, asked),
        answering(307, {"Location": f"{elsewhere}/mcp", "Content-Length": "0"}) as (here, _),
    ):
        assert await refusal(tmp_path, here) is McpFailure.REDIRECTS
        assert asked == []


@pytest.mark.parametrize(
    ("status", "headers", "failure"),
    [
        (401, {"WWW-Authenticate": "Bearer"}, McpFailure.NEEDS_SIGN_IN),
        (403, {}, McpFailure.NEEDS_SIGN_IN),
        (500, {}, McpFailure.REFUSED),
        (
            200,
            {"Content-Type": "application/json", "Content-Length": str(10**12)},
            McpFailure.TOO_LONG,
        ),
    ],
)
async def test_what_it_answers_is_told_plainly(
    tmp_path: Path, status: int, headers: dict[str, str], failure: McpFailure
) -> None:
    with answering(status, headers) as (address, _):
        assert await refusal(tmp_path, address) is failure
