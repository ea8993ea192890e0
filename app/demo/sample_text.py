"""Endless, varied Markdown for `/stream`: what a long answer looks like, made by rule."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from app.demo.question import tokens

_WORDS = (
    *("harbour", "light", "window", "signal", "water", "glass", "frame", "morning", "engine"),
    *("letter", "bridge", "paper", "colour", "number", "table", "answer", "quiet", "steady"),
    *("narrow", "early", "open", "plain", "small", "clear"),
)
_CJK = "舷窗之外海面平静灯塔在雾中闪烁远处的船只缓慢驶过港口清晨的光落在纸上"


def sample_tokens(amount: int) -> Iterator[str]:
    """Exactly `amount` tokens of headings, prose, lists, code and tables."""
    left = amount
    for section in count(1):
        for token in tokens(_section(section)):
            if left <= 0:
                return
            left -= 1
            yield token


def _section(number: int) -> str:
    parts = [
        f"## Section {number}\n\n{_prose(number, 60)}",
        "\n".join(f"- **{_word(number + i)}** {_prose(number + i, 8)}" for i in range(5)),
        f"```python\ndef step_{number}(value: int) -> int:\n"
        f"    # {_prose(number, 6)}\n    return value * {number} + {number % 7}\n```",
        _CJK[number % 8 :] + "。" + f"`{_word(number)}`",
        "| item | count | note |\n| --- | ---: | --- |\n"
        + "\n".join(f"| {_word(number + i)} | {number * i} | {_prose(i, 3)} |" for i in range(4)),
    ]
    return "\n\n".join(parts) + "\n\n"


def _prose(seed: int, length: int) -> str:
    return " ".join(_word(seed * 7 + i * 5 + i * i) for i in range(length)) + "."


def _word(place: int) -> str:
    return _WORDS[place % len(_WORDS)]
