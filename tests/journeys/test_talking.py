"""The main job, through the real window: ask, watch, stop, drop a picture, come back later."""

from __future__ import annotations

import asyncio
import base64
import io
import json
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.message import ImagePart, MessageState, Role
from app.core.settings import LanguageChoice, Settings, ThemeChoice
from tests.adapters.chat_api.server import CHUNKED, Asked, chunk, plain, serving
from tests.conftest import until
from tests.journeys.world import porthole

pytestmark = pytest.mark.usefixtures("qapp")


def event(delta: dict[str, object], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return b"data: " + json.dumps({"model": "m", "choices": [choice]}).encode() + b"\n\n"


YES = plain(event({"content": "**Yes**, it is."}, "stop") + b"data: [DONE]\n\n")


def picture(folder: Path, name: str, size: tuple[int, int] = (320, 200)) -> Path:
    path = folder / name
    Image.new("RGB", size, "teal").save(path)
    return path


async def test_a_question_is_answered_as_markdown_under_its_reasoning(data_dir: Path) -> None:
    async with porthole(data_dir, demo=True) as window:
        shown = await window.ask("hello")
        assert "Thought for" in shown
        assert "not a language model" in shown
        assert "**" not in shown
        question, reply = window.page.session.branch()
        assert (question.text, reply.state) == ("hello", MessageState.COMPLETE)
        assert not window.page.draft()
        assert window.program.window.windowTitle() == "Porthole"


@pytest.mark.parametrize("focus", ["composer", "transcript"])
async def test_what_streams_is_seen_before_it_ends_and_stop_keeps_it(
    data_dir: Path, focus: str
) -> None:
    async with porthole(data_dir, demo=True) as window:
        window.type("/stream 5000 400")
        window.press(Qt.Key.Key_Return)
        await until(lambda: "Section 1" in window.shown)
        assert window.page.session.busy
        if focus == "transcript":
            QTest.keyClick(window.page.transcript, Qt.Key.Key_Escape)
        else:
            window.press(Qt.Key.Key_Escape)
        await window.quiet()
        reply = window.page.session.branch()[1]
        assert reply.state is MessageState.STOPPED
        assert reply.text.startswith("## Section 1")
        assert "Stopped" in window.shown
        assert window.box.isEnabled()


async def test_tabs_stream_side_by_side(data_dir: Path) -> None:
    async with porthole(data_dir, demo=True) as window:
        first = window.page
        window.type("/stream 400 200")
        window.press(Qt.Key.Key_Return)
        await until(lambda: first.session.busy)
        window.shortcut("Ctrl+T")
        second = await until(
            lambda: page if (page := window.program.workspace.current_page()) != first else None
        )
        window.type("/stream 200 200")
        window.press(Qt.Key.Key_Return)
        await until(lambda: second.session.busy)
        assert first.session.busy
        await until(lambda: not first.session.busy and not second.session.busy)
        counts = [len(p.session.branch()[1].text) for p in (first, second)]
        assert counts[0] > counts[1] > 0


async def test_a_dropped_picture_goes_first_as_a_data_url_with_its_detail(
    data_dir: Path, tmp_path: Path
) -> None:
    async with serving(YES) as server, porthole(data_dir, address=server.address) as window:
        window.drop(picture(tmp_path, "a.png"), picture(tmp_path, "b.png", (64, 48)))
        await until(lambda: len(window.page.draft().parts) == 2)
        window.type("same?")
        window.press(Qt.Key.Key_Return)
        await until(lambda: server.posts == 1)
        await window.quiet()
        asked = next(a for a in server.asked if a.method == "POST").json
        assert asked["model"] == "test/seeing"
        (message,) = asked["messages"]
        *images, text = message["content"]
        assert text == {"type": "text", "text": "same?"}
        sizes = []
        for image in images:
            assert image["image_url"]["detail"] == "auto"
            data = image["image_url"]["url"].removeprefix("data:image/png;base64,")
            sizes.append(Image.open(io.BytesIO(base64.b64decode(data))).size)
        assert sizes == [(320, 200), (64, 48)]
        assert "Yes, it is." in window.shown


async def test_a_quick_action_asks_with_one_click(data_dir: Path, tmp_path: Path) -> None:
    async with serving(YES) as server, porthole(data_dir, address=server.address) as window:
        window.drop(picture(tmp_path, "shot.png"))
        await until(lambda: window.page.draft().parts)
        QTest.mouseClick(window.page.quick_action("extract"), Qt.MouseButton.LeftButton)
        await until(lambda: server.posts == 1)
        await window.quiet()
        asked = next(a for a in server.asked if a.method == "POST").json
        image, text = asked["messages"][0]["content"]
        assert image["type"] == "image_url"
        assert "Extract all text" in text["text"]
        assert window.page.session.info.title == "Extract text: shot.png"


async def test_a_pasted_picture_becomes_a_chip(data_dir: Path) -> None:
    async with porthole(data_dir, demo=True) as window:
        image = QImage(40, 30, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.red)
        QGuiApplication.clipboard().setImage(image)
        window.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: window.page.draft().parts)
        (part,) = window.page.draft().parts
        assert isinstance(part, ImagePart)
        assert (part.width, part.height) == (40, 30)
        QGuiApplication.clipboard().clear()


async def test_a_file_that_cannot_go_is_refused_and_the_draft_stays(
    data_dir: Path, tmp_path: Path
) -> None:
    junk = tmp_path / "song.mp3"
    junk.write_bytes(b"ID3\x04\x00\x00\x00\xff\xfb\x90" * 50)
    async with porthole(data_dir, demo=True) as window:
        window.type("my draft")
        window.drop(junk)
        await until(lambda: "song.mp3" in window.notice)
        assert window.page.draft().text == "my draft"
        assert not window.page.draft().parts


async def test_tabs_drafts_scroll_and_history_come_back(data_dir: Path) -> None:
    async with porthole(data_dir, demo=True) as window:
        await window.ask("/stream 900 0")
        first = window.page
        window.type("an unsent 草稿")
        transcript = first.transcript
        QTest.keyClick(transcript, Qt.Key.Key_Home)
        QTest.keyClick(transcript, Qt.Key.Key_PageDown)
        await asyncio.sleep(0.05)
        scrolled = first.scroll_anchor()
        assert scrolled.message is not None
        window.shortcut("Ctrl+T")
        await until(lambda: window.program.workspace.current_page() is not first)
        await window.ask("second question")
        titles = window.program.workspace.titles()
        assert titles == ("/stream 900 0", "second question")
        window.program.workspace.step(1)
        await until(lambda: window.program.workspace.current_page() is first)
    async with porthole(data_dir, demo=True) as window:
        assert window.program.workspace.titles() == titles
        page = window.page
        assert page.session.info.title == "/stream 900 0"
        assert page.draft().text == "an unsent 草稿"
        assert [m.role for m in page.session.branch()] == [Role.USER, Role.ASSISTANT]
        await asyncio.sleep(0.1)
        assert page.scroll_anchor() == scrolled
        listed = {c.title for c in await window.program.store.conversations()}
        assert listed == set(titles)


async def test_an_answer_can_be_asked_again_and_both_versions_stay(data_dir: Path) -> None:
    async with serving(YES) as server, porthole(data_dir, address=server.address) as window:
        await window.ask("is it?")
        page = window.page
        page.session.answer_again(page.session.branch()[1].id)
        await until(lambda: server.posts == 2)
        await window.quiet()
        assert list(page.session.versions().values()) == [(2, 2)]
        page.session.show_version(page.session.branch()[1].id, -1)
        assert list(page.session.versions().values()) == [(1, 2)]
        assert "Yes, it is." in window.shown


async def test_the_prefix_of_a_conversation_stays_the_same_to_the_byte(data_dir: Path) -> None:
    async with serving(YES) as server, porthole(data_dir, address=server.address) as window:
        await window.ask("one")
        await window.ask("two")
        first, second = (a.body for a in server.asked if a.method == "POST")
        end = first.rindex(b"}]")
        assert second[:end] == first[:end]


async def test_language_and_theme_switch_live(data_dir: Path, qtbot: QtBot) -> None:
    async with porthole(data_dir, demo=True, settings=Settings()) as window:
        await window.ask("hello")
        window.program.settings.replace(language=LanguageChoice.CHINESE, theme=ThemeChoice.DARK)
        assert window.page.send_text == "发送 ⏎"
        await until(lambda: "思考" in window.shown)
        assert window.program.window.palette().window().color().name() == "#17191b"
        window.program.settings.replace(language=LanguageChoice.ENGLISH)
        assert window.page.send_text == "Send ⏎"


async def test_going_on_with_an_answer_leaves_what_is_being_edited(data_dir: Path) -> None:
    async with porthole(data_dir, demo=True) as window:
        window.type("/stream 5000 400")
        window.press(Qt.Key.Key_Return)
        await until(lambda: "Section 1" in window.shown)
        window.press(Qt.Key.Key_Escape)
        await window.quiet()
        window.press(Qt.Key.Key_Up)
        window.type(" my edit")
        window.page.session.continue_reply()
        await window.quiet()
        assert len(window.page.session.branch()) == 4
        assert window.page.draft().text == "/stream 5000 400 my edit"


async def test_deleting_can_be_undone(data_dir: Path) -> None:
    async with porthole(data_dir, demo=True) as window:
        await window.ask("keep me")
        conversation = window.page.session.info.id
        window.program.history.delete_requested.emit(conversation)
        await until(lambda: "deleted" in window.notice)
        assert not await window.program.store.conversations()
        window.program.window.act_on_notice()
        await until(window.program.store.conversations)
        assert [c.id for c in await window.program.store.conversations()] == [conversation]


async def test_what_streamed_survives_a_switch_of_tabs(data_dir: Path) -> None:
    """A reply that ended while its tab was behind is shown whole when it comes to the front."""
    gate = asyncio.Event()

    async def slowly(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(CHUNKED + chunk(event({"content": "begun "})))
        await writer.drain()
        await gate.wait()
        writer.write(chunk(event({"content": "and ended"}, "stop") + b"data: [DONE]\n\n"))
        writer.write(chunk(b""))

    async with serving(slowly) as server, porthole(data_dir, address=server.address) as window:
        first = window.page
        window.type("q")
        window.press(Qt.Key.Key_Return)
        await until(lambda: "begun" in window.shown)
        window.shortcut("Ctrl+T")
        await until(lambda: window.program.workspace.current_page() is not first)
        gate.set()
        await until(lambda: not first.session.busy)
        window.program.workspace.step(1)
        await until(lambda: window.program.workspace.current_page() is first)
        await until(lambda: "begun and ended" in window.shown)


async def test_the_status_bar_says_who_answers_and_what_the_context_holds(data_dir: Path) -> None:
    async with porthole(data_dir, demo=True) as window:
        assert window.program.status.text == "Demo · offline context 0 / 128K"
        await window.ask("hello")
        used = window.page.session.branch()[1].usage
        assert used is not None
        assert window.program.status.text == f"Demo · offline context {used.total_tokens} / 128K"
    async with serving(YES) as server, porthole(data_dir, address=server.address) as window:
        window.shortcut("Ctrl+T")
        await until(lambda: window.page.session.info.profile == "local")
        await until(lambda: "Local" in window.program.status.text)
        assert "no key" not in window.program.status.text
