"""A chat service over HTTP: one request, one POST, and events until one last Ended or Failed.

openai builds and sends the request; what comes back is read as bytes and decoded here
(`decode.py`), which costs a tenth of the typed stream and keeps what that one drops.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from app.adapters.chat_api.connection import Refused, connect
from app.adapters.chat_api.decode import AnswerDecoder
from app.adapters.chat_api.encode import encode, read_blobs
from app.adapters.chat_api.failures import (
    error_in,
    from_error,
    from_exception,
    from_response,
    html_title,
    presentable,
)
from app.adapters.chat_api.models import model_list
from app.adapters.chat_api.reading import Patience, SilentTooLong, events_of
from app.adapters.threads import in_daemon_thread
from app.core.address import host, normalise
from app.core.errors import Failure, FailureKind, PortholeError, ServiceError
from app.core.events import Failed, StreamEvent
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
    ) -> None:
        self._address = address
        self._key = (key or "").strip() or None
        self._read_blob = read_blob
        self._first_s = first_token_limit_s
        self._idle_s = idle_limit_s
        self._connect_s = connect_limit_s
        self._always_max_tokens = always_max_tokens
        self._host = host(address) or host(f"https://{address}")
        self._connecting = asyncio.Lock()
        self._client: AsyncOpenAI | None = None
        self._network = network
        self._passwords: tuple[str, ...] = ()
        self._closed = False

    async def warm(self) -> None:
        """Import and connect ahead of the first request. Raises ServiceError."""
        await self._connected()

    async def stream(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """Ask, and yield what comes; ends in exactly one `Ended` or `Failed`. See ChatService."""
        wanted = request.parameters.get("n")
        decoder = AnswerDecoder(choices=wanted if isinstance(wanted, int) else 1, host=self._host)
        async with aclosing(self._arriving(request, decoder)) as arriving:
            try:
                async for event in arriving:
                    yield self._without_key(event)
                ending = decoder.close()
            except Exception as error:
                ending = decoder.close() if decoder.whole else decoder.fail(self._failure(error))
        for event in ending:
            yield self._without_key(event)

    async def models(self) -> Sequence[ModelInfo]:
        """The catalogue. Raises ServiceError."""
        try:
            return await self._models()
        except Exception as error:
            # What caused it may hold the key; the failure does not.
            raise ServiceError(self._presentable(self._failure(error))) from None

    async def close(self) -> None:
        """Close all connections; what still streams fails."""
        self._closed = True
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _arriving(
        self, request: ChatRequest, decoder: AnswerDecoder
    ) -> AsyncGenerator[StreamEvent, None]:
        client = await self._connected()
        blobs = await read_blobs(request, self._read_blob)
        body = await in_daemon_thread(encode, request, blobs, self._always_max_tokens)
        patience = Patience(self._first_s, self._idle_s)
        response = await patience.wait(_send(client, body))
        decoder.request_id = _request_id(response)
        events = events_of(response, decoder, patience, record=lambda piece: None)
        async with aclosing(events):
            async for event in events:
                yield event

    async def _models(self) -> Sequence[ModelInfo]:
        import httpx2
        from openai import AsyncStream

        client = await self._connected()
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
        return _read_models(body, self._host, _request_id(response))

    async def _connected(self) -> AsyncOpenAI:
        """The client, made at the first call. Raises ServiceError."""
        if self._key is not None and not (self._key.isascii() and self._key.isprintable()):
            raise ServiceError(Failure(FailureKind.BAD_KEY, host=self._host))
        async with self._connecting:
            if self._closed:
                raise ServiceError(Failure(FailureKind.CONNECTION_LOST, host=self._host))
            if self._client is None:
                address = normalise(self._address)
                made = await in_daemon_thread(
                    connect, address, self._key, self._connect_s, self._network
                )
                self._client = made.client
                self._passwords = made.proxy.secrets if made.proxy is not None else ()
            return self._client

    def _failure(self, error: Exception) -> Failure:
        match error:
            case Refused():
                return from_response(
                    error.status, error.headers, error.body, self._host, error.proxy
                )
            case SilentTooLong():
                return Failure(error.kind, host=self._host)
            case ServiceError():
                return replace(error.failure, host=error.failure.host or self._host)
            case PortholeError() | ValueError():
                # Nothing was sent: a picture is gone, or a parameter is no JSON value.
                return Failure(FailureKind.BAD_REQUEST, message=str(error), host=self._host)
        if type(error).__module__ == "builtins" and not isinstance(error, OSError | ImportError):
            # No library nor the network raises these: it is a fault of our own.
            _log.error("an answer could not be read", exc_info=error)
        return from_exception(error, self._host)

    def _without_key(self, event: StreamEvent) -> StreamEvent:
        if isinstance(event, Failed):
            return Failed(self._presentable(event.failure))
        return event

    def _presentable(self, failure: Failure) -> Failure:
        return presentable(failure, self._key, self._passwords)


async def _send(client: AsyncOpenAI, body: bytes) -> httpx2.Response:
    """The response, its body unread. The request's body goes as it is, never encoded anew."""
    import httpx2
    from openai import AsyncStream

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
