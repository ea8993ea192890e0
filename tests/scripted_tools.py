"""Tools that answer by script: for tests of what stands above them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.core.message import ImagePart, ToolCallPart, ToolResultPart
from app.core.tool import CallContext, Effect, Progress, Tool
from app.core.tool_choice import ToolChoice
from tests.scripted import Gate

READER = Tool("test:look", "look", "test", "Looks", effect=Effect.READS, reads_only=True)
CHANGER = Tool("test:write", "write", "test", "Writes")
SHELL = Tool("test:sh", "sh", "test", "Runs", effect=Effect.RUNS)


class ScriptedTools:
    """Fulfils core.tool_ports.ToolBox; each call answers its own name and arguments.

    `gates` hold calls of a name until they are opened.
    """

    def __init__(self, *tools: Tool, rounds: int = 20) -> None:
        self.tools = list(tools)
        self.ran: list[ToolCallPart] = []
        self.contexts: list[CallContext] = []
        self.granted: list[Tool] = []
        self.gates: dict[str, Gate] = {}
        self.rounds = rounds

    def tools_for(self, choice: ToolChoice) -> Sequence[Tool]:
        return [t for t in self.tools if choice.on is None or t.id in choice.on]

    def is_granted(self, tool: Tool) -> bool:
        return tool in self.granted

    def grant(self, tool: Tool) -> None:
        self.granted.append(tool)

    def most_rounds(self) -> int:
        return self.rounds

    async def run(
        self, call: ToolCallPart, tool: Tool, arguments: Mapping[str, Any], context: CallContext
    ) -> tuple[ToolResultPart | ImagePart, ...]:
        self.ran.append(call)
        self.contexts.append(context)
        context.told(Progress(0.5, "half"))
        if tool.name in self.gates:
            await self.gates[tool.name].passed()
        return (ToolResultPart(call.id, call.name, f"{tool.name} {dict(arguments)}"),)
