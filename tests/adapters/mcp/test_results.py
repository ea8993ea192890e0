"""What servers give, through the pipe and back: texts, pictures, and what is neither."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from app.adapters.mcp.results import MOST_PICTURES, pieces_of, unpacked

DATA = base64.b64encode(b"bytes").decode()


def text_of(structured: Any, *blocks: Any) -> str:
    pieces = pieces_of(blocks)
    pieces.add_structured(structured)
    header, body = pieces.packed()
    return unpacked(header["lengths"], body).text


def test_structured_content_is_shown_once() -> None:
    assert text_of({"result": 3}, {"type": "text", "text": "3"}) == "3"
    assert text_of({"content": "你好"}, {"type": "text", "text": "你好"}) == "你好"
    assert text_of({"a": 1, "b": 2}, {"type": "text", "text": '{"b":2,"a":1}'}) == '{"b":2,"a":1}'
    assert text_of({"a": 1}, {"type": "text", "text": "other"}) == 'other\n{\n  "a": 1\n}'
    assert text_of({"a": "é"}) == '{\n  "a": "é"\n}'


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ({"type": "audio", "data": "abcd", "mimeType": "audio/wav"}, "[audio, audio/wav, 4"),
        ({"type": "resource", "resource": {"uri": "a:b", "text": "words"}}, "words"),
        ({"type": "resource", "resource": {"uri": "a:b", "blob": DATA}}, "[a:b: unknown, 6 bytes"),
        ({"type": "resource_link", "name": "n", "uri": "a:b"}, "[A resource: n a:b]"),
        ({"type": "image", "data": "!"}, "[A picture that could not be read]"),
        ({"type": "text", "text": None}, ""),
    ],
)
def test_what_is_no_text_is_named(block: Any, said: str) -> None:
    assert text_of(None, block).startswith(said)


def test_pictures_come_as_they_are_and_not_without_end() -> None:
    image = {"type": "image", "data": DATA}
    shown = {"type": "resource", "resource": {"uri": "x", "mimeType": "image/png", "blob": DATA}}
    header, body = pieces_of([shown, *[image] * MOST_PICTURES]).packed()
    content = unpacked(header["lengths"], body)
    assert content.pictures == (b"bytes",) * MOST_PICTURES
    assert content.text == "[A picture that was not kept: too many, or too large]"
