"""Which addresses in a text become links: http, https and mailto, nothing else."""

from __future__ import annotations

import re

LONGEST = 2000
"""Characters of an address that stands in a text by itself."""

_BARE = re.compile(r"https?://[^\s<>\"'`|，。；：！？、）】》」』“”‘’]{1,2000}")
_WEB = re.compile(r"(?:https?://[^\s/]|mailto:[^\s])", re.IGNORECASE)
_TRAILING = ".,;:!?*_~"


def web_address(address: str) -> bool:
    """Whether this address may be offered for opening in the browser."""
    return _WEB.match(address) is not None


def address_end(text: str, start: int, end: int | None = None) -> int:
    """One past the address that stands at `start`, without what closes a sentence; 0 if none."""
    match = _BARE.match(text, start, len(text) if end is None else end)
    if match is None:
        return 0
    stop = match.end()
    surplus = match.group().count(")") - match.group().count("(")
    while stop > start:
        if text[stop - 1] == ")" and surplus > 0:
            surplus -= 1
        elif text[stop - 1] not in _TRAILING:
            break
        stop -= 1
    return stop if web_address(text[start:stop]) else 0
