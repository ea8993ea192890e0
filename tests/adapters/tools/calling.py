"""Calls tools of Porthole's own as a turn does: through their source, by the tool's name."""

from __future__ import annotations

from typing import Any

from app.adapters.tools.own_tool import OwnTool
from app.adapters.tools.source import OwnTools
from app.core.tool import CallContext, ToolOutcome

CONTEXT = CallContext("this conversation")


async def call(own: OwnTool, **arguments: Any) -> ToolOutcome:
    return await OwnTools((own,)).run(own.tool, arguments, CONTEXT)


async def told(own: OwnTool, **arguments: Any) -> str:
    """What a call that works gives."""
    outcome = await call(own, **arguments)
    assert not outcome.is_error, outcome.text
    return outcome.text


async def fault(own: OwnTool, **arguments: Any) -> str:
    """Why a call does not work."""
    outcome = await call(own, **arguments)
    assert outcome.is_error, outcome.text
    return outcome.text
