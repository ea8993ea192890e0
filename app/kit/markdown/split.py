"""A whole text in chunks that can be parsed one by one, so that only what is seen is parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator

CHUNK = 3000
LARGEST_CHUNK = 16_000
"""Characters. A chunk ends at the first good place after `CHUNK`, at any line after the other."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_CONTINUES = re.compile(r"[ \t]|[-*+][ \t]|\d{1,9}[.)][ \t]|>|\||$")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*\S[^\n]*$", re.MULTILINE)


def chunks(text: str) -> Iterator[str]:
    """Consecutive chunks of whole lines; joined with a newline they are the text.

    A chunk ends at a blank line outside fences that no list, quote or table goes on after.
    """
    lines = text.split("\n")
    begin, size, fence, after_blank = 0, 0, "", False
    for number, line in enumerate(lines):
        good = after_blank and not fence and not _CONTINUES.match(line)
        if (good and size >= CHUNK) or (size >= LARGEST_CHUNK and not fence):
            yield "\n".join(lines[begin:number])
            begin, size = number, 0
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark.group(1)
        elif mark and mark.group(1).startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
        size += len(line) + 1
        after_blank = not line.strip()
    yield "\n".join(lines[begin:])


def definitions(text: str) -> str:
    """The lines that define link references, wherever in the text they stand."""
    if "]:" not in text:
        return ""
    return "\n\n".join(match.group() for match in _DEFINITION.finditer(text))
