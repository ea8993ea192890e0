"""About how many tokens a text costs: by the length of its UTF-8, never exactly.

Four bytes a token is what OpenAI's tokenizers come to for English and for code, and close to what
they come to for Chinese. What the service reports afterwards is what holds.
"""

from __future__ import annotations

BYTES_A_TOKEN = 4
COUNTED = 200_000
"""Characters that are looked at; the rest of a longer text is taken to be like them."""


def estimated_text_tokens(text: str) -> int:
    """0 for nothing, at least 1 for anything."""
    start = text[:COUNTED]
    if not start:
        return 0
    size = len(start.encode("utf-8", "replace")) * len(text) / len(start)
    return max(1, round(size / BYTES_A_TOKEN))
