"""One turn: send, stream, run the tools that were called, send again — until there is an answer.

Plain async code over the ports: it knows neither windows nor databases. Whoever runs it is told of
each message as it starts, grows and ends, and may await in between (to have it on the disk first).
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Protocol

from app.core.events import StreamEvent
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

    def reply_grew(self, builder: ReplyBuilder, event: StreamEvent) -> None: ...

    async def message_ended(self, message: Message) -> None:
        """A reply ended, whichever way; its `state` says how."""
        ...


async def run_turn(
    service: ChatService,
    request: ChatRequest,
    listener: TurnListener,
    *,
    tools: ToolSource | None = None,
    approve: Callable[[ToolCallPart], Awaitable[bool]] | None = None,
    max_rounds: int = MAX_ROUNDS,
) -> Message:
    """Ask until the model stops calling tools; returns the last reply.

    Without `tools` the calls are left for the reader to see. Broken or cut-off arguments never run:
    they go back to the model as errors. Cancelling stops the stream; what arrived is told as ended
    with state STOPPED before the cancellation goes on.
    """
    messages = request.messages
    reply = Message(Role.ASSISTANT, ())
    for _ in range(max(1, max_rounds)):
        asked = replace(request, messages=messages)
        reply = await _one_reply(service, asked, listener)
        if reply.state is not MessageState.COMPLETE or not reply.tool_calls or tools is None:
            return reply
        results = tuple([await _run_call(call, tools, approve) for call in reply.tool_calls])
        answer = Message(Role.TOOL, results, parent=reply.id)
        await listener.message_started(answer)
        messages = (*messages, reply, answer)
    return reply


async def _one_reply(service: ChatService, request: ChatRequest, listener: TurnListener) -> Message:
    parent = request.messages[-1].id if request.messages else None
    reply = Message(
        Role.ASSISTANT, (), parent=parent, state=MessageState.STREAMING, model=request.model
    )
    await listener.message_started(reply)
    builder = ReplyBuilder()
    try:
        async for event in service.stream(request):
            builder.add(event)
            listener.reply_grew(builder, event)
    except BaseException:
        # Stopped, or a fault of our own: either way what arrived is kept and said to be partial.
        builder.stop()
        await listener.message_ended(builder.finish(reply))
        raise
    done = builder.finish(reply)
    await listener.message_ended(done)
    return done


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
