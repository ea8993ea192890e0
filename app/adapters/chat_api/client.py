"""A chat service over HTTP: one request, one POST, and events until one last Ended or Failed.

openai builds and sends the request; what comes back is read as bytes and decoded here
(`decode.py`), which costs a tenth of the typed stream and keeps what that one drops.
"""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from app.adapters.chat_api.blame import Asked, held_against
from app.adapters.chat_api.connection import Refused, connect
from app.adapters.chat_api.decode import AnswerDecoder, output_in
from app.adapters.chat_api.encode import Encoded, encode, read_blobs
from app.adapters.chat_api.failures import (
    error_in,
    from_error,
    from_exception,
    from_response,
    html_title,
    presentable,
)
from app.adapters.chat_api.limits import limits_in
from app.adapters.chat_api.models import model_list
from app.adapters.chat_api.pool import Clocks, Closed, Pool, clocks
from app.adapters.chat_api.reading import Patience, SilentTooLong, events_of
from app.adapters.chat_api.recording import recorded_on
from app.adapters.threads import in_daemon_thread
from app.core.address import host, normalise
from app.core.errors import Failure, FailureKind, ServiceError
from app.core.events import Failed, Sent, StreamEvent
from app.core.exchange import Tape
from app.core.model_info import ModelInfo
from app.core.network import BY_THE_SYSTEM, Network
from app.core.ports import BlobReader
from app.core.request import ChatRequest

if TYPE_CHECKING:
    import httpx2
    from openai import AsyncOpenAI

_log = logging.getLogger(__name__)

MODELS_LIMIT_S = 30.0
MODELS_BYTES = 16 * 1024 * 1024

_ID_HEADERS = ("x-request-id", "request-id", "x-trace-id")


class ChatApi:
    """One service at one address with one key; fulfils `core.ports.ChatService`.

    `address` may be as it was typed. `key` None: requests go without one. `always_max_tokens` is
    sent where a request sets no limit. Limits are in seconds.
    """

    def __init__(
        self,
        address: str,
        key: str | None,
        read_blob: BlobReader,
        *,
        first_token_limit_s: float = 300,
        idle_limit_s: float = 60,
        connect_limit_s: float = 10,
        always_max_tokens: int | None = None,
        network: Network = BY_THE_SYSTEM,
        read_clocks: Clocks = clocks,
    ) -> None:
        self._address = address
        self._key = (key or "").strip() or None
        self._read_blob = read_blob
        self._first_s = first_token_limit_s
        self._idle_s = idle_limit_s
        self._connect_s = connect_limit_s
        self._always_max_tokens = always_max_tokens
        self._host = host(address) or host(f"https://{address}")
        self._network = network
        self._passwords: tuple[str, ...] = ()
        self._pool: Pool[AsyncOpenAI] = Pool(self._connect, read_clocks)

    async def warm(self) -> None:
        """Import and connect ahead of the first request. Raises ServiceError."""
        async with self._connected():
            pass

    async def stream(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """Ask, and yield what comes; ends in exactly one `Ended` or `Failed`. See ChatService.

        `Sent` comes before anything leaves, `LimitsReported` where the answer's headers tell of
        limits. Its tape has records of whatever ends the stream, Stop included.
        """
        try:
            encoded = await self._encoded(request)
        except Exception as error:
            yield Failed(self._presentable(self._failure(error)))
            return
        wanted = encoded.head.get("n")
        decoder = AnswerDecoder(choices=wanted if isinstance(wanted, int) else 1, host=self._host)
        failure: Failure | None = None
        async with aclosing(self._arriving(encoded, decoder)) as arriving:
            try:
                async for event in arriving:
                    yield self._told(event, encoded.asked)
            except Exception as error:
                failure = self._failure(error)
                if isinstance(error, Refused):
                    for event in output_in(error.body):
                        yield event
        for event in self._ending(decoder, failure):
            yield self._told(event, encoded.asked)

    async def models(self) -> Sequence[ModelInfo]:
        """The catalogue. Raises ServiceError."""
        try:
            return await self._models()
        except Exception as error:
            # What caused it may hold the key; the failure does not.
            failure = held_against(self._failure(error), Asked())
            raise ServiceError(self._presentable(failure)) from None

    async def close(self) -> None:
        """Close all connections; what still streams fails."""
        await self._pool.close()

    async def _encoded(self, request: ChatRequest) -> Encoded:
        blobs = await read_blobs(request, self._read_blob)
        return await in_daemon_thread(encode, request, blobs, self._always_max_tokens)

    async def _arriving(
        self, encoded: Encoded, decoder: AnswerDecoder
    ) -> AsyncGenerator[StreamEvent, None]:
        async with self._connected() as client:
            url = f"{normalise(self._address)}/chat/completions"
            tape = Tape(url, encoded.head, encoded.system_prompt, self._key, self._passwords)
            yield Sent(tape)
            patience = Patience(self._first_s, self._idle_s)
            try:
                response = await patience.wait(_send(client, encoded.body, tape))
            except Refused as refused:
                if limits := limits_in(refused.headers):
                    yield limits
                raise
            except SilentTooLong:
                begun = tape.exchange()
                if begun.status is None:
                    raise
                # Its words did not come to their end, but that it refused was said.
                headers, words = begun.headers, begun.response
                raise Refused(begun.status, headers, words, whole=False) from None
            decoder.request_id = _request_id(response)
            decoder.status = response.status_code
            events = events_of(response, decoder, patience, record=tape.feed)
            async with aclosing(events):
                if limits := limits_in(response.headers):
                    yield limits
                try:
                    async for event in events:
                        yield event
                finally:
                    tape.usage = decoder.usage

    async def _models(self) -> Sequence[ModelInfo]:
        async with self._connected() as client:
            # By now these are there: imported here first, they would hold the window up.
            import httpx2
            from openai import AsyncStream

            patience = Patience(MODELS_LIMIT_S, MODELS_LIMIT_S)
            asking = client.get(
                "/models", cast_to=httpx2.Response, stream=True, stream_cls=AsyncStream[Any]
            )
            response = cast("httpx2.Response", await patience.wait(asking))
            body = b""
            async with aclosing(response), aclosing(response.aiter_bytes()) as pieces:
                while (piece := await patience.wait(anext(pieces, None))) is not None:
                    body += piece
                    if len(body) > MODELS_BYTES:
                        break
        # Thousands of models take longer to read than the window can wait.
        return await in_daemon_thread(_read_models, body, self._host, _request_id(response))

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[AsyncOpenAI]:
        """The client, made at the first call. Raises ServiceError."""
        if self._key is not None and not (self._key.isascii() and self._key.isprintable()):
            raise ServiceError(Failure(FailureKind.BAD_KEY, host=self._host))
        async with self._pool.client() as client:
            yield client

    async def _connect(self) -> AsyncOpenAI:
        address = normalise(self._address)
        made = await in_daemon_thread(connect, address, self._key, self._connect_s, self._network)
        self._passwords = made.proxy.secrets if made.proxy is not None else ()
        return made.client

    def _failure(self, error: Exception) -> Failure:
        match error:
            case Refused(status=status, headers=headers, body=body):
                return from_response(
                    status, headers, body, self._host, error.proxy, whole=error.whole
                )
            case SilentTooLong():
                return Failure(error.kind, host=self._host)
            case Closed():
                return Failure(FailureKind.CONNECTION_LOST, host=self._host)
            case ServiceError():
                return replace(error.failure, host=error.failure.host or self._host)
        failure = from_exception(error, self._host)
        if failure.kind is FailureKind.OWN_FAULT:
            _log.error("an answer could not be read", exc_info=error)
        return failure

    def _ending(self, decoder: AnswerDecoder, failure: Failure | None) -> list[StreamEvent]:
        """What a decoder says in the end; an end it is even if that fails."""
        try:
            if failure is None or decoder.whole:
                return list(decoder.close())
            return list(decoder.fail(failure))
        except Exception as error:
            return [Failed(self._failure(error))]

    def _told(self, event: StreamEvent, asked: Asked) -> StreamEvent:
        """The event as it may be shown, a failure blaming only what was sent."""
        if isinstance(event, Failed):
            return Failed(self._presentable(held_against(event.failure, asked)))
        return event

    def _presentable(self, failure: Failure) -> Failure:
        return presentable(failure, self._key, self._passwords)


async def _send(client: AsyncOpenAI, body: bytes, tape: Tape) -> httpx2.Response:
    """The response, its body unread. The request's body goes as it is, never encoded anew."""
    import httpx2
    from openai import AsyncStream

    with recorded_on(tape):
        response = await client.post(
            "/chat/completions",
            cast_to=httpx2.Response,
            content=body,
            stream=True,
            stream_cls=AsyncStream[Any],
        )
    return cast("httpx2.Response", response)


def _request_id(response: httpx2.Response) -> str:
    return next((found for name in _ID_HEADERS if (found := response.headers.get(name))), "")


def _read_models(body: bytes, at: str, request_id: str) -> Sequence[ModelInfo]:
    text = body.decode("utf-8", "replace").removeprefix("\ufeff").strip()
    kind = FailureKind.NOT_JSON if text else FailureKind.EMPTY
    failure = Failure(kind, html_title(text), status=200, request_id=request_id, body=text, host=at)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise ServiceError(failure) from None
    if error := error_in(value):
        raise ServiceError(from_error(error, host=at, request_id=request_id))
    models = model_list(value)
    if models is None:
        raise ServiceError(failure)
    return models
