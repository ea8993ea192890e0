"""What may be sent once more by itself, what may not, and that it is announced."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from app.core.again import MAX_ATTEMPTS, MAX_WAIT_S, ask_again
from app.core.errors import Failure, FailureKind
from app.core.events import Ended, Failed, FellBack, Finished, StreamEvent, TextDelta, Waiting
from app.core.message import Message, Role, TextPart
from app.core.request import ChatRequest, FormatKind, ResponseFormat
from tests.scripted import ScriptedService, Step

REQUEST = ChatRequest("m", (Message(Role.USER, (TextPart("?"),)),))
BUSY = Failure(FailureKind.RATE_LIMITED, status=429, retry_after=3.0)
ANSWER: Sequence[Step] = (TextDelta("yes"), Finished("stop"), Ended())


class Pauses:
    def __init__(self, *, patient: bool = True) -> None:
        self.asked: list[float] = []
        self._patient = patient

    async def __call__(self, seconds: float) -> bool:
        self.asked.append(seconds)
        return self._patient


async def events(
    service: ScriptedService, pauses: Pauses, request: ChatRequest = REQUEST
) -> list[StreamEvent]:
    return [event async for event in ask_again(service, request, pauses)]


async def test_a_busy_service_is_asked_again_after_what_it_said() -> None:
    service, pauses = ScriptedService((Failed(BUSY),), ANSWER), Pauses()
    heard = await events(service, pauses)
    assert heard[0] == Waiting(BUSY, 3.0, 1)
    assert heard[1:] == list(ANSWER)
    assert pauses.asked == [3.0]


async def test_where_the_service_is_gone_meanwhile_its_refusal_is_what_stays() -> None:
    gone = Failed(Failure(FailureKind.NO_SERVICE))
    service, pauses = ScriptedService((Failed(BUSY),), (gone,)), Pauses()
    assert await events(service, pauses) == [Waiting(BUSY, 3.0, 1), Failed(BUSY)]
    assert await events(ScriptedService((gone,)), pauses) == [gone]


async def test_the_tries_are_bounded_and_the_last_refusal_is_told() -> None:
    service, pauses = ScriptedService(*[(Failed(BUSY),)] * 9), Pauses()
    heard = await events(service, pauses)
    assert heard[-1] == Failed(BUSY)
    assert len(service.requests) == MAX_ATTEMPTS + 1
    assert len(pauses.asked) == MAX_ATTEMPTS


async def test_without_a_word_the_waits_grow_and_stay_bounded() -> None:
    busy = Failure(FailureKind.UNAVAILABLE, status=503)
    service, pauses = ScriptedService(*[(Failed(busy),)] * 9), Pauses()
    await events(service, pauses)
    assert all(0 < wait <= MAX_WAIT_S for wait in pauses.asked)
    assert pauses.asked[-1] > pauses.asked[0]


async def test_the_person_may_rather_not_wait() -> None:
    service = ScriptedService((Failed(BUSY),), ANSWER)
    heard = await events(service, Pauses(patient=False))
    assert heard == [Waiting(BUSY, 3.0, 1), Failed(BUSY)]
    assert len(service.requests) == 1


async def test_who_wants_an_hour_is_not_waited_for() -> None:
    late = Failure(FailureKind.RATE_LIMITED, status=429, retry_after=3600.0)
    service, pauses = ScriptedService((Failed(late),)), Pauses()
    assert await events(service, pauses) == [Failed(late)]
    assert not pauses.asked


@pytest.mark.parametrize(
    "failure",
    [
        Failure(FailureKind.CONNECTION_LOST),
        Failure(FailureKind.NOT_CONNECTED),
        Failure(FailureKind.SERVER, status=500),
        Failure(FailureKind.UNAVAILABLE, status=502),
        Failure(FailureKind.UNAVAILABLE, status=504),
        Failure(FailureKind.IN_STREAM, status=429),
        Failure(FailureKind.RATE_LIMITED, status=429, whole=False),
        Failure(FailureKind.BAD_REQUEST, status=400, parameter="temperature"),
        Failure(FailureKind.BAD_REQUEST, status=400, parameter="response_format"),
    ],
)
async def test_nothing_else_is_sent_again(failure: Failure) -> None:
    service = ScriptedService((Failed(failure),), ANSWER)
    assert await events(service, Pauses()) == [Failed(failure)]
    assert len(service.requests) == 1


async def test_nothing_is_sent_again_once_something_came() -> None:
    service = ScriptedService((TextDelta("h"), Failed(BUSY)), ANSWER)
    assert await events(service, Pauses()) == [TextDelta("h"), Failed(BUSY)]
    assert len(service.requests) == 1


async def test_a_refused_format_falls_back_step_by_step_and_says_so() -> None:
    refused = Failure(FailureKind.BAD_REQUEST, status=400, parameter="response_format")
    service = ScriptedService((Failed(refused),), (Failed(refused),), ANSWER)
    wanted = ResponseFormat(FormatKind.JSON_SCHEMA, schema={"type": "object"})
    request = ChatRequest("m", REQUEST.messages, response_format=wanted)
    heard = await events(service, Pauses(), request)
    assert heard[:2] == [
        FellBack(refused, FormatKind.JSON_OBJECT),
        FellBack(refused, FormatKind.TEXT),
    ]
    assert heard[2:] == list(ANSWER)
    assert [r.dialect.format for r in service.requests] == [
        FormatKind.JSON_SCHEMA,
        FormatKind.JSON_OBJECT,
        FormatKind.TEXT,
    ]
