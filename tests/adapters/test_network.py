"""Which proxy leads to an address, by choice or by the system, and which files are trusted."""

from __future__ import annotations

import os
import ssl
import urllib.request
from pathlib import Path

import pytest
import trustme

from app.adapters.network import certificates, proxy_for, system_proxy, trusted
from app.core.errors import FailureKind, ServiceError
from app.core.network import Network, NetworkChoice, NetworkProblem, ProxyChoice

SYSTEM = Network()
API = "https://api.jiekou.ai/openai/v1"


def system(address: str = API) -> str:
    proxy = proxy_for(address, SYSTEM)
    return proxy.url if proxy is not None else ""


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name == "REQUEST_METHOD":
            monkeypatch.delenv(name)


@pytest.mark.parametrize("upper", [False, True])
def test_the_environment_names_a_proxy_for_each_scheme(
    monkeypatch: pytest.MonkeyPatch, upper: bool
) -> None:
    def put(name: str, value: str) -> None:
        monkeypatch.setenv(name.upper() if upper else name, value)

    assert system() == ""
    put("all_proxy", "socks5://all.example:1")
    assert system() == "socks5://all.example:1"
    put("https_proxy", "me:secret@secure.example:2")
    assert system() == "http://secure.example:2"
    assert system("http://plain.test/v1") == "socks5://all.example:1"
    put("no_proxy", "localhost,.jiekou.ai")
    assert system() == ""
    assert system("https://api.openai.com/v1") == "http://secure.example:2"
    put("no_proxy", "*")
    assert system("https://api.openai.com/v1") == ""


def test_this_machine_is_always_reached_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "http://proxy.example:1")
    manual = Network(NetworkChoice(ProxyChoice.MANUAL, "http://proxy.example:1"))
    for address in ("http://127.0.0.1:8080/v1", "http://localhost/v1", "http://[::1]:1/v1"):
        assert proxy_for(address, SYSTEM) is None
        assert proxy_for(address, manual) is None


def test_a_choice_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:1")
    monkeypatch.setenv("no_proxy", "jiekou.ai")
    assert proxy_for(API, Network(NetworkChoice(ProxyChoice.NONE))) is None
    choice = NetworkChoice(ProxyChoice.MANUAL, "socks5h://mine.example:2", "me", "openai.com")
    proxy = proxy_for(API, Network(choice, "pass word"))
    assert proxy is not None
    assert (proxy.url, proxy.user, proxy.password) == (
        "socks5h://mine.example:2",
        "me",
        "pass word",
    )
    assert proxy_for("https://api.openai.com/v1", Network(choice)) is None


def test_an_environment_that_makes_no_sense_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for value, problem in (
        ("gopher://proxy.example", NetworkProblem.BAD_SCHEME),
        ("http://", NetworkProblem.BAD_ADDRESS),
    ):
        monkeypatch.setenv("https_proxy", value)
        with pytest.raises(ServiceError) as caught:
            system()
        assert caught.value.failure.kind is FailureKind.BAD_NETWORK
        assert caught.value.failure.code == problem


@pytest.mark.parametrize("kind", ["registry", "macosx_sysconf"])
def test_the_desktops_settings_count_where_the_environment_names_no_proxy(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(
        urllib.request,
        f"getproxies_{kind}",
        lambda: {"https": "http://desk.example:3", "http": "http://desk.example:3"},
        raising=False,
    )
    monkeypatch.setattr(
        urllib.request, f"proxy_bypass_{kind}", lambda host: host == "intra.example", raising=False
    )
    assert system() == "http://desk.example:3"
    assert system("https://intra.example/v1") == ""
    monkeypatch.setenv("no_proxy", "jiekou.ai")
    assert system() == ""
    monkeypatch.setenv("https_proxy", "http://env.example:4")
    monkeypatch.delenv("no_proxy")
    assert system() == "http://env.example:4"


async def test_the_systems_proxy_is_told_without_user_and_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("https_proxy", "http://me:secret@127.0.0.1:7890/")
    assert await system_proxy("https://api.jiekou.ai/openai") == "http://127.0.0.1:7890"
    assert await system_proxy("http://127.0.0.1:8080") == ""


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


def with_file(path: Path) -> Network:
    return Network(NetworkChoice(ca_file=str(path)))


def test_a_file_may_hold_several_certificates_among_other_things(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "说明: 公司证书\r\n".encode() + authority.cert_pem.bytes().replace(b"\n", b"\r\n")
    path = tmp_path / "公司 CA.pem"
    path.write_bytes(b"\xef\xbb\xbf" + text + b"\njunk\n" + trustme.CA().cert_pem.bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=certificates(path))
    assert len(context.get_ca_certs()) == 2
    monkeypatch.setenv("HOME", str(tmp_path))
    trusted(Network(NetworkChoice(ca_file="~/公司 CA.pem")))


def test_a_file_that_gives_nothing_to_trust_is_named(authority: trustme.CA, tmp_path: Path) -> None:
    pem = authority.cert_pem.bytes()
    files = {
        "der.cer": (ssl.PEM_cert_to_DER_cert(pem.decode()), NetworkProblem.FILE_DER),
        "empty.pem": (b" \n", NetworkProblem.FILE_EMPTY),
        "key.pem": (authority.private_key_pem.bytes(), NetworkProblem.FILE_NOT_PEM),
        "words.pem": ("不是证书".encode(), NetworkProblem.FILE_NOT_PEM),
        "bytes.pem": (bytes(range(256)), NetworkProblem.FILE_NOT_PEM),
        "cut.pem": (pem[: len(pem) // 2], NetworkProblem.FILE_NOT_PEM),
        "broken.pem": (pem[:200] + b"\n" + pem[260:], NetworkProblem.FILE_NOT_PEM),
    }
    for name, (data, problem) in files.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(ServiceError) as caught:
            trusted(with_file(tmp_path / name))
        failure = caught.value.failure
        assert (failure.kind, failure.code) == (FailureKind.BAD_NETWORK, problem), name
        assert failure.host == name
        assert name in failure.message


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "gone.pem", ".", "no\0name"):
        with pytest.raises(ServiceError) as caught:
            trusted(with_file(tmp_path / name))
        assert caught.value.failure.code == NetworkProblem.FILE_UNREADABLE
