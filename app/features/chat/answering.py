"""Asks for one answer: service, request and turn. A part of `ChatSession`, which owns it."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.conversation import ConversationInfo
from app.core.errors import Failure, ServiceError
from app.core.message import Message, MessageState, Role
from app.core.ports import ServiceSource
from app.core.request import ChatRequest
from app.core.turn import run_turn
from app.features.chat.arriving import Arriving
from app.features.chat.asking import Asking
from app.features.chat.calling import Calling
from app.features.chat.patience import Patience


class Answering:
    def __init__(
        self,
        services: ServiceSource,
        *,
        asking: Asking,
        arriving: Arriving,
        calling: Calling,
    ) -> None:
        self._services = services
        self._asking = asking
        self._arriving = arriving
        self._calling = calling
        self._patience = Patience()

    def stop_waiting(self) -> None:
        """Do not wait for a busy service: its refusal is what stays."""
        self._patience.end()

    async def answer(self, info: ConversationInfo, messages: Sequence[Message], model: str) -> None:
        """Have the last of `messages` answered by that model, and the tools run that it calls."""
        request = self._asking.request(info, messages, model)
        try:
            service = await self._services.chat_service(info.profile)
        except ServiceError as error:
            # Nothing was sent: said where the answer would stand, to be tried again there.
            await self._refused(request, error.failure)
            return
        self._asking.remember_use(info.profile, request.model)
        await run_turn(
            service,
            request,
            self._arriving,
            pause=self._patience.pause,
            tools=self._calling if self._calling.named() else None,
            max_rounds=self._calling.most_rounds,
        )

    async def _refused(self, request: ChatRequest, failure: Failure) -> None:
        reply = Message(
            Role.ASSISTANT,
            (),
            parent=request.messages[-1].id,
            state=MessageState.FAILED,
            model=request.model,
            failure=failure,
        )
        await self._arriving.message_started(reply)
        await self._arriving.message_ended(reply, None)
