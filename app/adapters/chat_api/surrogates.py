"""Surrogates that JSON escapes leave behind: halves joined, lone ones made U+FFFD."""

from __future__ import annotations

from typing import Any


def scrub(text: str) -> str:
    """The text with surrogate pairs as characters and lone surrogates as U+FFFD."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def scrub_value(value: Any) -> Any:
    """A JSON value with every string in it scrubbed."""
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, list):
        return [scrub_value(item) for item in value]
    if isinstance(value, dict):
        return {scrub(key): scrub_value(item) for key, item in value.items()}
    return value


class SurrogateJoiner:
    """Scrubs one run of deltas, in which a pair may be cut in half between two."""

    def __init__(self) -> None:
        self.pending = ""

    def feed(self, text: str) -> str:
        """The text that is certain by now."""
        if not self.pending:
            if text.isascii():
                return text
            if not "\ud800" <= text[-1] <= "\udbff":
                return scrub(text)
        text = self.pending + text
        self.pending = ""
        if "\ud800" <= text[-1:] <= "\udbff":
            self.pending, text = text[-1], text[:-1]
        return scrub(text)

    def flush(self) -> str:
        """What was held back: U+FFFD for a half whose other half never came, else nothing."""
        held, self.pending = self.pending, ""
        return scrub(held)
