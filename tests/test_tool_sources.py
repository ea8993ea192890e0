"""Porthole's own tools through the toolbox, over real settings, a real store and a real keyring."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from PIL import Image

from app import tool_sources
from app.adapters.documents.reader import ChildDocumentReader
from app.adapters.history_db import open_history
from app.adapters.images.codec import ChildImageCodec
from app.adapters.keys import SystemKeys
from app.adapters.tools.own_tool import SOURCE
from app.adapters.tools.source import OwnTools
from app.core import own_tool
from app.core.errors import KeyStoreError, KeyStoreProblem
from app.core.message import ImagePart, ToolCallPart, ToolResultPart
from app.core.network import NetworkChoice, ProxyChoice
from app.core.settings import Settings
from app.core.tool import CallContext, Effect
from app.core.tool_choice import ToolChoice
from app.kit.settings_holder import SettingsHolder
from app.tool_box import Toolbox
from app.tool_sources import own_tools
from tests.adapters.tools.web_server import serving


class Boxed:
    """A toolbox with the own tools in it, called by their ids."""

    def __init__(self, directory: Path, keys: Any) -> None:
        self.settings = SettingsHolder(Settings(), save=lambda _settings: None)
        self.store = open_history(directory)
        self.codec = ChildImageCodec()
        self.reader = ChildDocumentReader()
        tools = own_tools(self.settings, self.store, keys, self.reader)
        self.box = Toolbox(self.settings, self.store, self.codec, {SOURCE: OwnTools(tools)})

    async def call(self, tool_id: str, **arguments: Any) -> tuple[ToolResultPart, list[ImagePart]]:
        (tool,) = self.box.tools_for(ToolChoice((tool_id,)))
        part = ToolCallPart("c1", tool.name, json.dumps(arguments))
        result, *pictures = await self.box.run(part, tool, arguments, CallContext("c"))
        assert isinstance(result, ToolResultPart)
        return result, [one for one in pictures if isinstance(one, ImagePart)]

    async def close(self) -> None:
        await self.codec.close()
        await self.reader.close()
        await self.store.close()


class LockedKeys:
    async def get(self, _profile_id: str) -> str | None:
        raise KeyStoreError(KeyStoreProblem.LOCKED)


async def test_none_is_on_until_it_is_chosen_and_each_asks_as_it_should(data_dir: Path) -> None:
    boxed = Boxed(data_dir, SystemKeys())
    try:
        assert boxed.box.tools_for(ToolChoice()) == ()
        asks = {tool.id for tool in boxed.box.all() if tool.asks}
        assert asks == {"own:web_page", "own:weather", "own:python", "own:command"}
        runs = {tool.id for tool in boxed.box.all() if tool.effect is Effect.RUNS}
        assert runs == {"own:python", "own:command"}
    finally:
        await boxed.close()


async def test_what_the_settings_open_counts_at_once(data_dir: Path, tmp_path: Path) -> None:
    boxed = Boxed(data_dir, SystemKeys())
    made = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(made, "PNG")
    (tmp_path / "red.png").write_bytes(made.getvalue())
    try:
        result, _ = await boxed.call("own:file", path="red.png")
        assert "not picked any" in result.text
        boxed.settings.replace(tool_folders=(str(tmp_path),))
        result, pictures = await boxed.call("own:file", path="red.png")
        assert not result.is_error
        assert [(one.width, one.height) for one in pictures] == [(30, 20)]
        assert await boxed.store.blob(pictures[0].blob or "")
        async with serving() as site:
            site.put("/", b"words", "text/plain")
            result, _ = await boxed.call("own:web_page", url=site.at())
            assert "private network" in result.text
            boxed.settings.replace(tool_private_hosts=(site.place,))
            result, _ = await boxed.call("own:web_page", url=site.at())
            assert result.text.endswith("\nwords")
    finally:
        await boxed.close()


async def test_a_keyring_that_does_not_open_is_told(data_dir: Path) -> None:
    boxed = Boxed(data_dir, LockedKeys())
    choice = NetworkChoice(ProxyChoice.MANUAL, "http://127.0.0.1:9", "me")
    boxed.settings.replace(network=choice)
    try:
        result, _ = await boxed.call("own:web_page", url="http://a.test/")
        assert result.is_error
        assert "keyring" in result.text
    finally:
        await boxed.close()


async def test_a_result_goes_back_as_one(data_dir: Path) -> None:
    boxed = Boxed(data_dir, SystemKeys())
    try:
        result, _ = await boxed.call("own:calculator", expression="6*7")
        assert result == ToolResultPart("c1", "calculate", "42")
    finally:
        await boxed.close()


def test_sources_are_known_by_the_ids_that_their_tools_begin_with() -> None:
    assert (tool_sources.OWN, tool_sources.MINE) == (SOURCE, own_tool.SOURCE)
