"""Requests by every way there is, through real proxies and real certificates on loopback."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trustme

from app.adapters.chat_api.client import ChatApi
from app.adapters.chat_api.probe import probe
from app.core.errors import Failure, FailureKind, ServiceError
from app.core.events import Ended, Failed, StreamEvent
from app.core.network import Network, NetworkChoice, NetworkProblem, ProxyChoice
from tests.adapters.chat_api.server import Answer, Server, alone, plain, serving
from tests.adapters.chat_api.test_client_streams import KEY, STREAM, no_blob, question
from tests.proxies import (
    Kind,
    TestProxy,
    listening,
    proxying,
    saying,
    silent,
)

USER, PASSWORD = "拉姆", "p@ss:w/ord %41 密码 canary-7431"


def manual(proxy: TestProxy | int, scheme: str = "http", **more: str) -> NetworkChoice:
    port = proxy if isinstance(proxy, int) else proxy.port
    return NetworkChoice(ProxyChoice.MANUAL, f"{scheme}://127.0.0.1:{port}", **more)


def port_of(server: Server) -> int:
    return int(server.address.split(":")[2].split("/")[0])


async def ask(address: str, network: Network, connect_limit_s: float = 10) -> list[StreamEvent]:
    api = ChatApi(address, KEY, no_blob, network=network, connect_limit_s=connect_limit_s)
    try:
        return [event async for event in api.stream(question())]
    finally:
        await api.close()


def failure(events: list[StreamEvent]) -> Failure:
    last = events[-1]
    assert isinstance(last, Failed)
    for secret in (KEY, "canary", USER):
        assert secret not in repr(last)
    return last.failure


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> str:
    """The authority's certificate behind one that has nothing to do with it."""
    path = tmp_path / "证书 bundle.pem"
    other = trustme.CA().cert_pem.bytes()
    path.write_bytes(b"# our own\n" + other + authority.cert_pem.bytes())
    return str(path)


def secured(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


@pytest.mark.parametrize("login", [None, (USER, PASSWORD)], ids=["open", "with a user"])
@pytest.mark.parametrize(
    ("kind", "scheme"), [("http", "http"), ("socks5", "socks5"), ("socks5", "socks5h")]
)
async def test_an_answer_through_a_proxy_over_plain_http(
    kind: Kind, scheme: str, login: tuple[str, str] | None
) -> None:
    async with (
        serving(plain(STREAM)) as server,
        proxying(kind, {"service.test": port_of(server)}, login=login) as proxy,
    ):
        user, password = login or ("", None)
        network = Network(manual(proxy, scheme, user=user), password)
        events = await ask("http://service.test:8000/v1", network)
        assert isinstance(events[-1], Ended)
        assert server.posts == 1
        assert "proxy-authorization" not in server.asked[0].headers
        assert server.asked[0].headers["authorization"] == f"Bearer {KEY}"
        assert len(proxy.asked) == 1
        assert "service.test:8000" in proxy.asked[0]
    await alone()


@pytest.mark.parametrize("kind", ["http", "socks5"])
async def test_an_answer_through_a_proxy_over_tls(
    kind: Kind, authority: trustme.CA, ca_file: str
) -> None:
    context = secured(authority, "service.test")
    async with (
        serving(plain(STREAM), context) as server,
        proxying(kind, {"service.test": port_of(server)}, login=(USER, PASSWORD)) as proxy,
    ):
        choice = manual(proxy, kind, user=USER, ca_file=ca_file)
        network = Network(choice, PASSWORD)
        assert isinstance((await ask("https://service.test/v1", network))[-1], Ended)
        tunnel = "CONNECT service.test:443" if kind == "http" else "socks service.test:443"
        assert proxy.asked == [tunnel]
        # What the proxy saw of it holds neither the key nor the question.
        assert not any(KEY.encode() in head for head in proxy.heads)
        found = await probe("https://service.test/v1", network)
        assert (found.host, found.proxy, found.status) == ("service.test", proxy.place, 200)
        assert "authorization" not in server.asked[-1].headers
        strange = Network(manual(proxy, kind, user=USER), PASSWORD)
        refused = failure(await ask("https://service.test/v1", strange))
        assert refused.kind is FailureKind.TLS
        assert refused.host == "service.test"
        assert server.posts == 1
    await alone()


async def test_a_proxy_that_is_itself_reached_by_tls(authority: trustme.CA, ca_file: str) -> None:
    async with (
        serving(plain(STREAM), secured(authority, "service.test")) as server,
        proxying(
            "http",
            {"service.test": port_of(server)},
            login=(USER, PASSWORD),
            context=secured(authority, "127.0.0.1"),
        ) as proxy,
    ):
        choice = manual(proxy, "https", user=USER, ca_file=ca_file)
        events = await ask("https://service.test/v1", Network(choice, PASSWORD))
        assert isinstance(events[-1], Ended)
        untrusted = await ask("https://service.test/v1", Network(manual(proxy, "https")))
        assert failure(untrusted).kind is FailureKind.PROXY
        assert failure(untrusted).code == NetworkProblem.NOT_TRUSTED
        assert failure(untrusted).host == proxy.place
    await alone()


async def test_certificates_of_a_file_are_trusted_without_any_proxy(
    authority: trustme.CA, ca_file: str
) -> None:
    async with serving(plain(STREAM), secured(authority, "127.0.0.1")) as server:
        trusting = Network(NetworkChoice(ca_file=ca_file))
        assert isinstance((await ask(server.address, trusting))[-1], Ended)
        assert failure(await ask(server.address, Network())).kind is FailureKind.TLS
        found = await probe(server.address, Network())
        assert found.failure is not None
        assert found.failure.kind is FailureKind.TLS
    await alone()


@asynccontextmanager
async def nobody() -> AsyncIterator[int]:
    """A port at which nothing listens."""
    server = await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    yield port


BOTH = pytest.mark.parametrize("address", ["http://service.test/v1", "https://service.test/v1"])


@BOTH
@pytest.mark.parametrize("scheme", ["http", "https", "socks5"])
async def test_a_proxy_at_which_nobody_listens(scheme: str, address: str) -> None:
    async with nobody() as port:
        network = Network(manual(port, scheme, user=USER), PASSWORD)
        failed = failure(await ask(address, network))
        assert failed.kind is FailureKind.PROXY
        assert failed.code == NetworkProblem.REFUSED
        assert failed.host == f"127.0.0.1:{port}"
        assert failed.message == f"the proxy 127.0.0.1:{port} refused the connection"
        found = await probe(address, network)
        assert found.failure is not None
        assert found.failure.code == NetworkProblem.REFUSED


@BOTH
@pytest.mark.parametrize("given", ["none", "wrong"])
@pytest.mark.parametrize("kind", ["http", "socks5"])
async def test_a_proxy_that_wants_a_user(kind: Kind, given: str, address: str) -> None:
    async with proxying(kind, {"service.test": 1}, login=("one", "two")) as proxy:
        user, password = ("", None) if given == "none" else (USER, PASSWORD)
        failed = failure(await ask(address, Network(manual(proxy, kind, user=user), password)))
        assert failed.kind is FailureKind.PROXY
        assert failed.status == (407 if kind == "http" else None)
        assert failed.code == NetworkProblem.WANTS_USER
        assert failed.host == proxy.place
        assert proxy.place in failed.message
        found = await probe(address, Network(manual(proxy, kind, user=user), password))
        assert found.failure is not None
        assert found.failure.code == NetworkProblem.WANTS_USER


@pytest.mark.parametrize("kind", ["http", "socks5"])
async def test_a_proxy_that_cannot_go_on(kind: Kind) -> None:
    async with proxying(kind, {}) as proxy:
        failed = failure(await ask("https://service.test/v1", Network(manual(proxy, kind))))
        assert failed.kind is FailureKind.PROXY
        assert failed.code == NetworkProblem.DECLINED
        assert failed.status == (502 if kind == "http" else None)
        words = "Bad Gateway" if kind == "http" else "Host unreachable"
        assert words in failed.message


async def test_a_socks_proxy_that_takes_no_user() -> None:
    async with proxying("socks5", {}) as proxy:
        network = Network(manual(proxy, "socks5", user=USER), PASSWORD)
        failed = failure(await ask("https://service.test/v1", network))
        assert failed.code == NetworkProblem.DECLINED
        assert "takes no user" in failed.message


@BOTH
@pytest.mark.parametrize(
    ("scheme", "words"),
    [
        ("http", b"SSH-2.0-OpenSSH_9.2\r\n\r\n"),
        ("socks5", b"HTTP/1.1 400 Bad Request\r\n\r\n"),
        ("socks5", b"\x04"),
        ("https", b"HTTP/1.1 400 Bad Request\r\n\r\n"),
    ],
)
async def test_what_is_no_such_proxy(scheme: str, words: bytes, address: str) -> None:
    async with listening(saying(words)) as proxy:
        failed = failure(await ask(address, Network(manual(proxy, scheme))))
        assert failed.kind is FailureKind.PROXY, failed
        assert failed.code == NetworkProblem.NO_PROXY_THERE
        assert failed.host == proxy.place


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_one_that_hangs_up(scheme: str) -> None:
    async with listening(saying(b"")) as proxy:
        failed = failure(await ask("https://service.test/v1", Network(manual(proxy, scheme))))
        assert failed.kind is FailureKind.PROXY, failed
        assert failed.host == proxy.place


@pytest.mark.parametrize("scheme", ["http", "https", "socks5"])
async def test_one_that_takes_everything_and_says_nothing(scheme: str) -> None:
    async with listening(silent) as proxy:
        network = Network(manual(proxy, scheme))
        failed = failure(await ask("https://service.test/v1", network, connect_limit_s=0.2))
        assert failed.kind is FailureKind.PROXY, failed
        assert failed.code == NetworkProblem.TIMED_OUT


async def test_the_service_may_take_its_time_behind_a_proxy(
    authority: trustme.CA, ca_file: str
) -> None:
    go = asyncio.Event()

    def slowly(answer: Answer) -> Answer:
        async def later(writer: asyncio.StreamWriter, asked: object) -> None:
            await go.wait()
            await answer(writer, asked)  # type: ignore[arg-type]

        return later

    context = secured(authority, "service.test")
    for kind in ("http", "socks5"):
        go.clear()
        async with (
            serving(slowly(plain(STREAM)), context) as server,
            proxying(kind, {"service.test": port_of(server)}) as proxy,
        ):
            network = Network(manual(proxy, kind, ca_file=ca_file))
            asyncio.get_running_loop().call_later(0.5, go.set)
            events = await ask("https://service.test/v1", network, connect_limit_s=0.25)
            assert isinstance(events[-1], Ended), events[-1]
    await alone()


async def test_what_the_service_says_through_a_proxy_is_the_services() -> None:
    async with (
        serving(plain(b'{"error": "no"}', "401 No", "application/json")) as server,
        proxying("http", {"service.test": port_of(server)}) as proxy,
    ):
        network = Network(manual(proxy))
        failed = failure(await ask("http://service.test/v1", network))
        assert (failed.kind, failed.host) == (FailureKind.AUTH, "service.test")
        found = await probe("http://service.test/v1", network)
        assert (found.status, found.failure) == (401, None)
    await alone()


async def test_this_machine_and_the_exceptions_are_reached_directly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with serving(plain(STREAM)) as server, nobody() as port:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{port}")
        for choice in (NetworkChoice(), manual(port), NetworkChoice(ProxyChoice.NONE)):
            assert isinstance((await ask(server.address, Network(choice)))[-1], Ended)
        found = await probe("http://service.test:99999999/v1", Network())
        assert found.failure is not None
        assert found.failure.kind is FailureKind.BAD_ADDRESS
    await alone()


async def test_the_environments_proxy_is_used_and_its_password_never_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with (
        serving(plain(STREAM)) as server,
        proxying("http", {"service.test": port_of(server)}, login=("me", "canary@1")) as proxy,
    ):
        monkeypatch.setenv("http_proxy", f"http://me:canary%401@{proxy.place}/")
        assert isinstance((await ask("http://service.test/v1", Network()))[-1], Ended)
        monkeypatch.setenv("http_proxy", f"http://me:canary-2@{proxy.place}/")
        failed = failure(await ask("http://service.test/v1", Network()))
        # The proxy repeated, in base64, what it was given.
        assert "[password]" in failed.body
        assert (failed.kind, failed.status) == (FailureKind.PROXY, 407)
        monkeypatch.setenv("http_proxy", "ftp://me:canary-2@proxy.example:21")
        failed = failure(await ask("http://service.test/v1", Network()))
        assert (failed.kind, failed.code) == (FailureKind.BAD_NETWORK, NetworkProblem.BAD_SCHEME)
        assert "ftp://" in failed.message
    await alone()


async def test_a_file_without_certificates_stops_it_before_anything_is_sent(tmp_path: Path) -> None:
    async with serving(plain(STREAM)) as server:
        network = Network(NetworkChoice(ca_file=str(tmp_path / "gone.pem")))
        failed = failure(await ask(server.address, network))
        assert (failed.kind, failed.host) == (FailureKind.BAD_NETWORK, "gone.pem")
        api = ChatApi(server.address, KEY, no_blob, network=network)
        with pytest.raises(ServiceError, match="bad_network"):
            await api.models()
        assert server.asked == []
    await alone()
