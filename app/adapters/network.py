"""How an address is reached: the proxy on the way, if any, and the certificates that are trusted.

Reads the environment, the system's settings and a file: call it in a thread.
"""

from __future__ import annotations

import re
import ssl
import stat
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.adapters.threads import in_daemon_thread
from app.core.address import host, is_loopback, normalise
from app.core.network import Network, NetworkChoice, NetworkProblem, ProxyChoice
from app.core.proxies import Proxy, bad_network, parse_proxy, reached_directly

FILE_LIMIT = 16 * 1024 * 1024
_CERTIFICATE = re.compile(
    rb"-----BEGIN (?:X509 )?CERTIFICATE-----[^-]*-----END (?:X509 )?CERTIFICATE-----"
)
_DER = b"\x30\x82"


def proxy_for(address: str, network: Network) -> Proxy | None:
    """The proxy that requests to `address` go through; None: straight there.

    This machine itself is always reached directly. Raises ServiceError (BAD_NETWORK).
    """
    choice = network.choice
    if choice.proxy is ProxyChoice.NONE or is_loopback(address):
        return None
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if choice.proxy is ProxyChoice.SYSTEM:
        return _system_proxy(parts.scheme, host(address), port)
    proxy = parse_proxy(choice.address, choice.user, network.password)
    return None if reached_directly(choice.no_proxy, host(address), port) else proxy


async def system_proxy(address: str) -> str:
    """The system's proxy for an address as typed; fulfils `core.network.SystemProxy`."""
    choice = Network(NetworkChoice(ProxyChoice.SYSTEM))
    proxy = await in_daemon_thread(proxy_for, normalise(address), choice)
    return proxy.url if proxy is not None else ""


def trusted(network: Network) -> ssl.SSLContext:
    """Whom connections trust: the system's certificates, and those of the chosen file.

    Raises ServiceError (BAD_NETWORK) naming the file.
    """
    import truststore

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if place := network.choice.ca_file.strip():
        path = Path(place).expanduser()
        held = certificates(path)
        try:
            context.load_verify_locations(cadata=held)
        except (ssl.SSLError, ValueError):
            words = f"{path.name} holds a certificate that is damaged"
            raise bad_network(NetworkProblem.FILE_NOT_PEM, words, path.name) from None
    return context


def _system_proxy(scheme: str, name: str, port: int) -> Proxy | None:
    """By the environment, else by the settings of macOS or Windows. Raises ServiceError."""
    found: Mapping[str, str] = urllib.request.getproxies_environment()
    exceptions = found.get("no", "")
    if not any(found.get(kind) for kind in ("http", "https", "all")):
        found = _of_the_desktop("getproxies_registry", "getproxies_macosx_sysconf") or {}
        if _of_the_desktop("proxy_bypass_registry", "proxy_bypass_macosx_sysconf", name):
            return None
    place = found.get(scheme) or found.get("all") or ""
    if not place.strip() or reached_directly(exceptions, name, port):
        return None
    return parse_proxy(place)


def _of_the_desktop(on_windows: str, on_macos: str, *arguments: str) -> Any:
    """What urllib reads of that system's own settings; None on any other."""
    read = getattr(urllib.request, on_windows, None) or getattr(urllib.request, on_macos, None)
    return read(*arguments) if read is not None else None


def certificates(path: Path) -> str:
    """The certificates in a PEM file, one after the other. Raises ServiceError (BAD_NETWORK)."""
    try:
        data = _read(path)
    except OSError as error:
        words = f"{path.name} cannot be read: {error.strerror or 'it is too large or no file'}"
        raise bad_network(NetworkProblem.FILE_UNREADABLE, words, path.name) from None
    if not data.strip():
        words = f"{path.name} is empty"
        raise bad_network(NetworkProblem.FILE_EMPTY, words, path.name)
    found = _CERTIFICATE.findall(data)
    if not found and data.startswith(_DER):
        words = f"{path.name} holds a certificate in binary form (DER); a PEM file is needed"
        raise bad_network(NetworkProblem.FILE_DER, words, path.name)
    if not found:
        words = f"{path.name} holds no certificate; a PEM file is needed"
        raise bad_network(NetworkProblem.FILE_NOT_PEM, words, path.name)
    return b"\n".join(found).decode("ascii", "replace") + "\n"


def _read(path: Path) -> bytes:
    """The bytes of a plain file of bounded size: no pipe that never ends. Raises OSError."""
    try:
        facts = path.stat()
    except ValueError as error:  # a name that no file can have
        raise OSError from error
    if not stat.S_ISREG(facts.st_mode) or facts.st_size > FILE_LIMIT:
        raise OSError
    return path.read_bytes()
