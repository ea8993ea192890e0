"""Every pair of colours that carries words can be read: 4.5:1 or more, light and dark."""

from __future__ import annotations

import pytest

from app.kit.theme import DARK, LIGHT, Tokens

WORDS = ("text", "text_2", "accent", "warn", "error", "ok")
GROUNDS = ("canvas", "sidebar", "panel")
CODE = ("keyword", "string", "number", "comment", "function")
PAIRS = [
    *((word, ground) for word in WORDS for ground in GROUNDS),
    ("text", "accent_soft"),
    ("accent", "accent_soft"),
    ("on_accent", "accent"),
    ("warn", "warn_soft"),
    ("on_found_now", "found_now"),
    ("text", "user"),
    ("text_2", "user"),
    *((word, "code") for word in ("text", "text_2")),
    *((word, "code") for word in ("ok", "error")),
    *((word, "code") for word in CODE),
    *((word, "added") for word in ("ok", "text")),
    *((word, "removed") for word in ("error", "text")),
]


def luminance(color: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1, as WCAG defines it."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("word", "ground"), PAIRS)
def test_words_can_be_read(tokens: Tokens, word: str, ground: str) -> None:
    assert contrast(getattr(tokens, word), getattr(tokens, ground)) >= 4.5


def marked(word: str, mark: str, *, dark: bool) -> str:
    """Words over which a mark was painted: a light one darkens, a dark one lightens."""
    pairs = [(int(word[i : i + 2], 16), int(mark[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{max(a, b) if dark else a * b // 255:02x}" for a, b in pairs)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("word", ["text", "text_2", "accent", "error", *CODE])
def test_words_that_are_found_can_be_read(tokens: Tokens, word: str) -> None:
    seen = marked(getattr(tokens, word), tokens.found, dark=tokens is DARK)
    assert contrast(seen, tokens.found) >= 4.5
