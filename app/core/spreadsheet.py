"""What a spreadsheet would compute, and how it goes there as the text it is.

What an answer says is data: no program that reads it may take it for a formula.
"""

from __future__ import annotations

import re

_COMPUTED = re.compile(
    r"\s*[=@＝＠]"
    # A sign makes a formula too, but for a plain number: that may be one.
    r"|\s*[+\-＋－](?![\s\d.,%€$£¥'\u00a0]*$)"
    r"|[\t\r]"
)


def is_computed(cell: str) -> bool:
    """Whether a spreadsheet would take the text for a formula, or be led to one by it."""
    return _COMPUTED.match(cell) is not None


def as_text(cell: str) -> str:
    """A cell for a spreadsheet: what it would compute has an apostrophe before it."""
    return f"'{cell}" if is_computed(cell) else cell
