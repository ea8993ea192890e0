"""A response made into text."""

from __future__ import annotations

import json

from app.core.exchange import KEPT_BYTES, Exchange, Tape
from app.features.raw.received import received


def test_json_is_offered_indented_and_as_it_came() -> None:
    text = '{"a":[1,2.50],"b":"中文\\u0041"}'
    found = received(Exchange("u", response=text.encode(), size=len(text.encode())))
    assert found.first == text
    assert json.loads(found.pretty) == json.loads(text)
    assert '\n  "b": "中文A"' in found.pretty


def test_what_is_no_json_object_is_shown_as_it_came() -> None:
    for text in ("data: {}\n\ndata: [DONE]\n\n", "<html>", "", "3", "[" * 100_000, '{"a":'):
        found = received(Exchange("u", response=text.encode(), size=len(text)))
        assert (found.first, found.pretty) == (text, "")


def test_json_that_would_grow_beyond_bounds_is_not_indented() -> None:
    nested = "[" * 900 + ",".join("[]" for _ in range(60_000)) + "]" * 900
    assert received(Exchange("u", response=nested.encode())).pretty == ""


def test_a_gap_cuts_no_character_in_half_and_tells_its_length() -> None:
    tape = Tape("u", {}, "", "sk-key-0001")
    body = b"a" + "中".encode() * 200_000
    tape.feed(body)
    found = received(tape.exchange())
    assert found.left_out == len(body) - KEPT_BYTES
    assert "\ufffd" not in found.first + found.last
    assert found.first.startswith("a中")
    assert found.last.endswith("中")
    assert found.pretty == ""


def test_other_charsets_are_read_and_nonsense_is_not_obeyed() -> None:
    page = "<p>请登录</p>"
    kept = Exchange("u", headers={"Content-Type": "text/html; charset=GBK"})
    for charset, written in (("GBK", "gbk"), ("rot13", "utf-8"), ("nonsense", "utf-8")):
        headers = {"Content-Type": f"text/html; charset={charset}"}
        found = received(Exchange("u", headers=headers, response=page.encode(written)))
        assert found.first == page
    assert received(kept).first == ""
    broken = received(Exchange("u", response=b"\xff\x00ok"))
    assert broken.first == "\ufffd\x00ok"
