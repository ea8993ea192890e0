"""What counts as a picture in a drop or paste, and what stays text."""

from __future__ import annotations

import base64
from urllib.parse import quote

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QSysInfo, QUrl
from PySide6.QtGui import QImage

from app.core.errors import ImageError, ImageProblem
from app.features.images.dropped import (
    dropped_paths,
    not_here,
    picture_address,
    picture_reader,
)
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


async def test_pixels_are_encoded_once_and_not_kept_beside_their_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mime = QMimeData()
    mime.setImageData(picture(9, 7, "#ff0000"))
    read = picture_reader(mime)
    assert read is not None
    first = await read()
    monkeypatch.delattr("app.features.images.dropped._png")
    assert await read() == first


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


PNG = png()
BODY = base64.b64encode(PNG).decode()


@pytest.mark.parametrize(
    "address",
    [
        f"data:image/jpg;base64,{BODY}",
        f"DATA:IMAGE/PNG;BASE64,{BODY}",
        f"data:image/png;charset=utf-8;base64,{BODY}",
        f"data:image/png;base64,{quote(BODY, safe='')}",
        f"data:image/png;base64,{BODY.rstrip('=').replace('+', '-').replace('/', '_')}",
        f"data:image/png,{quote(PNG)}",
    ],
)
async def test_a_data_address_is_one_however_it_is_written(address: str) -> None:
    read = picture_reader(text(address))
    assert read is not None
    assert await read() == PNG


async def test_one_that_breaks_off_is_damaged() -> None:
    read = picture_reader(text("data:image/png;base64," + "A" * 301 + "%%"))
    assert read is not None
    with pytest.raises(ImageError) as caught:
        await read()
    assert caught.value.problem is ImageProblem.DAMAGED


def html(source: str) -> QMimeData:
    mime = QMimeData()
    mime.setHtml(f'<meta charset="utf-8"><img alt="x" {source}>')
    return mime


async def test_html_alone_is_the_picture_that_it_shows() -> None:
    read = picture_reader(html(f'src="data:image/png;base64,{BODY}"'))
    assert read is not None
    assert await read() == PNG
    for source in ('"https://example.com/a?b=1&amp;c"', "'https://example.com/a?b=1&amp;c'"):
        assert picture_address(html(f"src={source}")) == "https://example.com/a?b=1&c"
    assert picture_address(html("src=https://example.com/a.png")) == "https://example.com/a.png"
    assert picture_address(html('src="https://a.example/1.png"><img src="x"')) == ""


async def test_bytes_of_a_kind_nobody_named_are_looked_at_as_well() -> None:
    mime = QMimeData()
    mime.setData("image/heic", QByteArray(b"whatever came"))
    read = picture_reader(mime)
    assert read is not None
    assert await read() == b"whatever came"


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("file:///tmp/%E5%9B%BE%201.png", "/tmp/图 1.png"),
        ("file:///tmp/图 1.png", "/tmp/图 1.png"),
        ("file:///tmp/100%25%20sure%20%231%3F.png", "/tmp/100% sure #1?.png"),
        ("file:/tmp/a.png", "/tmp/a.png"),
        ("file://localhost/tmp/a.png", "/tmp/a.png"),
        (f"file://{QSysInfo.machineHostName()}/tmp/a.png", "/tmp/a.png"),
        ("file://nas.example/share/a.png", "//nas.example/share/a.png"),
    ],
)
def test_files_as_file_managers_list_them(line: str, path: str) -> None:
    mime = QMimeData()
    mime.setData("text/uri-list", QByteArray(f"# a comment\r\n{line}\r\n".encode()))
    assert dropped_paths(mime) == [path]


def test_what_is_not_here_is_said() -> None:
    assert "a b.png lies on the network" in not_here(dragged("smb://nas/share/a%20b.png"))
    assert "only in the browser" in not_here(dragged("blob:https://example.com/1-2"))
    assert not_here(dragged("https://example.com/a.png")) == ""
    assert not_here(text("smb://nas/share/a.png")) == ""


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
