"""The demo service: OpenAI-compatible, on a random loopback port, while somebody uses it."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from app.adapters.images.codec import ChildImageCodec
from app.core.ids import new_id
from app.core.ports import TextReader
from app.demo.answer import RATE, Answerer, Called, Cut, Pace, Piece, Said, Thought
from app.demo.http import Exchange, LoopbackServer, Request
from app.demo.model import MODEL, model_entry
from app.demo.question import Question, count_tokens, read_question, tokens

SLICE_S = 0.004
"""How long a burst may hold the event loop, which is the window's as well."""


class DemoService:
    """Answers `GET /v1/models` and `POST /v1/chat/completions`, streamed or whole."""

    def __init__(self, reader: TextReader) -> None:
        self._reader = reader
        self._codec = ChildImageCodec()
        self._answerer = Answerer(self._codec, reader)
        self._server = LoopbackServer(self._handle)

    async def start(self) -> str:
        """Listen; answers the base address."""
        return f"http://127.0.0.1:{await self._server.start()}/v1"

    @property
    def answering(self) -> int:
        """How many requests are being answered."""
        return self._server.running

    async def close(self) -> None:
        """Stop listening and answering; the reader stays with whoever lent it."""
        await self._server.close()
        await self._codec.close()

    async def _handle(self, request: Request, exchange: Exchange) -> None:
        if request.from_page:
            await _refuse(exchange, 403, "Only programs on this computer may ask, no web pages.")
            return
        match request.method, request.path:
            case "GET", "/v1/models":
                await exchange.send_json(
                    200, {"object": "list", "data": [model_entry(self._reader)]}
                )
            case "POST", "/v1/chat/completions":
                await self._complete(request.body, exchange)
            case _, "/too-large":
                await _refuse(exchange, 413, "The request is larger than 64 MB.")
            case _:
                await _refuse(exchange, 404, f"There is no {request.path} here.")

    async def _complete(self, body: bytes, exchange: Exchange) -> None:
        try:
            question = read_question(body)
        except ValueError as error:
            await _refuse(exchange, 400, str(error))
            return
        if question.model != MODEL:
            await _refuse(exchange, 404, f"The demo has no model {question.model!r}, only {MODEL}.")
            return
        if wanted := re.fullmatch(r"/error (\d{3})", question.text.strip()):
            await _refuse(exchange, int(wanted[1]), f"Asked to answer with {wanted[1]}.")
            return
        reply = _Reply(question)
        if question.stream:
            await self._stream(question, reply, exchange)
            return
        async with aclosing(self._answerer.answer(question)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Cut):
                    exchange.drop()
                    return
                reply.take(piece)
                if reply.full:
                    break
        await exchange.send_json(200, reply.whole())

    async def _stream(self, question: Question, reply: _Reply, exchange: Exchange) -> None:
        exchange.start_events()
        await exchange.send_event(reply.chunk({"role": "assistant", "content": ""}))
        pace = RATE
        async with aclosing(self._answerer.answer(question)) as pieces:
            async for given in pieces:
                piece = reply.take(given)
                if isinstance(piece, Pace):
                    pace = piece.rate
                elif isinstance(piece, Cut):
                    exchange.drop()
                    return
                elif piece is not None:
                    async for delta in _paced(piece, reply, pace):
                        await exchange.send_event(reply.chunk(delta))
                if reply.full:
                    break
        await exchange.send_event(reply.chunk({}, finish=reply.finish))
        if question.usage:
            await exchange.send_event({**reply.chunk(None), "usage": reply.usage()})
        await exchange.send_event("[DONE]")


async def _paced(piece: Piece, reply: _Reply, pace: float) -> AsyncIterator[dict[str, Any]]:
    """A piece's deltas, token by token, as fast as `pace` says; in a burst others get turns."""
    match piece:
        case Called():
            yield {"tool_calls": [reply.call_delta(piece)]}
        case Thought() | Said():
            name = "content" if isinstance(piece, Said) else "reasoning_content"
            for token in tokens(piece.text):
                yield {name: token}
                await reply.wait_turn(pace)


class _Reply:
    """What was answered so far, in the API's forms."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._id = f"chatcmpl-{new_id()}"
        self._created = int(time.time())
        self._text: list[str] = []
        self._thought: list[str] = []
        self._calls: list[Called] = []
        self._due = time.monotonic()
        self._slice = self._due
        self._left = question.most_tokens
        self.full = False
        """Whether `max_tokens` has been reached and more was to come."""

    def take(self, piece: Piece) -> Piece | None:
        """Add a piece; answers as much of it as the request allows."""
        match piece:
            case Said() | Thought():
                if isinstance(piece, Thought) and not self._question.thinks:
                    return None
                piece = replace(piece, text=self._allowed(piece.text))
                (self._text if isinstance(piece, Said) else self._thought).append(piece.text)
            case Called():
                self._calls.append(piece)
        return piece

    def _allowed(self, text: str) -> str:
        if self._left is None:
            return text
        kept = []
        for token in tokens(text):
            cost = 0 if token.isspace() else 1
            if cost > self._left:
                self.full = True
                break
            self._left -= cost
            kept.append(token)
        return "".join(kept)

    async def wait_turn(self, pace: float) -> None:
        """Keep the pace; without one, let others run after every 4 ms."""
        now = time.monotonic()
        if pace > 0:
            self._due = max(self._due + 1 / pace, now - 0.1)
            await asyncio.sleep(max(0.0, self._due - now))
        elif now - self._slice > SLICE_S:
            await asyncio.sleep(0)
            self._slice = time.monotonic()

    @property
    def finish(self) -> str:
        if self.full:
            return "length"
        return "tool_calls" if self._calls else "stop"

    def usage(self) -> dict[str, Any]:
        """Real counts, by the demo's own simple tokens."""
        thought = count_tokens("".join(self._thought))
        said = count_tokens("".join(self._text)) + sum(
            count_tokens(c.arguments) for c in self._calls
        )
        asked = self._question.prompt_words
        return {
            "prompt_tokens": asked,
            "completion_tokens": thought + said,
            "total_tokens": asked + thought + said,
            "completion_tokens_details": {"reasoning_tokens": thought},
        }

    def call_delta(self, call: Called) -> dict[str, Any]:
        place = self._calls.index(call)
        return {"index": place, **self._call(place, call)}

    def _call(self, place: int, call: Called) -> dict[str, Any]:
        function = {"name": call.name, "arguments": call.arguments}
        return {"id": f"call_{self._id[-12:]}_{place}", "type": "function", "function": function}

    def chunk(self, delta: dict[str, Any] | None, finish: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return {
            "id": self._id,
            "object": "chat.completion.chunk",
            "created": self._created,
            "model": MODEL,
            "choices": [] if delta is None else [choice],
        }

    def whole(self) -> dict[str, Any]:
        message: dict[str, Any] = {
            "role": "assistant",
            "content": "".join(self._text),
            "reasoning_content": "".join(self._thought),
        }
        if self._calls:
            message["tool_calls"] = [self._call(i, c) for i, c in enumerate(self._calls)]
        return {
            "id": self._id,
            "object": "chat.completion",
            "created": self._created,
            "model": MODEL,
            "choices": [{"index": 0, "message": message, "finish_reason": self.finish}],
            "usage": self.usage(),
        }


async def _refuse(exchange: Exchange, status: int, message: str) -> None:
    error = {"message": message, "type": "demo_error", "code": status}
    await exchange.send_json(status, {"error": error})
