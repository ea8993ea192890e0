"""Markdown as it arrives: what is settled is parsed once and never again, only the tail is redone.

A unit (top-level block or list item) is frozen once a later one owns a complete line: nothing that
comes can change it then. An open fence is not parsed at all, its lines are appended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app.kit.markdown.blocks import Block, CodeText, Kind, Unit, units
from app.kit.markdown.parser import MarkdownParser
from app.kit.markdown.split import chunks, definitions
from app.kit.markdown.tail import visible

TAIL_LIMIT = 16_000
PLAIN_CHUNK = 4000

_FENCE = re.compile(r"( {0,3})(`{3,}|~{3,})([^`\n]*)\n")


@dataclass(frozen=True, slots=True)
class Update:
    """What an update changed: blocks that are now final, and those that may still change."""

    frozen: list[Block] = field(default_factory=list)
    open: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class _Fence:
    mark: str
    indent: int
    block: Block
    code: CodeText


class BlockStream:
    """Takes a text piece by piece and tells its blocks."""

    def __init__(self, parser: MarkdownParser) -> None:
        self._parser = parser
        self._env: dict[str, Any] = {}
        self._tail = ""
        self._pieces: list[str] = []
        self._fence: _Fence | None = None
        self._number: tuple[int, str] | None = None

    @property
    def has_references(self) -> bool:
        """Whether link references were defined: earlier blocks may have to be made again."""
        return bool(self._env.get("references"))

    def feed(self, text: str) -> None:
        self._pieces.append(text)

    def update(self) -> Update:
        """Take in what was fed. The open blocks replace all that were open before."""
        self._take_in()
        frozen: list[Block] = []
        while True:
            if self._fence is not None and not self._grow_fence(frozen):
                return Update(frozen, [self._fence.block])
            if len(self._tail) > TAIL_LIMIT:
                self._cut_long_tail(frozen)
            shown = visible(self._tail)
            found = self._parse(shown)
            complete = shown.count("\n")
            settled = max((i for i, u in enumerate(found) if u.first_line < complete), default=0)
            if settled:
                self._freeze(found[:settled], found[settled].first_line, frozen)
                continue
            if self._open_fence():
                continue
            return Update(frozen, [block for unit in found for block in unit.blocks])

    def finish(self) -> Update:
        """The text is whole: everything that was open is final, read as it stands."""
        self._take_in()
        frozen: list[Block] = []
        if self._fence is not None and not self._grow_fence(frozen):
            # The text ended within the code: its last line is part of it, unless it is the end.
            if self._tail and not _closes(self._fence.mark, self._tail):
                self._fence.code.lines.append(_undent(self._tail, self._fence.indent))
            self._fence.code.partial = self._tail = ""
            self._end_fence(frozen)
        for unit in self._parse(self._tail) if self._tail.strip() else ():
            frozen.extend(unit.blocks)
        self._tail = ""
        return Update(frozen)

    def _take_in(self) -> None:
        self._tail += "".join(self._pieces)
        self._pieces.clear()
        if "\r" in self._tail:
            held = "\r" if self._tail.endswith("\r") else ""
            whole = self._tail.removesuffix("\r")
            self._tail = whole.replace("\r\n", "\n").replace("\r", "\n") + held

    def _parse(self, text: str) -> list[Unit]:
        return parse_units(text, self._parser, self._env, self._number)

    def _freeze(self, found: list[Unit], lines: int, frozen: list[Block]) -> None:
        for unit in found:
            frozen.extend(unit.blocks)
        self._number = found[-1].next_number
        self._tail = self._tail.split("\n", lines)[lines]

    def _cut_long_tail(self, frozen: list[Block]) -> None:
        """A tail that never settles costs too much to parse again and again: end it here."""
        blank = self._tail.rfind("\n\n")
        if blank > 0:
            head, self._tail = self._tail[:blank], self._tail[blank + 2 :]
            for unit in self._parse(head):
                frozen.extend(unit.blocks)
            self._number = None
        if len(self._tail) > TAIL_LIMIT:
            end = max(self._tail.rfind("\n"), self._tail.rfind(" ")) + 1 or len(self._tail)
            frozen.extend(plain_blocks(self._tail[:end].removesuffix("\n")))
            self._tail = self._tail[end:]

    # An open fence

    def _open_fence(self) -> bool:
        """Whether the tail begins with a fence's first line, which then is taken off it."""
        match = _FENCE.match(self._tail)
        if match is None:
            return False
        code = CodeText((match[3].split() or [""])[0], [], closed=False)
        block = Block(Kind.CODE, "", code=code)
        self._fence = _Fence(match[2], len(match[1]), block, code)
        self._number = None
        self._tail = self._tail[match.end() :]
        return True

    def _grow_fence(self, frozen: list[Block]) -> bool:
        """Append the lines that came; True when the fence closed."""
        fence = self._fence
        assert fence is not None
        fence.code.partial = ""
        *whole, last = self._tail.split("\n")
        for number, line in enumerate(whole):
            if _closes(fence.mark, line):
                self._tail = "\n".join([*whole[number + 1 :], last])
                self._end_fence(frozen)
                return True
            fence.code.lines.append(_undent(line, fence.indent))
        self._tail = last
        arriving_end = last.strip() and not last.strip().strip(fence.mark[0])
        fence.code.partial = "" if arriving_end else _undent(last, fence.indent)
        return False

    def _end_fence(self, frozen: list[Block]) -> None:
        fence = self._fence
        assert fence is not None
        fence.code.closed = True
        self._fence = None
        frozen.append(fence.block)


def _closes(mark: str, line: str) -> bool:
    bare = line.strip()
    indented = len(line) - len(line.lstrip(" ")) >= 4
    return (
        len(bare) >= len(mark)
        and bare.startswith(mark)
        and not bare.strip(mark[0])
        and not indented
    )


def _undent(line: str, indent: int) -> str:
    spaces = len(line) - len(line.lstrip(" "))
    return line[min(indent, spaces) :]


def parse_units(
    text: str,
    parser: MarkdownParser,
    env: dict[str, Any],
    number: tuple[int, str] | None = None,
) -> list[Unit]:
    """The units of a text; one plain unit where it is too much for the parser."""
    tokens = parser.parse(text, env)
    if tokens is None:
        return [Unit(0, tuple(plain_blocks(text)))]
    return units(tokens, text.split("\n"), number)


def plain_blocks(text: str) -> list[Block]:
    """A text as it came, in pieces of some thousand characters, cut at line ends where possible."""
    made: list[Block] = []
    at = 0
    while at < len(text):
        end = len(text)
        if end - at > PLAIN_CHUNK:
            cut = text.rfind("\n", at + 1, at + PLAIN_CHUNK)
            if cut < 0:
                cut = text.rfind(" ", at + 1, at + PLAIN_CHUNK)
            end = cut + 1 if cut > 0 else at + PLAIN_CHUNK
        made.append(Block(Kind.PLAIN, text[at:end].removesuffix("\n")))
        at = end
    return made


class WholeText:
    """A text that is whole, in chunks that are parsed when they are asked for."""

    def __init__(self, text: str, parser: MarkdownParser) -> None:
        self._parser = parser
        self._env: dict[str, Any] = {}
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if known := definitions(text):
            parser.parse(known, self._env)
        self.chunks: list[str] = list(chunks(text))

    def blocks(self, chunk: str) -> Iterator[Block]:
        """The blocks of one of the chunks."""
        for unit in parse_units(chunk, self._parser, self._env):
            yield from unit.blocks
