"""A picture changed before it is sent: what the viewer shows is what is kept and what goes."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsView, QPushButton

from app.core.message import ImagePart
from app.features.images.chip import Chip
from app.features.images.viewer import ImageViewer
from tests.adapters.chat_api.server import Server, plain, serving
from tests.conftest import until
from tests.journeys.test_earlier_pictures import DONE, picture
from tests.journeys.world import Porthole, porthole

pytestmark = pytest.mark.usefixtures("qapp")


def sent_bytes(server: Server) -> bytes:
    """The picture of the last request."""
    post = [asked for asked in server.asked if asked.method == "POST"][-1]
    (url,) = (
        part["image_url"]["url"]
        for part in post.json["messages"][-1]["content"]
        if part["type"] == "image_url"
    )
    return base64.b64decode(url.partition(",")[2])


async def opened(window: Porthole) -> ImageViewer:
    """The viewer over the first chip's picture."""
    chip = window.page.findChild(Chip)
    assert isinstance(chip, Chip)
    QTest.keyClick(chip, Qt.Key.Key_Return)
    viewer = await until(lambda: window.program.window.findChild(ImageViewer))
    assert isinstance(viewer, ImageViewer)
    await until(viewer.isVisible)
    return viewer


def drag(viewer: ImageViewer, begin: QPointF, end: QPointF) -> None:
    view = viewer.findChild(QGraphicsView)
    assert view is not None
    left, viewport = Qt.MouseButton.LeftButton, view.viewport()
    QTest.mousePress(viewport, left, pos=view.mapFromScene(begin))
    QTest.mouseMove(viewport, view.mapFromScene(end))
    QTest.mouseRelease(viewport, left, pos=view.mapFromScene(end))


def done(viewer: ImageViewer) -> None:
    next(b for b in viewer.findChildren(QPushButton) if b.text() == "Done").click()


async def test_blacked_out_and_cropped_is_what_goes(data_dir: Path, tmp_path: Path) -> None:
    async with (
        serving(plain(DONE)) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        window.page.take_files([str(picture(tmp_path / "secret.png", "red"))])
        await until(lambda: window.page.draft().parts != ())
        viewer = await opened(window)
        QTest.keyClick(viewer, Qt.Key.Key_B)
        drag(viewer, QPointF(8, 8), QPointF(32, 24))
        QTest.keyClick(viewer, Qt.Key.Key_Escape)  # the tool is put away
        QTest.keyClick(viewer, Qt.Key.Key_R)
        seen = viewer.shown
        done(viewer)
        await until(lambda: window.page.draft().parts != ())
        (part,) = window.page.draft().parts
        assert isinstance(part, ImagePart)
        assert (part.width, part.height) == (48, 64)

        await window.ask("what is this?")
        sent = QImage.fromData(sent_bytes(server))
        assert sent.size() == seen.size()
        assert QColor(sent.pixel(48 - 16, 16)).name() == "#000000"
        assert QColor(sent.pixel(4, 60)).name() == "#ff0000"
        assert hashlib.sha256(sent_bytes(server)).hexdigest() == part.blob


async def test_the_viewer_shows_the_bytes_that_go(data_dir: Path, tmp_path: Path) -> None:
    async with (
        serving(plain(DONE)) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        window.page.take_files([str(picture(tmp_path / "plain.png", "blue"))])
        await until(lambda: window.page.draft().parts != ())
        viewer = await opened(window)
        seen = viewer.shown
        done(viewer)
        (part,) = window.page.draft().parts
        assert isinstance(part, ImagePart)
        await window.ask("and this?")
        assert QImage.fromData(sent_bytes(server)) == seen
        assert hashlib.sha256(sent_bytes(server)).hexdigest() == part.blob
        kept = await window.program.store.blob(part.blob or "")
        assert kept == sent_bytes(server)


async def test_what_is_covered_in_a_very_tall_picture_is_what_was_marked(
    data_dir: Path, tmp_path: Path
) -> None:
    """It has more pixels than are looked at: the marked place is another one in the file."""
    page = QImage(300, 9001, QImage.Format.Format_RGB32)
    page.fill(QColor("white"))
    painter = QPainter(page)
    painter.fillRect(100, 8003, 100, 40, QColor("red"))
    painter.end()
    path = tmp_path / "page.png"
    assert page.save(str(path))
    async with (
        serving(plain(DONE)) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        window.page.take_files([str(path)])
        await until(lambda: window.page.draft().parts != ())
        (before,) = window.page.draft().parts
        viewer = await opened(window)
        part = viewer.shown.height() / page.height()
        QTest.keyClick(viewer, Qt.Key.Key_B)
        drag(viewer, QPointF(80, 7950) * part, QPointF(220, 8100) * part)
        QTest.keyClick(viewer, Qt.Key.Key_Escape)
        done(viewer)
        await until(lambda: window.page.draft().parts not in ((), (before,)))
        await window.ask("what is this?")
        sent = QImage.fromData(sent_bytes(server))
        assert sent.height() == 8000
        marked = [QColor(sent.pixel(133, y)) for y in range(7080, 7180)]
        assert any(colour.name() == "#000000" for colour in marked)
        assert not any(colour.red() > colour.green() + 40 for colour in marked)


async def test_a_black_out_placed_by_keys_is_meant_when_done_is_clicked(
    data_dir: Path, tmp_path: Path
) -> None:
    async with (
        serving(plain(DONE)) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        window.page.take_files([str(picture(tmp_path / "secret.png", "red"))])
        await until(lambda: window.page.draft().parts != ())
        viewer = await opened(window)
        QTest.keyClick(viewer, Qt.Key.Key_B)
        seen = viewer.grab().toImage()
        centre = QColor(seen.pixel(seen.width() // 2, seen.height() // 2))
        assert centre.name() == "#ff0000", "what is only offered must not look covered"
        QTest.keyClick(viewer, Qt.Key.Key_Left)
        done(viewer)
        await until(lambda: window.page.draft().parts != ())
        await window.ask("what is this?")
        sent = QImage.fromData(sent_bytes(server))
        assert QColor(sent.pixel(sent.width() // 2, sent.height() // 2)).name() == "#000000"
        assert QColor(sent.pixel(1, 1)).name() == "#ff0000"
