"""The source of Porthole's own tools: checks what a call is made with, and has it answered."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from app.adapters.tools.arguments import argument_faults
from app.adapters.tools.own_tool import OwnTool, ToolFault
from app.core.tool import CallContext, Tool, ToolOutcome

LOG = logging.getLogger("porthole")


class OwnTools:
    """Fulfils `core.tool_ports.ToolSource`."""

    def __init__(self, tools: Sequence[OwnTool]) -> None:
        self._tools = {own.tool.id: own for own in tools}

    def tools(self) -> Sequence[Tool]:
        return [own.tool for own in self._tools.values()]

    async def run(
        self, tool: Tool, arguments: Mapping[str, Any], context: CallContext
    ) -> ToolOutcome:
        own = self._tools.get(tool.id)
        if own is None:
            return ToolOutcome("This tool is gone.", is_error=True)
        if faults := argument_faults(own.tool.parameters, arguments):
            return ToolOutcome("\n".join(faults), is_error=True)
        try:
            return await own.answer(arguments, context)
        except ToolFault as fault:
            return ToolOutcome(str(fault), is_error=True)
        except Exception as error:
            # Its words may hold what the person or the model said: they are not logged.
            LOG.error("the tool %s failed: %s", tool.id, type(error).__name__)
            words = f"The tool failed inside: {type(error).__name__}."
            return ToolOutcome(words, is_error=True)
