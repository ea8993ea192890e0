"""Which addresses in a text become links: http, https and mailto, nothing else."""

from __future__ import annotations

import re

BARE_ADDRESS = re.compile(r"https?://[^\s<>\"'`，。；：！？、）】》」』]+")
_WEB = re.compile(r"(?:https?://[^\s/]|mailto:[^\s])", re.IGNORECASE)
_TRAILING = ".,;:!?*_~"


def web_address(address: str) -> bool:
    """Whether this address may be offered for opening in the browser."""
    return _WEB.match(address) is not None


def bare_addresses(text: str) -> list[tuple[int, int]]:
    """Where addresses stand written out, as (start, end), without what closes a sentence."""
    if "://" not in text:
        return []
    found: list[tuple[int, int]] = []
    for match in BARE_ADDRESS.finditer(text):
        end = match.end()
        while end > match.start() and (
            text[end - 1] in _TRAILING
            or (text[end - 1] == ")" and match.group().count("(") < match.group().count(")"))
        ):
            end -= 1
        if web_address(text[match.start() : end]):
            found.append((match.start(), end))
    return found
