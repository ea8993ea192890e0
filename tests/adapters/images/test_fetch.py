"""Pictures fetched by their address: over real HTTP, with limits, and from nowhere private."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from app.adapters.images import fetch
from app.adapters.images.fetch import WebPictures, is_public
from app.core.errors import ImageError, ImageProblem
from tests.adapters.images.pictures import corner_marked, saved

PICTURE = saved(corner_marked(), "PNG")


class Site(BaseHTTPRequestHandler):
    """What the addresses below lead to."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        match self.path.partition("?")[0]:
            case "/a.png":
                self._say(200, PICTURE)
            case "/moved":
                self._say(302, b"", Location="/a.png")
            case "/circle":
                self._say(302, b"", Location="/circle")
            case "/inside":
                self._say(302, b"", Location="http://192.168.0.1/a.png")
            case "/disk":
                self._say(302, b"", Location="file:///etc/passwd")
            case "/login.png":
                self._say(200, b"<!doctype html><title>Log in</title>")
            case "/large":
                self._say(200, b"x" * 4096)
            case "/cut":
                self._say(200, b"half", length=8)
            case "/silent":
                self.server.stop.wait(30)  # type: ignore[attr-defined]
            case "/trickle":
                self._trickle()
            case _:
                self._say(404, b"gone")

    def _say(self, status: int, body: bytes, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def _trickle(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        try:
            while not self.server.stop.wait(0.02):  # type: ignore[attr-defined]
                self.wfile.write(b".")
        except OSError:
            self.close_connection = True

    def log_message(self, *_words: object) -> None:
        """Nothing is printed."""


@contextmanager
def site() -> Iterator[str]:
    """The place of a server on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.stop = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.stop.set()  # type: ignore[attr-defined]
        server.shutdown()
        thread.join()
        socketserver.ThreadingMixIn.server_close(server)
        server.server_close()


def pictures(place: str, limit_s: float = 20) -> WebPictures:
    host, _, port = place.partition(":")
    return WebPictures(allowed=[(host, int(port))], limit_s=limit_s)


async def problem_of(web: WebPictures, address: str) -> ImageProblem:
    with pytest.raises(ImageError) as caught:
        await web.fetch(address)
    return caught.value.problem


async def test_a_picture_comes_also_from_where_it_was_moved() -> None:
    with site() as place:
        web = pictures(place)
        assert await web.fetch(f"http://{place}/a.png?size=2") == PICTURE
        assert await web.fetch(f"http://{place}/moved") == PICTURE


@pytest.mark.parametrize("path", ["gone", "circle", "disk", "cut"])
async def test_what_does_not_come_is_said(path: str) -> None:
    with site() as place:
        problem = await problem_of(pictures(place), f"http://{place}/{path}")
    assert problem is ImageProblem.NOT_FETCHED


async def test_a_redirect_leads_into_no_private_network() -> None:
    with site() as place:
        problem = await problem_of(pictures(place), f"http://{place}/inside")
    assert problem is ImageProblem.PRIVATE_ADDRESS


@pytest.mark.parametrize("path", ["silent", "trickle"])
async def test_it_takes_no_longer_than_its_limit(path: str) -> None:
    with site() as place:
        problem = await problem_of(pictures(place, 0.3), f"http://{place}/{path}")
    assert problem is ImageProblem.NOT_FETCHED


async def test_it_is_no_larger_than_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "MOST_BYTES", 1000)
    with site() as place:
        assert await pictures(place).fetch(f"http://{place}/a.png") == PICTURE
        problem = await problem_of(pictures(place), f"http://{place}/large")
    assert problem is ImageProblem.TOO_LARGE


async def test_this_machine_and_private_networks_are_not_asked() -> None:
    with site() as place:
        port = place.rpartition(":")[2]
        for host in ("127.0.0.1", "localhost", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]"):
            problem = await problem_of(WebPictures(), f"http://{host}:{port}/a.png")
            assert problem is ImageProblem.PRIVATE_ADDRESS
    for host in ("10.1.2.3", "169.254.169.254", "[fe80::1]", "2130706433"):
        problem = await problem_of(WebPictures(), f"http://{host}/a.png")
        assert problem is ImageProblem.PRIVATE_ADDRESS


async def test_nothing_is_fetched_by_other_ways_or_through_a_proxy() -> None:
    for address in ("file:///etc/passwd", "ftp://example.com/a.png", "http://a:b@example.com/a"):
        assert await problem_of(WebPictures(), address) is ImageProblem.NOT_FETCHED
    with site() as place:
        web = WebPictures(behind_proxy=lambda _address: True, allowed=[("127.0.0.1", 1)])
        assert await problem_of(web, f"http://{place}/a.png") is ImageProblem.NOT_FETCHED


async def test_tls_that_is_none_is_not_fetched() -> None:
    with site() as place:
        problem = await problem_of(pictures(place), f"https://{place}/a.png")
    assert problem is ImageProblem.NOT_FETCHED


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("100.64.0.1", False),
        ("192.0.2.1", False),
        ("224.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::1", False),
        ("2001:0:1:2:3:4:5:6", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
    ],
)
def test_which_addresses_are_public(ip: str, public: bool) -> None:
    assert is_public(ip) is public


async def test_a_page_in_place_of_a_picture_is_no_text_to_be_sent() -> None:
    with site() as place:
        with pytest.raises(ImageError) as refused:
            await pictures(place).fetch(f"http://{place}/login.png")
        assert refused.value.problem is ImageProblem.NOT_SUPPORTED
