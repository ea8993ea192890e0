"""A private picture: what goes over the wire is the text that was shown, and never the picture."""

from __future__ import annotations

import base64
import importlib.util
import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from app.core.message import ImagePart
from app.core.picture_text import text_instead
from app.features.images.attachment_strip import AttachmentStrip
from app.features.images.text_preview import TextPreview
from tests.adapters.chat_api.server import Server, plain, serving
from tests.adapters.ocr.pictures import drawn
from tests.conftest import until
from tests.journeys.world import Porthole, porthole

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(
        importlib.util.find_spec("rapidocr") is None, reason="the ocr extra is not installed"
    ),
]

DONE = (
    b'data: {"choices":[{"index":0,"delta":{"content":"It is 12.50."},"finish_reason":"stop"}]}\n\n'
    b"data: [DONE]\n\n"
)
WORDS = "Total amount 12.50"


def strip(window: Porthole) -> AttachmentStrip:
    found = window.page.findChild(AttachmentStrip)
    assert isinstance(found, AttachmentStrip)
    return found


async def with_private_picture(window: Porthole, path: Path) -> tuple[str, bytes]:
    """Attach it and choose that only its text goes; what the preview says, and its bytes."""
    window.page.take_files([str(path)])
    await until(lambda: window.page.draft().parts != ())
    read_here = strip(window).way_to_read()
    assert read_here is not None
    read_here()
    await until(lambda: not strip(window).busy)
    strip(window).chips()[0].activated.emit()
    preview = window.program.window.findChild(TextPreview)
    assert isinstance(preview, TextPreview)
    box = preview.findChild(QPlainTextEdit)
    assert isinstance(box, QPlainTextEdit)
    said = box.toPlainText()
    preview.close()
    (part,) = window.page.draft().parts
    assert isinstance(part, ImagePart)
    assert said == text_instead(part)
    assert WORDS in said
    return said, await window.program.store.blob(part.blob or "")


def contents(server: Server) -> list[object]:
    """What the person said, by the last request."""
    posts = [asked for asked in server.asked if asked.method == "POST"]
    return [m["content"] for m in posts[-1].json["messages"] if m["role"] == "user"]


def nowhere(server: Server, picture: bytes) -> None:
    """No request holds the picture, as it is or as base64, nor any other."""
    for asked in server.asked:
        for form in (picture, base64.b64encode(picture), b"image_url", b"data:image"):
            assert form not in asked.body


async def test_what_goes_is_what_the_preview_says_now_later_and_after_a_restart(
    data_dir: Path, tmp_path: Path
) -> None:
    path = tmp_path / "bill.png"
    path.write_bytes(drawn([(20, 20, WORDS)], size=(420, 70), height=24))
    async with serving(plain(DONE)) as server:
        async with porthole(data_dir, address=server.address) as window:
            said, picture = await with_private_picture(window, path)
            await window.ask("how much?")
            assert contents(server) == [f"{said}\n\nhow much?"]
            model = json.loads(server.asked[-1].body)["model"]
            assert model == "test/text", "nothing asks for a model that sees"
            await window.ask("sure?")
            assert contents(server) == [f"{said}\n\nhow much?", "sure?"]
            shown = window.page.transcript.plain_text()
            assert "bill.png (not sent, only its text)" in shown
        async with porthole(data_dir, address=server.address) as window:
            await until(lambda: "It is 12.50." in window.shown)
            await window.ask("and now?")
            assert contents(server) == [f"{said}\n\nhow much?", "sure?", "and now?"]
        nowhere(server, picture)


async def test_a_draft_stays_private_over_a_restart(data_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "bill.png"
    path.write_bytes(drawn([(20, 20, WORDS)], size=(420, 70), height=24))
    async with serving(plain(DONE)) as server:
        async with porthole(data_dir, address=server.address) as window:
            said, picture = await with_private_picture(window, path)
        async with porthole(data_dir, address=server.address) as window:
            await until(lambda: window.page.draft().parts != ())
            await window.ask("how much?")
            assert contents(server) == [f"{said}\n\nhow much?"]
        nowhere(server, picture)


async def test_in_idle_time_sent_pictures_are_read_where_that_is_wished_for(
    data_dir: Path, tmp_path: Path
) -> None:
    path = tmp_path / "bill.png"
    path.write_bytes(drawn([(20, 20, WORDS)], size=(420, 70), height=24))
    async with (
        serving(plain(DONE)) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        window.program.reading.texts._timer.setInterval(0)
        window.page.take_files([str(path)])
        await until(lambda: window.page.draft().parts != ())
        await window.ask("how much?")
        store = window.program.store
        (blob,) = await store.unread_pictures(9)
        assert await store.search("amount") == ()
        window.program.settings.replace(read_pictures=True)
        await until(lambda: not window.program.reading.texts.waits_or_reads)
        assert await store.text_layer(blob) is not None
        (hit,) = await store.search("amount")
        assert hit.in_picture
