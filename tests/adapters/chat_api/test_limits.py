"""What the headers of an answer say of the limits, in the spellings of several services."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.adapters.chat_api.failures import from_response
from app.adapters.chat_api.limits import limits_in, seconds_until
from app.core.events import Failed, LimitsReported, Opened
from tests.adapters.chat_api.server import Answer, plain, serving
from tests.adapters.chat_api.test_client_streams import STREAM, ask

OPENAI = {
    "x-ratelimit-limit-requests": "500",
    "x-ratelimit-remaining-requests": "499",
    "x-ratelimit-reset-requests": "120ms",
    "x-ratelimit-limit-tokens": "30000",
    "x-ratelimit-remaining-tokens": "29987",
    "x-ratelimit-reset-tokens": "6m0s",
}


@pytest.mark.parametrize(
    ("headers", "limits"),
    [
        ({}, None),
        ({"content-type": "text/plain", "x-ratelimit-reset": "5"}, None),
        (OPENAI, LimitsReported(500, 499, 30000, 29987, 0.12)),
        # What was used up is waited for, whatever else resets before.
        (
            OPENAI | {"x-ratelimit-remaining-tokens": "0"},
            LimitsReported(500, 499, 30000, 0, 360.0),
        ),
        (
            {"x-ratelimit-limit": "20", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "9.5"},
            LimitsReported(20, 0, None, None, 9.5),
        ),
        (
            {
                "ratelimit-limit": "100, 100;w=60",
                "ratelimit-remaining": "7",
                "ratelimit-reset": "30",
            },
            LimitsReported(100, 7, None, None, 30.0),
        ),
        (
            {"ratelimit": "limit=100, remaining=50, reset=3"},
            LimitsReported(100, 50, None, None, 3.0),
        ),
        (
            {"ratelimit": '"default";r=50;t=30', "ratelimit-policy": '"default";q=100;w=60'},
            LimitsReported(100, 50, None, None, 30.0),
        ),
        (
            {
                "anthropic-ratelimit-requests-limit": "50",
                "anthropic-ratelimit-requests-remaining": "49",
                "anthropic-ratelimit-tokens-remaining": "1000.0",
            },
            LimitsReported(50, 49, None, 1000, None),
        ),
        ({"x-ratelimit-remaining-tokens": "lots"}, None),
        ({"ratelimit": "x" * 9000, "x-ratelimit-limit": "9" * 99}, None),
    ],
)
def test_headers_tell_of_limits(headers: dict[str, str], limits: LimitsReported | None) -> None:
    assert limits_in(headers) == limits


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("1s", 1),
        ("20ms", 0.02),
        ("6m0s", 360),
        ("1h2m3.5s", 3723.5),
        ("1d", 86400),
        ("0", 0),
        ("12.5", 12.5),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1s later", None),
    ],
)
def test_spans(said: str, seconds: float | None) -> None:
    assert seconds_until(said) == seconds


def test_times_are_made_spans() -> None:
    at = time.time() + 90
    spelled = datetime.now(UTC) + timedelta(seconds=90)
    for said in (str(int(at)), str(int(at * 1000)), spelled.isoformat().replace("+00:00", "Z")):
        span = seconds_until(said)
        assert span is not None
        assert 60 < span <= 91
    assert seconds_until("1000000000") == 0


@pytest.mark.parametrize(
    ("headers", "error", "wait"),
    [
        ({"retry-after": "3", "x-ratelimit-reset": "9"}, {"message": "try again in 5s"}, 3),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "9"}, {"message": "no"}, 9),
        ({"x-ratelimit-remaining": "1", "x-ratelimit-reset": "9"}, {"message": "no"}, None),
        ({}, {"message": "Limit reached. Please try again in 7.66s. See limits."}, 7.66),
        ({}, {"message": "Please try again in 1m30.5s."}, 90.5),
        ({}, {"message": "Please retry after 20 seconds."}, 20),
        ({}, {"message": "try again in 250ms"}, 0.25),
        ({}, {"message": "wait for 2 minutes"}, 120),
        ({}, {"message": "请求过于频繁，请 15 秒后重试"}, 15),
        ({}, {"message": "slow", "details": [{"@type": "x"}, {"retryDelay": "34s"}]}, 34),
        ({}, {"message": "Requests per minute: 30. Try again later."}, None),
    ],
)
def test_a_busy_service_says_how_long_to_wait(
    headers: dict[str, str], error: dict[str, Any], wait: float | None
) -> None:
    body = json.dumps({"error": error}, ensure_ascii=False).encode()
    assert from_response(429, headers, body).retry_after == wait
    assert from_response(503, headers, body).retry_after == wait
    if "retry-after" not in headers:
        assert from_response(400, headers, body).retry_after is None


@pytest.mark.parametrize("status", ["200 OK", "429 Slow", "503 Away"])
async def test_they_are_told_with_the_answer_and_with_a_refusal(status: str) -> None:
    body = STREAM if status == "200 OK" else b"busy"
    answer: Answer = plain(body, status, X_RateLimit_Remaining_Requests="3")
    async with serving(answer) as server:
        events = await ask(server.address)
    assert events[1] == LimitsReported(requests_left=3)
    assert isinstance(events[2], Opened if status == "200 OK" else Failed)
    async with serving(plain(STREAM, status)) as server:
        events = await ask(server.address)
    assert not any(isinstance(event, LimitsReported) for event in events)
