"""The settings page of the tools in the real window: what it makes is offered, and runs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox

from app.core.message import ToolCallPart, ToolResultPart
from app.core.own_tool import CommandAction, OwnTool, as_tool
from app.core.tool import CallContext
from app.features.tools.tools_page import ToolsPage
from app.shell.settings_tab import SettingsTab
from tests.journeys.world import porthole

pytestmark = pytest.mark.usefixtures("qapp", "memory_keyring")


async def test_a_tool_made_in_the_settings_is_offered_and_runs(tmp_path: Path) -> None:
    async with porthole(tmp_path) as world:
        program = world.program
        program.window.settings_page_requested.emit("tools")
        (tab,) = program.window.findChildren(SettingsTab)
        assert tab.current == "tools"
        page = tab.findChild(ToolsPage)
        assert page is not None
        words = (sys.executable, "-c", "import sys; print('got', sys.stdin.read(), end='')")
        own = OwnTool("echo", action=CommandAction(words))
        program.settings.replace(own_tools=(own,))
        boxes = [b for b in page.findChildren(QCheckBox) if "Switched on" in b.text()]
        boxes[0].click()
        (tool,) = [t for t in program.tools.all() if t.source == "mine"]
        assert tool == as_tool(own)
        call = ToolCallPart("c", "echo", "{}")
        (result,) = await program.tools.run(call, tool, {"a": 1}, CallContext("x"))
        assert isinstance(result, ToolResultPart)
        assert (result.text, result.is_error) == ('got {"a": 1}', False)
