"""The one way out to the browser: http, https and mailto after a strict parse, nothing else."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote, urlsplit

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

MAX_LENGTH = 8192


def safe_url(url: str) -> QUrl | None:
    """The address, if it may be handed to the system; None for anything doubtful.

    Refused: other schemes (and so files, UNC paths, scripts), user names or passwords in the
    address, control and bidirectional characters, white space, backslashes.
    """
    if not url or len(url) > MAX_LENGTH or "\\" in url:
        return None
    if any(c.isspace() or unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in url):
        return None
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme == "mailto":
        allowed = not parts.netloc and "@" in parts.path and not parts.path.startswith("/")
    else:
        allowed = scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    if not allowed:
        return None
    parsed = QUrl(url, QUrl.ParsingMode.StrictMode)
    has_host = scheme == "mailto" or bool(parsed.host())
    return parsed if parsed.isValid() and has_host and not parsed.userInfo() else None


def told_url(url: str) -> str:
    """An address as it may be shown: nothing in it is hidden, turned round or dressed up.

    Characters that are not seen stand as their codes, and where the address leads stands behind it
    in ASCII if it does not stand in it so.
    """
    told = "".join(
        quote(c, errors="replace") if unicodedata.category(c)[0] in "CZ" else c for c in url
    )
    host = ascii_host(QUrl(url))
    return f"{told}  ({host})" if host and host not in url.lower() else told


def ascii_host(url: QUrl) -> str:
    """Where an address leads, in ASCII, so that no letter looks like another one; maybe empty."""
    if url.scheme().lower() == "mailto":
        domain = url.path().rpartition("@")[2]
        return bytes(QUrl.toAce(domain).data()).decode("ascii") or domain.lower()
    return url.host(QUrl.ComponentFormattingOption.FullyEncoded).lower()


def open_url(url: str) -> bool:
    """Open an address in the person's browser or mail program; False if refused or impossible."""
    parsed = safe_url(url)
    return parsed is not None and QDesktopServices.openUrl(parsed)
