"""Numbers of JSON as they were written: 1.50 is an amount, and shown as one."""

from __future__ import annotations

import json
from typing import Any


class WrittenNumber(float):
    """A number with a point or an exponent, for `json.loads(parse_float=WrittenNumber)`."""

    __slots__ = ("written",)
    written: str

    def __new__(cls, written: str) -> WrittenNumber:
        made = super().__new__(cls, written)
        made.written = written
        return made


def json_text(value: Any) -> str:
    """A JSON value as a line of text; a string as it is, a number as it was written."""
    if isinstance(value, str):
        return value
    if isinstance(value, WrittenNumber):
        return value.written
    return json.dumps(value, ensure_ascii=False)
