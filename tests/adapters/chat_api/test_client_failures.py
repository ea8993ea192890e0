"""Everything that goes wrong on the way becomes one Failed, after one POST, without the key."""

from __future__ import annotations

import asyncio
import json
import ssl
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from app.adapters.chat_api import client
from app.adapters.chat_api.client import ChatApi
from app.core.again import ask_again
from app.core.errors import Failure, FailureKind, ServiceError, StorageError, StorageProblem
from app.core.events import Ended, Failed, StreamEvent, TextDelta
from app.core.message import ImagePart, Message, MessageState, Role
from app.core.model_info import ModelInfo
from app.core.request import ChatRequest
from tests.adapters.chat_api.server import CHUNKED, Answer, Asked, alone, chunk, plain, serving
from tests.adapters.chat_api.streams import built
from tests.adapters.chat_api.test_client_streams import KEY, STREAM, ask, no_blob, question


def failure(events: list[StreamEvent]) -> Failure:
    last = events[-1]
    assert isinstance(last, Failed)
    assert not any(isinstance(event, (Ended, Failed)) for event in events[:-1])
    assert KEY not in repr(last)
    return last.failure


def refusal(status: str, body: Any, **headers: str) -> Answer:
    return plain(json.dumps(body).encode(), status, "application/json", **headers)


ECHO = {"error": {"message": f"Wrong key: {KEY}", "code": "invalid_api_key", "type": "auth"}}
PAGE = b"<!doctype html><title>Bad\n Gateway</title>"
ELSEWHERE = "https://evil.example/v1"
FIRST = STREAM[: STREAM.index(b"\n\n") + 2]
QUOTA = {"error": {"code": "insufficient_quota", "message": "pay first", "type": "x"}}
BALANCE = {"code": 403, "reason": "NOT_ENOUGH_BALANCE", "message": "no money", "metadata": {}}


@pytest.mark.parametrize(
    ("answer", "kind", "status", "code", "message"),
    [
        (refusal("400 Bad", {"detail": [{"msg": "bad n"}]}), "bad_request", 400, "", "bad n"),
        (refusal("400 Bad", {"message": "image too large", "code": 1}), "too_large", 400, "1", ""),
        (refusal("401 No", ECHO), "auth", 401, "invalid_api_key", "Wrong key: [key]"),
        (refusal("403 No", BALANCE), "forbidden", 403, "NOT_ENOUGH_BALANCE", "no money"),
        (refusal("404 No", {"error": "no such model"}), "not_found", 404, "", "no such model"),
        (refusal("413 Big", "too big"), "too_large", 413, "", "too big"),
        (refusal("429 Slow", {"reason": "RATE"}), "rate_limited", 429, "RATE", "RATE"),
        (refusal("429 No", QUOTA), "forbidden", 429, "insufficient_quota", "pay first"),
        (plain(b"oops " + KEY.encode(), "500 Oh"), "server", 500, "", "oops [key]"),
        (plain(b"", "503 Away"), "unavailable", 503, "", ""),
        (plain(PAGE, "502 B", "text/html"), "unavailable", 502, "", "Bad Gateway"),
        (plain(b"I am a teapot", "418 Tea"), "server", 418, "", "I am a teapot"),
        (plain(b"x", "301 Moved", Location=ELSEWHERE), "redirected", 301, "", ELSEWHERE),
        (plain(b"", "307 Moved", Location="/elsewhere"), "redirected", 307, "", "/elsewhere"),
        (plain(PAGE, kind="text/html"), "not_json", 200, "", "Bad Gateway"),
        (plain(b"Service is down"), "not_json", 200, "", ""),
        (plain(b""), "empty", 200, "", ""),
        (plain(b": ping\n\ndata: [DONE]\n\n"), "empty", 200, "", ""),
        (
            plain(b'{"error":{"message":"no"}}', kind="application/json"),
            "in_stream",
            None,
            "",
            "no",
        ),
        (plain(b'data: {"error":{"message":"no","code":429}}\n\n'), "in_stream", 429, "429", "no"),
    ],
)
async def test_refusals(
    answer: Answer, kind: str, status: int | None, code: str, message: str
) -> None:
    async with serving(answer) as server:
        failed = failure(await ask(server.address))
        assert server.posts == 1
        assert len(server.asked) == 1
    assert (failed.kind.value, failed.status, failed.code) == (kind, status, code)
    assert message in failed.message
    assert failed.host == "127.0.0.1"


async def test_the_service_names_its_wait_and_its_request() -> None:
    answer = refusal("429 Slow", BALANCE, Retry_After="7", X_Request_Id="req-9")
    async with serving(answer) as server:
        failed = failure(await ask(server.address))
    assert failed.retry_after == 7
    assert failed.request_id == "req-9"
    assert "NOT_ENOUGH_BALANCE" in failed.body


async def test_an_endless_refusal_is_read_only_so_far() -> None:
    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(CHUNKED.replace(b"200 OK", b"500 Oh"))
        while True:
            writer.write(chunk(b"x" * 9000))
            await writer.drain()

    async with serving(answer) as server:
        failed = failure(await ask(server.address))
    assert failed.status == 500
    assert len(failed.body) < 5000


async def _at_once(_seconds: float) -> bool:
    return True


@pytest.mark.parametrize("stream", [True, False], ids=["stream", "whole"])
async def test_a_refusal_that_holds_output_keeps_it_and_is_not_waited_out(stream: bool) -> None:
    said = {"message": {"content": "Hey"}, "finish_reason": "stop"}
    body = STREAM if stream else json.dumps({"choices": [said]}).encode()
    async with serving(plain(body, "503 Away", Retry_After="0")) as server:
        api = ChatApi(server.address, KEY, no_blob)
        events = [event async for event in ask_again(api, question(), _at_once)]
        await api.close()
        assert server.posts == 1
    assert failure(events).kind is FailureKind.UNAVAILABLE
    assert built(events).finish(Message(Role.ASSISTANT, ())).text == "Hey"


@pytest.mark.parametrize(
    ("body", "message", "code"),
    [
        (b'data: {"error":{"message":"slow","code":"x"}}\n\ndata: [DONE]\n\n', "slow", "x"),
        (b': hm\r\nevent: error\r\ndata: {"message":"slow"}\r\n\r\n', "slow", ""),
        (b"data: in plain words\n\n", "in plain words", ""),
        (b'{"errcode":45009,"errmsg":"slow"}', "slow", "45009"),
        (b'{"statusCode":429,"message":"slow"}', "slow", "429"),
        (b'{"__type":"ThrottlingException","Message":"slow"}', "slow", "ThrottlingException"),
        (b'{"ErrorCode":"Throttled","ErrorMessage":"slow"}', "slow", "Throttled"),
        (b'{"message":"slow"}', "slow", ""),
    ],
)
async def test_words_of_refusals_in_their_shapes(body: bytes, message: str, code: str) -> None:
    # An event stream that broke off says the same words.
    answers = [plain(body, "500 Oh"), plain(FIRST + b"data: " + body)]
    for answer in answers if body.startswith(b"{") else answers[:1]:
        async with serving(answer) as server:
            failed = failure(await ask(server.address))
        assert (failed.message, failed.code) == (message, code)


async def test_an_error_in_mid_stream_keeps_what_came() -> None:
    error = b'data: {"code": 500, "reason": "INTERNAL", "message": "upstream closed"}\n\n'
    async with serving(plain(FIRST + error + STREAM)) as server:
        events = await ask(server.address)
    failed = failure(events)
    assert (failed.kind, failed.message) == (FailureKind.IN_STREAM, "upstream closed")
    assert failed.code == "INTERNAL"
    assert built(events).finish(Message(Role.ASSISTANT, ())).text == "He"


async def test_a_drop_in_mid_stream_keeps_what_came() -> None:
    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(CHUNKED + chunk(FIRST))
        await writer.drain()
        writer.transport.abort()

    async with serving(answer) as server:
        events = await ask(server.address)
        assert server.posts == 1
    assert TextDelta("He") in events
    assert failure(events).kind is FailureKind.CONNECTION_LOST


async def test_a_whole_value_is_an_answer_though_its_body_never_ends() -> None:
    said = {"message": {"content": "Hey"}, "finish_reason": "stop"}
    body = json.dumps({"choices": [said]}).encode()

    async def silent(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(CHUNKED + chunk(body))
        await asked.hung_up()

    async def dropped(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(CHUNKED + chunk(body))
        await writer.drain()
        writer.transport.abort()

    async def cut(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(CHUNKED + chunk(body[:-1]))

    for answer, state in (
        (silent, MessageState.COMPLETE),
        (dropped, MessageState.COMPLETE),
        (cut, MessageState.FAILED),
    ):
        async with serving(answer) as server:
            events = await ask(server.address, first_token_limit_s=0.3, idle_limit_s=0.3)
            assert server.posts == 1
        assert built(events).state is state
        assert TextDelta("Hey") in events or state is MessageState.FAILED


async def test_a_drop_before_the_answer() -> None:
    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.close()

    async with serving(answer) as server:
        assert failure(await ask(server.address)).kind is FailureKind.CONNECTION_LOST
        assert server.posts == 1


async def test_a_clean_close_without_a_finish_may_be_a_cut() -> None:
    async with serving(plain(FIRST)) as server:
        events = await ask(server.address)
    assert events[-1] == Ended()
    assert built(events).state is MessageState.CUT_SHORT


async def test_garbled_compression() -> None:
    async with serving(plain(b"no gzip at all", Content_Encoding="gzip")) as server:
        assert failure(await ask(server.address)).kind is FailureKind.NOT_JSON


async def test_nobody_listens() -> None:
    async with serving(plain(b"")) as server:
        address = server.address
    failed = failure(await ask(address))
    assert failed.kind is FailureKind.NOT_CONNECTED
    assert failed.message


async def test_a_name_that_nobody_knows() -> None:
    # RFC 6761: never resolves, and asking for it leaves no machine that has no network.
    failed = failure(await ask("http://nowhere.invalid/v1"))
    assert failed.kind is FailureKind.NOT_RESOLVED
    assert failed.host == "nowhere.invalid"


@pytest.mark.parametrize("address", ["", "ftp://x.example", "https://me:pw@x.example/v1", "a b"])
async def test_what_is_no_address(address: str) -> None:
    assert failure(await ask(address)).kind is FailureKind.BAD_ADDRESS


async def test_silence_before_the_first_token() -> None:
    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        await asked.hung_up()

    async with serving(answer) as server:
        events = await ask(server.address, first_token_limit_s=0.3)
        assert server.posts == 1
    assert failure(events).kind is FailureKind.TIMEOUT_FIRST


def pinging(start: bytes) -> Answer:
    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(CHUNKED + chunk(start))
        while not asked.reader.at_eof():
            writer.write(chunk(b": keep-alive\n\n"))
            await writer.drain()
            await asyncio.sleep(0.005)

    return answer


async def test_comments_do_not_hold_off_the_limits() -> None:
    opened = b'data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}\n\n'
    async with serving(pinging(opened)) as server:
        events = await ask(server.address, first_token_limit_s=0.05)
    assert failure(events).kind is FailureKind.TIMEOUT_FIRST
    async with serving(pinging(FIRST)) as server:
        events = await ask(server.address, idle_limit_s=0.05)
    assert TextDelta("He") in events
    assert failure(events).kind is FailureKind.TIMEOUT_IDLE


async def test_a_proxy_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(plain(b"")) as server:
        monkeypatch.setenv("HTTP_PROXY", server.address.removesuffix("/v1"))
    assert failure(await ask("http://x.example/v1")).kind is FailureKind.PROXY
    async with serving(plain(STREAM)) as server:
        # The machine itself is never asked through a proxy.
        assert built(await ask(server.address)).complete


@pytest.mark.parametrize("vouched", [False, True])
async def test_certificates_are_checked_against_the_systems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, vouched: bool
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"]
    files = ["-nodes", "-newkey", "rsa:2048", "-keyout", str(key), "-out", str(certificate)]
    making = ["openssl", "req", "-x509", *subject, *files]
    subprocess.run(making, check=True, capture_output=True)  # noqa: ASYNC221 - nothing else runs
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    if vouched:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with serving(plain(STREAM), context) as server:
        events = await ask(server.address)
        assert server.posts == vouched
    if vouched:
        assert built(events).complete
    else:
        assert failure(events).kind is FailureKind.TLS
        assert "certificate" in failure(events).message


async def test_tls_to_a_service_that_speaks_none() -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await reader.read()
        writer.close()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    failed = failure(await ask(f"https://127.0.0.1:{port}/v1"))
    server.close()
    await alone()
    assert failed.kind is FailureKind.TLS


async def test_what_cannot_be_sent_is_said_and_nothing_leaves() -> None:
    async def gone(sha256: str) -> bytes:
        raise StorageError(StorageProblem.FAILED)

    async with serving(plain(STREAM)) as server:
        picture = ChatRequest("m", (Message(Role.USER, (ImagePart("p", blob="ab"),)),))
        api = ChatApi(server.address, KEY, gone)
        events = [event async for event in api.stream(picture)]
        await api.close()
        assert (failure(events).kind, failure(events).message) == (FailureKind.NOT_SENT, "p")
        events = await ask(server.address, question(temperature=float("nan")))
        assert (failure(events).kind, failure(events).parameter) == (
            FailureKind.NOT_SENT,
            "temperature",
        )
        assert not server.asked


async def test_a_closed_service_answers_no_more() -> None:
    async with serving(plain(STREAM)) as server:
        api = ChatApi(server.address, KEY, no_blob)
        await api.close()
        events = [event async for event in api.stream(question())]
        assert failure(events).kind is FailureKind.CONNECTION_LOST
        assert not server.asked


async def test_the_list_of_models_is_read_in_another_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read, threads = client._read_models, []

    def reading(body: bytes, at: str, request_id: str) -> Sequence[ModelInfo]:
        threads.append(threading.current_thread())
        return read(body, at, request_id)

    monkeypatch.setattr(client, "_read_models", reading)
    async with serving(plain(b'{"data":[{"id":"m"}]}')) as server:
        api = ChatApi(server.address, KEY, no_blob)
        assert [model.id for model in await api.models()] == ["m"]
        await api.close()
    assert threads
    assert threading.main_thread() not in threads


async def test_the_list_of_models() -> None:
    listed = {"data": [{"id": "a/b", "context_size": 8}, {"id": "c"}]}
    async with serving(refusal("200 OK", listed)) as server:
        api = ChatApi(server.address + "/chat/completions", KEY, no_blob)
        models = await api.models()
        await api.close()
        [asked] = server.asked
    assert [model.id for model in models] == ["a/b", "c"]
    assert (asked.method, asked.path) == ("GET", "/v1/models")
    assert asked.headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refusal("401 No", ECHO), FailureKind.AUTH),
        (refusal("200 OK", ECHO), FailureKind.IN_STREAM),
        (refusal("200 OK", {"hello": 1}), FailureKind.NOT_JSON),
        (plain(b"<html>"), FailureKind.NOT_JSON),
        (plain(b" \n"), FailureKind.EMPTY),
    ],
)
async def test_no_list_of_models(answer: Answer, kind: FailureKind) -> None:
    async with serving(answer) as server:
        api = ChatApi(server.address, KEY, no_blob)
        with pytest.raises(ServiceError) as caught:
            await api.models()
        await api.close()
    assert caught.value.failure.kind is kind
    assert KEY not in repr(caught.value.failure)
    assert caught.value.__cause__ is None


async def test_a_fault_of_our_own_ends_the_answer_and_goes_to_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def broken(_sha256: str) -> bytes:
        raise ZeroDivisionError

    async with serving(plain(STREAM)) as server:
        picture = ChatRequest("m", (Message(Role.USER, (ImagePart("p", blob="ab"),)),))
        api = ChatApi(server.address, KEY, broken)
        events = [event async for event in api.stream(picture)]
        await api.close()
    failed = failure(events)
    assert (failed.kind, failed.message) == (FailureKind.OWN_FAULT, "ZeroDivisionError")
    assert server.posts == 0
    (record,) = [r for r in caplog.records if r.levelname == "ERROR"]
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError


@pytest.mark.parametrize(
    "place",
    [
        "app.adapters.chat_api.decode.AnswerDecoder.feed",
        "app.adapters.chat_api.decode.AnswerDecoder.close",
        "app.adapters.chat_api.connection.record_head",
        "app.adapters.chat_api.client.limits_in",
    ],
)
async def test_a_fault_of_our_own_is_never_called_a_lost_connection(
    place: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_args: Any) -> Any:
        raise KeyError(KEY)

    monkeypatch.setattr(place, broken)
    async with serving(plain(STREAM)) as server:
        failed = failure(await ask(server.address))
        assert server.posts == 1
    assert (failed.kind, failed.message) == (FailureKind.OWN_FAULT, "KeyError")
    assert [record.levelname for record in caplog.records if record.levelname == "ERROR"]
