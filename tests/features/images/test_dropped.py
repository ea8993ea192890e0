"""What counts as a picture in a drop or paste, and what stays text."""

from __future__ import annotations

import base64

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QUrl
from PySide6.QtGui import QImage

from app.features.images.dropped import dropped_paths, picture_address, picture_reader
from tests.features.images.world import picture, png


def text(words: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(words)
    return mime


async def test_encoded_bytes_are_taken_as_they_are() -> None:
    mime = QMimeData()
    mime.setData("image/jpeg", QByteArray(b"whatever came"))
    read = picture_reader(mime)
    assert read is not None
    assert await read() == b"whatever came"


async def test_bare_pixels_are_encoded() -> None:
    mime = QMimeData()
    mime.setImageData(picture(9, 7, "#ff0000"))
    read = picture_reader(mime)
    assert read is not None
    back = QImage.fromData(await read())
    assert back.size().toTuple() == (9, 7)
    assert back.pixelColor(3, 3).name() == "#ff0000"


@pytest.mark.parametrize("wrap", [False, True])
async def test_a_data_address_of_a_picture_is_one(wrap: bool) -> None:
    body = base64.b64encode(png()).decode()
    if wrap:
        body = "\n".join(body[at : at + 20] for at in range(0, len(body), 20))
    read = picture_reader(text(f" data:image/png;base64,{body}\n"))
    assert read is not None
    assert await read() == png()


@pytest.mark.parametrize(
    "words",
    [
        "https://example.com/a.png",
        "data:image/png;base64,***",
        "data:image/png,raw",
        "data:image/svg+xml;base64,PHN2Zy8+",
        "data:text/plain;base64,aGFsbG8=",
        "image/png;base64,aGFsbG8=",
        "",
    ],
)
def test_anything_else_is_text(words: str) -> None:
    assert picture_reader(text(words)) is None


def test_only_files_on_this_disk_are_paths() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.com/a.png"), QUrl.fromLocalFile("/tmp/图 1.png")])
    assert dropped_paths(mime) == ["/tmp/图 1.png"]


def dragged(address: str, html: str = "") -> QMimeData:
    """As browsers hand out pictures and links."""
    mime = QMimeData()
    mime.setUrls([QUrl(address)])
    if html:
        mime.setHtml(html)
    return mime


@pytest.mark.parametrize(
    ("mime", "address"),
    [
        (text(" https://example.com/a.png\n"), "https://example.com/a.png"),
        (dragged("https://example.com/a.webp?w=100"), "https://example.com/a.webp?w=100"),
        (
            dragged(
                "https://example.com/show?id=1&s=2",
                '<IMG alt=x src="https://example.com/show?id=1&amp;s=2">',
            ),
            "https://example.com/show?id=1&s=2",
        ),
        (text("https://example.com/page.html"), ""),
        (text("see https://example.com/a.png"), ""),
        (
            dragged(
                "https://example.com/page", '<a href="x"><img src="https://example.com/b.png"></a>'
            ),
            "",
        ),
        (dragged("file:///tmp/a.png"), ""),
        (dragged("javascript:alert(1)//a.png"), ""),
        (text("https://me:secret@example.com/a.png"), ""),
    ],
)
def test_the_address_of_a_picture(mime: QMimeData, address: str) -> None:
    assert picture_address(mime) == address


async def test_a_data_address_that_was_dragged_is_the_picture() -> None:
    body = base64.b64encode(png()).decode()
    read = picture_reader(dragged(f"data:image/png;base64,{body}"))
    assert read is not None
    assert await read() == png()
