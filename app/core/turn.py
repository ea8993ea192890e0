"""One turn: send, stream, run the tools that were called, send again — until there is an answer.

Plain async code over the ports: it knows neither windows nor databases. Whoever runs it is told of
each message as it starts, grows and ends, and may await in between (to have it on the disk first).
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace
from typing import Protocol

from app.core.again import Pause, ask_again
from app.core.events import Ended, Failed, StreamEvent
from app.core.message import Message, MessageState, Role, ToolCallPart, ToolResultPart
from app.core.ports import ChatService, ToolSource
from app.core.reply import ReplyBuilder
from app.core.request import ChatRequest

MAX_ROUNDS = 20


class TurnListener(Protocol):
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
    tools: ToolSource | None = None,
    approve: Callable[[ToolCallPart], Awaitable[bool]] | None = None,
    max_rounds: int = MAX_ROUNDS,
) -> Message:
    """Ask until the model stops calling tools; returns the last reply.

    A busy service is waited for by `pause` (see `app.core.again`). Without `tools` the calls are
    left for the reader to see. Broken or cut-off arguments never run: they go back to the model as
    errors. Cancelling stops the stream; what arrived is told as ended with state STOPPED before
    the cancellation goes on.
    """
    messages = request.messages
    reply = Message(Role.ASSISTANT, ())
    for _ in range(max(1, max_rounds)):
        asked = replace(request, messages=messages)
        reply = await _one_reply(service, asked, listener, pause)
        if reply.state is not MessageState.COMPLETE or not reply.tool_calls or tools is None:
            return reply
        results = tuple([await _run_call(call, tools, approve) for call in reply.tool_calls])
        answer = Message(Role.TOOL, results, parent=reply.id)
        await listener.message_started(answer)
        messages = (*messages, reply, answer)
    return reply


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


async def _run_call(
    call: ToolCallPart,
    tools: ToolSource,
    approve: Callable[[ToolCallPart], Awaitable[bool]] | None,
) -> ToolResultPart:
    try:
        arguments = json.loads(call.arguments or "{}")
    except ValueError as error:
        return ToolResultPart(call.id, call.name, f"The arguments are not JSON: {error}", True)
    if not isinstance(arguments, dict):
        return ToolResultPart(call.id, call.name, "The arguments are not a JSON object.", True)
    if approve is not None and not await approve(call):
        return ToolResultPart(call.id, call.name, "The person did not allow this call.", True)
    return await tools.run(call)
