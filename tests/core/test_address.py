"""What people type becomes the address that requests go to, or is refused."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.address import host, is_loopback, normalise, origin
from app.core.errors import FailureKind, ServiceError


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://api.jiekou.ai/openai", "https://api.jiekou.ai/openai/v1"),
        ("https://api.jiekou.ai/openai/", "https://api.jiekou.ai/openai/v1"),
        ("https://api.jiekou.ai/openai/v1", "https://api.jiekou.ai/openai/v1"),
        ("https://api.jiekou.ai/openai/v1/chat/completions", "https://api.jiekou.ai/openai/v1"),
        ("https://api.jiekou.ai/openai/chat/completions/", "https://api.jiekou.ai/openai/v1"),
        ("  api.jiekou.ai/openai/v1/models \n", "https://api.jiekou.ai/openai/v1"),
        ("api.jiekou.ai", "https://api.jiekou.ai/openai/v1"),
        ("HTTPS://API.Jiekou.AI:443//openai", "https://api.jiekou.ai/openai/v1"),
        ("https://api.jiekou.ai/v1", "https://api.jiekou.ai/v1"),
        ("https://api.openai.com/v1/", "https://api.openai.com/v1"),
        ("https://api.deepseek.com", "https://api.deepseek.com"),
        ("https://api.novita.ai/v3/openai", "https://api.novita.ai/v3/openai/v1"),
        ("https://openrouter.ai/api/v1", "https://openrouter.ai/api/v1"),
        ("localhost:11434/v1", "http://localhost:11434/v1"),
        ("127.0.0.1:8080/v1/", "http://127.0.0.1:8080/v1"),
        ("[::1]:8080/v1", "http://[::1]:8080/v1"),
        ("http://192.168.1.5:1234/v1", "http://192.168.1.5:1234/v1"),
        ("http://box.lan:80/v1", "http://box.lan/v1"),
        ("https://例子.测试/v1", "https://xn--fsqu00a.xn--0zwm56d/v1"),
        ("https://x.example/my-openai", "https://x.example/my-openai"),
        ("https://x.example/Models/v1", "https://x.example/Models/v1"),
    ],
)
def test_what_was_typed_becomes_the_base_address(typed: str, address: str) -> None:
    assert normalise(typed) == address
    assert normalise(address) == address


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "   ",
        "not an address",
        "https://",
        "https:///v1",
        "ftp://x.example/v1",
        "file:///etc/passwd",
        "javascript://x/%0aalert(1)",
        "https://me:secret@x.example/v1",
        "https://me@x.example/v1",
        "https://@x.example/v1",
        "https://x.example/v1?key=1",
        "https://x.example/v1?",
        "https://x.example/v1#part",
        "https://x.exa\tmple/v1",
        "https://x.example/\x00v1",
        "https://x.example\\@evil.example/v1",
        "https://x.example:99999/v1",
        "https://x.example:0/v1",
        "https://x.example:port/v1",
        "https://x..example/v1",
        "https://-x.example/v1",
        "https://1.2.3.456/v1",
        "https://[::1/v1",
        "mailto:me@x.example",
        "https：//x.example/v1",
    ],
)
def test_what_is_no_address_is_refused(junk: str) -> None:
    with pytest.raises(ServiceError) as caught:
        normalise(junk)
    assert caught.value.failure.kind is FailureKind.BAD_ADDRESS
    assert "secret" not in str(caught.value.failure)


def test_the_machine_itself_is_known() -> None:
    loopback = ["http://localhost:1/v1", "http://a.localhost", "http://127.9.9.9", "http://[::1]"]
    assert all(is_loopback(address) for address in loopback)
    others = ["https://127.0.0.1.evil.example", "https://localhost.evil.example", "junk", ""]
    assert not any(is_loopback(address) for address in others)


def test_an_origin_is_scheme_host_and_port() -> None:
    assert origin("https://API.jiekou.ai:443/openai/v1") == "https://api.jiekou.ai"
    assert origin("http://127.0.0.1:81/v1") == "http://127.0.0.1:81"
    assert host("https://api.jiekou.ai/openai/v1") == "api.jiekou.ai"
    assert host("junk junk") == ""


pieces = st.sampled_from(
    [
        "https://",
        "http://",
        "/",
        "//",
        "openai",
        "v1",
        "models",
        "/chat/completions",
        "a.example",
        "localhost",
        ":8",
        ".",
        "@",
        "?",
        "[::1]",
        "é",
        "OpenAI",
        "api.jiekou.ai",
    ]
)


@settings(deadline=None)
@given(st.lists(pieces, max_size=8).map("".join) | st.text(max_size=30))
def test_normalising_twice_changes_nothing(typed: str) -> None:
    with contextlib.suppress(ServiceError):
        once = normalise(typed)
        assert normalise(once) == once
        assert once.startswith(origin(once))
        assert not once.endswith("/")
