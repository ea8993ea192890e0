"""A tool's result as the model gets it: whole up to a bound, beyond it the beginning and the end.

The person's own copy is never cut.
"""

from __future__ import annotations

from app.core.message import ToolResultPart

LONGEST = 60_000
"""Characters of one result that go to the model: about 15,000 tokens of English."""
_END = 15_000
BROKEN_OFF = "The program was ended while this call ran. It may have run in part, or whole."


def for_model(result: ToolResultPart) -> str:
    """The text that goes back for a call. The same result always gives the same text."""
    text = result.text
    if len(text) > LONGEST:
        left_out = len(text) - LONGEST
        note = f"\n\n[{left_out} characters in the middle of this result were left out]\n\n"
        text = text[: LONGEST - _END] + note + text[-_END:]
    return f"Error: {text}" if result.is_error else text
