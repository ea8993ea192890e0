"""Code whose closing fence has not come: its lines are taken as they arrive, and never parsed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.kit.markdown.blocks import Block, CodeText, Context, Kind, Unit
from app.kit.markdown.outline import inner_indent
from app.kit.markdown.walk import language_of

_FENCE = re.compile(r"( {0,3})(`{3,}|~{3,})([^`\n]*)\n")


class Fence:
    """An open fence, and the block of code that grows in place behind it.

    `inside` is what each of its lines begins with where it stands in a list.
    """

    def __init__(self, mark: str, indent: int, block: Block, code: CodeText, inside: str) -> None:
        self.block = block
        self.code = code
        self._mark = mark
        self._indent = indent
        self._inside = inside
        ends = rf"^{re.escape(inside)} {{0,3}}{re.escape(mark)}{re.escape(mark[0])}*[ \t]*\n"
        if inside:
            # A line that stands further to the left ends the list, and its code with it.
            ends += rf"|^(?! {{{len(inside)}}}|[ \t]*$)"
        self._ends = re.compile(ends, re.MULTILINE)

    def take(self, text: str) -> str:
        """Take the lines of `text` into the code; what is left of it.

        The code is closed if its end was among them; else the left is a line that is not whole.
        """
        self.code.partial = ""
        end = self._ends.search(text, 0, text.rfind("\n") + 1)
        if end is not None:
            self._append(text[: end.start()])
            self.code.closed = True
            return text[end.end() :]
        whole, _, last = text.rpartition("\n")
        self._append(whole + "\n" if _ else "")
        if self._inside and last.strip() and not last.startswith(self._inside):
            if last.strip(" \t"):
                self.code.closed = True
            return last
        bare = last[len(self._inside) :]
        arriving_end = bare.strip() and not bare.strip().strip(self._mark[0])
        self.code.partial = "" if arriving_end else self._undented(bare)
        return last

    def end(self, last: str) -> None:
        """The text ended within the code: its last line is part of it, unless it is the end."""
        self.code.partial = ""
        if last and not self._ends.match(last + "\n"):
            self._append(last + "\n")

    def _append(self, lines: str) -> None:
        if not lines:
            return
        found = lines.removesuffix("\n").split("\n")
        if self._inside or self._indent:
            found = [self._undented(line[len(self._inside) :]) for line in found]
        self.code.lines.extend(found)

    def _undented(self, line: str) -> str:
        spaces = len(line) - len(line.lstrip(" "))
        return line[min(self._indent, spaces) :]


def open_fence(text: str, context: Context, found: Sequence[Unit]) -> Fence | None:
    """The fence that `text` begins with, whose line is whole; `found` is what it was parsed as."""
    inside = "" if context.rows else inner_indent(context)
    if not text.startswith(inside):
        return None
    match = _FENCE.match(text, len(inside))
    blocks = found[0].blocks if found else ()
    if match is None or (inside and (not blocks or blocks[0].kind is not Kind.CODE)):
        return None
    code = CodeText(language_of(match[3]), [], closed=False)
    frames = blocks[0].frames if inside else ()
    marker = blocks[0].marker if inside else ""
    return Fence(
        match[2], len(match[1]), Block(Kind.CODE, "", frames, marker, code=code), code, inside
    )
