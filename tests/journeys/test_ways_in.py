"""How pictures come in: dropped and pasted in the forms in which other programs hand them out."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.features.images.attachment_strip import AttachmentStrip
from tests.conftest import until
from tests.features.images.world import png
from tests.journeys.world import Porthole, drop_on, porthole

pytestmark = pytest.mark.usefixtures("qapp")

PNG = png(120, 80)
DATA = "data:image/png;base64," + base64.b64encode(PNG).decode()


def offered(forms: Mapping[str, bytes]) -> QMimeData:
    mime = QMimeData()
    for kind, data in forms.items():
        mime.setData(kind, QByteArray(data))
    return mime


def strip(window: Porthole) -> AttachmentStrip:
    found = window.page.findChild(AttachmentStrip)
    assert isinstance(found, AttachmentStrip)
    return found


def ways(folder: Path) -> dict[str, dict[str, bytes]]:
    path = folder / "图 片 100%.png"
    path.write_bytes(PNG)
    address = path.as_uri().encode()
    return {
        "a file manager's list": {"text/uri-list": b"# files\r\n" + address + b"\r\n"},
        "with the machine's name": {
            "text/uri-list": address.replace(b"file:///", b"file://localhost/")
        },
        "a picture's bytes": {"image/png": PNG},
        "bytes beside their address": {
            "image/png": PNG,
            "text/uri-list": b"https://example.com/a",
            "text/html": b'<img src="https://example.com/a">',
        },
        "a data address as a link": {"text/uri-list": DATA.encode()},
        "a data address as text": {"text/plain": DATA.encode()},
        "HTML alone": {"text/html": f"<meta charset='utf-8'><img src='{DATA}'>".encode()},
    }


async def test_a_picture_comes_in_however_it_is_handed_out(data_dir: Path, tmp_path: Path) -> None:
    async with porthole(data_dir, address="http://127.0.0.1:9/v1") as window:
        for name, forms in ways(tmp_path).items():
            for pasted in (False, True):
                if pasted:
                    QGuiApplication.clipboard().setMimeData(offered(forms))
                    QTest.keyClick(window.box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
                else:
                    drop_on(window.program.window, offered(forms))
                await until(lambda: not strip(window).busy)
                (chip,) = strip(window).chips()
                assert "120×80" in chip.text, (name, pasted)
                assert window.box.toPlainText() == "", (name, pasted)
                strip(window).set_parts(())


async def test_what_is_elsewhere_is_said_and_leaves_no_address(data_dir: Path) -> None:
    async with porthole(data_dir, address="http://127.0.0.1:9/v1") as window:
        drop_on(window.program.window, offered({"text/uri-list": b"smb://nas/share/a%20b.png"}))
        await until(lambda: "a b.png lies on the network" in window.notice)
        assert not strip(window).chips()
        assert window.box.toPlainText() == ""


async def test_the_decoder_is_there_before_what_is_dragged_is_let_go(data_dir: Path) -> None:
    async with porthole(data_dir, address="http://127.0.0.1:9/v1") as window:
        assert not window.program.codec.running
        mime = offered({"image/png": PNG})
        enter = QDragEnterEvent(
            QPoint(200, 200),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(window.program.window, enter)
        await until(lambda: window.program.codec.running)
