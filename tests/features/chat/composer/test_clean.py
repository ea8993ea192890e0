"""Nothing enters a message that a message should not hold; megabytes are no matter."""

from __future__ import annotations

import pytest

from app.features.chat.composer.clean import clean


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("plain", "plain"),
        ("a\r\nb\rc\u2029d", "a\nb\nc\nd"),
        ("a\0b\x1b[1m\x7f\x85c\td", "ab[1mc\td"),
        ("\ud83d\ude00", "😀"),
        ("a\ud83d b", "a\ufffd b"),
        ("\u202eright to left\u202c 中文 👩‍💻", "\u202eright to left\u202c 中文 👩‍💻"),
    ],
)
def test_what_is_kept(given: str, kept: str) -> None:
    assert clean(given) == kept


def test_ten_megabytes_come_through_whole() -> None:
    line = "0123456789" * 10 + "\0\r\n"
    assert clean(line * 100_000) == ("0123456789" * 10 + "\n") * 100_000
