"""HTTP requests as tools, against a server on this machine: what is sent, refused and followed."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from app.adapters.own_tools import request as requests
from app.adapters.own_tools.request import send_request
from app.adapters.own_tools.source import OwnToolSource
from app.core.network import Network
from app.core.own_tool import OwnTool, RequestAction, Sends, as_tool, secret_id
from app.core.own_tool_call import address_of
from app.core.tool import CallContext, ToolOutcome
from app.kit.tasks import TaskScope
from tests.conftest import until

PNG = b"\x89PNG\r\n\x1a\n" + b"rest"


@dataclass
class Server:
    """Answers by the path; keeps what it was asked."""

    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0
    other: str = "http://localhost"
    gate: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            state.asked.append((self.command, self.path, dict(self.headers), body))
            path = self.path.partition("?")[0]
            if path == "/hang":
                state.gate.wait(20)
                self.close_connection = True
                return
            status, kind, said, more = 200, "text/plain; charset=utf-8", b"good", {}
            match path:
                case "/echo":
                    said = json.dumps(dict(self.headers)).encode()
                case "/gbk":
                    kind, said = "text/plain; charset=gbk", "你好".encode("gbk")
                case "/picture":
                    kind, said = "image/png", PNG
                case "/missing":
                    status, said = 404, b"no such city"
                case "/empty":
                    said = b""
                case "/big":
                    said = b"x" * 400_000
                case "/here":
                    status, more = 302, {"Location": "/echo"}
                case "/keep":
                    status, more = 307, {"Location": "/echo"}
                case "/away":
                    status, more = 302, {"Location": f"{state.other}:{state.port}/echo"}
                case "/round":
                    status, more = 302, {"Location": "/round"}
                case "/lies":
                    more = {"Content-Length": "999999"}
            self.send_response(status)
            for name, value in {"Content-Type": kind, **more}.items():
                self.send_header(name, value)
            if "Content-Length" not in more:
                self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)
            self.close_connection = path == "/lies"

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815 - the library's names

        def log_message(self, *_: Any) -> None:
            return

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    state.port = http.server_address[1]
    thread = threading.Thread(
        target=http.serve_forever, daemon=True, kwargs={"poll_interval": 0.02}
    )
    thread.start()
    yield state
    state.gate.set()
    http.shutdown()
    http.server_close()
    thread.join()


async def send(action: RequestAction, arguments: Any = None, limit_s: int = 20) -> ToolOutcome:
    return await send_request(action, {}, arguments or {}, limit_s, Network())


async def test_arguments_go_as_json(server: Server) -> None:
    outcome = await send(RequestAction("POST", server.url("/a?k=1")), {"city": "上海", "n": [1]})
    assert outcome == ToolOutcome("good")
    method, path, headers, body = server.asked[0]
    assert (method, path, json.loads(body)) == ("POST", "/a?k=1", {"city": "上海", "n": [1]})
    assert headers["Content-Type"] == "application/json"
    assert headers["Host"] == f"127.0.0.1:{server.port}"


async def test_arguments_go_in_the_address(server: Server) -> None:
    action = RequestAction("GET", server.url("/a?k=1"), (("User-Agent", "me"),), (), Sends.QUERY)
    await send(action, {"city": "a&b=c", "many": ["x", 2], "no": None, "on": True, "o": {"p": 1}})
    method, path, headers, body = server.asked[0]
    assert (method, body, headers["User-Agent"]) == ("GET", b"", "me")
    assert path == "/a?k=1&city=a%26b%3Dc&many=x&many=2&on=true&o=%7B%22p%22%3A+1%7D"


def test_arguments_never_change_where_it_goes() -> None:
    action = RequestAction("GET", "https://a.example/x", sends=Sends.QUERY)
    made = address_of(action, {"@evil.example/": "#", "\ud800": "\r\n"})
    assert made.startswith("https://a.example/x?%40evil.example%2F=%23&")
    assert "\r" not in made


@pytest.mark.parametrize(
    ("path", "error", "words"),
    [
        ("/gbk", False, "你好"),
        ("/missing", True, "HTTP 404 Not Found\n\nno such city"),
        ("/empty", False, "empty answer"),
        ("/lies", True, "failed"),
        ("/round", True, "more than 5 times"),
        ("/here", False, "Host"),
    ],
)
async def test_what_came_back(server: Server, path: str, error: bool, words: str) -> None:
    outcome = await send(RequestAction("GET", server.url(path)))
    assert outcome.is_error is error
    assert words in outcome.text


async def test_a_picture_comes_as_one(server: Server) -> None:
    assert (await send(RequestAction("GET", server.url("/picture")))).pictures == (PNG,)


async def test_a_long_answer_is_read_so_far(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "MOST_BYTES", 100_000)
    text = (await send(RequestAction("GET", server.url("/big")))).text
    assert text.startswith("x" * 100_000 + "\n\n[The rest")


async def test_a_redirect_keeps_to_its_origin(server: Server) -> None:
    outcome = await send(RequestAction("POST", server.url("/away")), {"a": 1})
    assert outcome.is_error
    assert "elsewhere" in outcome.text
    assert [path for _m, path, _h, _b in server.asked] == ["/away"]


async def test_a_redirect_that_keeps_the_method_sends_all_again(server: Server) -> None:
    await send(RequestAction("PUT", server.url("/keep")), {"a": 1})
    assert [(m, p, b) for m, p, _h, b in server.asked] == [
        ("PUT", "/keep", b'{"a": 1}'),
        ("PUT", "/echo", b'{"a": 1}'),
    ]


async def test_a_public_name_must_not_lead_home(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in ("127.0.0.1", "10.1.2.3", "::1", "169.254.169.254", "::ffff:127.0.0.1"):
        monkeypatch.setattr(requests, "_looked_up", lambda _name, n=number: [n])
        outcome = await send(RequestAction("GET", f"http://public.example.com:{server.port}/a"))
        assert outcome.is_error
        assert "private" in outcome.text
    assert server.asked == []


async def test_a_public_name_is_asked_at_the_number_that_was_looked_at(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is not looked up a second time, and is what the server hears."""
    monkeypatch.setattr(requests, "_looked_up", lambda _name: ["127.0.0.1"])
    monkeypatch.setattr(ipaddress.IPv4Address, "is_global", True)
    outcome = await send(RequestAction("GET", f"http://public.example.com:{server.port}/a?b=/c"))
    assert outcome == ToolOutcome("good")
    _method, path, headers, _body = server.asked[0]
    assert (path, headers["Host"]) == ("/a?b=/c", f"public.example.com:{server.port}")


async def test_one_that_hangs_ends_in_time_or_when_it_is_stopped(server: Server) -> None:
    outcome = await send(RequestAction("GET", server.url("/hang")), limit_s=1)
    assert outcome.is_error
    assert "within 1 s" in outcome.text
    scope = TaskScope()
    task = scope.start(send(RequestAction("GET", server.url("/hang"))))
    await until(lambda: len(server.asked) == 2)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await scope.close()


async def test_nobody_there_is_said(server: Server) -> None:
    outcome = await send(RequestAction("GET", "http://127.0.0.1:9/"))
    assert outcome.is_error
    assert "failed" in outcome.text


class Keys:
    def __init__(self, **held: str) -> None:
        self.held = held

    async def get(self, profile_id: str) -> str | None:
        return self.held.get(profile_id)

    async def set(self, profile_id: str, key: str) -> bool:
        self.held[profile_id] = key
        return True

    async def forget(self, profile_id: str) -> None:
        self.held.pop(profile_id, None)

    async def usable(self) -> bool:
        return True


async def _straight(_url: str) -> Network:
    return Network()


async def test_a_secret_goes_along_and_never_comes_back(server: Server) -> None:
    own = OwnTool(
        "t",
        action=RequestAction("GET", server.url("/echo"), secrets=("Authorization",)),
        enabled=True,
    )
    keys = Keys()
    source = OwnToolSource(lambda: [own], keys, _straight)
    missing = await source.run(as_tool(own), {}, CallContext("c"))
    assert missing.is_error
    assert "Authorization" in missing.text
    await keys.set(secret_id(own, "Authorization"), "Bearer canary-1")
    outcome = await source.run(as_tool(own), {}, CallContext("c"))
    assert server.asked[0][2]["Authorization"] == "Bearer canary-1"
    assert "canary" not in outcome.text
    assert "•••" in outcome.text


async def test_a_tool_that_was_changed_off_or_removed_is_not_called(server: Server) -> None:
    own = OwnTool("t", action=RequestAction("GET", server.url("/a")), enabled=True)
    tools = [own]
    source = OwnToolSource(lambda: tools, Keys(), _straight)
    tool = as_tool(own)
    assert not (await source.run(tool, {}, CallContext("c"))).is_error
    for now in ([replace(own, enabled=False)], [], [replace(own, description="other")]):
        tools[:] = now
        assert (await source.run(tool, {}, CallContext("c"))).is_error
    assert len(server.asked) == 1
