"""What is blacked out before it is sent: neither its pixels nor its words stay on the disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.core.message import ImagePart
from app.core.ports import TextLine
from tests.adapters.chat_api.server import plain, serving
from tests.conftest import until
from tests.journeys.test_earlier_pictures import DONE
from tests.journeys.test_editing_pictures import done, drag, opened
from tests.journeys.world import porthole

pytestmark = pytest.mark.usefixtures("qapp")

SECRET = "zanzibarquartz"


class Reader:
    """Finds the secret in every picture that is not black where it stood."""

    available = True

    async def read(self, image: bytes) -> Sequence[TextLine]:
        covered = QColor(QImage.fromData(image).pixel(20, 16)).name() == "#000000"
        words = "harbour" if covered else SECRET
        return [TextLine(words, 0.9, 8, 8, 32, 24)]

    async def close(self) -> None:
        """There is nothing to end."""


def with_secret(path: Path) -> Path:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(QColor("blue"))
    painter = QPainter(image)
    painter.fillRect(8, 8, 24, 16, QColor("red"))
    painter.end()
    assert image.save(str(path))
    return path


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def red_pictures(folder: Path) -> list[Path]:
    """The pictures on the disk that still show what was to be covered."""
    pictures = ((path, QImage(str(path))) for path in files(folder))
    red = QColor("red").rgb()
    return [
        path
        for path, image in pictures
        if not image.isNull()
        and any(
            image.pixel(x, y) == red for x in range(image.width()) for y in range(image.height())
        )
    ]


async def test_nothing_of_it_stays_on_the_disk(data_dir: Path, tmp_path: Path) -> None:
    async with (
        serving(plain(DONE)) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        window.program.reading.texts._reader = Reader()
        window.page.take_files([str(with_secret(tmp_path / "secret.png"))])
        await until(lambda: window.page.draft().parts != ())
        (part,) = window.page.draft().parts
        assert isinstance(part, ImagePart)
        before = await window.program.store.blob(part.blob or "")
        viewer = await opened(window)
        read = next(b for b in viewer.findChildren(QPushButton) if b.text() == "Read text here")
        read.click()
        await until(lambda: SECRET in viewer._text.words.layer.whole_text())
        QTest.keyClick(viewer, Qt.Key.Key_B)
        drag(viewer, QPointF(7, 7), QPointF(33, 25))
        QTest.keyClick(viewer, Qt.Key.Key_Escape)
        done(viewer)
        await until(lambda: window.page.draft().parts not in ((), (part,)))
        await window.ask("what is this?")
        await window.settled()
        await until(lambda: red_pictures(data_dir) == [])
        assert not any(before in path.read_bytes() for path in files(data_dir))
        assert not any(SECRET.encode() in path.read_bytes() for path in files(data_dir))
        assert SECRET not in str([asked.json for asked in server.asked if asked.method == "POST"])
    assert red_pictures(data_dir) == []
    assert not any(SECRET.encode() in path.read_bytes() for path in files(data_dir))
