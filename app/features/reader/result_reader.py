"""Reads an answer piece by piece, once: what it holds is told anew after each piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.core.growing_json import GrowingJson
from app.core.result_table import ResultTable, even, tables_of
from app.features.reader.result import Result
from app.kit.markdown.blocks import Block, CodeText, Kind
from app.kit.markdown.parser import MarkdownParser
from app.kit.markdown.plain import plain_text, table_rows
from app.kit.markdown.stream import BlockStream

JSON_LANGUAGES = ("json", "json5", "jsonc")
Rows = list[list[str]]


class ResultReader:
    """May run in any thread, one at a time; what it tells does not change afterwards.

    `heads` are the words over the names and the values of a JSON object's fields.
    """

    def __init__(self, parser: MarkdownParser, heads: tuple[str, str]) -> None:
        self._heads = heads
        self._text = ""
        self._blocks: list[Block] = []
        self._settled = 0
        self._stream = BlockStream(parser)
        self._bare: GrowingJson | None = GrowingJson()
        self._fenced: GrowingJson | None = None
        self._found: list[tuple[str, Rows]] = []
        self._looked_at = 0

    def take(self, new: str = "", *, ended: bool = False) -> Result:
        """What the answer holds with this at its end. `ended`: no more will come."""
        self._text += new
        if self._bare is not None:
            self._bare.feed(new)
            value = self._bare.value()
            if not self._bare.broken:
                is_json = bool(self._text.strip())
                text = self._text if is_json else None
                return Result(self._text, (), tables_of(value, self._heads), text, value, is_json)
            self._bare, new = None, self._text
        behind = self._read(new, ended=ended)
        self._find_json()
        json = self._fenced
        value = json.value() if json is not None else None
        tables = (*self._tables(), *tables_of(value, self._heads))
        text = json.text if json is not None else None
        return Result(self._text, self._told(), tables, text, value, behind=behind)

    def _read(self, new: str, *, ended: bool) -> bool:
        """Read on in the Markdown; whether there is more to read than is read at once."""
        self._stream.feed(new)
        update = self._stream.update()
        self._settle(update.frozen)
        self._blocks += update.open
        if ended and not update.behind:
            self._settle(self._stream.finish().frozen)
        return update.behind

    def _settle(self, blocks: Sequence[Block]) -> None:
        """These will not change any more; they replace what was open."""
        self._blocks[self._settled :] = blocks
        self._settled = len(self._blocks)

    def _told(self) -> tuple[Block, ...]:
        """The blocks as they are now: code that grows in place goes as a copy."""
        last = self._blocks[-1] if self._blocks else None
        if last is None or last.code is None or self._settled == len(self._blocks):
            return tuple(self._blocks)
        copy = CodeText(last.code.language, list(last.code.lines), closed=last.code.closed)
        copy.partial = last.code.partial
        return (*self._blocks[:-1], replace(last, code=copy))

    def _find_json(self) -> None:
        """The first block of code that is JSON."""
        code = next((block.code for block in self._blocks if _is_json(block)), None)
        if code is None:
            return
        text, known = code.text, self._fenced
        if known is None or not text.startswith(known.text):
            known = GrowingJson()
        known.feed(text[len(known.text) :])
        known.value()
        self._fenced = None if known.broken else known

    def _tables(self) -> tuple[ResultTable, ...]:
        """Those of the blocks."""
        while self._looked_at < self._settled:
            _take_table(self._found, self._blocks, self._looked_at)
            self._looked_at += 1
        found = self._found
        if self._settled < len(self._blocks):
            found = [(title, list(rows)) for title, rows in found]
            for place in range(self._settled, len(self._blocks)):
                _take_table(found, self._blocks, place)
        return tuple(even(rows, title) for title, rows in found)


def _is_json(block: Block) -> bool:
    code = block.code
    if code is None:
        return False
    begin = (code.lines[0] if code.lines else code.partial).lstrip()
    return code.language.lower() in (*JSON_LANGUAGES, "") and begin.startswith(("{", "["))


def _take_table(found: list[tuple[str, Rows]], blocks: Sequence[Block], place: int) -> None:
    """The table at a place among blocks, or more of the one that goes on there."""
    block = blocks[place]
    if block.kind is not Kind.TABLE:
        return
    rows = table_rows(block)
    if block.level and found:
        found[-1][1].extend(rows)
        return
    above = blocks[place - 1] if place else None
    is_title = above is not None and above.kind in (Kind.HEADING, Kind.PARAGRAPH)
    words = plain_text(above).strip().rstrip(":：") if above is not None and is_title else ""
    found.append((words if len(words) <= 80 and "\n" not in words else "", rows))
