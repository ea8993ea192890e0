"""Proxies: an address as typed made into its parts, and which hosts are reached without one."""

from __future__ import annotations

import base64
import ipaddress
import re
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from urllib.parse import quote, unquote, urlsplit

from app.core import address as addresses
from app.core.errors import Failure, FailureKind, ServiceError
from app.core.network import NetworkProblem

SCHEMES = ("http", "https", "socks5", "socks5h")
_PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}
_SOCKS_LIMIT = 255
"""Bytes that SOCKS 5 has for a user, and for a password."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy to go through; user and password as they are, not percent-encoded.

    A SOCKS proxy is given the service's name, and looks it up itself.
    """

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def place(self) -> str:
        """Host and port: `127.0.0.1:7890`."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The address without user and password."""
        return f"{self.scheme}://{self.place}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """The password in each form in which it may come back in somebody's words.

        One of three characters or fewer is in any text, and taken out of none.
        """
        pair = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        forms = (pair, quote(self.password, safe=""), quote(self.password), self.password)
        return tuple(dict.fromkeys(forms)) if len(self.password) > 3 else ()


def parse_proxy(typed: str, user: str = "", password: str | None = None) -> Proxy:
    """The proxy at an address as typed: no scheme means http, no port the scheme's usual one.

    `user` and `password` are taken as they are, and go before those within the address. Raises
    ServiceError (BAD_NETWORK), in which neither stands.
    """
    if not typed.strip():
        raise bad_network(NetworkProblem.NO_PROXY, "no address was given for the proxy")
    bare, own_user, own_password = without_credentials(typed)
    scheme, mark, place = bare.rpartition("://")
    scheme = scheme.lower() if mark else "http"
    place = re.split(r"[/?#]", place, maxsplit=1)[0]
    if scheme == "socks":  # so desktops write their setting down, and mean SOCKS 5
        scheme = "socks5h"
    if scheme not in SCHEMES:
        words = f"{scheme}:// is no proxy's address (http, https, socks5 and socks5h are)"
        raise bad_network(NetworkProblem.BAD_SCHEME, words, f"{scheme}://")
    try:
        # Host and port follow the rules that a service's do.
        normal = addresses.origin(f"http://{place}")
    except ServiceError:
        # What was typed is not repeated: it may be a password in the wrong place.
        words = "this is no proxy's address: it needs a host and a port"
        raise bad_network(NetworkProblem.BAD_ADDRESS, words) from None
    port = urlsplit(f"http://{place}").port or _PORTS[scheme]
    if not user:
        user, password = own_user, own_password if password is None else password
    proxy = Proxy(scheme, addresses.host(normal), port, user, password or "")
    try:
        longest = max(len(proxy.user.encode()), len(proxy.password.encode()))
    except UnicodeEncodeError:  # bytes of an environment that are no text
        words = "the proxy's user or password is no text"
        raise bad_network(NetworkProblem.BAD_ADDRESS, words, proxy.place) from None
    if scheme.startswith("socks") and longest > _SOCKS_LIMIT:
        words = "the user or the password is longer than SOCKS 5 allows (255 bytes)"
        raise bad_network(NetworkProblem.TOO_LONG, words, proxy.place)
    return proxy


def without_credentials(typed: str) -> tuple[str, str, str]:
    """A proxy's address as typed, and apart from it the user and the password, decoded."""
    text = typed.strip()
    named = re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", text)
    scheme = named[0] if named else ""
    # The last @ ends them: a password may hold one that nobody encoded, and slashes as well.
    credentials, _, place = text[len(scheme) :].rpartition("@")
    user, _, password = credentials.partition(":")
    return f"{scheme}{place}", unquote(user), unquote(password)


def reached_directly(no_proxy: str, host: str, port: int) -> bool:
    """Whether a list of exceptions names that host.

    Entries stand between commas, semicolons or blanks: `example.com` and `.example.com` mean the
    host and what is below it, `*.example.com` and `10.*` whatever fits, `10.0.0.0/8` a network,
    `host:port` that port alone, `*` everything.
    """
    host = host.lower().strip("[]").rstrip(".")
    return any(_names(entry, host, port) for entry in re.split(r"[\s,;]+", no_proxy) if entry)


def _names(entry: str, host: str, port: int) -> bool:
    entry = entry.lower().rpartition("://")[2]
    if entry == "*":
        return True
    number = _ip(host)
    if "/" in entry:
        entry, _, bits = entry.partition("/")
        try:
            network = ipaddress.ip_network(f"{entry.strip('[]')}/{bits}", strict=False)
        except ValueError:
            return not bits and _names(entry, host, port)
        return number is not None and number in network
    named = re.fullmatch(r"(\[[^\]]*\]|[^:]*):(\d+)", entry)
    if named:
        entry = named[1]
        if int(named[2]) != port:
            return False
    entry = entry.strip("[]").rstrip(".")
    if not entry:
        return False
    if number is not None and (other := _ip(entry)) is not None:
        return number == other
    entry = _ascii(entry)
    if "*" in entry:
        return fnmatchcase(host, entry)
    name = entry.lstrip(".")
    return bool(name) and (host == name or (number is None and host.endswith(f".{name}")))


def bad_network(problem: NetworkProblem, words: str, subject: str = "") -> ServiceError:
    """A choice that cannot be used. `subject`: the file or the proxy it is about."""
    return ServiceError(Failure(FailureKind.BAD_NETWORK, words, code=problem, host=subject))


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _ascii(name: str) -> str:
    """A name as it is looked up; as it stands where it has no such form."""
    try:
        return name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError:
        return name
