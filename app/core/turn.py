"""One turn: send, stream, run the tools that were called, send again — until there is an answer.

Plain async code over the ports: it knows neither windows nor databases. Whoever runs it is told of
each message as it starts, grows and ends, and may await in between (to have it on the disk first).
How a round of calls is run stands in `app.core.tool_round`.
"""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import replace
from typing import Protocol

from app.core.again import Pause, ask_again
from app.core.events import Ended, Failed, StreamEvent
from app.core.message import Message, MessageState, Role
from app.core.ports import ChatService
from app.core.reply import ReplyBuilder
from app.core.request import ChatRequest, ToolSpec
from app.core.tool import Tool
from app.core.tool_ports import CallListener, ToolRunner
from app.core.tool_round import ToolRound

MAX_ROUNDS = 20


class TurnListener(CallListener, Protocol):
    """Hears of a turn's course. Messages are told in the order in which they belong."""

    async def message_started(self, message: Message) -> None:
        """A message joins the conversation; nothing is sent before this returns."""
        ...

    async def version_started(self, message: Message) -> None:
        """The service gives another choice: a version beside the reply that is arriving."""
        ...

    def reply_grew(self, message: Message, builder: ReplyBuilder, event: StreamEvent) -> None: ...

    async def message_ended(self, message: Message, builder: ReplyBuilder | None) -> None:
        """A reply ended, whichever way; its `state` says how, its builder what else is known."""
        ...


async def run_turn(
    service: ChatService,
    request: ChatRequest,
    listener: TurnListener,
    *,
    pause: Pause,
    tools: ToolRunner | None = None,
    max_rounds: int = MAX_ROUNDS,
) -> Message:
    """Ask until the model stops calling tools; returns the last reply.

    A busy service is waited for by `pause` (see `app.core.again`). Without `tools` the calls are
    left for the reader to see. After each `max_rounds` rounds of calls the person is asked whether
    it may go on; if not, the results stand unanswered. Cancelling stops the stream or the calls;
    what arrived is told as ended with state STOPPED before the cancellation goes on.
    """
    messages, rounds = request.messages, 0
    while True:
        named = tools.named() if tools is not None else {}
        specs = tuple(_spec(name, tool) for name, tool in named.items())
        asked = replace(request, messages=messages, tools=(*request.tools, *specs))
        reply = await _one_reply(service, asked, listener, pause)
        if reply.state is not MessageState.COMPLETE or not reply.tool_calls or tools is None:
            return reply
        results = await ToolRound(reply, tools, listener).run()
        messages = (*messages, reply, results)
        rounds += 1
        if rounds % max(1, max_rounds) == 0 and not await tools.may_go_on(rounds):
            return reply


def _spec(name: str, tool: Tool) -> ToolSpec:
    return ToolSpec(name, tool.description, tool.parameters, tool.strict)


async def _one_reply(
    service: ChatService, request: ChatRequest, listener: TurnListener, pause: Pause
) -> Message:
    parent = request.messages[-1].id if request.messages else None
    reply = Message(
        Role.ASSISTANT, (), parent=parent, state=MessageState.STREAMING, model=request.model
    )
    await listener.message_started(reply)
    arriving = _Arriving(reply, listener)
    try:
        async with aclosing(ask_again(service, request, pause)) as events:
            async for event in events:
                await arriving.take(event)
    except BaseException:
        # Stopped, or a fault of our own: either way what arrived is kept and said to be partial.
        await arriving.end(stopped=True)
        raise
    return await arriving.end()


class _Arriving:
    """The replies to one request: a message and its builder for each choice, never mixed."""

    def __init__(self, lead: Message, listener: TurnListener) -> None:
        self._listener = listener
        self._lead = (lead, ReplyBuilder())
        self._by_choice: dict[int, tuple[Message, ReplyBuilder]] = {}

    async def take(self, event: StreamEvent) -> None:
        """Give an event to whom it concerns. Usage and what was sent are the first reply's."""
        choice = getattr(event, "choice", None)
        if choice is None:
            ends = isinstance(event, Ended | Failed)
            concerned = self._all() if ends else (self._lead,)
        else:
            concerned = (self._by_choice.get(choice) or await self._join(choice),)
        for message, builder in concerned:
            builder.add(event)
            self._listener.reply_grew(message, builder, event)

    async def end(self, *, stopped: bool = False) -> Message:
        """Tell all as ended; answers the first one."""
        done = []
        for message, builder in self._all():
            if stopped:
                builder.stop()
            done.append((builder.finish(message), builder))
        for message, builder in done:
            await self._listener.message_ended(message, builder)
        return done[0][0]

    def _all(self) -> tuple[tuple[Message, ReplyBuilder], ...]:
        others = (pair for pair in self._by_choice.values() if pair is not self._lead)
        return (self._lead, *others)

    async def _join(self, choice: int) -> tuple[Message, ReplyBuilder]:
        """The first choice that says something leads, whatever its number."""
        lead, builder = self._lead
        if not self._by_choice:
            builder.choice = choice
            self._by_choice[choice] = self._lead
            return self._lead
        message = Message(
            Role.ASSISTANT, (), parent=lead.parent, state=MessageState.STREAMING, model=lead.model
        )
        pair = self._by_choice[choice] = (message, builder.beside(choice))
        await self._listener.version_started(message)
        return pair
