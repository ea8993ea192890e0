"""A dropped picture asks by itself only what the person chose, and only what stood there to see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton

from app.core.message import FilePart, ImagePart
from app.features.chat.composer import ask_on_drop
from app.features.chat.composer.ask_on_drop import MOST, AskOnDrop
from tests.conftest import until
from tests.features.chat.composer.test_composer import Desk, desk, words
from tests.features.images.world import picture, png


def image() -> QMimeData:
    mime = QMimeData()
    mime.setImageData(picture())
    return mime


def dropped(d: Desk) -> None:
    d.source.ask_on_drop("extract")
    assert d.composer.take(image())


def asker(d: Desk) -> AskOnDrop:
    found = d.composer.findChild(AskOnDrop)
    assert isinstance(found, AskOnDrop)
    return found


def about_to(d: Desk) -> str:
    """What the banner says is about to be sent."""
    return asker(d).banner.text


def counting(d: Desk) -> bool:
    return any(timer.isActive() for timer in asker(d).findChildren(QTimer))


async def test_it_is_shown_and_then_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask_on_drop, "SEEN_MS", 30)
    async with desk() as d:
        dropped(d)
        assert about_to(d) == ""  # nothing is ready to be seen yet
        await until(lambda: about_to(d))
        (part,) = d.world.strip.parts()
        assert d.sent == []
        await until(lambda: d.sent)
        assert d.sent[0].parts == (part,)
        assert d.sent[0].asked is not None
        assert d.sent[0].asked.action == "extract"
        assert about_to(d) == ""
        assert len(d.sent) == 1


@pytest.mark.parametrize("label", ["Send now", "Not now"])
async def test_its_buttons(label: str) -> None:
    async with desk() as d:
        dropped(d)
        await until(lambda: "“Extract text” is sent" in about_to(d))
        next(b for b in d.composer.findChildren(QPushButton) if b.text() == label).click()
        assert len(d.sent) == (label == "Send now")
        assert not counting(d)
        assert about_to(d) == ""
        assert d.world.strip.parts()


def type_a_word(d: Desk) -> None:
    d.type("w")


def press_escape(d: Desk) -> None:
    d.press(Qt.Key.Key_Escape)


def escape_on_a_chip(d: Desk) -> None:
    QTest.keyClick(d.actions.button("describe"), Qt.Key.Key_Escape)


def begin_streaming(d: Desk) -> None:
    d.composer.set_streaming(True)


def add_another(d: Desk) -> None:
    d.world.strip.add_text("a.txt", "a")


def change_the_detail(d: Desk) -> None:
    (part,) = d.world.strip.parts()
    assert isinstance(part, ImagePart)
    d.world.strip.set_parts((replace(part, name="other.png"),))


def something_unusual(d: Desk) -> None:
    d.composer.ask_nothing_by_itself()


@pytest.mark.parametrize(
    "act",
    [
        type_a_word,
        press_escape,
        escape_on_a_chip,
        begin_streaming,
        add_another,
        change_the_detail,
        something_unusual,
    ],
)
async def test_whatever_the_person_does_stops_it(act: Callable[[Desk], None]) -> None:
    async with desk() as d:
        dropped(d)
        await until(lambda: counting(d))
        act(d)
        assert not counting(d)
        assert about_to(d) == ""
        assert d.sent == []
        assert "stop" not in d.others


def typed_before(d: Desk) -> None:
    d.type("mine")
    dropped(d)


def typed_meanwhile(d: Desk) -> None:
    dropped(d)
    d.type("mine")


def a_file_there_before(d: Desk) -> None:
    d.world.strip.add_text("a.txt", "a")
    dropped(d)


def while_streaming(d: Desk) -> None:
    d.composer.set_streaming(True)
    dropped(d)


def pasted(d: Desk) -> None:
    d.source.ask_on_drop("extract")
    d.paste(image())


def nothing_chosen(d: Desk) -> None:
    d.composer.take(image())


def came_by_other_ways(d: Desk) -> None:
    d.source.ask_on_drop("extract")
    d.world.strip.add_bytes(png(), "captured.png")


def too_many(d: Desk) -> None:
    dropped(d)
    for place in range(MOST):
        d.world.strip.add_bytes(png(), f"{place}.png")


@pytest.mark.parametrize(
    "act",
    [
        typed_before,
        typed_meanwhile,
        a_file_there_before,
        while_streaming,
        pasted,
        nothing_chosen,
        came_by_other_ways,
        too_many,
    ],
)
async def test_what_waits_for_the_person(act: Callable[[Desk], None]) -> None:
    async with desk() as d:
        act(d)
        await until(lambda: not d.world.strip.busy)
        assert not counting(d)
        assert d.sent == []


async def test_text_that_is_dropped_is_not_asked_about() -> None:
    async with desk() as d:
        d.source.ask_on_drop("extract")
        assert d.composer.take(words("some words"))
        await d.attach()
        assert not counting(d)
        assert not d.composer.take(QMimeData())


async def test_a_file_that_is_no_picture_waits() -> None:
    async with desk() as d:
        dropped(d)
        d.world.strip.set_parts((FilePart("a.txt", "a"),))
        assert not counting(d)
        await d.attach()
        assert not counting(d)


async def test_what_is_out_of_sight_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask_on_drop, "SEEN_MS", 30)
    async with desk() as d:
        dropped(d)
        await until(lambda: counting(d))
        d.composer.hide()
        await until(lambda: not counting(d))
        assert d.sent == []
        d.composer.show()
        d.world.strip.set_parts(())
        dropped(d)
        await until(lambda: counting(d))
        menu = QMenu(d.window)
        menu.addAction("Detail")
        menu.popup(d.window.mapToGlobal(d.window.rect().center()))
        await until(lambda: not counting(d))
        menu.close()
        assert d.sent == []
