"""One round of tool calls: all that a reply asked for, to the message of their results.

Calls that only read run beside each other; one that can change something waits until those of its
kind before it have ended. Each result is told as it comes, so that none is lost to a stop or a
kill. Broken arguments never run: they go back to the model as errors, as a denial does.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from time import monotonic
from typing import Any

from app.core.message import (
    ImagePart,
    Message,
    MessageState,
    NotRun,
    Role,
    ToolCallPart,
    ToolResultPart,
)
from app.core.tool import CallNow, CallPhase, Progress, Tool
from app.core.tool_ports import CallListener, ToolRunner

DENIED = "The person did not allow this call."
STOPPED = "The person stopped this call. It may have run in part."
_Gave = tuple[ToolResultPart | ImagePart, ...]


class ToolRound:
    """Runs the calls of `reply`. `clock` gives seconds, for how long each ran."""

    def __init__(
        self,
        reply: Message,
        runner: ToolRunner,
        listener: CallListener,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._calls = reply.tool_calls
        self._runner = runner
        self._listener = listener
        self._clock = clock
        self._named = runner.named()
        self._gave: dict[int, _Gave] = {}
        self._changing = asyncio.Lock()
        self._results = Message(
            Role.TOOL, (), parent=reply.id, state=MessageState.STREAMING, model=reply.model
        )

    async def run(self) -> Message:
        """The message of all results, in the order of the calls.

        Cancelled, what ended is kept and the rest said to be stopped before that goes on.
        """
        await self._listener.message_started(self._results)
        try:
            await asyncio.gather(*(self._one(place) for place in range(len(self._calls))))
        except BaseException:
            for place, call in enumerate(self._calls):
                self._gave.setdefault(place, _failed(call, STOPPED, NotRun.STOPPED))
            await self._end(MessageState.STOPPED)
            raise
        return await self._end(MessageState.COMPLETE)

    async def _one(self, place: int) -> None:
        call = self._calls[place]
        self._gave[place] = await self._answer(call)
        self._results = replace(self._results, parts=self._parts())
        await self._listener.call_ended(self._results)

    async def _answer(self, call: ToolCallPart) -> _Gave:
        tool = self._named.get(call.name)
        arguments, fault = _arguments(call, tool)
        if tool is None or arguments is None:
            return _failed(call, fault, NotRun.BROKEN)

        def asking() -> None:
            self._tell(call, CallPhase.ASKS, tool)

        self._tell(call, CallPhase.WAITS, tool)
        if not await self._runner.may_run(call, tool, asking):
            return _failed(call, DENIED, NotRun.DENIED)
        if tool.reads_only:
            return await self._run(call, tool, arguments)
        self._tell(call, CallPhase.WAITS, tool)
        async with self._changing:
            return await self._run(call, tool, arguments)

    async def _run(self, call: ToolCallPart, tool: Tool, arguments: dict[str, Any]) -> _Gave:
        def told(progress: Progress) -> None:
            self._tell(call, CallPhase.RUNS, tool, progress)

        told(Progress())
        start = self._clock()
        result, *pictures = await self._runner.run(call, tool, arguments, told)
        if isinstance(result, ToolResultPart):
            result = replace(result, seconds=self._clock() - start)
        return (result, *pictures)

    def _tell(
        self, call: ToolCallPart, phase: CallPhase, tool: Tool, progress: Progress | None = None
    ) -> None:
        self._listener.call_changed(call.id, CallNow(phase, tool, progress or Progress()))

    def _parts(self) -> _Gave:
        return tuple(part for place in sorted(self._gave) for part in self._gave[place])

    async def _end(self, state: MessageState) -> Message:
        self._results = replace(self._results, parts=self._parts(), state=state)
        await self._listener.results_ended(self._results)
        return self._results


def _arguments(call: ToolCallPart, tool: Tool | None) -> tuple[dict[str, Any] | None, str]:
    """What a tool is called with, or in words for the model why it cannot be."""
    if tool is None:
        return None, f"There is no tool named {call.name!r}."
    try:
        arguments = json.loads(call.arguments or "{}")
    except (ValueError, RecursionError) as error:
        return None, f"The arguments are not JSON: {error}"
    if not isinstance(arguments, dict):
        return None, "The arguments are not a JSON object."
    return arguments, ""


def _failed(call: ToolCallPart, words: str, why: NotRun) -> _Gave:
    return (ToolResultPart(call.id, call.name, words, True, not_run=why),)
