"""A walk over a service: who is asked, what it costs, how often was asked, and what was found."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from app.adapters.chat_api.client import ChatApi
from app.core.again import ask_again
from app.core.cost import cost_of
from app.core.errors import Failure
from app.core.events import FellBack, LimitsReported, Sent, StreamEvent, Waiting
from app.core.message import ImagePart, Message, Part, Role, TextPart, Usage
from app.core.model_info import Capability, ModelInfo
from app.core.reply import ReplyBuilder
from app.core.request import ChatRequest

UNPRICED_USD = 0.01
"""What a request counts for the cap where its cost is not known."""
MAX_TOKENS = 64


class Verdict(StrEnum):
    HELD = "held"
    DIFFERS = "differs"
    NOT_TRIED = "could not be tried"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; `came` is what the service did."""

    section: str
    check: str
    verdict: Verdict
    came: str = ""

    def line(self) -> str:
        words = f"{self.verdict.value:18}  {self.section}: {self.check}"
        return f"{words} — {self.came}" if self.came else words


class TooDear(Exception):  # noqa: N818 - a limit that was set, no error
    """The next request would go past what may be spent."""


@dataclass(slots=True)
class Answered:
    """What came of one request, all choices of it."""

    model: str
    builders: Sequence[ReplyBuilder]
    events: Sequence[StreamEvent]

    @property
    def first(self) -> ReplyBuilder:
        return self.builders[0]

    @property
    def message(self) -> Message:
        return self.first.finish(Message(Role.ASSISTANT, ()))

    @property
    def failure(self) -> Failure | None:
        return self.first.failure

    @property
    def usage(self) -> Usage | None:
        return self.first.usage

    @property
    def body(self) -> str:
        """What was received, as far as it was kept."""
        tape = self.first.tape
        return tape.exchange().response.decode("utf-8", "replace") if tape else ""

    @property
    def sent(self) -> Mapping[str, Any]:
        """The request's body, without its messages."""
        tape = self.first.tape
        return tape.exchange().request if tape else {}

    @property
    def headers(self) -> Mapping[str, str]:
        tape = self.first.tape
        return tape.exchange().headers if tape else {}

    @property
    def limits(self) -> LimitsReported | None:
        return next((e for e in self.events if isinstance(e, LimitsReported)), None)

    def brief(self) -> str:
        """In one line: the failure, or how it ended and what was said."""
        if (failure := self.failure) is not None:
            said = f"{failure.kind.value} {failure.status or ''} {failure.code}".split()
            return f"{self.model}: {' '.join(said)}: {_short(failure.message, 160)}"
        message = self.message
        calls = ", ".join(f"{c.name}({_short(c.arguments, 40)})" for c in message.tool_calls)
        said_words = _short(message.text) or calls or f"no text, {len(message.reasoning)} thought"
        return f"{self.model}: {self.first.finish_reason}: {said_words}"


@dataclass
class Walk:
    """The service, its catalogue, and what was found; `say` is told each finding at once.

    `cap` is in USD. `stranger` makes a ChatApi for the same address with another key, and with
    nothing sent that was not set. It is one walk: `close` it.
    """

    api: ChatApi
    stranger: Callable[[str | None], ChatApi]
    key: str
    cap: float
    image_url: str
    say: Callable[[Finding], None]
    pictures: dict[str, bytes] = field(default_factory=dict)
    catalogue: Sequence[ModelInfo] = ()
    findings: list[Finding] = field(default_factory=list)
    posts: int = 0
    spent: float = 0.0
    unpriced: int = 0
    section: str = ""

    def found(self, check: str, verdict: Verdict, came: str = "") -> None:
        finding = Finding(self.section, check, verdict, came.replace(self.key, "[key]"))
        self.findings.append(finding)
        self.say(finding)

    def holds(self, check: str, held: bool, came: str = "") -> bool:
        """A check that was made; `came` says what the service did."""
        self.found(check, Verdict.HELD if held else Verdict.DIFFERS, came)
        return held

    def not_tried(self, check: str, why: str) -> None:
        self.found(check, Verdict.NOT_TRIED, why)

    def info(self, model: str) -> ModelInfo | None:
        return next((info for info in self.catalogue if info.id == model), None)

    def cheapest(self, *able: Capability, among: Sequence[str] = ()) -> list[str]:
        """Chat models that can do all that, the cheapest first; those of unknown price last."""
        fitting = [
            info
            for info in self.catalogue
            if not info.retired
            and not info.elsewhere
            and info.speaks is not False
            and all(info.can(capability) for capability in able)
            and (not among or info.id in among)
        ]
        return [info.id for info in sorted(fitting, key=_price)]

    async def ask(
        self,
        model: str,
        question: str | Sequence[Message] = "Answer with the one word: yes",
        *,
        pictures: Sequence[ImagePart] = (),
        api: ChatApi | None = None,
        again: bool = False,
        **request: Any,
    ) -> Answered:
        """One request, `max_tokens` small where nothing else was set. Raises TooDear.

        `request`: fields of ChatRequest. `again`: further requests may follow, as in the window.
        """
        if self.spent >= self.cap:
            raise TooDear
        if isinstance(question, str):
            parts: tuple[Part, ...] = (*pictures, TextPart(question))
            question = (Message(Role.USER, parts),)
        parameters = {"max_tokens": MAX_TOKENS, **request.pop("parameters", {})}
        kept = {name: value for name, value in parameters.items() if value is not None}
        asked = ChatRequest(model, tuple(question), kept, **request)
        service = api or self.api
        if again:
            return await self._take(asked, ask_again(service, asked, _pause))
        return await self._take(asked, service.stream(asked))

    async def _take(self, asked: ChatRequest, coming: Any) -> Answered:
        lead = ReplyBuilder()
        by_choice = {0: lead}
        events: list[StreamEvent] = []
        async with aclosing(coming):
            async for event in coming:
                events.append(event)
                self.posts += isinstance(event, Sent)
                choice = getattr(event, "choice", 0)
                if choice not in by_choice:
                    by_choice[choice] = ReplyBuilder(choice)
                for builder in by_choice.values():
                    builder.add(event)
        answered = Answered(asked.model, [by_choice[c] for c in sorted(by_choice)], events)
        self._count(answered)
        return answered

    def _count(self, answered: Answered) -> None:
        if answered.failure is not None and answered.usage is None:
            return
        cost = cost_of(answered.usage, self.info(answered.model))
        self.unpriced += cost is None
        self.spent += UNPRICED_USD if cost is None else cost

    async def close(self) -> None:
        await self.api.close()


def announced(answered: Answered) -> list[str]:
    """What was said of further requests before they left."""
    return [
        f"{event.format.value} instead" if isinstance(event, FellBack) else f"{event.seconds:.0f} s"
        for event in answered.events
        if isinstance(event, (FellBack, Waiting))
    ]


def with_results(
    answered: Answered, question: Sequence[Message], results: Message
) -> list[Message]:
    """The conversation after a reply whose calls were run."""
    return [*question, replace(answered.message, model=answered.model), results]


def as_json(text: str) -> Any:
    """The JSON value that a text is, or None."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def _short(text: str, most: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _price(info: ModelInfo) -> tuple[bool, float]:
    known = [price for price in (info.input_price, info.output_price) if price is not None]
    return len(known) < 2, sum(known)


async def _pause(seconds: float) -> bool:
    await asyncio.sleep(seconds)
    return True
