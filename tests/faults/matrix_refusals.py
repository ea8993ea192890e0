"""Rows of the network matrix in which no answer begins: no way there, redirects, refusals."""

from __future__ import annotations

import email.utils
import time

from app.core.errors import FailureKind
from tests.faults.matrix_row import (
    GOOD,
    End,
    Place,
    Row,
    begun,
    failed,
    good,
    refusal,
)
from tests.faults.rude_server import Answer, Asked, Manner, Wire, answering, head, whole

K = FailureKind
PAGE = b"<!doctype html><html><title>Bad Gateway</title><h1>502</h1></html>"
WORDS = {"error": {"message": "in so many words", "type": "t", "code": "a_code"}}
JIEKOU = {"code": 403, "reason": "NOT_ENOUGH_BALANCE", "message": "no balance", "metadata": {}}
BUSY = {"code": 429, "reason": "RATE_LIMIT_EXCEEDED", "message": "too fast", "metadata": {}}
NO_FORMAT = {"error": {"message": "response_format is not supported", "param": "response_format"}}
NO_SCHEMA = {"message": "json_schema is not supported by this model", "reason": "INVALID_REQUEST"}
NO_TYPE = {"error": {"message": "Invalid value: 'response_format.type' of json_object"}}
MOST = 4
"""How many further requests a busy service may be sent."""


def _plain_http(wire: Wire) -> None:
    """What a server without TLS makes of a handshake."""
    wire.send(head("400 Bad Request", "text/plain", ("Connection: close",)))
    wire.end()


def _reset_unread(wire: Wire) -> None:
    """Break off with what was sent unread."""
    wire.stirs()
    wire.reset()


def _reset_in_request(wire: Wire) -> None:
    wire.request(body=False)
    wire.reset()


def _reset(wire: Wire, _asked: Asked) -> None:
    wire.reset()


def _close(wire: Wire, _asked: Asked) -> None:
    wire.end()


def _reset_second(wire: Wire) -> None:
    """Answer whole, keep the connection, and break it at the next request."""
    good(wire, wire.request())
    wire.request()
    wire.reset()


def _close_idle(wire: Wire) -> None:
    """Answer whole, promise to keep the connection, and close it all the same."""
    good(wire, wire.request())
    wire.close()


def _moved(status: str, *, elsewhere: bool) -> Answer:
    def answer(wire: Wire, asked: Asked) -> None:
        target = f"{wire.server.other}/chat/completions" if elsewhere else "/v1/other/completions"
        whole(b"moved", status, "text/html", (f"Location: {target}",))(wire, asked)

    return answer


def _busy_until(wire: Wire, asked: Asked) -> None:
    """429, with the time of the next try as a date."""
    date = email.utils.formatdate(time.time() + 20, usegmt=True)
    refusal("429 Too Many Requests", BUSY, f"Retry-After: {date}")(wire, asked)


def _broken_refusal(status: str) -> Answer:
    """A refusal whose body breaks off."""

    def answer(wire: Wire, _asked: Asked) -> None:
        wire.send(head(status, "application/json", ("Retry-After: 1", "Content-Length: 400")))
        wire.send(b'{"code":429,"reason":"RATE_LIM')
        wire.reset()

    return answer


def _row(name: str, kind: FailureKind, *answers: Answer) -> Row:
    return Row(name, failed(kind), answering(*answers))


def _busy(name: str, kind: FailureKind, answer: Answer, further: int = MOST) -> Row:
    """A service that is busy for ever."""
    return Row(name, failed(kind), answering(answer), further=further)


def _recovers(name: str, kind: FailureKind, *answers: Answer) -> Row:
    """A service that refuses at first, and answers in the end."""
    further = len(answers)
    return Row(name, failed(kind), answering(*answers, good), further=further, then=GOOD)


def _no_way(name: str, kind: FailureKind, place: Place, *, waits: bool = False) -> Row:
    return Row(name, failed(kind), posts=0, place=place, waits=waits)


def _handshake(
    name: str,
    manner: Manner,
    certificate: str = "",
    kind: FailureKind = K.TLS,
    *,
    waits: bool = False,
) -> Row:
    place = Place.SECURED
    return Row(name, failed(kind), manner, 0, place=place, certificate=certificate, waits=waits)


NO_WAY = (
    _no_way("connect_refused", K.NOT_CONNECTED, Place.NOBODY),
    _no_way("connect_hangs", K.NOT_CONNECTED, Place.BLACK_HOLE, waits=True),
    _no_way("dns_failure", K.NOT_RESOLVED, Place.UNKNOWN),
    _handshake("tls_self_signed", answering(good), "stranger"),
    _handshake("tls_expired", answering(good), "expired"),
    _handshake("tls_wrong_host", answering(good), "wrong_host"),
    _handshake("tls_plain_http", _plain_http),
    _handshake("tls_reset", _reset_unread, kind=K.NOT_CONNECTED),
    _handshake("tls_hangs", Wire.hang, kind=K.NOT_CONNECTED, waits=True),
    Row("tls_good", GOOD, answering(good), place=Place.SECURED, certificate="good"),
    Row("reset_before_request", failed(K.CONNECTION_LOST), _reset_unread, posts=0),
    Row("reset_in_request", failed(K.CONNECTION_LOST), _reset_in_request),
    Row("reset_after_request", failed(K.CONNECTION_LOST), answering(_reset)),
    Row("closed_after_request", failed(K.CONNECTION_LOST), answering(_close)),
    Row("reset_when_reused", failed(K.CONNECTION_LOST), _reset_second, reused=True),
    Row("closed_when_idle", GOOD, _close_idle, reused=True),
)

REDIRECTS = tuple(
    _row(
        f"redirect_{status[:3]}_{'other_host' if elsewhere else 'same_host'}",
        K.REDIRECTED,
        _moved(status, elsewhere=elsewhere),
    )
    for status in ("301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent")
    for elsewhere in (True, False)
)

STATUSES = (
    _row("400", K.BAD_REQUEST, refusal("400 Bad Request", WORDS)),
    _row("401", K.AUTH, refusal("401 Unauthorized", WORDS)),
    _row("402", K.FORBIDDEN, refusal("402 Payment Required", JIEKOU)),
    _row("403", K.FORBIDDEN, refusal("403 Forbidden", JIEKOU)),
    _row("404", K.NOT_FOUND, refusal("404 Not Found", WORDS)),
    _row("408", K.SERVER, refusal("408 Request Timeout", WORDS)),
    _row("409", K.SERVER, refusal("409 Conflict", WORDS)),
    _row("413", K.TOO_LARGE, refusal("413 Content Too Large", WORDS)),
    _row("413_page", K.TOO_LARGE, refusal("413 Content Too Large", PAGE)),
    _row("422", K.BAD_REQUEST, refusal("422 Unprocessable", {"detail": [{"msg": "bad"}]})),
    _row("500", K.SERVER, refusal("500 Internal Server Error", WORDS)),
    _row("500_retry_after", K.SERVER, refusal("500 Oh", WORDS, "Retry-After: 1")),
    _row("502_page", K.UNAVAILABLE, refusal("502 Bad Gateway", PAGE)),
    _row("504", K.UNAVAILABLE, refusal("504 Gateway Timeout", PAGE)),
    _row("529", K.UNAVAILABLE, refusal("529 Overloaded", WORDS)),
    _row("599_no_body", K.SERVER, whole(b"", "599 ?")),
)

_429 = "429 Too Many Requests"
_503 = "503 Service Unavailable"
WAITED_OUT = (
    _busy("429", K.RATE_LIMITED, refusal(_429, BUSY)),
    _busy("429_no_body", K.RATE_LIMITED, whole(b"", _429)),
    _busy("429_page", K.RATE_LIMITED, refusal(_429, PAGE)),
    _busy("429_seconds", K.RATE_LIMITED, refusal(_429, BUSY, "Retry-After: 7")),
    _busy("429_zero", K.RATE_LIMITED, refusal(_429, BUSY, "Retry-After: 0")),
    _busy("429_milliseconds", K.RATE_LIMITED, refusal(_429, BUSY, "Retry-After-Ms: 1500")),
    _busy("429_date", K.RATE_LIMITED, _busy_until),
    _busy("429_garbage", K.RATE_LIMITED, refusal(_429, BUSY, "Retry-After: soon, -3")),
    _busy("429_huge", K.RATE_LIMITED, refusal(_429, BUSY, "Retry-After: 99999999"), 0),
    _busy("429_breaks_off", K.RATE_LIMITED, _broken_refusal(_429), 0),
    _busy("503", K.UNAVAILABLE, refusal(_503, WORDS)),
    _busy("503_page", K.UNAVAILABLE, refusal(_503, PAGE)),
    _busy("503_seconds", K.UNAVAILABLE, refusal(_503, WORDS, "Retry-After: 3")),
    _busy("503_huge", K.UNAVAILABLE, refusal(_503, WORDS, "Retry-After: 86400"), 0),
    _busy("503_breaks_off", K.UNAVAILABLE, _broken_refusal(_503), 0),
    _recovers("429_once", K.RATE_LIMITED, refusal(_429, BUSY, "Retry-After: 1")),
    _recovers("503_twice", K.UNAVAILABLE, *[refusal(_503, WORDS)] * 2),
    _recovers("429_then_503", K.RATE_LIMITED, refusal(_429, BUSY), refusal(_503, PAGE)),
    Row(
        "429_then_500",
        failed(K.RATE_LIMITED),
        answering(refusal(_429, BUSY), refusal("500 Oh", WORDS)),
        further=1,
        then=failed(K.SERVER),
    ),
    Row(
        "429_then_drop",
        failed(K.RATE_LIMITED),
        answering(refusal(_429, BUSY), _reset),
        further=1,
        then=failed(K.CONNECTION_LOST),
    ),
)


def _format(name: str, *answers: Answer, further: int, then: End | None = None) -> Row:
    end = failed(K.BAD_REQUEST)
    return Row(name, end, answering(*answers), further=further, then=then, format=True)


FORMATS = (
    _format("format_refused_once", refusal("400 Bad", NO_FORMAT), good, further=1, then=GOOD),
    _format(
        "format_refused_twice",
        refusal("400 Bad", NO_SCHEMA),
        refusal("400 Bad", NO_TYPE),
        good,
        further=2,
        then=GOOD,
    ),
    _format("format_refused_always", refusal("400 Bad", NO_FORMAT), further=2),
    _format("format_refused_422", refusal("422 No", NO_FORMAT), good, further=1, then=GOOD),
    Row(
        "format_refused_then_busy",
        failed(K.BAD_REQUEST),
        answering(refusal("400 Bad", NO_FORMAT), refusal(_429, BUSY), good),
        further=2,
        then=GOOD,
        impatient=(1, failed(K.RATE_LIMITED)),
        format=True,
    ),
    _format("format_other_refusal", refusal("400 Bad", WORDS), good, further=0),
    Row(
        "format_refused_unasked",
        failed(K.BAD_REQUEST),
        answering(refusal("400 Bad", NO_FORMAT), good),
    ),
    Row(
        "format_refused_in_stream",
        failed(K.IN_STREAM),
        answering(begun(b'data: {"error":{"message":"response_format","code":400}}\n\n', b"")),
        format=True,
    ),
)
ROWS = (*NO_WAY, *REDIRECTS, *STATUSES, *WAITED_OUT, *FORMATS)
