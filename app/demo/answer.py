"""How the demo answers: from what it measures, reads and computes, never from a canned reply.

Commands for tests and for trying failures out, as the whole text of a message: `/stream N [RATE]`
streams N tokens at RATE a second (0: as fast as it can), `/wait S` is silent for S seconds first,
`/drop N` cuts the connection after N tokens, `/error STATUS` answers with that status.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.errors import ImageError, ReadingError
from app.core.ports import ImageCodec, TextReader
from app.demo.fill import fill_arguments, fill_schema, pairs, plain_value
from app.demo.pictures import Measured, Reading, measure, read
from app.demo.question import Question, Wish
from app.demo.sample_text import sample_tokens
from app.demo.words import say

_COMMAND = re.compile(r"/(stream|wait|drop)((?: \d+(?:\.\d+)?)*)")
RATE = 150.0
"""Tokens a second that an answer is told at, so that it can be watched."""
MOST_CALLS = 4
"""Tools that are called at once, however many fit."""


@dataclass(frozen=True, slots=True)
class Thought:
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    text: str


@dataclass(frozen=True, slots=True)
class Called:
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Pace:
    """From here on, tokens come at this rate; 0: at once."""

    rate: float


@dataclass(frozen=True, slots=True)
class Cut:
    """The connection breaks here."""


Piece = Thought | Said | Called | Pace | Cut


class Answerer:
    """Answers questions with the codec and the reader it is given."""

    def __init__(self, codec: ImageCodec, reader: TextReader) -> None:
        self._codec = codec
        self._reader = reader

    async def answer(self, question: Question) -> AsyncGenerator[Piece, None]:
        """The answer's pieces, each when it is known."""
        command = _COMMAND.fullmatch(question.text.strip())
        if command:
            async for piece in self._command(command[1], [float(x) for x in command[2].split()]):
                yield piece
            return
        chinese = question.chinese
        yield Thought(say("asked", chinese))
        if question.results and question.wants_json:
            yield Thought(say("filling", chinese))
            known = (question.text, *(text for _name, text in question.results))
            yield Said(_as_json(question.schema, "\n".join(known)))
        elif question.results:
            for name, text in question.results:
                yield Said(f"{say('result', chinese, tool=name)}\n\n{_fenced(text)}\n\n")
        elif tools := _fitting_tools(question):
            for tool in tools:
                yield Thought(say("calling", chinese, tool=tool["name"]))
            for tool in tools:
                arguments = fill_arguments(tool.get("parameters") or {}, question.text)
                yield Called(str(tool["name"]), json.dumps(arguments, ensure_ascii=False))
        elif question.pictures:
            for picture in question.pictures:
                async for piece in self._picture(question, picture):
                    yield piece
        elif question.linked:
            yield Said(say("linked", chinese))
        elif question.wants_json:
            yield Thought(say("filling", chinese))
            yield Said(_as_json(question.schema, question.text))
        else:
            able = say("can_read" if self._reader.available else "cannot_read", chinese)
            yield Said(say("hello", chinese, reading=able))

    async def _command(self, name: str, numbers: list[float]) -> AsyncGenerator[Piece, None]:
        first = numbers[0] if numbers else 5
        if name == "wait":
            await asyncio.sleep(min(first, 3600))
            yield Said(f"{first:g} s")
            return
        rate = numbers[1] if len(numbers) > 1 else (0 if name == "stream" else RATE)
        yield Pace(rate)
        for token in sample_tokens(int(first)):
            yield Said(token)
        if name == "drop":
            yield Cut()

    async def _picture(self, question: Question, data: bytes) -> AsyncGenerator[Piece, None]:
        chinese = question.chinese
        try:
            measured, safe = await measure(self._codec, data)
        except ImageError:
            yield Said(say("bad_picture", chinese))
            return
        yield Thought(say("picture", chinese, width=measured.width, height=measured.height))
        reading: Reading | None = None
        trouble = ""
        if self._reader.available:
            yield Thought(say("reading", chinese))
            started = time.monotonic()
            try:
                reading = await read(self._reader, safe)
            except ReadingError:
                trouble = say("read_failed", chinese)
            else:
                seconds = time.monotonic() - started
                yield Thought(say("read_done", chinese, count=len(reading.lines), seconds=seconds))
        else:
            trouble = say("no_reader", chinese)
        if question.wants_json and question.schema is not None:
            yield Thought(trouble or say("filling", chinese))
            yield Said(_as_json(question.schema, reading.text if reading else ""))
        elif question.wish is Wish.DESCRIBE:
            yield Said(_described(measured, reading, trouble, chinese))
        elif reading is None:
            yield Said(trouble)
        elif not reading.lines:
            yield Said(say("no_text", chinese))
        else:
            yield Said(_by_wish(question.wish, reading, chinese))
        yield Said("\n\n" if len(question.pictures) > 1 else "")


def _by_wish(wish: Wish, reading: Reading, chinese: bool) -> str:
    match wish:
        case Wish.TABLE if reading.tables:
            return "\n\n".join(reading.tables)
        case Wish.FIELDS if found := pairs(reading.text):
            values = {label: plain_value(value) for label, value in found.items()}
            return f"```json\n{json.dumps(values, ensure_ascii=False, indent=2)}\n```"
        case Wish.EXTRACT:
            return _fenced(reading.text)
    lead = {
        Wish.TABLE: "no_table",
        Wish.FIELDS: "no_fields",
        Wish.TRANSLATE: "cannot_translate",
        Wish.EXPLAIN: "cannot_explain",
    }[wish]
    return f"{say(lead, chinese)}\n\n{_fenced(reading.text)}"


def _described(measured: Measured, reading: Reading | None, trouble: str, chinese: bool) -> str:
    colors = ", ".join(f"{c[1 if chinese else 0]} {c[2]:.0%}" for c in measured.colors)
    facts = [
        say("size", chinese, width=measured.width, height=measured.height),
        say("colors", chinese, colors=colors),
        say("brightness", chinese, percent=round(measured.brightness * 100)),
    ]
    more = [trouble] if trouble else []
    if reading is not None and reading.lines:
        blocks = [b for b in reading.text.split("\n\n") if b.strip()]
        facts.append(say("blocks", chinese, lines=len(reading.lines), blocks=len(blocks)))
        start = "\n".join(reading.text.strip().splitlines()[:4])
        more.append(f"{say('starts', chinese)}\n\n{_fenced(start)}")
    elif reading is not None:
        more.append(say("no_text", chinese))
    more.append(say("only_measured", chinese))
    return "\n".join(f"- {fact}" for fact in facts) + "\n\n" + "\n\n".join(more)


def _as_json(schema: Mapping[str, Any] | None, text: str) -> str:
    if schema is None:
        value: Any = {label: plain_value(v) for label, v in pairs(text).items()}
    else:
        value = fill_schema(schema, text)
    return json.dumps(value, ensure_ascii=False, indent=2)


def _fitting_tools(question: Question) -> list[Mapping[str, Any]]:
    """The tool that must be called, or those whose names' words stand in the question."""
    choice = question.tool_choice
    if choice == "none" or not question.tools:
        return []
    if isinstance(choice, dict):
        wanted = (choice.get("function") or {}).get("name")
        return [tool for tool in question.tools if tool.get("name") == wanted][:1]
    fitting: list[Mapping[str, Any]] = []
    said = set(re.findall(r"\w+", question.text.casefold()))
    for tool in question.tools:
        named = re.findall(r"[a-z]+|[\u4e00-\u9fff]+", str(tool.get("name")).casefold())
        telling = [word for word in named if word not in ("get", "set", "run", "the")]
        if any(word in said or word in question.text.casefold() for word in telling):
            fitting.append(tool)
    return fitting[:MOST_CALLS] or list(question.tools[:1] if choice == "required" else ())


def _fenced(text: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}text\n{text}\n{fence}"
