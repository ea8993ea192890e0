"""Which text is the address of a picture, and what it is called."""

from __future__ import annotations

import pytest

from app.core.picture_address import (
    LinkedPictures,
    is_picture,
    name_of,
    names_picture,
    web_address,
)
from app.core.settings import Settings, from_json, to_json


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/a.png",
        " http://example.com/a.png\n",
        "https://example.com:8443/a%20b.JPG?size=2#part",
        "https://例子.example/图.webp",
    ],
)
def test_addresses(text: str) -> None:
    assert web_address(text) == text.strip()
    assert names_picture(text.strip())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.com/a.png",
        "file:///etc/a.png",
        "ftp://example.com/a.png",
        "https:///a.png",
        "https://someone:secret@example.com/a.png",
        "https://example.com/a b.png",
        "https://example.com/a.png https://example.com/b.png",
        "https://example.com:99999/a.png",
        "https://[broken/a.png",
        "https://example.com/a\0.png",
        "https://example.com/" + "a" * 2000,
    ],
)
def test_what_is_none(text: str) -> None:
    assert web_address(text) == ""


def test_names() -> None:
    assert name_of("https://example.com/x/%E5%9B%BE.png?a=1") == "图.png"
    assert name_of("https://example.com/") == "example.com"
    assert name_of("https://example.com/a%00b.png") == "ab.png"
    assert not names_picture("https://example.com/page.html")


def test_the_choice_is_remembered() -> None:
    chosen = from_json({"linked_pictures": "fetch"})
    assert chosen.linked_pictures is LinkedPictures.FETCH
    assert to_json(chosen)["linked_pictures"] == "fetch"
    assert from_json({"linked_pictures": 7}) == Settings()


def test_what_is_pasted_as_a_picture() -> None:
    assert is_picture(" data:image/png;base64,AAAA")
    assert is_picture("https://example.com/a.png")
    assert not is_picture("https://example.com/page.html")
    assert not is_picture("look at https://example.com/a.png")
