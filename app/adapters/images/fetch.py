"""Fetches a picture by its address, from the public web alone, with limits on size and time.

The host is looked up once, and what is connected to is what was looked at: an address inside a
private network is refused, wherever a name or a redirect may lead.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection
from urllib.parse import SplitResult, urljoin, urlsplit

from app.adapters.images.files import MOST_BYTES
from app.adapters.images.sniff import picture_format
from app.adapters.threads import in_daemon_thread
from app.core.errors import ImageError, ImageProblem
from app.core.picture_address import name_of, web_address

LIMIT_S = 20.0
CONNECT_S = 5.0
REDIRECTS = 5
PIECE = 64 * 1024
PORTS = {"http": 80, "https": 443}
HEADERS = {
    "User-Agent": "Porthole",
    "Accept": "image/*,*/*;q=0.5",
    "Accept-Encoding": "identity",
    "Connection": "close",
}

Place = tuple[str, int]


class WebPictures:
    """Gets what addresses lead to.

    `behind_proxy` says whether an address is reached through a proxy: it would look the host up
    itself, so nothing is fetched that way. `allowed` are hosts and ports to be taken although they
    are private; `context` makes what TLS connections trust.
    """

    def __init__(
        self,
        *,
        behind_proxy: Callable[[str], bool] = lambda _address: False,
        allowed: Collection[Place] = (),
        context: Callable[[], ssl.SSLContext] = ssl.create_default_context,
        limit_s: float = LIMIT_S,
    ) -> None:
        self._behind_proxy = behind_proxy
        self._allowed = frozenset(allowed)
        self._context = context
        self._limit_s = limit_s

    async def fetch(self, address: str) -> bytes:
        """The bytes of the picture behind an address. Raises ImageError."""
        return await in_daemon_thread(self._fetch, address)

    def _fetch(self, address: str) -> bytes:
        name = name_of(address)
        end = time.monotonic() + self._limit_s
        try:
            for _ in range(REDIRECTS + 1):
                found = self._get(address, end)
                if isinstance(found, bytes):
                    return _picture(found, name)
                address = found
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise ImageError(ImageProblem.NOT_FETCHED, name) from error
        raise ImageError(ImageProblem.NOT_FETCHED, name)

    def _get(self, address: str, end: float) -> bytes | str:
        """The bytes, or the address that is pointed to. Raises what `_fetch` translates."""
        name = name_of(address)
        if not web_address(address) or self._behind_proxy(address):
            raise ImageError(ImageProblem.NOT_FETCHED, name)
        parts = urlsplit(address)
        with self._connected(parts, end) as line:
            # Bytes that trickle in would renew a limit of their own: this one is for all of them.
            watch = threading.Timer(max(0.01, end - time.monotonic()), _cut, (line,))
            watch.daemon = True
            watch.start()
            try:
                return _answer(line, parts, address)
            finally:
                watch.cancel()
                watch.join()

    def _connected(self, parts: SplitResult, end: float) -> socket.socket:
        host = parts.hostname or ""
        port = parts.port or PORTS[parts.scheme.lower()]
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        places = [(str(place[0]), port) for *_, place in found]
        if (host, port) not in self._allowed and not all(is_public(ip) for ip, _ in places):
            raise ImageError(ImageProblem.PRIVATE_ADDRESS, host)
        patience = max(0.01, min(CONNECT_S, end - time.monotonic()))
        line = socket.create_connection(places[0], timeout=patience)
        line.settimeout(max(0.01, end - time.monotonic()))
        if parts.scheme.lower() == "http":
            return line
        try:
            return self._context().wrap_socket(line, server_hostname=host)
        except BaseException:
            line.close()
            raise


def is_public(ip: str) -> bool:
    """Whether an address is on the public internet, and leads to nothing else by disguise."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        teredo = address.teredo
        if address in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None and not is_public(str(inner)):
            return False
        if teredo is not None:
            return False
    return address.is_global and not address.is_multicast


def _picture(data: bytes, name: str) -> bytes:
    """The same, unless it is a page that asks to log in, or whatever else is no picture."""
    if picture_format(data) is None:
        raise ImageError(ImageProblem.NOT_SUPPORTED, name)
    return data


def _answer(line: socket.socket, parts: SplitResult, address: str) -> bytes | str:
    host = parts.hostname or ""
    connection = http.client.HTTPConnection(host, parts.port)
    connection.sock = line
    target = parts.path or "/"
    if parts.query:
        target += f"?{parts.query}"
    host_line = host if parts.port is None else f"{host}:{parts.port}"
    connection.putrequest("GET", _quoted(target), skip_host=True, skip_accept_encoding=True)
    for key, value in {"Host": host_line, **HEADERS}.items():
        connection.putheader(key, value)
    connection.endheaders()
    with connection.getresponse() as response:
        if response.status in (301, 302, 303, 307, 308):
            return urljoin(address, response.headers.get("Location", ""))
        if response.status != http.client.OK:
            raise ImageError(ImageProblem.NOT_FETCHED, name_of(address))
        data = bytearray()
        while piece := response.read(PIECE):
            data += piece
            if len(data) > MOST_BYTES:
                raise ImageError(ImageProblem.TOO_LARGE, name_of(address))
        if response.length:
            raise ImageError(ImageProblem.NOT_FETCHED, name_of(address))
    return bytes(data)


def _quoted(target: str) -> str:
    """As it may stand in a request line."""
    from urllib.parse import quote

    return quote(target, safe="/?&=%:@!$'()*+,;~#[]")


def _cut(line: socket.socket) -> None:
    """End whatever is being read."""
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it is over already
