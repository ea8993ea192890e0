"""What the viewer shows is, byte for byte, what is sent: every kind, every scaling, every edit."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest

from app.core.message import ImagePart
from app.core.picture import Scaling
from app.features.images.attachment_strip import AttachmentStrip
from tests.adapters.chat_api.server import Server, plain, serving
from tests.adapters.images.pictures import corner_marked, photo, saved, with_orientation
from tests.adapters.images.test_cut import page
from tests.conftest import until
from tests.journeys.test_earlier_pictures import DONE
from tests.journeys.test_editing_pictures import done, drag, opened
from tests.journeys.world import Porthole, porthole

pytestmark = pytest.mark.usefixtures("qapp")


def kinds() -> dict[str, bytes]:
    small = photo(200, 120)
    clear = small.convert("RGBA")
    clear.putalpha(90)
    return {
        "drawn.png": saved(corner_marked(), "PNG"),
        "clear.png": saved(clear, "PNG"),
        "palette.png": saved(small.convert("P"), "PNG"),
        "photo.jpg": saved(small, "JPEG"),
        "turned.jpg": with_orientation(small, 6),
        "photo.webp": saved(small, "WEBP"),
        "frames.gif": saved(
            corner_marked(), "GIF", save_all=True, append_images=[Image.new("RGB", (60, 40))]
        ),
        "plain.bmp": saved(small, "BMP"),
        "scan.tiff": saved(small, "TIFF", compression="tiff_lzw"),
        "photo.avif": saved(small, "AVIF"),
    }


def strip(window: Porthole) -> AttachmentStrip:
    found = window.page.findChild(AttachmentStrip)
    assert isinstance(found, AttachmentStrip)
    return found


def parts(window: Porthole) -> tuple[ImagePart, ...]:
    return tuple(part for part in strip(window).parts() if isinstance(part, ImagePart))


async def put(window: Porthole, path: Path) -> None:
    window.drop(path)
    await settled(window)


async def settled(window: Porthole) -> None:
    await until(lambda: not strip(window).busy and bool(parts(window)))


async def looked_at(window: Porthole) -> QImage:
    """What the viewer shows; it is closed again."""
    viewer = await opened(window)
    seen = viewer.shown
    done(viewer)
    await until(lambda: not viewer.isVisible())
    return seen


def sent(server: Server) -> list[bytes]:
    """The pictures of the last question, in their order."""
    post = [asked for asked in server.asked if asked.method == "POST"][-1]
    return [
        base64.b64decode(part["image_url"]["url"].partition(",")[2])
        for part in post.json["messages"][-1]["content"]
        if part["type"] == "image_url"
    ]


async def same(window: Porthole, server: Server, shown: Sequence[ImagePart]) -> list[bytes]:
    """Ask; the bytes that went, which are those that the chips stood for."""
    await window.ask("what is this?")
    went = sent(server)
    names = [part.blob for part in shown]
    assert [hashlib.sha256(data).hexdigest() for data in went] == names
    assert [await window.program.store.blob(name or "") for name in names] == went
    return went


async def test_every_kind_of_picture_goes_as_it_was_shown(data_dir: Path, tmp_path: Path) -> None:
    async with (
        serving(plain(DONE)) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        for name, data in kinds().items():
            path = tmp_path / name
            path.write_bytes(data)
            await put(window, path)
            seen = await looked_at(window)
            shown = parts(window)
            (went,) = await same(window, server, shown)
            assert QImage.fromData(went) == seen, name
            assert not strip(window).chips()


async def test_every_scaling_goes_as_it_was_shown(data_dir: Path, tmp_path: Path) -> None:
    image, _ = page(height=3200)
    path = tmp_path / "page.png"
    path.write_bytes(saved(image, "PNG"))
    async with (
        serving(plain(DONE)) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        for scaling in (Scaling.SHARP, Scaling.FIT, Scaling.TILES):
            await put(window, path)
            (item,) = strip(window).attached()
            strip(window).set_scaling(item, scaling)
            await settled(window)
            seen = await looked_at(window)
            shown = parts(window)
            went = [QImage.fromData(data) for data in await same(window, server, shown)]
            assert (len(went) > 1) is (scaling is Scaling.TILES)
            assert _below_each_other(went, seen) == seen, scaling


async def test_what_was_edited_goes_as_it_was_shown(data_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(saved(photo(), "JPEG"))
    async with (
        serving(plain(DONE)) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        await put(window, path)
        before = parts(window)
        viewer = await opened(window)
        QTest.keyClick(viewer, Qt.Key.Key_B)
        drag(viewer, QPointF(20, 20), QPointF(120, 90))
        QTest.keyClick(viewer, Qt.Key.Key_Escape)
        QTest.keyClick(viewer, Qt.Key.Key_R)
        done(viewer)
        await until(lambda: bool(parts(window)) and parts(window) != before)
        seen = await looked_at(window)
        (went,) = await same(window, server, parts(window))
        assert QImage.fromData(went) == seen


def _below_each_other(pieces: Sequence[QImage], like: QImage) -> QImage:
    whole = QImage(like.size(), like.format())
    painter = QPainter(whole)
    top = 0
    for piece in pieces:
        painter.drawImage(0, top, piece)
        top += piece.height()
    painter.end()
    assert top == like.height()
    return whole
