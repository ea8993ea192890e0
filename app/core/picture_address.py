"""Addresses of pictures: which text is one, and what becomes of a picture that came by it."""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import unquote, urlsplit

ENDINGS = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif")
MOST = 2000
"""Characters of an address; services take no longer ones."""


class LinkedPictures(StrEnum):
    """What becomes of a picture that was pasted or dropped by its address."""

    ASK = "ask"
    """The person is asked, once."""
    ADDRESS = "address"
    """The address is sent: the service fetches the picture."""
    FETCH = "fetch"
    """Porthole fetches the picture and sends it as any other."""


def web_address(text: str) -> str:
    """The one address of http or https that a text is; empty if it is anything else."""
    address = text.strip()
    if not 0 < len(address) <= MOST or any(c.isspace() or not c.isprintable() for c in address):
        return ""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host or "@" in parts.netloc:
        return ""
    return address


def names_picture(address: str) -> bool:
    """Whether the path of an address ends as a picture's name does."""
    return urlsplit(address).path.lower().endswith(ENDINGS)


def name_of(address: str) -> str:
    """What a picture is called that came by this address: the end of its path, else its host."""
    parts = urlsplit(address)
    last = unquote(parts.path.rsplit("/", 1)[-1]).strip()
    return "".join(c for c in last if c.isprintable()) or parts.hostname or address


def is_picture(text: str) -> bool:
    """Whether a pasted text is no text but a picture: its `data:` address, or one on the web."""
    if text.lstrip()[:11].lower() == "data:image/":
        return True
    address = web_address(text)
    return bool(address) and names_picture(address)
