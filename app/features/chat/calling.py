"""A conversation's tool calls under way: where each stands, and the leave that some wait for.

A part of `ChatSession`, which owns it. It fulfils `core.tool_ports.ToolRunner` for the turn; views
show what `now` says of a call whenever `call_changed` names it, and hand in the person's answers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.core.conversation import ConversationInfo
from app.core.message import ImagePart, ToolCallPart, ToolResultPart
from app.core.tool import (
    CallContext,
    CallNow,
    CallPhase,
    Effect,
    Grant,
    Leave,
    Progress,
    Tool,
    leaves_for,
)
from app.core.tool_choice import ToolChoice
from app.core.tool_names import named
from app.core.tool_ports import ToolBox


class Calling(QObject):
    """`info` answers the conversation's heading, `put_choice` stores what was chosen for it."""

    call_changed = Signal(str)  # call id
    asks_to_go_on = Signal(int)  # rounds so far
    answered = Signal()  # the person said whether it may go on, or the turn ended

    def __init__(
        self,
        box: ToolBox,
        info: Callable[[], ConversationInfo],
        put_choice: Callable[[ToolChoice], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._box = box
        self._info = info
        self._put_choice = put_choice
        self._now: dict[str, CallNow] = {}
        self._asked: dict[str, asyncio.Future[Leave]] = {}
        self._going_on: asyncio.Future[bool] | None = None
        self._rounds = 0

    # What views ask and say

    def now(self, call_id: str) -> CallNow | None:
        """Where a call stands; None for one that is not under way."""
        return self._now.get(call_id)

    @property
    def asking(self) -> tuple[str, ...]:
        """The calls that wait for the person, in the order in which they began to."""
        return tuple(self._asked)

    @property
    def rounds_asked(self) -> int:
        """After how many rounds the person is being asked whether it may go on; 0: they are not."""
        return self._rounds if self._going_on is not None else 0

    def answer(self, call_id: str, leave: Leave) -> None:
        """The person's word on a call that asks; nothing happens for any other."""
        waiting, now = self._asked.get(call_id), self._now.get(call_id)
        tool = now.tool if now is not None else None
        if waiting is None or waiting.done() or tool is None or leave not in leaves_for(tool):
            return
        waiting.set_result(leave)
        if leave is Leave.CONVERSATION:
            self._grant_here(tool)
        elif leave is Leave.ALWAYS:
            self._box.grant(tool)
        if leave in (Leave.CONVERSATION, Leave.ALWAYS):
            self._let_others_of(tool)

    def answer_go_on(self, go_on: bool) -> None:
        if self._going_on is not None and not self._going_on.done():
            self._going_on.set_result(go_on)

    # What the turn asks

    def named(self) -> Mapping[str, Tool]:
        return named(self._box.tools_for(self._info().tools))

    @property
    def most_rounds(self) -> int:
        return self._box.most_rounds()

    async def may_run(self, call: ToolCallPart, tool: Tool, asking: Callable[[], None]) -> bool:
        if not tool.asks or self._granted(tool):
            return True
        waiting = asyncio.get_running_loop().create_future()
        self._asked[call.id] = waiting
        asking()
        try:
            return (await waiting) is not Leave.DENY
        finally:
            del self._asked[call.id]

    async def run(
        self,
        call: ToolCallPart,
        tool: Tool,
        arguments: Mapping[str, Any],
        told: Callable[[Progress], None],
    ) -> tuple[ToolResultPart | ImagePart, ...]:
        context = CallContext(self._info().id, told)
        return await self._box.run(call, tool, arguments, context)

    async def may_go_on(self, rounds: int) -> bool:
        self._going_on = asyncio.get_running_loop().create_future()
        self._rounds = rounds
        self.asks_to_go_on.emit(rounds)
        try:
            return await self._going_on
        finally:
            self._going_on = None
            self.answered.emit()

    # What the turn tells

    def put(self, call_id: str, now: CallNow) -> None:
        self._now[call_id] = now
        self.call_changed.emit(call_id)

    def forget(self) -> None:
        """The round is over: what became of its calls stands in their results."""
        ended, self._now = tuple(self._now), {}
        for call_id in ended:
            self.call_changed.emit(call_id)

    # Within

    def _granted(self, tool: Tool) -> bool:
        if tool.effect is Effect.RUNS:
            return False
        here = any(grant.covers(tool) for grant in self._info().tools.granted)
        return here or self._box.is_granted(tool)

    def _grant_here(self, tool: Tool) -> None:
        choice = self._info().tools
        others = tuple(grant for grant in choice.granted if grant.tool != tool.id)
        granted = (*others, Grant(tool.id, tool.fingerprint))
        self._put_choice(replace(choice, granted=granted))

    def _let_others_of(self, tool: Tool) -> None:
        """Other calls of a tool that now has leave need not be answered one by one."""
        for call_id, waiting in self._asked.items():
            now = self._now.get(call_id)
            same = now is not None and now.phase is CallPhase.ASKS and now.tool == tool
            if same and not waiting.done():
                waiting.set_result(Leave.ONCE)
