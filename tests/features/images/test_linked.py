"""Pictures by their address: the person chooses once whether they are fetched or sent so."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.core.message import ImagePart
from app.core.picture_address import LinkedPictures
from app.features.images.linked import AddressQuestion
from tests.conftest import until
from tests.features.images.world import World, png, world

ADDRESS = "https://example.com/x/a.png"


def link(address: str = ADDRESS) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl(address)])
    return mime


def question(w: World) -> AddressQuestion:
    found = w.strip.findChild(AddressQuestion)
    assert found is not None
    return found


def choose(w: World, words: str) -> None:
    buttons = {button.text(): button for button in question(w).findChildren(QPushButton)}
    QTest.mouseClick(buttons[words], Qt.MouseButton.LeftButton)


async def test_the_person_is_asked_once_and_the_address_is_sent() -> None:
    async with world() as w:
        assert w.strip.add_mime(link())
        assert w.strip.add_mime(link("https://example.com/b.png"))
        assert w.strip.busy
        await until(lambda: len(w.strip.chips()) == 2)
        assert question(w).text
        choose(w, "Send its address")
        assert w.linked is LinkedPictures.ADDRESS
        assert not question(w).text
        assert [p.url for p in w.strip.parts() if isinstance(p, ImagePart)] == [
            ADDRESS,
            "https://example.com/b.png",
        ]
        assert w.strip.chips()[0].text == "a.png · sent as an address"
        w.strip.add_mime(link())
        await until(lambda: len(w.strip.parts()) == 3)
        assert w.fetched == []


async def test_a_picture_that_was_fetched_is_as_any_other() -> None:
    async with world() as w:
        w.on_the_web[ADDRESS] = png(60, 40)
        w.strip.add_mime(link())
        choose(w, "Fetch and send it")
        await until(lambda: not w.strip.busy)
        assert w.linked is LinkedPictures.FETCH
        (part,) = w.strip.parts()
        assert isinstance(part, ImagePart)
        assert (part.name, part.url, part.width) == ("a.png", None, 60)
        assert part.blob in w.blobs.kept
        w.strip.add_mime(link())
        await until(lambda: not w.strip.busy)
        assert w.fetched == [ADDRESS, ADDRESS]


async def test_what_cannot_be_fetched_is_said() -> None:
    async with world() as w:
        w.linked = LinkedPictures.FETCH
        w.strip.add_mime(link())
        await until(lambda: not w.strip.busy)
        assert w.strip.chips() == ()
        assert len(w.refused) == 1
        assert "a.png could not be fetched" in w.refused[0]


async def test_the_question_goes_with_what_it_is_about() -> None:
    async with world() as w:
        w.strip.add_mime(link())
        w.strip.chips()[0].close_button.click()
        assert not question(w).text
        assert not w.strip.busy
        assert w.linked is LinkedPictures.ASK


async def test_other_links_are_text() -> None:
    async with world() as w:
        assert not w.strip.add_mime(link("https://example.com/page.html"))
        assert w.strip.chips() == ()
