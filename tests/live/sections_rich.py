"""Tools, response formats, reasoning and its switches, pictures."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from app.core.message import Detail, ImagePart, Message, Role, TextPart, ToolResultPart
from app.core.model_info import Capability
from app.core.request import FormatKind, ResponseFormat, ToolSpec
from tests.live.walk import Answered, Walk, announced, as_json, with_results

CITY = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
WEATHER = ToolSpec("get_weather", "Tells the weather of a city right now.", CITY)
TIME = ToolSpec("get_time", "Tells the local time of a city.", CITY)
ASK_WEATHER = "What is the weather in Paris now? Use the tool."
ASK_BOTH = "Call the tools for the weather in Paris and the local time in Tokyo, both at once."
PERSON = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "age": {"type": "integer"}},
    "required": ["name", "age"],
    "additionalProperties": False,
}
ASK_PERSON = "Give the JSON object with name and age of: Ada, who is 36 years old."
SWITCHES: Sequence[tuple[Mapping[str, Any], bool | None]] = (
    ({"enable_thinking": False}, False),
    ({"enable_thinking": True}, True),
    ({"thinking": {"type": "disabled"}}, False),
    ({"thinking": {"type": "enabled"}}, True),
    ({"reasoning_effort": "low"}, None),
    ({"separate_reasoning": True}, True),
)
THINKING_TOKENS = 400
REASONERS = 2


async def tools(walk: Walk) -> None:
    """Calls, streamed and not, parallel, chosen; and a loop with results and reasoning."""
    able = walk.cheapest(Capability.TOOLS)
    if not able:
        walk.not_tried("tools", "the catalogue names no model that has them")
        return
    model, some = able[0], {"max_tokens": 200}
    for stream in (True, False):
        answered = await walk.ask(
            model, ASK_WEATHER, tools=(WEATHER,), stream=stream, parameters=some
        )
        way = "streamed" if stream else "in one piece"
        walk.holds(f"a call, {way}", _calls(answered) == ["get_weather"], answered.brief())
    answered = await walk.ask(
        model, ASK_BOTH, tools=(WEATHER, TIME), parameters={**some, "parallel_tool_calls": True}
    )
    both = sorted(_calls(answered)) == ["get_time", "get_weather"]
    walk.holds("two calls at once", both, answered.brief())
    named = {"type": "function", "function": {"name": "get_time"}}
    for choice, wanted in (("none", []), ("required", None), (named, ["get_time"])):
        answered = await walk.ask(
            model, ASK_WEATHER, tools=(WEATHER, TIME), tool_choice=choice, parameters=some
        )
        calls = _calls(answered)
        held = answered.failure is None and (bool(calls) if wanted is None else calls == wanted)
        said = choice if isinstance(choice, str) else "a function by name"
        walk.holds(f"tool_choice: {said}", held, answered.brief())
    await _loop(walk, "a loop with results", model, some)
    thinking = walk.cheapest(Capability.TOOLS, Capability.REASONING)
    if thinking:
        await _loop(
            walk, "a loop with reasoning sent back", thinking[0], {"max_tokens": THINKING_TOKENS}
        )
    else:
        walk.not_tried("a loop with reasoning sent back", "no model has both")


async def formats(walk: Walk) -> None:
    """JSON by `response_format`, and what comes where a model does not take it."""
    able = walk.cheapest(Capability.JSON)
    if not able:
        walk.not_tried("response_format", "the catalogue names no model that has it")
    for kind in (FormatKind.JSON_OBJECT, FormatKind.JSON_SCHEMA) if able else ():
        wanted = ResponseFormat(kind, "person", PERSON)
        answered = await walk.ask(able[0], ASK_PERSON, response_format=wanted)
        walk.holds(f"{kind.value} is taken", _is_person(answered), answered.brief())
    others = [model for model in walk.cheapest() if model not in able]
    if not others:
        walk.not_tried("falling back from a refused schema", "all models take schemas")
        return
    wanted = ResponseFormat(FormatKind.JSON_SCHEMA, "person", PERSON)
    answered = await walk.ask(others[0], ASK_PERSON, response_format=wanted, again=True)
    steps = ", ".join(announced(answered)) or "taken as it is"
    walk.holds(
        "a schema for a model that claims none",
        answered.failure is None,
        f"{steps}; {answered.brief()}",
    )


async def reasoning(walk: Walk) -> None:
    """Reasoning, and the switches that models honour."""
    able = walk.cheapest(Capability.REASONING)[:REASONERS]
    if not able:
        walk.not_tried("reasoning", "the catalogue names no model that thinks")
    question, most = "Is 91 a prime number? Answer yes or no.", {"max_tokens": THINKING_TOKENS}
    for model in able:
        answered = await walk.ask(model, question, parameters=most)
        thought = _thinks(answered)
        walk.holds(f"{model} tells its reasoning", thought, answered.brief())
        for switch, wanted in SWITCHES:
            answered = await walk.ask(model, question, parameters={**most, **switch})
            (name, value), *_ = switch.items()
            check = f"{model} honours {name} = {value}"
            if answered.failure is not None:
                walk.not_tried(check, answered.brief())
            elif wanted is None:
                walk.holds(check, True, f"taken; {answered.brief()}")
            else:
                walk.holds(check, _thinks(answered) is wanted, answered.brief())


async def pictures(walk: Walk) -> None:
    """A picture as bytes and by its address, at every level of detail."""
    able = walk.cheapest(Capability.VISION)
    if not able:
        walk.not_tried("pictures", "the catalogue names no model that sees")
        return
    data = red_square()
    name = hashlib.sha256(data).hexdigest()
    walk.pictures[name] = data
    question = "Which colour is this picture? One word."
    for detail in Detail:
        part = ImagePart("square.png", blob=name, width=64, height=64, detail=detail)
        answered = await walk.ask(able[0], question, pictures=(part,))
        held = "red" in answered.message.text.lower()
        walk.holds(f"as bytes, detail {detail.value}", held, answered.brief())
    part = ImagePart("picture", url=walk.image_url)
    answered = await walk.ask(able[0], "What is this? A few words.", pictures=(part,))
    walk.holds("by its https address", answered.failure is None, answered.brief())


async def _loop(walk: Walk, check: str, model: str, parameters: Mapping[str, Any]) -> None:
    question = (Message(Role.USER, (TextPart(ASK_WEATHER),)),)
    answered = await walk.ask(model, question, tools=(WEATHER,), parameters=dict(parameters))
    calls = answered.message.tool_calls
    if not calls:
        walk.not_tried(check, f"no call came: {answered.brief()}")
        return
    results = tuple(ToolResultPart(c.id, c.name, "18 degrees, drizzle") for c in calls)
    follow = with_results(answered, question, Message(Role.TOOL, results))
    answered = await walk.ask(model, follow, tools=(WEATHER,), parameters=dict(parameters))
    held = answered.failure is None and "18" in answered.message.text
    walk.holds(check, held, answered.brief())


def red_square() -> bytes:
    """A PNG, 64 pixels a side."""

    def block(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    rows = (b"\0" + b"\xd0\x10\x10" * 64) * 64
    header = struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0)
    body = block(b"IHDR", header) + block(b"IDAT", zlib.compress(rows)) + block(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def _calls(answered: Answered) -> list[str]:
    return [call.name for call in answered.message.tool_calls]


def _thinks(answered: Answered) -> bool:
    counted = answered.usage.reasoning_tokens if answered.usage else None
    return bool(answered.message.reasoning or counted)


def _is_person(answered: Answered) -> bool:
    value = as_json(answered.message.text)
    return isinstance(value, dict) and set(value) == {"name", "age"}
