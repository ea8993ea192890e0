"""Every tool of Porthole's own, as the program has them."""

from __future__ import annotations

from app.core.tool import Tool
from app.tool_sources import own_tools


def every_tool() -> list[Tool]:
    return [own.tool for own in own_tools()]
