"""Proxies' addresses as people and environments write them, and whom a list of exceptions names."""

from __future__ import annotations

import base64
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import FailureKind, ServiceError
from app.core.network import NetworkProblem
from app.core.proxies import Proxy, parse_proxy, reached_directly, without_credentials


@pytest.mark.parametrize(
    ("typed", "url", "user", "password"),
    [
        ("http://127.0.0.1:7890", "http://127.0.0.1:7890", "", ""),
        ("127.0.0.1:7890", "http://127.0.0.1:7890", "", ""),
        ("  HTTP://Proxy.Example/  ", "http://proxy.example:80", "", ""),
        ("https://proxy.example", "https://proxy.example:443", "", ""),
        ("socks5://proxy.example", "socks5://proxy.example:1080", "", ""),
        ("socks://127.0.0.1:1080/", "socks5h://127.0.0.1:1080", "", ""),
        ("socks5h://[::1]:9050", "socks5h://[::1]:9050", "", ""),
        ("http://me:p%40ss@proxy.example:8", "http://proxy.example:8", "me", "p@ss"),
        ("http://me:p@ss/w:ord@proxy.example:8", "http://proxy.example:8", "me", "p@ss/w:ord"),
        ("me:密码@proxy.example:8", "http://proxy.example:8", "me", "密码"),
        ("http://%E6%8B%89:%E5%AF%86%20x@p.example", "http://p.example:80", "拉", "密 x"),
        ("http://me@proxy.example:8", "http://proxy.example:8", "me", ""),
        ("http://例子.cn:8", "http://xn--fsqu00a.cn:8", "", ""),
    ],
)
def test_an_address_is_read_as_it_is_meant(typed: str, url: str, user: str, password: str) -> None:
    proxy = parse_proxy(typed)
    assert (proxy.url, proxy.user, proxy.password) == (url, user, password)
    assert parse_proxy(proxy.url).url == url
    if password:
        assert password not in repr(proxy)


def test_a_user_entered_beside_the_address_is_taken_as_it_is() -> None:
    proxy = parse_proxy("http://old:secret@proxy.example:8", "%40me", "a@:/%41")
    assert (proxy.user, proxy.password) == ("%40me", "a@:/%41")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", NetworkProblem.NO_PROXY),
        ("   ", NetworkProblem.NO_PROXY),
        ("ftp://canary:canary@proxy.example", NetworkProblem.BAD_SCHEME),
        ("socks4://proxy.example", NetworkProblem.BAD_SCHEME),
        ("http://", NetworkProblem.BAD_ADDRESS),
        ("http://canary:canary@", NetworkProblem.BAD_ADDRESS),
        ("http://proxy.example:99999", NetworkProblem.BAD_ADDRESS),
        ("http://proxy.example:0", NetworkProblem.BAD_ADDRESS),
        ("canary:canary", NetworkProblem.BAD_ADDRESS),
        ("http://pro xy", NetworkProblem.BAD_ADDRESS),
        ("http://canary:\udcff@proxy.example", NetworkProblem.BAD_ADDRESS),
        ("socks5://me:" + "x" * 256 + "@proxy.example", NetworkProblem.TOO_LONG),
    ],
)
def test_what_is_no_proxy_is_said_without_repeating_it(typed: str, problem: NetworkProblem) -> None:
    with pytest.raises(ServiceError) as caught:
        parse_proxy(typed)
    failure = caught.value.failure
    assert (failure.kind, failure.code) == (FailureKind.BAD_NETWORK, problem)
    assert failure.message
    assert "canary" not in repr(failure)


def test_user_and_password_are_parted_from_the_address() -> None:
    parted = without_credentials(" http://me:p%40ss@proxy.example:8/ ")
    assert parted == ("http://proxy.example:8/", "me", "p@ss")
    assert without_credentials("proxy.example:8") == ("proxy.example:8", "", "")


def test_a_password_is_known_in_every_form_it_may_have() -> None:
    proxy = Proxy("http", "p.example", 80, "me", "a b/ü")
    pair = base64.b64encode("me:a b/ü".encode()).decode()
    assert set(proxy.secrets) == {"a b/ü", "a%20b%2F%C3%BC", "a%20b/%C3%BC", pair}
    assert Proxy("http", "p.example", 80, "me", "abc").secrets == ()


@pytest.mark.parametrize(
    ("entries", "host", "port", "direct"),
    [
        ("example.com", "example.com", 443, True),
        ("example.com", "api.example.com", 443, True),
        ("example.com", "notexample.com", 443, False),
        ("example.com", "example.com.cn", 443, False),
        (".example.com", "api.example.com", 443, True),
        (".example.com", "example.com", 443, True),
        ("*.example.com", "api.example.com", 443, True),
        ("*.example.com", "example.com", 443, False),
        ("EXAMPLE.com.", "api.Example.COM", 443, True),
        ("a.test, example.com", "example.com", 443, True),
        ("a.test;example.com b.test", "b.test", 443, True),
        ("example.com:8443", "example.com", 8443, True),
        ("example.com:8443", "example.com", 443, False),
        ("https://example.com", "example.com", 443, True),
        ("10.0.0.0/8", "10.20.30.40", 443, True),
        ("10.0.0.0/8", "11.0.0.1", 443, False),
        ("10.0.0.7/8", "10.20.30.40", 443, True),
        ("10.0.0.1", "10.0.0.1", 443, True),
        ("0.0.1", "10.0.0.1", 443, False),
        ("10.*", "10.9.8.7", 443, True),
        ("10.0.0.1:80", "10.0.0.1", 443, False),
        ("fd00::/8", "fd12::1", 443, True),
        ("::1", "0:0:0:0:0:0:0:1", 443, True),
        ("[fd12::1]:443", "fd12::1", 443, True),
        ("[fd12::1]:443", "fd12::1", 80, False),
        ("10.0.0.0/8", "ten.example", 443, False),
        ("10.0.0.0/99, junk//, :, [, @", "10.0.0.1", 443, False),
        ("例子.cn", "api.xn--fsqu00a.cn", 443, True),
        ("*", "anything.example", 1, True),
        ("", "example.com", 443, False),
        (" , ;", "example.com", 443, False),
    ],
)
def test_exceptions(entries: str, host: str, port: int, direct: bool) -> None:
    assert reached_directly(entries, host, port) is direct


@given(st.text(), st.text(), st.text())
def test_whatever_is_typed_is_a_proxy_or_said_to_be_none(typed: str, user: str, list_: str) -> None:
    reached_directly(list_, "api.example.com", 443)
    with suppress(ServiceError):
        proxy = parse_proxy(typed, user, "x")
        assert 0 < proxy.port < 65536
        assert "@" not in proxy.url
