"""The composer says what the person wants, and never loses or doubles a word."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QVBoxLayout, QWidget

from app.core.conversation import Draft
from app.core.message import FilePart, ImagePart
from app.core.picture_action import PictureAction
from app.features.chat.composer import Composer
from app.features.images.quick_actions import QuickActions
from tests.chinese import chinese
from tests.conftest import until
from tests.features.images.actions import SomeActions
from tests.features.images.world import World, picture, png, world

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER = Qt.Key.Key_Return


@dataclass
class Desk:
    """A composer in a window, and what it said."""

    world: World
    window: QWidget
    composer: Composer
    actions: QuickActions
    source: SomeActions
    sent: list[Draft] = field(default_factory=list)
    added: list[Draft] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        composer = self.composer
        composer.send_requested.connect(self.sent.append)
        composer.add_requested.connect(self.added.append)
        composer.draft_changed.connect(self.drafts.append)
        composer.stop_requested.connect(lambda: self.others.append("stop"))
        composer.edit_last_requested.connect(lambda: self.others.append("edit last"))
        composer.typing_started.connect(lambda: self.others.append("typing"))

    @property
    def text(self) -> str:
        return self.composer.text_box.toPlainText()

    def type(self, text: str) -> None:
        QTest.keyClicks(self.composer.text_box, text)

    def press(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(self.composer.text_box, key, modifiers)

    def compose(self, preedit: str, commit: str = "") -> None:
        event = QInputMethodEvent(preedit, [])
        if commit:
            event.setCommitString(commit)
        QApplication.sendEvent(self.composer.text_box, event)

    def paste(self, mime: QMimeData, modifiers: Qt.KeyboardModifier = CTRL) -> None:
        QGuiApplication.clipboard().setMimeData(mime)
        self.press(Qt.Key.Key_V, modifiers)

    async def attach(self) -> ImagePart:
        self.world.strip.add_bytes(png(), "a.png")
        await until(lambda: not self.world.strip.busy)
        part = self.world.strip.parts()[-1]
        assert isinstance(part, ImagePart)
        return part


@asynccontextmanager
async def desk() -> AsyncIterator[Desk]:
    async with world() as w:
        source = SomeActions()
        actions = QuickActions(source)
        composer = Composer(
            theme=w.theme,
            icons=w.icons,
            attachments=w.strip,
            quick_actions=actions,
            earlier_pictures=QWidget(),
        )
        window = QWidget()
        column = QVBoxLayout(window)
        column.addStretch(1)
        column.addWidget(composer)
        window.resize(760, 600)
        window.show()
        composer.focus_text()
        yield Desk(w, window, composer, actions, source)


def words(text: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(text)
    return mime


# Keys


async def test_enter_sends_and_leaves_the_text_until_it_is_safe() -> None:
    async with desk() as d:
        assert not d.composer.send_button.isEnabled()
        d.press(ENTER)
        assert d.sent == []
        d.type("hello")
        d.press(ENTER, SHIFT)
        d.type("there")
        d.press(ENTER)
        assert d.sent == [Draft("hello\nthere")]
        assert d.text == "hello\nthere"
        d.composer.clear()
        assert d.text == ""
        assert d.drafts[-1] == Draft()


async def test_a_setting_swaps_enter_and_ctrl_enter() -> None:
    async with desk() as d:
        d.composer.set_enter_sends(False)
        assert d.composer.send_button.text() == "Send  Ctrl ⏎"
        d.type("a")
        d.press(ENTER)
        d.type("b")
        assert d.sent == []
        d.press(ENTER, CTRL)
        assert d.sent == [Draft("a\nb")]


@pytest.mark.parametrize("enter_sends", [True, False])
async def test_ctrl_shift_enter_adds_in_both_modes(enter_sends: bool) -> None:
    async with desk() as d:
        d.composer.set_enter_sends(enter_sends)
        d.type("a")
        d.press(ENTER, CTRL | SHIFT)
        assert d.added == [Draft("a")]
        assert d.sent == []


async def test_a_held_key_sends_once() -> None:
    async with desk() as d:
        d.type("a")
        held = QKeyEvent(
            QEvent.Type.KeyPress, ENTER, Qt.KeyboardModifier.NoModifier, "\r", autorep=True
        )
        QApplication.sendEvent(d.composer.text_box, held)
        assert d.sent == []
        assert d.text == "a"


async def test_enter_never_sends_while_a_word_is_composed() -> None:
    async with desk() as d:
        d.type("a")
        d.compose("ni hao")
        for modifiers in (Qt.KeyboardModifier.NoModifier, CTRL, CTRL | SHIFT):
            d.press(ENTER, modifiers)
        d.press(Qt.Key.Key_Up)
        assert (d.sent, d.added, d.text) == ([], [], "a")
        d.compose("", "你好")
        assert d.text == "a你好"
        d.press(ENTER)
        assert d.sent == [Draft("a你好")]


async def test_a_word_that_went_with_its_draft_holds_up_no_enter() -> None:
    async with desk() as d:
        d.compose("ni hao")
        d.composer.set_draft(Draft("an earlier one"))
        d.press(ENTER)
        assert d.sent == [Draft("an earlier one")]


async def test_up_edits_the_last_message_only_from_an_empty_box() -> None:
    async with desk() as d:
        d.press(Qt.Key.Key_Up)
        assert d.others == ["edit last"]
        d.type("a")
        d.press(Qt.Key.Key_Up)
        d.composer.set_draft(Draft("", (FilePart("a.txt", "a"),)))
        d.press(Qt.Key.Key_Up)
        assert d.others.count("edit last") == 1


async def test_while_streaming_send_is_stop_and_typing_goes_on() -> None:
    async with desk() as d:
        d.press(Qt.Key.Key_Escape)
        d.composer.set_streaming(True)
        assert d.composer.send_button.text() == "Stop  Esc"
        d.type("next")
        d.press(ENTER)
        d.press(ENTER, CTRL | SHIFT)
        assert (d.sent, d.added, d.text) == ([], [], "next")
        d.press(Qt.Key.Key_Escape)
        QTest.keyClick(d.composer.send_button, Qt.Key.Key_Escape)
        d.composer.send_button.click()
        assert d.others == ["typing", "stop", "stop", "stop"]
        d.composer.set_streaming(False)
        assert d.composer.send_button.text() == "Send ⏎"
        d.composer.send_button.click()
        assert d.sent == [Draft("next")]


async def test_the_first_keystroke_is_told_once() -> None:
    async with desk() as d:
        d.composer.set_draft(Draft("kept from last time", (FilePart("a.txt", "a"),)))
        assert d.others == []
        d.type("ab")
        assert d.others == ["typing"]


async def test_the_first_keystroke_of_an_input_method_is_told() -> None:
    async with desk() as d:
        d.compose("n")
        d.compose("ni")
        assert d.others == ["typing"]


# Never lose, never double


async def test_what_was_typed_since_it_was_sent_stays() -> None:
    async with desk() as d:
        first = await d.attach()
        d.type("one ")
        d.compose("", "😀 ")
        d.press(ENTER)
        d.composer.set_streaming(True)
        d.type("two")
        d.world.strip.add_text("later.txt", "later")
        d.composer.clear()
        assert d.sent == [Draft("one 😀 ", (first,))]
        assert d.composer.draft() == Draft("two", (FilePart("later.txt", "later"),))
        assert d.drafts[-1] == d.composer.draft()


async def test_text_changed_since_it_was_sent_stays_whole() -> None:
    async with desk() as d:
        d.type("one")
        d.press(ENTER)
        d.press(Qt.Key.Key_Home)
        d.type("X")
        d.composer.clear()
        assert d.text == "Xone"


async def test_nothing_is_let_go_that_was_not_sent_from_here() -> None:
    async with desk() as d:
        d.type("half a thought")
        d.composer.clear()
        assert d.text == "half a thought"
        d.press(ENTER)
        d.composer.set_streaming(True)
        d.composer.set_streaming(False)
        d.composer.clear()
        assert d.text == "half a thought"


async def test_pictures_go_first() -> None:
    async with desk() as d:
        d.world.strip.add_text("a.txt", "a")
        image = await d.attach()
        d.type("?")
        assert d.composer.draft() == Draft("?", (image, FilePart("a.txt", "a")))


async def test_nothing_goes_while_a_picture_is_prepared() -> None:
    async with desk() as d:
        d.world.codec.gate.clear()
        d.type("what is this?")
        d.world.strip.add_bytes(png(), "a.png")
        assert d.composer.send_button.text() == "Preparing…"
        assert not d.composer.send_button.isEnabled()
        d.press(ENTER)
        d.press(ENTER, CTRL | SHIFT)
        assert (d.sent, d.added, d.text) == ([], [], "what is this?")
        d.world.codec.gate.set()
        await until(lambda: d.composer.send_button.isEnabled())
        d.press(ENTER)
        assert len(d.sent[0].parts) == 1


async def test_a_refused_file_leaves_the_draft() -> None:
    async with desk() as d:
        d.type("kept")
        d.world.strip.add_bytes(bytes(range(256)) * 20, "noise.bin")
        await until(lambda: d.world.refused)
        assert d.composer.draft() == Draft("kept")
        assert d.composer.send_button.isEnabled()


# Pasting and dropping


async def test_text_is_pasted_plain_and_clean() -> None:
    async with desk() as d:
        mime = words("a\0b\r\nc")
        mime.setHtml("<b>rich</b>")
        d.paste(mime)
        assert d.text == "ab\nc"
        assert d.world.strip.chips() == ()


async def test_a_picture_becomes_a_chip() -> None:
    async with desk() as d:
        mime = QMimeData()
        mime.setImageData(picture())
        d.paste(mime)
        await until(lambda: d.world.strip.parts())
        assert d.text == ""
        assert d.actions.isVisible()


async def test_text_with_its_picture_gives_both() -> None:
    async with desk() as d:
        mime = words("cells")
        mime.setImageData(picture())
        d.paste(mime)
        await until(lambda: d.world.strip.parts())
        assert d.text == "cells"
        d.world.strip.chips()[0].close_button.click()
        assert d.composer.draft() == Draft("cells")


async def test_an_address_of_a_picture_goes_along_unless_asked_otherwise() -> None:
    async with desk() as d:
        d.paste(words("https://example.com/a.png"))
        assert d.text == ""
        assert len(d.world.strip.chips()) == 1
        d.world.strip.chips()[0].close_button.click()
        d.paste(words("https://example.com/a.png"), CTRL | SHIFT)
        d.paste(words(" https://example.com/page.html"))
        assert d.text == "https://example.com/a.png https://example.com/page.html"
        assert d.world.strip.chips() == ()


async def test_a_long_paste_goes_along_as_a_file_unless_asked_otherwise() -> None:
    async with desk() as d:
        text = "line\n" * 1001
        d.paste(words(text))
        assert d.world.strip.parts() == (FilePart("Pasted text.txt", text),)
        assert d.text == ""
        d.paste(words(text), CTRL | SHIFT)
        assert d.text == text


async def test_a_huge_paste_is_never_laid_out() -> None:
    async with desk() as d:
        text = "0123456789" * 1_000_000
        d.paste(words(text))
        d.paste(words(text), CTRL | SHIFT)
        await until(lambda: len(d.world.strip.parts()) == 2)
        assert d.text == ""
        assert [len(p.text) for p in d.world.strip.parts() if isinstance(p, FilePart)] == [
            10_000_000,
            10_000_000,
        ]


async def test_a_drop_on_the_box_or_handed_in_is_taken(tmp_path: Path) -> None:
    async with desk() as d:
        mime = QMimeData()
        mime.setImageData(picture())
        assert d.composer.text_box.canInsertFromMimeData(mime)
        d.composer.text_box.insertFromMimeData(mime)
        assert d.composer.take(words("dropped"))
        assert not d.composer.take(QMimeData())
        await until(lambda: d.world.strip.parts())
        assert d.text == "dropped"


# Picking files, ready-made questions


def dialog_of(d: Desk) -> QFileDialog:
    found = d.window.findChild(QFileDialog)
    assert found is not None
    return found


def pick(d: Desk, path: Path) -> None:
    dialog = dialog_of(d)
    dialog.filesSelected.emit([str(path)])
    dialog.accept()


async def test_the_paper_clip_picks_files(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png())
    async with desk() as d:
        clip = next(
            b for b in d.composer.findChildren(QWidget) if b.accessibleName() == "Attach files"
        )
        QTest.mouseClick(clip, Qt.MouseButton.LeftButton)
        assert dialog_of(d).isVisible()
        pick(d, path)
        await until(lambda: d.world.strip.parts())
        assert d.sent == []


async def test_a_question_picked_first_is_asked_once_the_picture_is_ready(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png())
    async with desk() as d:
        d.composer.choose_files_for("extract")
        pick(d, path)
        await until(lambda: d.sent)
        action = d.actions.action("extract")
        assert action is not None
        assert (d.sent[0].text, d.sent[0].asked) == (action.prompt, action.asked())
        assert len(d.sent[0].parts) == 1
        d.composer.clear()
        assert d.composer.draft() == Draft()


@pytest.mark.parametrize("how", ["cancelled", "refused"])
async def test_a_question_whose_file_did_not_come_is_forgotten(tmp_path: Path, how: str) -> None:
    async with desk() as d:
        d.composer.choose_files_for("extract")
        if how == "cancelled":
            dialog_of(d).reject()
        else:
            pick(d, tmp_path / "gone.png")
            await until(lambda: d.world.refused)
        await d.attach()
        assert d.sent == []


async def test_quick_actions_come_with_the_first_picture_and_send_at_once() -> None:
    async with desk() as d:
        d.world.strip.add_text("a.txt", "a")
        assert not d.actions.isVisible()
        image = await d.attach()
        assert d.actions.isVisible()
        d.type("only the second column")
        d.actions.button("table").click()
        action = d.actions.action("table")
        assert action is not None
        words = f"{action.prompt}\n\nonly the second column"
        assert d.sent == [Draft(words, (image, FilePart("a.txt", "a")), action.asked())]
        d.composer.clear()
        assert d.composer.draft() == Draft()
        assert not d.actions.isVisible()


async def test_a_key_asks_where_there_is_a_picture() -> None:
    async with desk() as d:
        action = d.composer.ask_by_key("Alt+2")
        assert action is not None
        assert action.id == "extract"
        assert d.sent == []
        await d.attach()
        assert d.composer.ask_by_key("Alt+9") is None
        assert d.sent == []
        assert d.composer.ask_by_key("Alt+2") is None
        assert [draft.asked and draft.asked.action for draft in d.sent] == ["extract"]
        d.composer.set_streaming(True)
        d.composer.ask_by_key("Alt+2")
        assert len(d.sent) == 1


async def test_an_action_without_words_sends_what_was_typed() -> None:
    async with desk() as d:
        d.source.put([PictureAction("Mine", " ", id="mine")])
        await d.attach()
        d.type("What is it?")
        d.actions.button("mine").click()
        assert d.sent[0].text == "What is it?"


# Looks


async def test_the_box_grows_to_a_third_of_the_window() -> None:
    async with desk() as d:
        box = d.composer.text_box
        await until(lambda: 0 < box.height() < 40)
        low = box.height()
        d.composer.set_draft(Draft("one\ntwo\nthree"))
        await until(lambda: box.height() > 2.5 * low - 12)
        assert not box.verticalScrollBar().isVisible()
        d.composer.set_draft(Draft("line\n" * 100))
        await until(lambda: box.height() == 200)
        assert box.verticalScrollBar().isVisible()
        d.window.resize(760, 900)
        await until(lambda: box.height() == 300)
        d.composer.set_draft(Draft())
        await until(lambda: box.height() == low)


async def test_the_banner_says_and_acts_and_keeps_the_focus() -> None:
    async with desk() as d:
        done: list[str] = []
        d.composer.set_banner("Demo mode.", [("Add key…", lambda: done.append("old"))])
        button = next(b for b in d.composer.findChildren(QPushButton) if b.text() == "Add key…")
        await until(button.isVisible)
        button.setFocus()
        d.composer.set_banner("Demo mode.", [("Add key…", lambda: done.append("new"))])
        assert d.window.focusWidget() is button
        button.click()
        assert done == ["new"]
        d.composer.set_banner("")
        assert not button.isVisible()


async def test_it_speaks_chinese_at_once() -> None:
    async with desk() as d:
        with chinese("chat"):
            QApplication.sendEvent(d.composer, QEvent(QEvent.Type.LanguageChange))
            assert d.composer.send_button.text() == "发送 ⏎"
            assert d.composer.text_box.placeholderText() == "输入问题，或拖入、粘贴图片或文件…"
            assert d.composer.text_box.accessibleName() == "消息"
