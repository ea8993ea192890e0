"""The text in pictures, really read by the engine in its child process."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import qasync

from app.adapters.child import ChildWorker
from app.adapters.ocr.reader import ChildTextReader
from app.core.errors import ReadingError, ReadingProblem
from app.core.ports import TextReader
from app.core.reading_order import lines_to_text
from app.core.table_layout import find_tables
from tests.adapters.ocr.pictures import (
    CHINESE,
    MONO,
    SCREENSHOT,
    SCREENSHOT_TEXT,
    drawn,
    error_rate,
)
from tests.conftest import until

needs_engine = pytest.mark.skipif(
    importlib.util.find_spec("rapidocr") is None, reason="the ocr extra is not installed"
)


def needs_font(face: Path) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not face.exists(), reason=f"no {face.name} on this system")


@pytest.fixture
def reader(qloop: qasync.QEventLoop) -> Iterator[ChildTextReader]:
    reader = ChildTextReader()
    yield reader
    qloop.run_until_complete(reader.close())


@needs_engine
async def test_the_sample_screenshot(reader: TextReader) -> None:
    assert "rapidocr" not in sys.modules
    assert reader.available
    lines = await reader.read(SCREENSHOT.read_bytes())
    assert "rapidocr" not in sys.modules
    text = lines_to_text(lines)
    assert error_rate(SCREENSHOT_TEXT.read_text(encoding="utf-8"), text) < 0.02
    assert '    if not raw.isdecimal():\n        raise ValueError(f"port' in text
    (table,) = find_tables(lines)
    assert table[0] == ("Service", "Port", "State", "Memory")
    assert table[3] == ("数据库", "5432", "运行中", "640 MB")
    for line in lines:
        assert 0 <= line.left < line.right <= 1280
        assert 0 <= line.top < line.bottom <= 832
        assert 0.5 <= line.score <= 1


@needs_engine
@needs_font(MONO)
async def test_a_dark_terminal(reader: TextReader) -> None:
    said = [
        "$ git status --short",
        "M src/window.py",
        "?? notes/plan-2026.md",
        "$ python -m pytest -q tests/core",
        "184 passed, 3 skipped in 12.40s",
    ]
    lines = [(20, 20 + 28 * n, text) for n, text in enumerate(said)]
    data = drawn(lines, size=(640, 180), face=MONO, ink="#d8dee9", paper="#16181c")
    assert error_rate("\n".join(said), lines_to_text(await reader.read(data))) < 0.05


@needs_engine
@needs_font(CHINESE)
async def test_chinese_prose(reader: TextReader) -> None:
    said = [
        "港口的灯在傍晚六点亮起，渡轮缓缓靠岸。",
        "船员检查缆绳，乘客提着行李走下舷梯。",
        "明天有雨，请各位带好雨具，注意安全。",
    ]
    lines = [(30, 30 + 40 * n, text) for n, text in enumerate(said)]
    data = drawn(lines, size=(560, 170), face=CHINESE, height=20)
    assert error_rate("\n".join(said), lines_to_text(await reader.read(data))) < 0.05


@needs_engine
async def test_two_columns(reader: TextReader) -> None:
    left = [
        "The ferry leaves at six",
        "and takes forty minutes",
        "to cross the bay when",
        "the water is calm.",
    ]
    right = [
        "Tickets are sold on the",
        "quay from half past five.",
        "Children travel free, and",
        "bicycles pay one coin.",
    ]
    lines = [(30, 40 + 32 * n, text) for n, text in enumerate(left)]
    lines += [(380, 40 + 32 * n, text) for n, text in enumerate(right)]
    data = drawn(lines, size=(700, 220), height=20)
    text = lines_to_text(await reader.read(data))
    assert error_rate("\n".join(left + right), text) < 0.05


@needs_engine
async def test_a_tall_page_is_read_to_its_end(reader: TextReader) -> None:
    said = [f"Entry number {n} of the harbour log" for n in range(60)]
    lines = [(30, 30 + 90 * n, text) for n, text in enumerate(said)]
    data = drawn(lines, size=(900, 5450), height=24)
    found = lines_to_text(await reader.read(data)).split("\n")
    assert [line for line in found if line] == said


@needs_engine
async def test_a_picture_without_text_and_one_that_is_none(reader: TextReader) -> None:
    assert list(await reader.read(drawn([], size=(300, 200)))) == []
    with pytest.raises(ReadingError) as caught:
        await reader.read(b"no picture at all")
    assert caught.value.problem is ReadingProblem.FAILED


@needs_engine
async def test_cancelling_ends_the_reading(reader: TextReader) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await reader.read(SCREENSHOT.read_bytes())


@needs_engine
async def test_nothing_is_fetched_and_a_calm_reader_gives_way() -> None:
    command = [sys.executable, "-m", "tests.adapters.ocr.no_network"]
    data = drawn([(20, 20, "Nothing is fetched")], size=(400, 70), height=22)
    here = os.nice(0)
    for calm, niceness in ((False, here), (True, 19)):
        worker = ChildWorker("ocr", idle_s=60, command=command)
        reader = ChildTextReader(worker, calm=calm)
        texts = [line.text for line in await reader.read(data)]
        assert "Nothing is fetched" in texts
        assert f"niceness {niceness}" in texts
        await reader.close()


@needs_engine
async def test_the_child_ends_when_it_is_not_needed() -> None:
    worker = ChildWorker("ocr", idle_s=0.1)
    reader = ChildTextReader(worker)
    assert not worker.running
    await reader.read(drawn([(20, 20, "once")], size=(300, 70), height=22))
    await until(lambda: not worker.running)
    await reader.read(drawn([(20, 20, "and again")], size=(300, 70), height=22))
    await reader.close()


async def test_without_the_extra_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    reader = ChildTextReader()
    assert not reader.available
    with pytest.raises(ReadingError) as caught:
        await reader.read(b"")
    assert caught.value.problem is ReadingProblem.NOT_INSTALLED
    await reader.close()


async def test_an_engine_that_hangs_or_dies_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name)
    command = [sys.executable, "-m", "tests.adapters.images.slow_worker"]
    reader = ChildTextReader(ChildWorker("slow", idle_s=60, command=command), limit_s=0.2)
    for picture, problem in ((b"burn", ReadingProblem.TOO_SLOW), (b"die", ReadingProblem.FAILED)):
        with pytest.raises(ReadingError) as caught:
            await reader.read(picture)
        assert caught.value.problem is problem
    await reader.close()
