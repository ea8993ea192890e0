"""The ways to look at an answer: which there are for it, and which is shown to begin with."""

from __future__ import annotations

from enum import StrEnum

from app.features.reader.result import Result
from app.kit.markdown.blocks import Kind

LONGEST_TEXT = 300_000
"""Characters that are laid out as text; what is longer is shown as it came."""


class View(StrEnum):
    TEXT = "text"
    TABLE = "table"
    TREE = "tree"
    SOURCE = "source"


def views_of(result: Result) -> tuple[View, ...]:
    """Those that show something of it; the source is always there."""
    made: list[View] = []
    if not result.is_json and len(result.text) <= LONGEST_TEXT:
        made.append(View.TEXT)
    if result.json is not None:
        made.append(View.TREE)
    if result.tables:
        made.append(View.TABLE)
    return (*made, View.SOURCE)


def first_view(result: Result) -> View:
    """A table where the answer is one, and little else; JSON as a table where it can be one."""
    if result.is_json:
        return View.TABLE if result.tables else View.TREE
    others = [block for block in result.blocks if block.kind not in (Kind.TABLE, Kind.HEADING)]
    in_fence = result.json is not None and len(result.blocks) == 1
    if result.tables and (not others or in_fence):
        return View.TABLE
    return View.TEXT if len(result.text) <= LONGEST_TEXT else View.SOURCE


def table_to_begin_with(result: Result) -> int:
    """Which of the tables is shown first: the first list, rather than the fields around it."""
    if result.value is None or not isinstance(result.value, dict):
        return 0
    lists = [at for at, table in enumerate(result.tables) if table.title]
    return lists[0] if lists and result.is_json else 0
