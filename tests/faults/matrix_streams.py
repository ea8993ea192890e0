"""Rows of the network matrix in which an answer begins: silence, drops, errors, what is none."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.core.errors import FailureKind
from tests.faults.matrix_row import (
    DONE,
    FIRST,
    GOOD,
    GOOD_STREAM,
    PARTIAL,
    WHOLE,
    End,
    Row,
    begun,
    cut_short,
    event,
    failed,
    good,
    says,
)
from tests.faults.rude_server import CHUNKED, Answer, Asked, Wire, answering, chunk, head, whole

K = FailureKind
ROLE = event({"choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}}]})
PAGE = b"<!doctype html><html><title>Sign in</title><form></form></html>"
PING = chunk(b": ping\n\n")
CLOSES = ("Connection: close",)


def _then(answer: Answer, end: Callable[[Wire], None]) -> Answer:
    """An answer that begins, and what the server does instead of going on."""

    def both(wire: Wire, asked: Asked) -> None:
        answer(wire, asked)
        end(wire)

    return both


def _raw(data: bytes, end: Callable[[Wire], None] = Wire.end) -> Answer:
    return _then(lambda wire, _asked: wire.send(data), end)


def _repeating(data: bytes) -> Callable[[Wire], None]:
    return lambda wire: wire.repeat(data)


def _head_for_ever(wire: Wire, _asked: Asked) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\n")
    wire.repeat(b"X-Filler: more\r\n")


def _early_hints(wire: Wire, asked: Asked) -> None:
    wire.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n")
    good(wire, asked)


def _silent(name: str, answer: Answer, *, text: str = "") -> Row:
    kind = K.TIMEOUT_IDLE if text else K.TIMEOUT_FIRST
    return Row(name, failed(kind, text), answering(answer), waits=True)


def _row(name: str, end: End, answer: Answer) -> Row:
    return Row(name, end, answering(answer))


SILENCES = (
    _silent("hang_before_first_byte", lambda wire, _asked: wire.hang()),
    _silent("hang_in_head", _raw(b"HTTP/1.1 200 OK\r\nContent-", Wire.hang)),
    _silent("head_for_ever", _head_for_ever),
    _silent("hang_after_head", _then(begun(), Wire.hang)),
    _silent("hang_after_role", _then(begun(ROLE), Wire.hang)),
    _silent("hang_in_mid_stream", _then(begun(FIRST), Wire.hang), text=PARTIAL),
    _silent("hang_in_an_event", _then(begun(FIRST, b'data: {"cho'), Wire.hang), text=PARTIAL),
    _silent("comments_before_first", _then(begun(), _repeating(PING))),
    _silent("comments_for_ever", _then(begun(FIRST), _repeating(PING)), text=PARTIAL),
    _silent("empty_chunks_for_ever", _then(begun(FIRST), _repeating(chunk(ROLE))), text=PARTIAL),
    _silent("blank_lines_for_ever", _then(begun(FIRST), _repeating(chunk(b"\n"))), text=PARTIAL),
)

DROPS = (
    _row("drop_rst", failed(K.CONNECTION_LOST, PARTIAL), _then(begun(FIRST), Wire.reset)),
    _row("drop_fin", failed(K.CONNECTION_LOST, PARTIAL), _then(begun(FIRST), Wire.end)),
    _row(
        "drop_in_chunk",
        failed(K.CONNECTION_LOST, PARTIAL),
        _raw(CHUNKED + chunk(FIRST) + b"400\r\ndata: {"),
    ),
    _row(
        "drop_in_character",
        failed(K.CONNECTION_LOST, PARTIAL),
        _then(begun(FIRST, says("答案").split("案".encode())[0] + b"\xe6"), Wire.reset),
    ),
    _row("drop_before_first", failed(K.CONNECTION_LOST), _then(begun(ROLE), Wire.reset)),
    _row("drop_in_head", failed(K.CONNECTION_LOST), _raw(b"HTTP/1.1 200 OK\r\nConte")),
    _row(
        "length_too_long",
        failed(K.CONNECTION_LOST, PARTIAL),
        _raw(head(headers=(f"Content-Length: {len(GOOD_STREAM)}",)) + FIRST),
    ),
    _row(
        "length_too_short",
        cut_short(),
        _raw(head(headers=(f"Content-Length: {len(FIRST) + 9}",)) + GOOD_STREAM),
    ),
    _row("close_without_finish", cut_short(), _raw(head(headers=CLOSES) + FIRST)),
    _row("end_without_finish", cut_short(), begun(FIRST, b"")),
    _row("done_without_finish", cut_short(), begun(FIRST + DONE, b"")),
    _row("finish_length", cut_short(), begun(FIRST + says("", "length") + DONE, b"")),
    _row("finish_without_done", GOOD, begun(FIRST + says("whole world", "stop"), b"")),
    _row(
        "gzip_cut",
        failed(K.CONNECTION_LOST, PARTIAL),
        _raw(
            head(headers=("Content-Encoding: gzip", "Transfer-Encoding: chunked"))
            + chunk(gzip.compress(FIRST, mtime=0)[:-8])
        ),
    ),
)

_ERRORS: dict[str, bytes] = {
    "wrapped": event({"error": {"message": "overloaded", "type": "server_error", "code": 500}}),
    "wrapped_429": event({"error": {"message": "overloaded", "code": 429}}),
    "unwrapped": event({"code": 500, "reason": "INTERNAL", "message": "overloaded"}),
    "unwrapped_429": event({"code": 429, "reason": "RATE_LIMIT_EXCEEDED", "message": "overloaded"}),
    "string": event({"error": "overloaded"}),
    "named_event": b"event: error\n" + event({"message": "overloaded", "type": "error"}),
    "plain_words": b"event: error\ndata: overloaded\n\n",
    "no_data_prefix": b'{"error":{"message":"overloaded"}}\n\n',
    "in_choice": event(
        {
            "error": {"code": 502, "message": "overloaded"},
            "choices": [{"index": 0, "delta": {"content": ""}, "finish_reason": "error"}],
        }
    ),
}
ERRORS = (
    *(
        _row(f"error_in_stream_{shape}", failed(K.IN_STREAM, PARTIAL), begun(FIRST, error, b""))
        for shape, error in _ERRORS.items()
    ),
    *(
        _row(f"error_first_{shape}", failed(K.IN_STREAM), begun(error + DONE, b""))
        for shape, error in _ERRORS.items()
    ),
)


def _completion(finish: str | None = "stop", text: str = WHOLE) -> bytes:
    choice: dict[str, Any] = {"index": 0, "message": {"role": "assistant", "content": text}}
    if finish:
        choice["finish_reason"] = finish
    return json.dumps({"id": "c", "model": "m", "choices": [choice]}).encode()


def _json(body: bytes, status: str = "200 OK") -> Answer:
    return whole(body, status, "application/json")


_ERROR = b'{"error":{"message":"overloaded","code":429}}'
BODIES = (
    _row("html_200", failed(K.NOT_JSON), whole(PAGE, kind="text/html")),
    _row("html_200_as_stream", failed(K.NOT_JSON), whole(PAGE)),
    _row("empty_200", failed(K.EMPTY), whole(b"")),
    _row("empty_204", failed(K.EMPTY), _raw(b"HTTP/1.1 204 No Content\r\n\r\n")),
    _row("only_done_200", failed(K.EMPTY), whole(DONE)),
    _row("garbage_200", failed(K.NOT_JSON), whole(bytes(range(1, 256)) * 40)),
    _row("words_200", failed(K.NOT_JSON), whole(b"upstream connect error", kind="text/plain")),
    _row("no_http", failed(K.CONNECTION_LOST), _raw(b"SSH-2.0-OpenSSH_9.2\r\n")),
    _row(
        "gzip_broken",
        failed(K.NOT_JSON),
        whole(b"this is no gzip", headers=("Content-Encoding: gzip",)),
    ),
    _row("error_200", failed(K.IN_STREAM), _json(_ERROR)),
    _row("json_for_stream", GOOD, _json(_completion())),
    _row("json_without_finish", cut_short(WHOLE), _json(_completion(None))),
    _row("json_cut_by_length", cut_short(WHOLE), _json(_completion("length"))),
    _row("json_broken_off", failed(K.NOT_JSON), _json(_completion()[:-30])),
    _row("early_hints", GOOD, _early_hints),
)
UNSTREAMED = tuple(
    replace(row, stream=False)
    for row in (
        _row("unstreamed", GOOD, good),
        _row("unstreamed_gets_stream", GOOD, begun(GOOD_STREAM, b"")),
        _silent("unstreamed_hangs", _raw(head(), Wire.hang)),
        _row(
            "unstreamed_drops",
            failed(K.CONNECTION_LOST),
            _raw(CHUNKED + chunk(_completion()[:40])),
        ),
        _row("unstreamed_empty", failed(K.EMPTY), _json(b"")),
        _row("unstreamed_html", failed(K.NOT_JSON), whole(PAGE, kind="text/html")),
    )
)
ROWS = (*SILENCES, *DROPS, *ERRORS, *BODIES, *UNSTREAMED)
