"""About how many tokens a text is, where the service does not say."""

from __future__ import annotations

import re

_IDEOGRAPHS = re.compile(
    "[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
"""Chinese, Japanese and Korean, with their punctuation."""
PER_IDEOGRAPH = 0.6
PER_ASCII = 0.25
PER_OTHER = 0.4
"""Tokens a character: the middle of what current tokenizers make of each kind of script."""


def guess_tokens(text: str) -> int:
    """A guess within about a third, rounded to two digits so that it does not look counted."""
    ascii_count = len(text) if text.isascii() else len(text.encode("ascii", "ignore"))
    ideographs = 0 if text.isascii() else len(_IDEOGRAPHS.findall(text))
    others = len(text) - ascii_count - ideographs
    guess = ascii_count * PER_ASCII + ideographs * PER_IDEOGRAPH + others * PER_OTHER
    if not text:
        return 0
    digits = len(str(round(guess)))
    return max(1, round(round(guess, 2 - digits)))
