"""What an answer holds by now: blocks of Markdown, tables, and a JSON value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.core.result_table import ResultTable
from app.kit.markdown.blocks import Block


@dataclass(frozen=True, slots=True)
class Result:
    """`text` is all of it, as it came. `blocks` are none while it is JSON and nothing else.

    `json` is the text of the first JSON in it and `value` that value as far as it came; both are
    None where there is none. `behind`: there is more that was not taken in yet.
    """

    text: str = ""
    blocks: tuple[Block, ...] = ()
    tables: tuple[ResultTable, ...] = ()
    json: str | None = None
    value: Any = None
    is_json: bool = False
    behind: bool = False


NOTHING_READ = Result()
