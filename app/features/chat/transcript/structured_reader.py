"""Reads an answer that is JSON as it arrives: its value, its tables, and what is wrong by now."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.core.growing_json import GrowingJson
from app.core.result_table import ResultTable, tables_of
from app.core.schema_verdict import SchemaVerdict

WHOLE_AT_ONCE = 100_000
"""Characters of a whole text that is looked at to its end before it is shown."""
_BEGINS = re.compile(r'\s*(?:\{\s*["}]|\[\s*["\[{])')
_MAY_BEGIN = re.compile(r"\s*[\[{]?\s*\Z")
_FENCE = re.compile(r"\s*```[ \t]*(?:json)?[ \t]*\r?\n", re.IGNORECASE)
_MAY_FENCE = re.compile(r"\s*`{0,3}[ \t]*[json]{0,4}[ \t]*\r?\Z", re.IGNORECASE)
_FENCE_END = re.compile(r"\n[ \t]*```")


@dataclass(frozen=True, slots=True)
class JsonSoFar:
    """`text` is the JSON alone, without a fence around it. `broken`: it is none after all.

    `wrong` is what of it does not fit the schema, whatever may come.
    """

    text: str = ""
    value: Any = None
    tables: tuple[ResultTable, ...] = ()
    whole: bool = False
    broken: bool = False
    wrong: SchemaVerdict | None = None
    behind: bool = False


NOTHING_YET = JsonSoFar()


def begins_json(text: str, *, fenced: bool) -> bool | None:
    """Whether an answer that begins so is JSON and nothing else; None: that is not certain yet.

    `fenced`: JSON within a fence is meant, too.
    """
    start = _FENCE.match(text) if fenced else None
    at = start.end() if start else 0
    if _BEGINS.match(text, at):
        return True
    if _MAY_BEGIN.match(text, at) or (fenced and start is None and _MAY_FENCE.match(text)):
        return None
    return False


def is_json(text: str, *, fenced: bool) -> bool:
    """Whether a text that ended is JSON, or was to become that; a very long one by its ends."""
    if not begins_json(text, fenced=fenced):
        return False
    if len(text) > WHOLE_AT_ONCE:
        return text.rstrip().endswith(("}", "]", "```"))
    return not JsonReader(("", "")).take(text, ended=True).broken


class JsonReader:
    """May run in any thread, one at a time; what it tells does not change afterwards.

    `heads` are the words over the names and the values of an object's fields. `judge` answers what
    is wrong with a value that still grows.
    """

    def __init__(
        self,
        heads: tuple[str, str],
        judge: Callable[[Any], SchemaVerdict | None] = lambda _value: None,
    ) -> None:
        self._heads, self._judge = heads, judge
        self._text = ""
        self._fed = -1
        self._json = GrowingJson()
        self._judged: tuple[Any, SchemaVerdict | None] = None, None
        self._tables: tuple[Any, tuple[ResultTable, ...]] = None, ()

    def take(self, new: str = "", *, ended: bool = False) -> JsonSoFar:
        """What the answer holds with this at its end. `ended`: no more will come."""
        self._text += new
        broken = self._feed(ended=ended)
        value = self._json.value()
        broken = broken or self._json.broken
        if broken:
            return JsonSoFar(self._text, broken=True)
        if value is not self._judged[0]:
            self._judged = value, self._judge(value)
            self._tables = value, tables_of(value, self._heads)
        return JsonSoFar(
            self._json.text, value, self._tables[1], self._json.whole, wrong=self._judged[1]
        )

    def _feed(self, *, ended: bool) -> bool:
        """Read on; whether there is something else around the JSON."""
        if self._fed < 0:
            fence = _FENCE.match(self._text)
            self._fed = fence.end() if fence else 0
            self._fenced = fence is not None
        end, behind = len(self._text), ""
        if self._fenced:
            close = _FENCE_END.search(self._text, max(self._fed - 1, 0))
            if close is not None:
                end, behind = max(close.start(), self._fed), self._text[close.end() :]
            elif not ended:  # what may become the fence's end waits
                end = max(self._fed, self._text.rfind("\n", self._fed))
        if end > self._fed:
            self._json.feed(self._text[self._fed : end])
            self._fed = end
        return bool(behind.strip())
