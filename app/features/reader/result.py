"""What an answer holds, as it grows: blocks of Markdown, tables, and a JSON value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.core.growing_json import GrowingJson
from app.core.result_table import ResultTable, even, tables_of
from app.kit.markdown.blocks import Block, Kind
from app.kit.markdown.parser import MarkdownParser
from app.kit.markdown.plain import plain_text, table_rows
from app.kit.markdown.stream import BlockStream

JSON_LANGUAGES = ("json", "json5", "jsonc")


class Result:
    """Takes an answer piece by piece; what it holds changes with `update` alone.

    `heads` are the words over the names and the values of a JSON object's fields.
    """

    def __init__(self, parser: MarkdownParser, heads: tuple[str, str]) -> None:
        self.blocks: list[Block] = []
        """The answer as Markdown; none while it is JSON and nothing else."""
        self.settled = 0
        """How many of the blocks will not change any more."""
        self.tables: tuple[ResultTable, ...] = ()
        self._heads = heads
        self._pieces: list[str] = []
        self._new: list[str] = []
        self._stream = BlockStream(parser)
        self._bare: GrowingJson | None = GrowingJson()
        self._fenced: GrowingJson | None = None
        self._ended = False
        self._behind = False
        self._found: list[ResultTable] = []
        self._looked_at = 0

    @property
    def text(self) -> str:
        """All that came, as it came."""
        self._pieces = ["".join(self._pieces)]
        return self._pieces[0]

    @property
    def behind(self) -> bool:
        """Whether `update` has more to take in than it did at once."""
        return self._behind

    @property
    def is_json(self) -> bool:
        """Whether the answer is a JSON value and nothing else."""
        return self._bare is not None and bool(self._bare.text.strip())

    @property
    def json(self) -> GrowingJson | None:
        """The JSON in the answer, if any."""
        return self._bare if self.is_json else self._fenced

    @property
    def value(self) -> Any:
        """The JSON value as far as it came; None where there is none."""
        return self.json.value() if self.json is not None else None

    def feed(self, text: str) -> None:
        self._pieces.append(text)
        self._new.append(text)

    def finish(self) -> None:
        """No more will come."""
        self._ended = True

    def update(self) -> None:
        """Take in what was fed."""
        new = "".join(self._new)
        self._new.clear()
        if self._bare is not None:
            self._bare.feed(new)
            self._bare.value()
            if not self._bare.broken:
                self.tables = tables_of(self._bare.value(), self._heads)
                return
            self._bare, new = None, self.text
        self._stream.feed(new)
        update = self._stream.update()
        self._behind = update.behind
        self.blocks[self.settled :] = update.frozen
        self.settled = len(self.blocks)
        self.blocks += update.open
        if self._ended and not update.behind:
            self.blocks[self.settled :] = self._stream.finish().frozen
            self.settled = len(self.blocks)
        self._find_json()
        self._find_tables()

    def _find_json(self) -> None:
        """The first block of code that is JSON."""
        if self._fenced is None:
            self._fenced = next((GrowingJson() for block in self.blocks if _is_json(block)), None)
        if self._fenced is None:
            return
        code = next((block.code for block in self.blocks if _is_json(block)), None)
        text = code.text if code is not None else ""
        if not text.startswith(self._fenced.text):
            self._fenced = GrowingJson()
        self._fenced.feed(text[len(self._fenced.text) :])
        self._fenced.value()
        if self._fenced.broken:
            self._fenced = None

    def _find_tables(self) -> None:
        """Those of the blocks, then those of the JSON among them."""
        while self._looked_at < self.settled:
            _take_table(self._found, self.blocks, self._looked_at)
            self._looked_at += 1
        found = list(self._found)
        for place in range(self.settled, len(self.blocks)):
            _take_table(found, self.blocks, place)
        self.tables = (*found, *tables_of(self.value, self._heads))


def _is_json(block: Block) -> bool:
    code = block.code
    if code is None:
        return False
    begin = (code.lines[0] if code.lines else code.partial).lstrip()
    return code.language.lower() in (*JSON_LANGUAGES, "") and begin.startswith(("{", "["))


def _take_table(found: list[ResultTable], blocks: Sequence[Block], place: int) -> None:
    """The table at a place among blocks, or more of the one that goes on there."""
    block = blocks[place]
    if block.kind is not Kind.TABLE:
        return
    rows = table_rows(block)
    if block.level and found:
        before = found[-1]
        more = even([before.heads, *before.rows, *rows])
        found[-1] = ResultTable(more.heads, more.rows, before.title)
        return
    above = blocks[place - 1] if place else None
    is_title = above is not None and above.kind in (Kind.HEADING, Kind.PARAGRAPH)
    words = plain_text(above).strip().rstrip(":：") if above is not None and is_title else ""
    found.append(even(rows, words if len(words) <= 80 and "\n" not in words else ""))
