"""The toolbox: which tools a conversation may use, leaves that hold, what is kept of results."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.adapters.history_db import History, open_history
from app.adapters.images.codec import ChildImageCodec
from app.core.message import ImagePart, ToolCallPart, ToolResultPart
from app.core.settings import Settings
from app.core.tool import CallContext, Effect, Tool, ToolOutcome
from app.core.tool_choice import ToolChoice
from app.kit.settings_holder import SettingsHolder
from app.tool_box import Toolbox

LOOK = Tool("a:look", "look", "a", effect=Effect.READS)
WRITE = Tool("a:write", "write", "a")
CALL = ToolCallPart("c1", "look", "{}")


class Source:
    def __init__(self, outcome: ToolOutcome | Exception) -> None:
        self.outcome = outcome

    def tools(self) -> Sequence[Tool]:
        return (LOOK, WRITE)

    async def run(
        self, tool: Tool, arguments: Mapping[str, Any], context: CallContext
    ) -> ToolOutcome:
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


def holder() -> SettingsHolder:
    return SettingsHolder(Settings(), save=lambda _settings: None)


@pytest.fixture
def store(data_dir: Path) -> History:
    return open_history(data_dir)


async def boxed(store: History, outcome: ToolOutcome | Exception) -> tuple[Any, ...]:
    codec = ChildImageCodec()
    box = Toolbox(holder(), store, codec, {"a": Source(outcome)})
    try:
        parts = await box.run(CALL, LOOK, {}, CallContext("c"))
        for part in parts:
            if isinstance(part, ImagePart):
                assert await store.blob(part.blob or "")
        return parts
    finally:
        await codec.close()
        await store.close()


async def test_a_conversation_uses_what_was_chosen_for_it_or_for_new_ones(store: History) -> None:
    settings = holder()
    box = Toolbox(settings, store, ChildImageCodec(), {"a": Source(ToolOutcome(""))})
    assert box.tools_for(ToolChoice()) == ()
    settings.replace(tools_on=("a:look", "gone"))
    assert list(box.tools_for(ToolChoice())) == [LOOK]
    assert list(box.tools_for(ToolChoice(on=("a:write",)))) == [WRITE]
    box.drop_source("a")
    assert list(box.tools_for(ToolChoice(on=("a:write",)))) == []
    await store.close()


async def test_a_leave_that_holds_is_for_the_tool_as_it_was(store: History) -> None:
    settings = holder()
    box = Toolbox(settings, store, ChildImageCodec(), {})
    assert not box.is_granted(WRITE)
    box.grant(WRITE)
    assert box.is_granted(WRITE)
    changed = replace(WRITE, parameters={"type": "object", "properties": {"to": {}}})
    assert not box.is_granted(changed)
    box.grant(changed)
    assert len(settings.value.tool_grants) == 1
    box.grant(replace(WRITE, effect=Effect.RUNS))
    assert not box.is_granted(replace(WRITE, effect=Effect.RUNS))
    await store.close()


async def test_pictures_of_a_result_are_kept_and_odd_ones_said(store: History) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(picture, "PNG")
    outcome = ToolOutcome("seen", pictures=(picture.getvalue(), b"no picture"))
    result, image = await boxed(store, outcome)
    assert isinstance(result, ToolResultPart)
    assert result.text.startswith("seen\n[A picture could not be read")
    assert isinstance(image, ImagePart)
    assert (image.width, image.height) == (40, 20)


async def test_a_fault_of_a_source_is_a_result(store: History) -> None:
    (result,) = await boxed(store, ZeroDivisionError("with somebody's words"))
    assert result.is_error
    assert "ZeroDivisionError" in result.text
    assert "somebody" not in result.text


async def test_a_huge_result_is_kept_up_to_a_bound(store: History) -> None:
    (result,) = await boxed(store, ToolOutcome("x" * (17 * 1024 * 1024)))
    assert len(result.text) < 16 * 1024 * 1024 + 100
    assert "more characters were not kept" in result.text


async def test_a_tool_whose_source_is_gone_says_so(store: History) -> None:
    box = Toolbox(holder(), store, ChildImageCodec(), {})
    (result,) = await box.run(CALL, LOOK, {}, CallContext("c"))
    assert isinstance(result, ToolResultPart)
    assert result.is_error
    await store.close()
