"""The demo with the real engine and the sample screenshot; and the limits a request may set."""

from __future__ import annotations

import asyncio
import base64
import importlib.util
import json
from typing import Any

import pytest

from app.adapters.ocr.reader import ChildTextReader
from app.demo.fill import pairs
from app.demo.model import MODEL
from app.demo.service import DemoService
from tests.adapters.ocr.pictures import SCREENSHOT, SCREENSHOT_TEXT, error_rate
from tests.conftest import until
from tests.demo.test_service import FixedReader, ask, events, request, serving

needs_engine = pytest.mark.skipif(
    importlib.util.find_spec("rapidocr") is None, reason="the ocr extra is not installed"
)


def body(text: str, **more: Any) -> dict[str, Any]:
    return {"model": MODEL, "messages": [{"role": "user", "content": text}], **more}


@needs_engine
async def test_the_sample_is_really_read_in_both_languages() -> None:
    reader = ChildTextReader()
    service = DemoService(reader)
    port = int((await service.start()).split(":")[2].split("/")[0])
    try:
        data = SCREENSHOT.read_bytes()
        answer = await ask(port, "Extract all text from this picture.", data)
        read = answer["content"].split("```text\n")[1].rsplit("\n```", 1)[0]
        assert error_rate(SCREENSHOT_TEXT.read_text(encoding="utf-8"), read) < 0.02
        assert "1280 × 832" in answer["reasoning_content"]
        answer = await ask(port, "把这张图片里的表格转成 Markdown。", data)
        assert "| 数据库 | 5432 | 运行中 | 640 MB |" in answer["content"]
        assert "识别" in answer["reasoning_content"]
        answer = await ask(port, "Give the labelled fields in this picture as JSON.", data)
        block = answer["content"].split("```json\n")[1].split("\n```")[0]
        assert json.loads(block) == {"ValueError": "port: '80 80' is no number"}
    finally:
        await service.close()
        await reader.close()


class EndlessReader(FixedReader):
    """Never done; notes that it was cancelled."""

    cancelled = False
    reading = False

    async def read(self, image: bytes) -> list[Any]:
        self.reading = True
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        return []


@pytest.mark.parametrize("stream", [True, False])
async def test_hanging_up_ends_the_reading(stream: bool) -> None:
    reader = EndlessReader()
    url = "data:image/png;base64," + base64.b64encode(SCREENSHOT.read_bytes()).decode()
    parts = [{"type": "image_url", "image_url": {"url": url}}, {"type": "text", "text": "Read it"}]
    message = {"role": "user", "content": parts}
    data = json.dumps({"model": MODEL, "messages": [message], "stream": stream}).encode()
    head = f"POST /v1/chat/completions HTTP/1.1\r\nContent-Length: {len(data)}\r\n\r\n"
    async with serving(reader) as (_, port):
        _reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head.encode() + data)
        await until(lambda: reader.reading)
        assert not reader.cancelled
        writer.close()
        await writer.wait_closed()
        await until(lambda: reader.cancelled)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Total: 42", {"Total": "42"}),
        ("合计：78.00", {"合计": "78.00"}),
        ("port = 8080", {"port": "8080"}),
        ("合计        ¥78.00", {"合计": "¥78.00"}),
        ("23 November 2026, 09:41", {}),
        ("09:41", {}),
        ("def read_port(settings: dict) -> int:", {}),
        ('    raw = str(settings.get("port", "")).strip()', {}),
        ('raise ValueError(f"port: {raw!r} is no number")', {}),
        ("if ready: start", {}),
        ("Try again     Copy the log", {}),
        ("https://example.org", {}),
    ],
)
def test_only_labelled_values_are_fields(line: str, found: dict[str, str]) -> None:
    assert pairs(line) == found


async def test_max_tokens_ends_an_answer_and_says_length() -> None:
    async with serving() as (_, port):
        path = "/v1/chat/completions"
        asked = body("/stream 500 0", max_tokens=40)
        _, answer = await request(port, "POST", path, asked)
        whole = json.loads(answer)
        assert whole["choices"][0]["finish_reason"] == "length"
        assert whole["usage"]["completion_tokens"] == 40
        _, answer = await request(port, "POST", path, {**asked, "stream": True})
        chunks = events(answer)
        assert chunks[-1]["choices"][0]["finish_reason"] == "length"
        said = "".join(c["choices"][0]["delta"].get("content", "") for c in chunks)
        assert said == whole["choices"][0]["message"]["content"]
        status, answer = await request(port, "POST", path, body("Hello", max_tokens=0))
        assert (status, "max_tokens" in answer.decode()) == (400, True)


@pytest.mark.parametrize(
    "off",
    [{"enable_thinking": False}, {"reasoning_effort": "none"}, {"thinking": {"type": "disabled"}}],
)
async def test_reasoning_can_be_switched_off(off: dict[str, Any]) -> None:
    async with serving() as (_, port):
        assert (await ask(port, "Hello"))["reasoning_content"]
        assert not (await ask(port, "Hello", **off))["reasoning_content"]


async def test_a_drop_without_a_stream_gives_no_answer() -> None:
    async with serving() as (_, port):
        with pytest.raises(ConnectionError):
            await request(port, "POST", "/v1/chat/completions", body("/drop 5"))


async def test_web_pages_are_refused() -> None:
    async with serving() as (_, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /v1/models HTTP/1.1\r\nHost: x\r\nOrigin: https://site.test\r\n\r\n")
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
        assert answer.startswith(b"HTTP/1.1 403 ")
        assert b"demo/" not in answer
