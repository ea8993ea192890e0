"""Addresses of services: what a person typed, made into the one that requests go to."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from app.core.errors import Failure, FailureKind, ServiceError

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_ENDPOINTS = ("/chat/completions", "/models")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_PATHS = {"api.jiekou.ai": "/openai/v1"}
"""Where a known service lives when only its host was typed."""


def normalise(typed: str) -> str:
    """The base address, as `/chat/completions` and `/models` are appended to it.

    A missing scheme becomes https (http on this machine), an endpoint's own path and a closing
    slash go, a path that ends in `/openai` gets `/v1`. Normalising again changes nothing.
    Raises ServiceError (BAD_ADDRESS): no address, another scheme, credentials, query or fragment.
    """
    text = typed.strip()
    if not _SCHEME.match(text):
        text = f"{'http' if is_loopback('http://' + text) else 'https'}://{text}"
    parts, name, port = _parse(text)
    path = re.sub(r"/{2,}", "/", parts.path).rstrip("/")
    while ending := next((e for e in _ENDPOINTS if path.lower().endswith(e)), None):
        path = path[: -len(ending)].rstrip("/")
    if path.lower().endswith("/openai"):
        path += "/v1"
    path = path or _PATHS.get(name, "")
    return f"{_origin(parts.scheme, name, port)}{path}"


def origin(address: str) -> str:
    """Scheme, host and port: what a key is bound to. Raises ServiceError (BAD_ADDRESS)."""
    parts, name, port = _parse(address.strip())
    return _origin(parts.scheme, name, port)


def host(address: str) -> str:
    """The host alone, for messages; empty when there is none to be found."""
    try:
        return _parse(address.strip())[1]
    except ServiceError:
        return ""


def is_loopback(address: str) -> bool:
    """Whether the address names this machine itself."""
    name = host(address)
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _origin(scheme: str, name: str, port: int | None) -> str:
    shown = f"[{name}]" if ":" in name else name
    return f"{scheme}://{shown}" if port is None else f"{scheme}://{shown}:{port}"


def _parse(text: str) -> tuple[SplitResult, str, int | None]:
    """The parts of a whole URL, its host as it is looked up, and its port unless it is usual."""
    # Checked before splitting: urlsplit drops tabs and line ends without a word.
    if not text.isprintable() or any(c.isspace() or c in '\\?#<>"{}|^`' for c in text):
        raise _bad()
    try:
        parts = urlsplit(text)
        port = parts.port
        name = _host_name(parts.hostname or "")
    except ValueError as error:
        raise _bad() from error
    if parts.scheme not in _DEFAULT_PORTS or "@" in parts.netloc or port == 0:
        raise _bad()
    return parts, name, None if port == _DEFAULT_PORTS[parts.scheme] else port


def _host_name(name: str) -> str:
    """The host in lower case and ASCII. Raises ValueError if it cannot be one."""
    if ":" in name:
        return ipaddress.IPv6Address(name).compressed
    plain = name.lower() if name.isascii() else name.encode("idna").decode("ascii").lower()
    labels = plain.removesuffix(".").split(".")
    if len(plain) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError(name)
    if labels[-1].isdigit():
        return ipaddress.IPv4Address(plain).compressed
    return plain


def _bad() -> ServiceError:
    return ServiceError(Failure(FailureKind.BAD_ADDRESS))
