"""Which tools a conversation may use: switched, taken for new ones, leaves withdrawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.settings import Settings
from app.core.tool import Grant, Tool
from app.core.tool_choice import ToolChoice
from app.features.tool_choice.choosing import tool_tokens
from app.features.tool_choice.tool_rows import GONE, Asking, Hold, ToolRow, matching
from tests.features.tool_choice.world import CLOCK, READ, SHELL, WRITE, World

pytestmark = pytest.mark.usefixtures("qapp")


def grant(tool: Tool) -> Grant:
    return Grant(tool.id, tool.fingerprint)


def rows(world: World) -> dict[str, ToolRow]:
    return {row.id: row for group in world.choosing.groups() for row in group.rows}


def test_a_conversation_begins_with_those_of_new_ones_and_then_has_its_own() -> None:
    world = World(settings=Settings(tools_on=(CLOCK.id,)))
    assert world.on() is None
    assert world.choosing.told() == [CLOCK]
    world.choosing.switch((READ.id,), True)
    assert world.on() == (CLOCK.id, READ.id)
    assert not world.choosing.as_for_new
    world.choosing.switch((CLOCK.id,), False)
    assert world.on() == (READ.id,)
    assert world.settings.value.tools_on == (CLOCK.id,)
    world.choosing.use_for_new()
    assert world.settings.value.tools_on == (READ.id,)
    assert world.choosing.as_for_new


def test_switching_all_off_is_a_choice_too() -> None:
    world = World(settings=Settings(tools_on=(CLOCK.id,)))
    world.choosing.switch((CLOCK.id,), False)
    assert world.on() == ()
    assert world.choosing.told() == []


def test_tools_stand_in_groups_and_say_whether_they_ask() -> None:
    world = World()
    own, files = world.choosing.groups()
    assert [row.title for row in own.rows] == ["clock", "shell"]
    assert [row.asking for row in own.rows] == [Asking.NEVER, Asking.EACH_TIME]
    assert {row.asking for row in files.rows} == {Asking.FIRST}
    assert own.at_once == (CLOCK.id,), "what runs commands is switched on by itself"


def test_leaves_are_shown_where_they_hold_and_can_be_withdrawn() -> None:
    before = replace(READ, description="Reads one file")
    world = World(settings=Settings(tool_grants=(grant(WRITE),)))
    world.conversation.set_tools(ToolChoice((READ.id,), (grant(before),)))
    assert rows(world)[READ.id].hold is Hold.CHANGED
    assert rows(world)[WRITE.id].hold is Hold.ALWAYS
    world.tools.put(before)
    assert rows(world)[READ.id].hold is Hold.HERE
    world.choosing.withdraw(READ.id)
    assert rows(world)[READ.id].hold is Hold.NONE
    assert world.conversation.info.tools == ToolChoice((READ.id,))
    assert rows(world)[WRITE.id].hold is Hold.ALWAYS, "it is not there, and still has leave"
    world.choosing.withdraw(WRITE.id)
    assert world.settings.value.tool_grants == ()
    assert WRITE.id not in rows(world)


def test_what_runs_commands_has_no_leave_that_holds() -> None:
    world = World(settings=Settings(tool_grants=(grant(SHELL),)))
    assert rows(world)[SHELL.id].hold is Hold.CHANGED


def test_tools_that_are_gone_can_be_switched_off() -> None:
    world = World()
    world.choosing.switch((READ.id, CLOCK.id), True)
    world.tools.put(CLOCK)
    last = world.choosing.groups()[-1]
    assert (last.source, [row.id for row in last.rows]) == (GONE, [READ.id])
    assert last.rows[0].on
    assert world.choosing.told() == [CLOCK]
    world.choosing.switch((READ.id,), False)
    assert READ.id not in rows(world)
    assert world.on() == (CLOCK.id,)


def test_words_of_strangers_are_one_line_and_hide_nothing() -> None:
    evil = replace(READ, title="a\u202eb\nc" * 900, description="x\x00\n\n<b>bold</b>" * 90_000)
    row = rows(World(evil))[READ.id]
    assert "\u202e" not in row.title
    assert "\n" not in row.title + row.sentence
    assert "<b>" in row.sentence
    assert len(row.title) < 300
    assert len(row.sentence) < 600


def test_rows_are_found_by_their_words_and_by_their_source() -> None:
    groups = World().choosing.groups()
    assert [row.id for g in matching(groups, "FILE wri") for row in g.rows] == [WRITE.id]
    assert len(matching(groups, "mcp:files")[0].rows) == 2
    assert matching(groups, "nothing of that name") == ()


def test_what_it_costs_is_counted_for_what_is_on() -> None:
    world = World()
    assert world.choosing.tokens == 0
    world.choosing.switch((READ.id, WRITE.id), True)
    assert world.choosing.tokens == tool_tokens(READ) + tool_tokens(WRITE)
    longer = replace(READ, parameters={"type": "object", "description": "word " * 400})
    world.tools.put(longer, WRITE)
    assert 500 < world.choosing.tokens < 700


def test_only_what_concerns_tools_is_told() -> None:
    world, told = World(), []
    world.choosing.changed.connect(lambda: told.append(1))
    world.conversation.info = replace(world.conversation.info, title="Other")
    world.conversation.info_changed.emit(world.conversation.info)
    world.settings.replace(enter_sends=False)
    assert not told
    world.choosing.switch((READ.id,), True)
    world.tools.put(READ)
    assert len(told) == 2
