"""What is kept of a request and its response is bounded, and never holds the key."""

from __future__ import annotations

import json

import pytest

from app.core.exchange import KEPT_BYTES, KEY_MARK, Tape

KEY = "sk-0123456789/abc"
HALF = KEPT_BYTES // 2


def tape(key: str | None = KEY) -> Tape:
    return Tape("http://127.0.0.1/v1/chat/completions", {"model": "m"}, "Be brief.", key)


def test_a_short_response_is_kept_whole_however_it_came() -> None:
    made = tape()
    for piece in (b"ab", b"", b"c" * 1000):
        made.feed(piece)
    kept = made.exchange()
    assert kept.response == b"ab" + b"c" * 1000
    assert (kept.size, kept.cut, kept.status) == (1002, 0, None)


@pytest.mark.parametrize("step", [1000, 4096, 100_000, 3_000_000])
def test_of_a_long_response_the_first_and_the_last_half_are_kept(step: int) -> None:
    body = b"".join(b"%08d" % n for n in range(400_000))
    made = tape()
    for at in range(0, len(body), step):
        made.feed(body[at : at + step])
    kept = made.exchange()
    assert kept.size == len(body)
    assert kept.response == body[:HALF] + body[-HALF:]
    assert kept.cut == HALF


def test_one_byte_more_than_is_kept_is_left_out() -> None:
    made = tape()
    made.feed(b"a" * KEPT_BYTES)
    assert made.exchange().cut == 0
    made.feed(b"b")
    kept = made.exchange()
    assert (kept.cut, len(kept.response), kept.size) == (HALF, KEPT_BYTES, KEPT_BYTES + 1)


@pytest.mark.parametrize("spelled", [KEY, KEY.replace("/", "\\/"), json.dumps('a"' + KEY)])
def test_the_key_is_blotted_out_of_body_and_headers(spelled: str) -> None:
    made = tape()
    made.headers = {"x-echo": f"Bearer {KEY}", "date": "today"}
    for char in f"before {spelled} after":
        made.feed(char.encode())
    kept = made.exchange()
    assert b"0123456789" not in kept.response
    assert KEY_MARK in kept.response
    assert kept.headers == {"x-echo": "Bearer [key]", "date": "today"}


@pytest.mark.parametrize("shift", range(-len(KEY) - 2, 3))
def test_no_half_of_a_key_is_left_beside_the_gap(shift: int) -> None:
    key = KEY.encode()
    before = b"x" * (HALF + shift) + key + b"y" * KEPT_BYTES
    behind = b"x" * KEPT_BYTES + key + b"y" * (HALF + shift)
    for body in (before, behind):
        made = tape()
        made.feed(body)
        text = made.exchange().response.decode()
        assert not any(KEY[n : n + 5] in text for n in range(len(KEY) - 5))


def test_without_a_key_nothing_is_blotted_out() -> None:
    made = tape(None)
    made.feed(b"anything")
    assert made.exchange().response == b"anything"


@pytest.mark.parametrize("word", ["m", "abc", "none", "EMPTY", "ollama", "lm-studio"])
def test_a_word_that_stands_for_a_key_is_no_secret(word: str) -> None:
    made = tape(word)
    made.feed(f"{word}: no such model".encode())
    assert made.exchange().response == f"{word}: no such model".encode()
    assert made.without_key(word) == word


def test_a_text_is_kept_without_the_key() -> None:
    assert tape().without_key(f"it is {KEY}") == "it is [key]"
    assert tape(None).without_key(f"it is {KEY}") == f"it is {KEY}"
