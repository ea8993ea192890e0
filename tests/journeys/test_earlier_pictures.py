"""Pictures of earlier questions: what goes again is what the composer says, by the choice made."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from app.core.old_pictures import OldPictures
from app.core.settings import LanguageChoice
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
        left = server.asked[-1].json["messages"][0]["content"]
        assert "[image 'one.png', not sent again]" in str(left)

        choose(window, OldPictures.AS_TEXT)
        assert line(window).text() == "No earlier picture goes along ▾"
        await window.ask("and now")
        assert pictures_sent(server) == [0, 0, 0, 0, 0]
        window.speak(LanguageChoice.CHINESE)
        assert line(window).text() == "之前的图片都不再发送 ▾"
