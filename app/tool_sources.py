"""The toolbox, with the sources of tools that are there from the start, joined to the world."""

from __future__ import annotations

from app.adapters.tools.calculator import calculator
from app.adapters.tools.clock import clock
from app.adapters.tools.own_tool import SOURCE, OwnTool
from app.adapters.tools.source import OwnTools
from app.core.ports import ImageCodec
from app.kit.settings_holder import SettingsHolder
from app.program_parts import ProgramParts
from app.tool_box import Toolbox


def make_toolbox(parts: ProgramParts, settings: SettingsHolder, codec: ImageCodec) -> Toolbox:
    return Toolbox(settings, parts.store, codec, {SOURCE: OwnTools(own_tools())})


def own_tools() -> list[OwnTool]:
    """All of Porthole's own tools, in the order in which they are shown."""
    return [clock(), calculator()]
