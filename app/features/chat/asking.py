"""How a conversation's next request is made, and what its answer teaches about the model."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from app.core.conversation import ConversationInfo
from app.core.cost import cost_of
from app.core.fixes import Fix, fixed
from app.core.message import Message, MessageState, Role, TextPart
from app.core.model_info import ModelInfo
from app.core.model_notes import REASONING_SWITCHES, ModelNotes
from app.core.old_pictures import with_words, words_instead
from app.core.picture_rule import PictureRule
from app.core.request import ChatRequest, FormatKind, response_format_from_json


class ModelKnowledge(Protocol):
    """What is known of models: by their catalogue, and by the notes kept on them."""

    def info(self, profile: str, model: str) -> ModelInfo | None: ...

    def notes(self, profile: str, model: str) -> ModelNotes: ...

    def put_notes(self, notes: ModelNotes) -> None: ...

    def picture_rule(self, conversation: str) -> PictureRule:
        """Which of its pictures of earlier questions models are shown again."""
        ...


def wanted_model(messages: Sequence[Message]) -> str:
    """The model that the last of these is to be answered by; empty: the conversation's."""
    asked = messages[-1].asked if messages else None
    return asked.model if asked is not None else ""


class Asking:
    """Makes requests, keeps the notes. `clock` gives seconds since the epoch."""

    def __init__(self, models: ModelKnowledge, clock: Callable[[], float] = time.time) -> None:
        self._models = models
        self._clock = clock

    def request(
        self, info: ConversationInfo, messages: Sequence[Message], model: str
    ) -> ChatRequest:
        """The request for an answer to the last of `messages`, as that one is to be asked."""
        parameters = self._parameters_for(info, messages, model)
        instead = words_instead(messages, self._models.picture_rule(info.id))
        asked = with_words(messages, instead)
        if info.system_prompt.strip():
            prompt = Message(Role.SYSTEM, (TextPart(info.system_prompt),), id="system")
            asked = (prompt, *asked)
        wanted = response_format_from_json(parameters.get("response_format"))
        if wanted is not None:
            del parameters["response_format"]
        known = self._models.info(info.profile, model)
        return ChatRequest(
            model,
            asked,
            parameters,
            response_format=wanted,
            stream=bool(parameters.pop("stream", True)),
            dialect=self._models.notes(info.profile, model).dialect,
            most_tokens=known.max_output_tokens if known is not None else None,
            instead=instead,
        )

    def _parameters_for(
        self, info: ConversationInfo, messages: Sequence[Message], model: str
    ) -> dict[str, Any]:
        """The conversation's parameters, with those that the question has of its own.

        Such a question says itself what shape its answer is to have; and a model of its own does
        not know the reasoning switches of the conversation's.
        """
        asked = messages[-1].asked if messages else None
        if asked is None:
            return dict(info.parameters)
        given = self.with_switches_of(info, model) if asked.model == model else info.parameters
        own = {name: value for name, value in given.items() if name != "response_format"}
        return {**own, **asked.parameters}

    def parameters(self, info: ConversationInfo, model: str, *, begun: bool) -> Mapping[str, Any]:
        """The conversation's parameters; one that has not begun takes the model's switches."""
        if begun or any(name in info.parameters for name in REASONING_SWITCHES):
            return info.parameters
        return {**info.parameters, **self._models.notes(info.profile, model).reasoning}

    def with_switches_of(self, info: ConversationInfo, model: str) -> Mapping[str, Any]:
        """The parameters for another model: the switches are those that were last set for it."""
        others = {k: v for k, v in info.parameters.items() if k not in REASONING_SWITCHES}
        return {**others, **self._models.notes(info.profile, model).reasoning}

    def remember_switches(self, profile: str, model: str, parameters: Mapping[str, Any]) -> None:
        """The person set reasoning switches in a conversation with that model."""
        switches = {k: parameters[k] for k in REASONING_SWITCHES if k in parameters}
        notes = self._models.notes(profile, model)
        if switches != dict(notes.reasoning):
            self._models.put_notes(replace(notes, reasoning=switches))

    def remember_use(self, profile: str, model: str) -> None:
        notes = self._models.notes(profile, model)
        self._models.put_notes(replace(notes, used_at=self._clock()))

    def remember_fix(self, profile: str, model: str, fix: Fix) -> None:
        """From now on that model is asked so."""
        notes = self._models.notes(profile, model)
        self._models.put_notes(replace(notes, dialect=fixed(notes.dialect, fix)))

    def learn(self, profile: str, asked: str, reply: Message) -> None:
        """Remember the response format that a model took instead of a richer one."""
        if not reply.fell_back or reply.state is MessageState.FAILED:
            return
        notes = self._models.notes(profile, asked)
        taken = FormatKind(reply.fell_back)
        if notes.dialect.format is not taken:
            self._models.put_notes(replace(notes, dialect=replace(notes.dialect, format=taken)))

    def priced(self, profile: str, asked: str, reply: Message) -> Message:
        """The reply with its cost, by the model that answered or else the one that was asked."""
        info = self._models.info(profile, reply.model) or self._models.info(profile, asked)
        return replace(reply, cost=cost_of(reply.usage, info))
