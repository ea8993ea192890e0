"""Foreign text with nothing hidden in it: controls and direction marks are shown by their number.

For what other programs say (names and descriptions of tools, what they give back): a character
that is not seen may turn a line around or hide half of it.
"""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """The text with each hidden character as its number; line ends and tabs stay."""
    text = text.replace("\r\n", "\n")
    return _HIDDEN.sub(lambda found: f"\u27e8U+{ord(found[0]):04X}\u27e9", text)


def visible_line(text: str, longest: int = 200) -> str:
    """The same in one line, shortened in the middle where it is long."""
    line = visible(" ".join(text[: 4 * longest].split()))
    if len(line) <= longest and len(text) <= 4 * longest:
        return line
    return f"{line[: longest // 2]}…{line[-longest // 4 :]}"
