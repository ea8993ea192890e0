"""Pictures of earlier questions: what goes again is what the composer says, by the choice made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from app.adapters.chat_api.rebuild import request_bytes
from app.core.picture_rule import OldPictures
from app.core.ports import TextLine
from app.core.settings import LanguageChoice, Settings
from app.features.chat.composer.earlier_pictures import EarlierPictures
from tests.adapters.chat_api.server import Server, plain, serving
from tests.conftest import until
from tests.journeys.world import Porthole, porthole

pytestmark = pytest.mark.usefixtures("qapp")

DONE = (
    b'data: {"choices":[{"index":0,"delta":{"content":"Yes."},"finish_reason":"stop"}]}\n\n'
    b"data: [DONE]\n\n"
)


def picture(path: Path, color: str) -> Path:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    assert image.save(str(path))
    return path


class Reader:
    """Finds the same words in every picture."""

    available = True

    async def read(self, image: bytes) -> Sequence[TextLine]:
        return [TextLine("harbour 12.50", 0.9, 0, 0, 60, 12)]

    async def close(self) -> None:
        """There is nothing to end."""


async def ask_about(window: Porthole, path: Path, text: str) -> None:
    window.page.take_files([str(path)])
    await until(lambda: window.page.draft().parts != ())
    await window.ask(text)


def line(window: Porthole) -> EarlierPictures:
    found = window.page.findChild(EarlierPictures)
    assert isinstance(found, EarlierPictures)
    return found


def choose(window: Porthole, kind: OldPictures) -> None:
    """Pick an entry of the line's menu."""
    menu = line(window).menu()
    next(action for action in menu.actions() if action.data() == kind.value).trigger()


def pictures_sent(server: Server) -> list[int]:
    """How many pictures each message of the last request carries."""
    posts = [asked for asked in server.asked if asked.method == "POST"]
    contents = [m["content"] for m in posts[-1].json["messages"] if m["role"] == "user"]
    return [
        sum(part["type"] == "image_url" for part in content) if isinstance(content, list) else 0
        for content in contents
    ]


async def test_what_goes_is_what_the_composer_says(data_dir: Path, tmp_path: Path) -> None:
    async with (
        serving(plain(DONE)) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        assert not line(window).isVisible()
        await ask_about(window, picture(tmp_path / "one.png", "red"), "the first?")
        assert line(window).text() == "1 earlier picture goes along ▾"
        await ask_about(window, picture(tmp_path / "two.png", "blue"), "the second?")
        assert pictures_sent(server) == [1, 1]
        assert line(window).text() == "2 earlier pictures go along ▾"

        await window.ask("and both?")
        assert pictures_sent(server) == [1, 1, 0]

        choose(window, OldPictures.LATEST)  # of three questions, the next among them
        assert line(window).text() == "1 of 2 earlier pictures go along ▾"
        await window.ask("go on")
        assert pictures_sent(server) == [0, 1, 0, 0]
        await shows_what_went(window, server)
        left = server.asked[-1].json["messages"][0]["content"]
        assert "[image 'one.png', not sent again]" in str(left)

        choose(window, OldPictures.AS_TEXT)
        assert line(window).text() == "No earlier picture goes along ▾"
        await window.ask("and now")
        assert pictures_sent(server) == [0, 0, 0, 0, 0]
        window.speak(LanguageChoice.CHINESE)
        assert line(window).text() == "之前的图片都不再发送 ▾"


async def shows_what_went(window: Porthole, server: Server) -> None:
    """What is shown of the last request is what was sent, byte for byte."""
    session, store = window.page.session, window.program.store
    answer = session.branch()[-1]
    exchange = await store.exchange(answer.id)
    assert exchange is not None
    shown = await request_bytes(exchange, await session.asked_before(answer.id), store.blob)
    assert shown == [asked for asked in server.asked if asked.method == "POST"][-1].body


def first_question(server: Server) -> str:
    posts = [asked for asked in server.asked if asked.method == "POST"]
    return str(posts[-1].json["messages"][0]["content"])


async def test_what_was_read_meanwhile_goes_in_a_pictures_place(
    data_dir: Path, tmp_path: Path
) -> None:
    chosen = Settings(old_pictures=OldPictures.AS_TEXT, read_pictures=True)
    async with (
        serving(plain(DONE)) as server,
        porthole(data_dir, address=server.address, settings=chosen) as window,
    ):
        texts = window.program.reading.texts
        texts._calm_reader = Reader()
        texts._reader = Reader()
        texts._timer.setInterval(60_000)
        await ask_about(window, picture(tmp_path / "one.png", "red"), "the first?")
        await ask_about(window, picture(tmp_path / "two.png", "blue"), "the second?")
        assert line(window).text() == "No earlier picture goes along ▾"
        assert "harbour" not in first_question(server)

        texts._timer.setInterval(0)  # now it has been quiet for long enough
        texts.follow()
        await until(lambda: line(window).text() == "2 earlier pictures go along as text ▾")
        assert "on this computer" in line(window).toolTip()
        await window.ask("and now?")
        assert pictures_sent(server) == [0, 0, 0]
        assert "by OCR on the sender's computer" in first_question(server)
        assert "harbour 12.50" in first_question(server)
        await shows_what_went(window, server)
        choose(window, OldPictures.LATEST)
        await window.ask("as pictures?")
        assert "harbour" not in first_question(server)

    async with (
        serving(plain(DONE)) as server,
        porthole(data_dir, address=server.address, settings=chosen) as window,
    ):
        await until(lambda: line(window).text() == "2 earlier pictures go along as text ▾")
        await window.ask("and after a restart?")
        assert "harbour 12.50" in first_question(server)


async def test_a_picture_that_was_never_answered_goes_with_the_next_question(
    data_dir: Path, tmp_path: Path
) -> None:
    chosen = Settings(old_pictures=OldPictures.AS_TEXT)
    async with (
        serving(plain(DONE)) as server,
        porthole(data_dir, address=server.address, settings=chosen) as window,
    ):
        await ask_about(window, picture(tmp_path / "one.png", "red"), "the first?")
        window.page.take_files([str(picture(tmp_path / "two.png", "blue"))])
        await until(lambda: window.page.draft().parts != ())
        window.type("another one, for later")
        shifted = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        window.press(Qt.Key.Key_Return, shifted)
        await until(lambda: line(window).text() == "1 of 2 earlier pictures go along ▾")
        await window.ask("what is in it?")
        assert pictures_sent(server) == [0, 1, 0]
        await shows_what_went(window, server)
        assert line(window).text() == "No earlier picture goes along ▾"
        refused = plain(b'{"error": {"message": "no"}}', "400 No", "application/json")
    async with (
        serving(refused) as server,
        porthole(data_dir, address=server.address, settings=chosen) as window,
    ):
        window.shortcut("Ctrl+T")
        await until(lambda: window.page.session.is_empty)
        await ask_about(window, picture(tmp_path / "three.png", "green"), "and this?")
        await until(lambda: line(window).text() == "1 earlier picture goes along ▾")
        await window.ask("please")
        assert pictures_sent(server) == [1, 0]
