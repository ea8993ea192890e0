"""Gets what is behind an address on the web: bounded, without cookies, keys or a person's names."""

from __future__ import annotations

import asyncio
import ssl
import zlib
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote, urljoin

from app.adapters.tools.own_tool import ToolFault
from app.adapters.tools.web_way import LookUp, Target, connected, look_up, target_of
from app.core.errors import ServiceError
from app.core.network import BY_THE_SYSTEM, Network

LIMIT_S = 20.0
MOST_BYTES = 2 * 1024 * 1024
REDIRECTS = 5
PIECE = 64 * 1024
_MOVED = frozenset({301, 302, 303, 307, 308})

Way = Callable[[str], Awaitable[Network]]
"""How an address is reached. Raises ToolFault."""


async def by_the_system(_address: str) -> Network:
    return BY_THE_SYSTEM


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came from `address`, the last one after redirects; `cut`: there was more."""

    address: str
    status: int
    media_type: str
    charset: str
    data: bytes
    cut: bool


class Web:
    """Fetches by GET. `allowed` are the private hosts that the person opened to tools."""

    def __init__(
        self,
        *,
        way: Way = by_the_system,
        allowed: Callable[[], Collection[str]] = tuple,
        look: LookUp = look_up,
        limit_s: float = LIMIT_S,
    ) -> None:
        self._way = way
        self._allowed = allowed
        self._look = look
        self._limit_s = limit_s

    async def get(self, address: str, accept: str) -> Fetched:
        """Follows redirects, each checked anew. Raises ToolFault."""
        try:
            async with asyncio.timeout(self._limit_s):
                for _ in range(REDIRECTS + 1):
                    target = target_of(address)
                    found = await self._once(target, accept)
                    if isinstance(found, Fetched):
                        return found
                    address = urljoin(target.address, found)
        except TimeoutError:
            words = f"Nothing whole came within {self._limit_s:g} seconds."
            raise ToolFault(words) from None
        except ssl.SSLCertVerificationError:
            raise ToolFault("The certificate of that server is not trusted here.") from None
        except ssl.SSLError:
            raise ToolFault("No secure connection to that server came about.") from None
        except ServiceError as error:
            words = f"The network settings cannot be used: {error.failure.message}"
            raise ToolFault(words) from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            raise ToolFault(f"The server could not be reached: {reason}.") from None
        raise ToolFault("It leads from one address to the next without an end.")

    async def _once(self, target: Target, accept: str) -> Fetched | str:
        """The answer, or the address that it points to."""
        network = await self._way(target.address)
        reader, writer = await connected(target, network, self._allowed(), self._look)
        try:
            return await _exchanged(reader, writer, target, accept)
        finally:
            writer.transport.abort()


async def _exchanged(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, target: Target, accept: str
) -> Fetched | str:
    import h11

    headers = [
        ("Host", target.host_line),
        ("User-Agent", "Porthole"),
        ("Accept", accept),
        ("Accept-Encoding", "identity"),
        ("Connection", "close"),
    ]
    path = quote(target.path, safe="/?&=%:@!$'()*+,;~[]")
    talk = h11.Connection(h11.CLIENT)
    try:
        writer.write(talk.send(h11.Request(method="GET", target=path, headers=headers)) or b"")
        writer.write(talk.send(h11.EndOfMessage()) or b"")
        response: h11.Response | None = None
        body, cut = bytearray(), False
        while not cut:
            event = talk.next_event()
            if event is h11.NEED_DATA:
                talk.receive_data(await reader.read(PIECE))
            elif isinstance(event, h11.Response):
                response = event
                moved = _header(event.headers, b"location")
                if event.status_code in _MOVED and moved:
                    return moved
            elif isinstance(event, h11.Data):
                body += event.data
                cut = len(body) > MOST_BYTES
            elif isinstance(event, h11.EndOfMessage):
                break
    except h11.RemoteProtocolError:
        raise ToolFault("What came from there breaks off, or is no HTTP.") from None
    except h11.LocalProtocolError:
        raise ToolFault("This is no address of a web page.") from None
    if response is None:
        raise ToolFault("What came from there breaks off, or is no HTTP.")
    data, more = _unpacked(bytes(body[:MOST_BYTES]), _header(response.headers, b"content-encoding"))
    media_type, charset = _kind(_header(response.headers, b"content-type"))
    status = response.status_code
    return Fetched(target.address, status, media_type, charset, data, cut or more)


def status_words(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _header(headers: Collection[tuple[bytes, bytes]], name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in headers if key == name), "")


def _kind(said: str) -> tuple[str, str]:
    """A content type's media type and charset."""
    media_type, *rest = said.split(";")
    named = dict(part.strip().lower().partition("=")[::2] for part in rest)
    return media_type.strip().lower(), named.get("charset", "").strip("\"' ")


def _unpacked(data: bytes, encoding: str) -> tuple[bytes, bool]:
    """What a server packed without being asked; never more than the limit of it."""
    match encoding.strip().lower():
        case "" | "identity":
            return data, False
        case "gzip" | "x-gzip":
            unpack = zlib.decompressobj(wbits=31)
        case "deflate":
            unpack = zlib.decompressobj()
        case other:
            raise ToolFault(f"The page is packed in a way that is not read: {other[:40]}.")
    try:
        whole = unpack.decompress(data, MOST_BYTES)
    except zlib.error:
        raise ToolFault("The page is damaged on its way.") from None
    return whole, bool(unpack.unconsumed_tail)
