"""The format that keeps a cell as it was written, where a spreadsheet would change it."""

from __future__ import annotations

import re

from app.core.spreadsheet import is_computed

TEXT = "@"
"""A spreadsheet's format for what is text, whatever it looks like."""

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_ANOTHER_VALUE = re.compile(
    r"[+\-]?0[\d,]+(?:\.\d*)?"  # a code that begins with zero, which would go
    r"|[+\-]?\d{12,}"  # an account: shown as 6.2E+18, and rounded
    r"|\d+e\d+"  # a part's number, taken for a power of ten
    r"|\d{1,4}(?:[ \u00a0-]\d{3,4}){3,}"  # a card's number in groups
    r"|\+\d{1,4}[ \u00a0-][\d\u00a0 -]{5,}"  # a telephone
    # A day that nobody named: a score, a fraction, a day or month that comes first elsewhere.
    r"|\d{1,2}[-/.]\d{1,2}(?:[-/]\d{1,4}|\.\d{4})|\d{1,2}[-/]\d{1,2}"
    r"|\d{4}[-/]\d{1,2}"
    rf"|{_MONTH}[- ]?\d{{1,4}}|\d{{1,2}}[- ]?{_MONTH}",
    re.IGNORECASE,
)
_DECIMALS = re.compile(
    r"[+\-]?(?:\d{1,11}|\d{1,3}(?P<groups>(?:,\d{3}){1,3}))\.(?P<places>\d{1,9})"
)


def cell_format(cell: str) -> str:
    """`@` for what is to stay text, a figure's own number of decimals, or nothing.

    Days with the year in front, plain figures and words need none.
    """
    said = cell.strip()
    if is_computed(cell) or _ANOTHER_VALUE.fullmatch(said):
        return TEXT
    if number := _DECIMALS.fullmatch(said):
        return ("#,##0." if number["groups"] else "0.") + "0" * len(number["places"])
    return ""
