"""A picture that stays here: read on this computer, and only its text goes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.core.errors import ReadingError, ReadingProblem
from app.core.message import FilePart, ImagePart, sends_pictures
from app.core.picture import Edits, Region, Scaling
from app.core.picture_text import text_instead
from app.core.ports import TextLine
from app.features.images.goes import Goes
from app.features.images.text_preview import TextPreview
from tests.conftest import until
from tests.features.images.world import World, opened, png, world


class HeldReader:
    """Reads the same words in every picture, once `gate` is open."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.gate.set()
        self.asked: list[str] = []
        self.ended: list[str] = []
        self.words = "total 12.50"
        self.problem: ReadingProblem | None = None

    async def lines(self, blob: str) -> Sequence[TextLine]:
        self.asked.append(blob)
        try:
            await self.gate.wait()
        finally:
            self.ended.append(blob)
        if self.problem is not None:
            raise ReadingError(self.problem)
        return [TextLine(self.words, 0.9, 10, 10, 110, 30)] if self.words else []


def pictures(w: World) -> list[ImagePart]:
    return [part for part in w.strip.parts() if isinstance(part, ImagePart)]


async def with_picture(w: World, name: str = "bill.png") -> None:
    w.strip.add_bytes(png(), name)
    await until(lambda: not w.strip.busy)


def choose(w: World, goes: Goes, place: int = 0) -> None:
    """Pick an entry of a chip's menu."""
    menu = opened(w.strip.chips()[place].goes_button)
    next(action for action in menu.actions() if action.data() == goes.value).trigger()


async def test_only_the_text_goes_once_it_is_read() -> None:
    reader = HeldReader()
    async with world(reader.lines) as w:
        await with_picture(w)
        chip = w.strip.chips()[0]
        assert not chip.goes_button.isHidden()
        assert chip.goes_button.text() == "picture ▾"
        reader.gate.clear()
        choose(w, Goes.TEXT)
        assert w.strip.busy
        assert chip.text == "bill.png · reading here…"
        assert not sends_pictures(w.strip.parts()), "a draft kept meanwhile sends no picture"
        reader.gate.set()
        await until(lambda: not w.strip.busy)
        (part,) = pictures(w)
        assert (part.text_only, part.text, reader.asked) == (True, "total 12.50", [part.blob])
        assert chip.text == "bill.png · only the text read here goes: 11 characters"
        assert chip.goes_button.text() == "text only ▾"
        assert chip.detail_button.isHidden()
        choose(w, Goes.PICTURE)
        (part,) = pictures(w)
        assert (part.text_only, part.text) == (False, None)
        assert not chip.detail_button.isHidden()


async def test_a_click_shows_word_for_word_what_goes() -> None:
    async with world(HeldReader().lines) as w:
        await with_picture(w)
        shown: list[tuple[str, str]] = []
        viewed: list[object] = []
        w.strip.text_activated.connect(lambda name, text: shown.append((name, text)))
        w.strip.picture_activated.connect(viewed.append)
        choose(w, Goes.TEXT)
        await until(lambda: not w.strip.busy)
        QTest.keyClick(w.strip.chips()[0], Qt.Key.Key_Return)
        (part,) = pictures(w)
        assert shown == [("bill.png", text_instead(part))]
        assert viewed == []
        parent = QWidget()
        preview = TextPreview(*shown[0], theme=w.theme, parent=parent)
        assert preview.text == text_instead(part)
        box = preview.findChild(QPlainTextEdit)
        assert isinstance(box, QPlainTextEdit)
        assert box.isReadOnly()
        parent.deleteLater()


async def test_a_person_who_changes_their_mind_ends_the_reading() -> None:
    reader = HeldReader()
    async with world(reader.lines) as w:
        await with_picture(w)
        reader.gate.clear()
        choose(w, Goes.TEXT)
        await until(lambda: len(reader.asked) == 1)
        choose(w, Goes.PICTURE)
        assert not w.strip.busy
        assert sends_pictures(w.strip.parts())
        await until(lambda: len(reader.ended) == 1)
        choose(w, Goes.TEXT)
        await until(lambda: len(reader.asked) == 2)
        w.strip.chips()[0].close_button.click()
        await until(lambda: len(reader.ended) == 2)
        assert w.strip.parts() == ()
        assert w.faults == []


@pytest.mark.parametrize("words", ["", "unread"])
async def test_what_cannot_be_read_says_so_and_is_a_picture_again(words: str) -> None:
    reader = HeldReader()
    async with world(reader.lines) as w:
        await with_picture(w)
        reader.words = words
        reader.problem = ReadingProblem.TOO_SLOW if words else None
        choose(w, Goes.TEXT)
        await until(lambda: w.refused != [])
        assert not w.strip.busy
        assert sends_pictures(w.strip.parts())
        assert w.strip.chips()[0].goes_button.text() == "picture ▾"
        if not words:
            said = "No text was found in bill.png. It would be sent as a picture."
            assert w.refused == [said]


async def test_edited_or_cut_it_is_read_anew_and_never_goes_meanwhile() -> None:
    reader = HeldReader()
    async with world(reader.lines) as w:
        await with_picture(w)
        choose(w, Goes.TEXT)
        await until(lambda: not w.strip.busy)
        went: list[bool] = []
        w.strip.changed.connect(lambda: went.append(sends_pictures(w.strip.parts())))
        reader.words = "total"
        (item,) = w.strip.attached()
        w.strip.set_edits(item, Edits(black_out=(Region(0, 0, 10, 10),)))
        await until(lambda: not w.strip.busy)
        (part,) = pictures(w)
        assert (part.text_only, part.text) == (True, "total")
        w.strip.set_scaling(item, Scaling.TILES)
        await until(lambda: not w.strip.busy)
        assert [(part.text_only, part.text) for part in pictures(w)] == [(True, "total")] * 2
        assert went
        assert not any(went)


async def test_the_way_to_read_takes_all_pictures_and_no_file() -> None:
    async with world(HeldReader().lines) as w:
        w.strip.add_text("notes.txt", "words")
        assert w.strip.way_to_read() is None
        await with_picture(w, "one.png")
        w.strip.add_bytes(png(50, 50), "two.png")
        await until(lambda: not w.strip.busy)
        read_here = w.strip.way_to_read()
        assert read_here is not None
        read_here()
        await until(lambda: not w.strip.busy)
        assert [part.text_only for part in pictures(w)] == [True, True]
        assert w.strip.parts()[0] == FilePart("notes.txt", "words")
        assert w.strip.way_to_read() is None


async def test_a_draft_that_was_being_read_is_read_on() -> None:
    reader = HeldReader()
    async with world(reader.lines) as w:
        await with_picture(w)
        (picture,) = pictures(w)
        left = ImagePart("left.png", blob=picture.blob, width=4, height=4, text_only=True)
        done = ImagePart("done.png", blob=picture.blob, width=4, height=4, text="x", text_only=True)
        w.strip.set_parts((left, done))
        assert w.strip.busy
        await until(lambda: not w.strip.busy)
        assert [(part.text_only, part.text) for part in pictures(w)] == [
            (True, "total 12.50"),
            (True, "x"),
        ]
        assert len(reader.asked) == 1


async def test_without_an_engine_nothing_is_offered_and_what_was_read_stays() -> None:
    async with world() as w:
        await with_picture(w)
        assert w.strip.way_to_read() is None
        assert w.strip.chips()[0].goes_button.isHidden()
        done = ImagePart("done.png", blob="ab", width=4, height=4, text="x", text_only=True)
        w.strip.set_parts((done,))
        assert w.strip.parts() == (done,)
