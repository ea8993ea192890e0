"""Quick actions through the real window: the very requests they make, and what stays as it was."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.core.built_in_actions import BUILT_IN, FIELDS_SCHEMA, default_actions, in_language
from app.core.message import Detail, ImagePart
from app.core.picture_action import PictureAction, ResultKind
from app.core.settings import LanguageChoice, Settings
from app.features.chat.composer import ask_on_drop
from app.features.images.chip import Chip
from tests.adapters.chat_api.server import Answer, Asked, Server, plain, serving
from tests.conftest import until
from tests.journeys.test_talking import YES, picture
from tests.journeys.world import Porthole, porthole

pytestmark = pytest.mark.usefixtures("qapp")

OWN = PictureAction(
    "Total",
    "Total? As JSON.",
    "other/model",
    {"temperature": 0, "max_tokens": 99, "response_format": {"type": "json_object"}},
    ResultKind.JSON,
    "Alt+7",
    "own",
)


def posts(asked: list[Asked]) -> list[dict[str, Any]]:
    return [a.json for a in asked if a.method == "POST"]


def asked_times(server: Server, times: int) -> bool:
    return server.posts == times


async def dropped(window: Porthole, path: Path) -> ImagePart:
    """Drop a picture; answers its part once it is ready to be sent."""
    window.drop(path)
    await until(lambda: window.page.draft().parts)
    (part,) = window.page.draft().parts
    assert isinstance(part, ImagePart)
    return part


def click(window: Porthole, action: str) -> None:
    QTest.mouseClick(window.page.quick_action(action), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("language", [LanguageChoice.ENGLISH, LanguageChoice.CHINESE])
async def test_what_each_action_sends(
    data_dir: Path, tmp_path: Path, language: LanguageChoice
) -> None:
    """All six, one after another, each in a conversation of its own."""
    settings = Settings(language=language)
    shot = picture(tmp_path, "shot.png")
    async with (
        serving(YES) as server,
        porthole(data_dir, address=server.address, settings=settings) as window,
    ):
        for place, action_id in enumerate(BUILT_IN):
            if place:
                window.shortcut("Ctrl+T")
                await until(lambda: window.page.session.is_empty)
            part = await dropped(window, shot)
            window.shortcut(f"Alt+{place + 1}")
            await until(partial(asked_times, server, place + 1))
            await window.quiet()
            asked = posts(server.asked)[-1]
            action = in_language(default_actions()[place], language.value)
            assert asked["model"] == "test/seeing"
            (message,) = asked["messages"]
            image, text = message["content"]
            assert message["role"] == "user"
            assert text == {"type": "text", "text": action.prompt}
            assert image["type"] == "image_url"
            assert image["image_url"]["detail"] == "auto"
            sent = base64.b64decode(
                image["image_url"]["url"].removeprefix("data:image/png;base64,")
            )
            assert hashlib.sha256(sent).hexdigest() == part.blob
            assert asked.get("response_format") == (
                {
                    "type": "json_schema",
                    "json_schema": {"name": "fields", "schema": FIELDS_SCHEMA, "strict": False},
                }
                if action_id == "fields"
                else None
            )
            assert asked.keys() - {"response_format"} == {
                *("model", "stream", "stream_options", "messages")
            }
            assert window.page.session.info.title == f"{action.name}: shot.png"
            assert window.page.session.info.parameters == {}
            question = window.page.session.branch()[0]
            assert question.asked == action.asked()


async def test_a_models_own_model_and_parameters_hold_for_one_question(
    data_dir: Path, tmp_path: Path
) -> None:
    settings = Settings(picture_actions=(*default_actions(), OWN))
    async with (
        serving(YES) as server,
        porthole(data_dir, address=server.address, settings=settings) as window,
    ):
        session = window.page.session
        session.set_parameters({"top_p": 0.5, "max_tokens": 7, "enable_thinking": False})
        await dropped(window, picture(tmp_path, "shot.png"))
        window.type("in words")
        click(window, "own")
        await until(lambda: server.posts == 1)
        await window.quiet()
        first = posts(server.asked)[0]
        assert first["model"] == "other/model"
        assert first["messages"][0]["content"][1]["text"] == "Total? As JSON.\n\nin words"
        assert (first["temperature"], first["max_tokens"], first["top_p"]) == (0, 99, 0.5)
        assert first["response_format"] == {"type": "json_object"}
        assert "enable_thinking" not in first  # a switch of the conversation's own model
        assert session.info.model == ""
        assert session.info.parameters == {"top_p": 0.5, "max_tokens": 7, "enable_thinking": False}

        # Asked anew, it is asked the same way; what follows is asked as the conversation is.
        session.answer_again(session.branch()[1].id)
        await until(lambda: server.posts == 2)
        await window.quiet()
        assert posts(server.asked)[1] == first
        await window.ask("and the tax?")
        third = posts(server.asked)[2]
        assert third["model"] == "test/seeing"
        assert (third["max_tokens"], third["enable_thinking"]) == (7, False)
        assert "response_format" not in third
        assert third["messages"][0] == first["messages"][0]


async def test_a_question_keeps_its_way_over_a_restart_and_an_edit(
    data_dir: Path, tmp_path: Path
) -> None:
    settings = Settings(picture_actions=(OWN,))
    async with serving(YES) as server:
        async with porthole(data_dir, address=server.address, settings=settings) as window:
            await dropped(window, picture(tmp_path, "shot.png"))
            window.shortcut("Alt+7")
            await until(lambda: server.posts == 1)
            await window.quiet()
        async with porthole(data_dir, address=server.address) as window:
            await until(lambda: len(window.page.session.branch()) == 2)
            assert window.page.session.branch()[0].asked == OWN.asked()
            QTest.keyClick(window.box, Qt.Key.Key_Up)
            await until(lambda: "Total" in window.box.toPlainText())
            window.type(" Exactly!")
            window.press(Qt.Key.Key_Return)
            await until(lambda: server.posts == 2)
            await window.quiet()
            first, second = posts(server.asked)
            assert second["messages"][0]["content"][1]["text"] == "Total? As JSON. Exactly!"
            assert {**second, "messages": []} == {**first, "messages": []}


async def test_a_conversations_schema_is_not_put_upon_an_action(
    data_dir: Path, tmp_path: Path
) -> None:
    async with serving(YES) as server, porthole(data_dir, address=server.address) as window:
        wanted = {"response_format": {"type": "json_object"}, "seed": 4}
        window.page.session.set_parameters(wanted)
        await dropped(window, picture(tmp_path, "shot.png"))
        click(window, "describe")
        await until(lambda: server.posts == 1)
        await window.quiet()
        asked = posts(server.asked)[0]
        assert "response_format" not in asked
        assert asked["seed"] == 4
        assert window.page.session.info.parameters == wanted


async def test_a_chosen_model_is_asked_and_the_detail_goes_along(
    data_dir: Path, tmp_path: Path
) -> None:
    async with serving(YES) as server, porthole(data_dir, address=server.address) as window:
        window.page.session.set_model("chosen/model")
        await dropped(window, picture(tmp_path, "shot.png"))
        (chip,) = window.page.findChildren(Chip)
        chip.detail_chosen.emit(Detail.HIGH)
        click(window, "extract")
        await until(lambda: server.posts == 1)
        await window.quiet()
        asked = posts(server.asked)[0]
        assert asked["model"] == "chosen/model"
        assert asked["messages"][0]["content"][0]["image_url"]["detail"] == "high"


REFUSED = (
    b'{"error":{"message":"response_format json_schema is not supported by this model",'
    b'"type":"invalid_request_error","param":"response_format"}}'
)


def refusing(kinds: tuple[str, ...]) -> Answer:
    """A service that refuses these kinds of response format, and answers the rest."""

    refusal = plain(REFUSED, "400 Bad Request", "application/json")

    async def serve(writer: asyncio.StreamWriter, asked: Asked) -> None:
        given = asked.json if asked.method == "POST" else {}
        refused = given.get("response_format", {}).get("type") in kinds
        await (refusal if refused else YES)(writer, asked)

    return serve


async def test_fields_fall_back_to_an_object_and_to_words(data_dir: Path, tmp_path: Path) -> None:
    async with (
        serving(refusing(("json_schema", "json_object"))) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        await dropped(window, picture(tmp_path, "shot.png"))
        click(window, "fields")
        await until(lambda: server.posts == 3)
        await window.quiet()
        schema, plainer, words = posts(server.asked)
        assert schema["response_format"]["type"] == "json_schema"
        assert plainer["response_format"] == {"type": "json_object"}
        assert "response_format" not in words
        said = json.dumps(words["messages"], ensure_ascii=False)
        assert "additionalProperties" in said
        assert words["messages"][-1]["content"][0]["type"] == "image_url"
        assert window.page.session.branch()[1].fell_back == "text"


async def test_a_dropped_picture_is_seen_and_then_asked_about(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask_on_drop, "SEEN_MS", 40)
    settings = Settings(drop_action="table")
    async with (
        serving(YES) as server,
        porthole(data_dir, address=server.address, settings=settings) as window,
    ):
        part = await dropped(window, picture(tmp_path, "shot.png"))
        assert server.posts == 0
        await until(lambda: server.posts == 1)
        await window.quiet()
        image, text = posts(server.asked)[0]["messages"][0]["content"]
        assert text["text"] == in_language(default_actions()[2], "en").prompt
        sent = base64.b64decode(image["image_url"]["url"].partition(",")[2])
        assert hashlib.sha256(sent).hexdigest() == part.blob
        assert not window.page.draft()
        # Files that are opened with Porthole, or pasted, wait for a click.
        window.page.take_files([str(picture(tmp_path, "opened.png"))])
        await until(lambda: window.page.draft().parts)
        assert "is sent in a moment" not in shown_words(window)
        assert server.posts == 1


def shown_words(window: Porthole) -> str:
    return "\n".join(w.text() for w in window.page.findChildren(QLabel) if w.isVisible())


async def test_a_real_key_sends_from_the_message_box(data_dir: Path, tmp_path: Path) -> None:
    async with serving(YES) as server, porthole(data_dir, address=server.address) as window:
        window.program.window.activateWindow()
        await until(window.program.window.isActiveWindow)
        await dropped(window, picture(tmp_path, "shot.png"))
        window.press(Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier)
        await until(lambda: server.posts == 1)
        await window.quiet()
        text = posts(server.asked)[0]["messages"][0]["content"][1]["text"]
        assert text == in_language(default_actions()[5], "en").prompt
        assert window.box.toPlainText() == ""


async def test_the_palette_names_actions_with_their_keys(data_dir: Path) -> None:
    settings = Settings(picture_actions=(OWN,))
    async with porthole(data_dir, demo=True, settings=settings) as window:
        titles = {c.title(): c.keys for c in window.program.window.commands if c.title()}
        named = {title: keys for title, keys in titles.items() if title.startswith("Quick action")}
        assert named == {"Quick action: Total": ("Alt+7",)}
        window.shortcut("Alt+1")  # nobody has it
        assert window.page.session.is_empty


async def test_an_own_action_is_edited_in_the_settings_and_asked(
    data_dir: Path, tmp_path: Path
) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    async with serving(YES) as server, porthole(data_dir, address=server.address) as window:
        part = await dropped(window, tmp_path / "a.png")
        assert part.width == 8
        program = window.program
        program.settings.replace(picture_actions=(replace(OWN, model=""),))
        click(window, "own")
        await until(lambda: server.posts == 1)
        await window.quiet()
        assert posts(server.asked)[0]["model"] == "test/seeing"
