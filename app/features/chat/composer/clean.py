"""What text may enter a message: line ends as \\n, no control characters, no lone surrogates."""

from __future__ import annotations

import re

LINE_ENDS = re.compile("\r\n|\r|\u2029")
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text as a message may hold it. Megabytes take milliseconds."""
    text = CONTROLS.sub("", LINE_ENDS.sub("\n", text))
    if SURROGATES.search(text):
        # Halves that stand together become their character, those that do not U+FFFD.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
