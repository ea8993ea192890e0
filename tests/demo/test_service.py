"""The demo service over real HTTP: honest answers, in the forms of the API."""

from __future__ import annotations

import asyncio
import base64
import io
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from PIL import Image, ImageDraw

from app.core.ports import TextLine
from app.demo.model import MODEL
from app.demo.service import DemoService
from tests.conftest import until


class FixedReader:
    """Stands for the engine: gives the lines it was made with."""

    def __init__(self, *lines: str, available: bool = True) -> None:
        self.lines = lines
        self._available = available

    @property
    def available(self) -> bool:
        return self._available

    async def read(self, image: bytes) -> Sequence[TextLine]:
        return [
            TextLine(text, 0.99, 10, 10 + 30 * i, 10 + 12 * len(text), 30 + 30 * i)
            for i, text in enumerate(self.lines)
        ]

    async def close(self) -> None:
        return None


@asynccontextmanager
async def serving(reader: FixedReader | None = None) -> AsyncIterator[tuple[str, int]]:
    service = DemoService(reader or FixedReader())
    address = await service.start()
    try:
        yield address, int(address.split(":")[2].split("/")[0])
    finally:
        await service.close()


async def request(port: int, method: str, path: str, body: Any = None) -> tuple[int, bytes]:
    """One raw HTTP request: its status and body."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode() if body else b""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(data)}\r\n\r\n"
    writer.write(head.encode() + data)
    got = await reader.read()
    writer.close()
    await writer.wait_closed()
    status, _, rest = got.partition(b"\r\n")
    return int(status.split()[1]), rest.partition(b"\r\n\r\n")[2]


async def ask(port: int, text: str, picture: bytes = b"", **more: Any) -> dict[str, Any]:
    """A whole answer: the message, with the usage."""
    content: Any = text
    if picture:
        url = "data:image/png;base64," + base64.b64encode(picture).decode()
        content = [{"type": "image_url", "image_url": {"url": url}}, {"type": "text", "text": text}]
    messages = [{"role": "user", "content": content}, *more.pop("then", ())]
    body = {"model": MODEL, "messages": messages, **more}
    status, answer = await request(port, "POST", "/v1/chat/completions", body)
    assert status == 200, answer
    found = json.loads(answer)
    return {**found["choices"][0]["message"], "finish": found["choices"][0]["finish_reason"]}


def picture(width: int = 320, height: int = 200, color: str = "#ffffff") -> bytes:
    image = Image.new("RGB", (width, height), color)
    ImageDraw.Draw(image).rectangle((0, 0, width // 4, height), fill="#1450d2")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


async def test_its_model_claims_only_what_works() -> None:
    for available, modalities in ((True, ["text", "image"]), (False, ["text"])):
        async with serving(FixedReader(available=available)) as (_, port):
            status, body = await request(port, "GET", "/v1/models")
            (model,) = json.loads(body)["data"]
            assert (status, model["id"]) == (200, MODEL)
            assert model["input_modalities"] == modalities


async def test_it_says_plainly_that_it_is_a_demo() -> None:
    async with serving() as (_, port):
        english = await ask(port, "What is the capital of France?")
        assert "demo" in english["content"]
        assert "Paris" not in english["content"]
        chinese = await ask(port, "法国的首都是哪里？")
        assert "演示" in chinese["content"]


async def test_it_reads_the_text_in_the_picture_it_gets() -> None:
    async with serving(FixedReader("def read():", "    return 1", "端口 8080")) as (_, port):
        answer = await ask(port, "Extract all text from this picture", picture())
        for line in ("def read():", "return 1", "端口 8080"):
            assert line in answer["content"]
        assert "320 × 200" in answer["reasoning_content"]


async def test_it_describes_what_it_can_measure() -> None:
    async with serving(FixedReader("Invoice 42")) as (_, port):
        answer = await ask(port, "Describe this picture", picture(640, 400))
        for fact in ("640 × 400", "white 7", "blue 2", "Invoice 42"):
            assert fact in answer["content"]


async def test_without_the_engine_it_says_so() -> None:
    async with serving(FixedReader(available=False)) as (_, port):
        answer = await ask(port, "Extract the text", picture())
        assert "not installed" in answer["content"]


@pytest.mark.parametrize("wish", ["Translate all text into English", "Explain the error here"])
async def test_what_it_cannot_do_it_says_and_gives_what_it_read(wish: str) -> None:
    async with serving(FixedReader("KeyError: 'port'")) as (_, port):
        answer = await ask(port, wish, picture())
        assert "cannot" in answer["content"]
        assert "KeyError: 'port'" in answer["content"]


async def test_labelled_fields_become_json() -> None:
    async with serving(FixedReader("Shop: 海港咖啡", "Total: 78.00", "Items: 3")) as (_, port):
        answer = await ask(port, "Give the fields as JSON", picture())
        block = answer["content"].split("```json\n")[1].split("\n```")[0]
        assert json.loads(block) == {"Shop": "海港咖啡", "Total": 78.0, "Items": 3}


async def test_a_schema_is_filled_from_what_was_read() -> None:
    schema = {
        "type": "object",
        "properties": {
            "shop": {"type": "string"},
            "total": {"type": "number"},
            "paid": {"type": "boolean"},
            "table": {"type": ["integer", "null"]},
        },
    }
    wanted = {"type": "json_schema", "json_schema": {"name": "receipt", "schema": schema}}
    async with serving(FixedReader("Shop: Harbour", "Total: 1,078.50", "Paid: yes")) as (_, port):
        answer = await ask(port, "Fill it", picture(), response_format=wanted)
        assert json.loads(answer["content"]) == {
            "shop": "Harbour",
            "total": 1078.5,
            "paid": True,
            "table": None,
        }


WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "parameters": {
            "type": "object",
            "properties": {"location": {"type": "string"}, "days": {"type": "integer"}},
            "required": ["location"],
        },
    },
}


async def test_a_fitting_tool_is_called_and_its_result_told() -> None:
    async with serving() as (_, port):
        answer = await ask(port, "How is the weather in Tokyo for 3 days?", tools=[WEATHER])
        (call,) = answer["tool_calls"]
        assert call["function"]["name"] == "get_weather"
        assert json.loads(call["function"]["arguments"]) == {"location": "Tokyo", "days": 3}
        assert answer["finish"] == "tool_calls"
        then = [
            {"role": "assistant", "tool_calls": [call]},
            {"role": "tool", "tool_call_id": call["id"], "content": "17 °C, rain"},
        ]
        told = await ask(port, "How is the weather in Tokyo?", tools=[WEATHER], then=then)
        assert "17 °C, rain" in told["content"]
        assert told["finish"] == "stop"


async def test_all_tools_that_fit_are_called_at_once_and_their_results_fill_a_schema() -> None:
    clock = {"type": "function", "function": {"name": "read_clock", "parameters": {}}}
    schema = {"type": "object", "properties": {"rain": {"type": "number"}}}
    wanted = {"type": "json_schema", "json_schema": {"name": "advice", "schema": schema}}
    async with serving() as (_, port):
        question = "The weather in Tokyo, and the clock?"
        answer = await ask(port, question, tools=[WEATHER, clock], response_format=wanted)
        first, second = answer["tool_calls"]
        assert [c["function"]["name"] for c in (first, second)] == ["get_weather", "read_clock"]
        assert first["id"] != second["id"]
        then = [
            {"role": "assistant", "tool_calls": [first, second]},
            {"role": "tool", "tool_call_id": first["id"], "content": "rain: 0.8"},
            {"role": "tool", "tool_call_id": second["id"], "content": "noon"},
        ]
        told = await ask(port, question, tools=[WEATHER], response_format=wanted, then=then)
        assert json.loads(told["content"]) == {"rain": 0.8}


async def test_a_tool_that_does_not_fit_is_left_alone() -> None:
    async with serving() as (_, port):
        assert "tool_calls" not in await ask(port, "Tell me a story", tools=[WEATHER])
        forced = await ask(port, "Anything", tools=[WEATHER], tool_choice="required")
        assert forced["tool_calls"]


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("/v1/chat/completions", b"{", 400, "not JSON"),
        ("/v1/chat/completions", {"messages": 3}, 400, "messages"),
        ("/v1/chat/completions", {"model": "x", "messages": []}, 404, "no model"),
        ("/v1/responses", {"x": 1}, 404, "/v1/responses"),
        (
            "/v1/chat/completions",
            {"model": MODEL, "messages": [{"role": "user", "content": "/error 429"}]},
            429,
            "429",
        ),
    ],
)
async def test_errors_have_the_apis_shape(path: str, body: Any, status: int, words: str) -> None:
    async with serving() as (_, port):
        got, answer = await request(port, "POST", path, body)
        assert got == status
        assert words in json.loads(answer)["error"]["message"]


def events(body: bytes) -> list[Any]:
    lines = [line[6:] for line in body.decode().split("\n") if line.startswith("data: ")]
    assert lines[-1] == "[DONE]"
    return [json.loads(line) for line in lines[:-1]]


async def test_a_stream_has_as_many_tokens_as_asked_for_and_counts_them() -> None:
    async with serving() as (_, port):
        body = {
            "model": MODEL,
            "messages": [{"role": "user", "content": "/stream 700 0"}],
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        _, answer = await request(port, "POST", "/v1/chat/completions", body)
        found = events(answer)
        said = [e for e in found if e["choices"] and e["choices"][0]["delta"].get("content")]
        assert len(said) == 700
        assert found[-2]["choices"][0]["finish_reason"] == "stop"
        assert found[-1]["usage"]["completion_tokens"] > 300


async def test_a_dropped_stream_has_no_end() -> None:
    async with serving() as (_, port):
        body = {
            "model": MODEL,
            "messages": [{"role": "user", "content": "/drop 5"}],
            "stream": True,
        }
        with pytest.raises(ConnectionError):
            await request(port, "POST", "/v1/chat/completions", body)


async def test_it_stops_when_the_other_side_hangs_up() -> None:
    service = DemoService(FixedReader())
    port = int((await service.start()).split(":")[2].split("/")[0])
    try:
        message = {"role": "user", "content": "/wait 3000"}
        data = json.dumps({"model": MODEL, "messages": [message], "stream": True}).encode()
        _reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = f"POST /v1/chat/completions HTTP/1.1\r\nContent-Length: {len(data)}\r\n\r\n"
        writer.write(head.encode() + data)
        await until(lambda: service.answering == 1)
        writer.close()
        await writer.wait_closed()
        await until(lambda: service.answering == 0)
    finally:
        await service.close()
