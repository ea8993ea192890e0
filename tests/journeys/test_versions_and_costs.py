"""Several choices, what they cost, smaller pictures, another service: through the real window."""

from __future__ import annotations

import asyncio
import base64
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtWidgets import QLabel

from app.core.settings import Profile, Settings
from app.features.models.model_picker import ModelPicker
from app.features.usage.usage_page import UsagePage
from app.shell.settings_tab import SettingsTab
from tests.adapters.chat_api.server import Answer, Asked, plain, serving
from tests.conftest import until
from tests.journeys.world import Porthole, porthole

pytestmark = pytest.mark.usefixtures("qapp")

MODELS = {
    "data": [
        {
            "id": "test/text",
            "context_size": 1000,
            "input_token_price_per_m": 20_000,
            "output_token_price_per_m": 40_000,
        }
    ]
}
USAGE = {"prompt_tokens": 100_000, "completion_tokens": 50_000, "total_tokens": 150_000}


def stream(*choices: tuple[int, str], usage: dict[str, Any] | None = None) -> bytes:
    chunks: list[dict[str, Any]] = [
        {"model": "test/text", "choices": [{"index": i, "delta": {"content": text}}]}
        for i, text in choices
    ]
    for index in sorted({i for i, _text in choices}):
        end = {"index": index, "delta": {}, "finish_reason": "stop"}
        chunks.append({"model": "test/text", "choices": [end]})
    if usage:
        chunks.append({"model": "test/text", "choices": [], "usage": usage})
    lines = [f"data: {json.dumps(c)}\n\n" for c in chunks]
    return "".join([*lines, "data: [DONE]\n\n"]).encode()


def service(*answers: Answer) -> Answer:
    """The answers in turn, the last for all that follow; models with prices."""
    left = list(answers)

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        if asked.method != "POST":
            await plain(json.dumps(MODELS).encode(), kind="application/json")(writer, asked)
            return
        await (left.pop(0) if len(left) > 1 else left[0])(writer, asked)

    return answer


async def priced(window: Porthole) -> None:
    """Wait until the catalogue is there."""
    window.type("q")
    profile = window.page.session.info.profile
    await until(lambda: window.program.catalogue.info(profile, "test/text"))


async def test_each_choice_is_a_version_to_leaf_through(data_dir: Path) -> None:
    answer = plain(stream((0, "first "), (1, "second"), (0, "one"), usage=USAGE))
    async with (
        serving(service(answer)) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        window.page.session.set_parameters({"n": 2})
        await window.ask("two, please")
        assert server.asked[-1].json["n"] == 2
        assert server.posts == 1
        assert "first one" in window.shown
        assert "second" not in window.shown
        window.click("Next version")
        assert "second" in window.shown
        assert "first one" not in window.shown
        await window.settled()
    async with porthole(data_dir, address="http://127.0.0.1:9/v1") as again:
        await until(lambda: "second" in again.shown or "first one" in again.shown)
        assert "Previous version" in again.ways_on


async def test_what_it_cost_stands_below_in_the_status_bar_and_on_the_usage_page(
    data_dir: Path,
) -> None:
    async with (
        serving(service(plain(stream((0, "yes"), usage=USAGE)))) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        await priced(window)
        await window.ask("uestion")
        assert window.page.session.branch()[1].cost == pytest.approx(0.4)
        await until(lambda: "today $0.40" in window.program.status.text)
        assert "conversation $0.40" in window.program.status.text
        tab = window.program.workspace.show_settings()
        page = tab.findChild(UsagePage)
        assert isinstance(tab, SettingsTab)
        assert isinstance(page, UsagePage)
        tab.show_page("usage")
        await until(lambda: "$0.40" in {label.text() for label in page.findChildren(QLabel)})


async def test_without_a_price_it_says_unknown_and_never_nothing(data_dir: Path) -> None:
    body = stream((0, "yes"), usage=USAGE).replace(b"test/text", b"another")
    async with (
        serving(service(plain(body))) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        await priced(window)
        window.page.session.set_model("another")
        await window.ask("uestion")
        await until(lambda: "today: cost unknown" in window.program.status.text)
        assert "$0.00" not in window.program.status.text + window.shown


async def test_pictures_that_were_too_large_are_sent_smaller_at_one_click(
    data_dir: Path, tmp_path: Path
) -> None:
    too_large = plain(b'{"error": {"message": "image too large"}}', "413 Too Large", "text/json")
    path = tmp_path / "big.png"
    Image.effect_noise((1200, 800), 40).save(path)
    async with (
        serving(service(too_large, plain(stream((0, "seen"))))) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        window.drop(path)
        await until(lambda: window.page.draft().parts)
        await window.ask("what is it?")
        assert server.posts == 1
        window.click("Send smaller pictures")
        await until(lambda: "seen" in window.shown)
        await window.quiet()
        assert server.posts == 2
        sizes = [sent_size(asked.json) for asked in server.asked if asked.method == "POST"]
        assert sizes == [(1200, 800), (600, 400)]
        assert "what is it?" in window.shown


def sent_size(body: dict[str, Any]) -> tuple[int, int]:
    url = body["messages"][-1]["content"][0]["image_url"]["url"]
    data = base64.b64decode(url.partition(",")[2])
    width, height = Image.open(io.BytesIO(data)).size
    return width, height


async def test_a_conversation_talks_with_the_service_chosen_and_remembers_it(
    data_dir: Path,
) -> None:
    async with (
        serving(service(plain(stream((0, "from one"))))) as one,
        serving(service(plain(stream((0, "from two"))))) as two,
    ):
        profiles = (
            Profile("a", "One", one.address, "test/text", "test/text"),
            Profile("b", "Two", two.address, "test/text", "test/text"),
        )
        settings = replace(Settings(), profiles=profiles, default_profile="a")
        async with porthole(data_dir, settings=settings) as window:
            await until(lambda: window.page.session.info.profile == "a")
            picker = window.page.findChild(ModelPicker)
            assert isinstance(picker, ModelPicker)
            picker.service_chosen.emit("b")
            # Whatever else changes, a service chosen by hand stays.
            window.program.settings.replace(zoom_percent=110)
            assert "from two" in await window.ask("who?")
            window.shortcut("Ctrl+T")
            assert "from one" in await window.ask("and here?")
            assert (one.posts, two.posts) == (1, 1)
            await window.settled()
        async with porthole(data_dir, settings=settings) as window:
            window.program.workspace.step(-1)
            await until(window.program.workspace.current_page)
            await until(lambda: "from two" in window.shown)
            assert window.page.session.info.profile == "b"
            await window.ask("and now?")
            assert (one.posts, two.posts) == (1, 2)
