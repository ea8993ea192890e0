"""What a turn asks of tools, and of the person beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from app.core.message import ImagePart, Message, ToolCallPart, ToolResultPart
from app.core.tool import CallContext, CallNow, Progress, Tool, ToolOutcome
from app.core.tool_choice import ToolChoice


class ToolSource(Protocol):
    """Tools of one origin: Porthole's own, the person's, or those of an MCP server."""

    def tools(self) -> Sequence[Tool]:
        """What it offers now. Cheap: nothing is started or read for it."""
        ...

    async def run(
        self, tool: Tool, arguments: Mapping[str, Any], context: CallContext
    ) -> ToolOutcome:
        """Run a call. Never raises: a failure is an outcome.

        Cancelled, it ends all that it started before the cancellation goes on, and soon.
        """
        ...


class ToolBox(Protocol):
    """All tools that there are, and the leaves that hold for every conversation."""

    def tools_for(self, choice: ToolChoice) -> Sequence[Tool]:
        """Those that a conversation with that choice may use, as they are now."""
        ...

    def is_granted(self, tool: Tool) -> bool:
        """Whether calls of it are always allowed."""
        ...

    def grant(self, tool: Tool) -> None:
        """Allow calls of that tool, as it is, from now on."""
        ...

    def most_rounds(self) -> int:
        """After how many rounds of calls in one turn the person is asked."""
        ...

    async def run(
        self, call: ToolCallPart, tool: Tool, arguments: Mapping[str, Any], context: CallContext
    ) -> tuple[ToolResultPart | ImagePart, ...]:
        """As `ToolRunner.run` says; the pictures are in the store when this returns."""
        ...


class ToolRunner(Protocol):
    """The tools that one turn may use, of whatever sources, and the leave to call them."""

    def named(self) -> Mapping[str, Tool]:
        """The tools by the names under which the model is told of them."""
        ...

    async def may_run(self, call: ToolCallPart, tool: Tool, asking: Callable[[], None]) -> bool:
        """Whether the person lets this call happen; waits for as long as they think about it.

        `asking` is called where they have to be asked.
        """
        ...

    async def run(
        self,
        call: ToolCallPart,
        tool: Tool,
        arguments: Mapping[str, Any],
        told: Callable[[Progress], None],
    ) -> tuple[ToolResultPart | ImagePart, ...]:
        """Run a call that has leave: its result, then the pictures that it gave. Never raises."""
        ...

    async def may_go_on(self, rounds: int) -> bool:
        """Whether the model may call again after so many rounds; asks the person."""
        ...


class CallListener(Protocol):
    """Hears of a round's calls as they wait, run and end."""

    async def message_started(self, message: Message) -> None: ...

    def call_changed(self, call_id: str, now: CallNow) -> None: ...

    async def call_ended(self, results: Message) -> None:
        """`results` is the round's message so far; on the disk when this returns."""
        ...

    async def results_ended(self, results: Message) -> None: ...
