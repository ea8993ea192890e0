"""The one way out to the browser: http, https and mailto after a strict parse, nothing else."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

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


def open_url(url: str) -> bool:
    """Open an address in the person's browser or mail program; False if refused or impossible."""
    parsed = safe_url(url)
    return parsed is not None and QDesktopServices.openUrl(parsed)
