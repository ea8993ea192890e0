"""Address, catalogue, answers in both ways, and every parameter sent alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.core.address import normalise
from app.core.errors import ServiceError
from app.core.events import Ended
from app.core.model_info import ModelInfo
from app.core.settings import JIEKOU_ADDRESS, default_profiles
from tests.live.walk import Answered, Walk

TYPED = tuple(
    f"https://api.jiekou.ai/openai{end}"
    for end in ("", "/", "/v1", "/v1/ ", "/v1/chat/completions", "/v1/models", "/chat/completions")
)
PARAMETERS: Mapping[str, Any] = {
    "temperature": 0,
    "top_p": 0.9,
    "presence_penalty": 0.5,
    "frequency_penalty": 0.5,
    "top_k": 20,
    "min_p": 0.05,
    "repetition_penalty": 1.05,
    "logit_bias": {"100": -1},
    "seed": 7,
    "stop": ["STOP"],
    "logprobs": True,
    "top_logprobs": 2,
    "n": 2,
}
_NEEDS: Mapping[str, Mapping[str, Any]] = {"top_logprobs": {"logprobs": True}}
FIELDS = ("context_size", "max_output_tokens", "input_price", "output_price", "capabilities")
COUNT_TO_NINE = "Count from one to nine in digits, separated by spaces, nothing else."


async def address(walk: Walk) -> None:
    """What a person may type leads to one address, and there is a service."""
    made = {typed: normalise(typed) for typed in TYPED}
    wrong = [f"{typed!r} → {where}" for typed, where in made.items() if where != JIEKOU_ADDRESS]
    walk.holds("what is typed becomes the one address", not wrong, "; ".join(wrong))


async def models(walk: Walk) -> None:
    """The catalogue and its fields."""
    try:
        walk.catalogue = await walk.api.models()
    except ServiceError as error:
        failure = error.failure
        walk.holds("the list is given", False, f"{failure.kind.value} {failure.message}")
        return
    count = len(walk.catalogue)
    walk.holds("the list is given", count > 0, f"{count} models")
    for name in FIELDS:
        told = sum(getattr(info, name) is not None for info in walk.catalogue)
        walk.holds(f"{name} is told", told > 0, f"of {told} models")
    walk.holds("endpoints are told", any(i.endpoints for i in walk.catalogue), _kinds(walk))
    elsewhere = [info.id for info in walk.catalogue if info.elsewhere]
    retired = [info.id for info in walk.catalogue if info.retired]
    walk.holds("retired models are told apart", len(retired) < count, f"{len(retired)} retired")
    walk.holds("some serve chat", len(elsewhere) < count, f"{len(elsewhere)} only elsewhere")
    profile = default_profiles()[0]
    for name in (profile.text_model, profile.picture_model):
        info = walk.info(name)
        walk.holds(f"{name} is served", _usable(info), "" if info else "not in the list")


async def completion(walk: Walk) -> None:
    """An answer in one piece, and one that streams."""
    for model in walk.cheapest()[:1]:
        for stream in (True, False):
            answered = await walk.ask(model, stream=stream)
            way = "streamed" if stream else "in one piece"
            whole = answered.first.complete and bool(
                answered.message.text or answered.message.parts
            )
            walk.holds(f"an answer, {way}", whole, answered.brief())
            walk.holds(
                f"usage, {way}",
                _counted(answered),
                str(answered.usage and dict(answered.usage.raw)),
            )
            named = answered.first.model
            walk.holds(f"the model names itself, {way}", bool(named), named)
    if not walk.cheapest():
        walk.not_tried("an answer", "no chat model is known")


async def limit(walk: Walk) -> None:
    """`max_tokens`: whether it must be sent, and whether it cuts."""
    for model in walk.cheapest()[:1]:
        api = walk.stranger(walk.key)
        try:
            answered = await walk.ask(model, api=api, parameters={"max_tokens": None})
        finally:
            await api.close()
        refused = answered.failure is not None
        came = "required" if refused else "not required"
        walk.holds(
            "an answer without max_tokens is told truly",
            isinstance(answered.events[-1], Ended) or refused,
            f"{came}; {answered.brief()}",
        )
        answered = await walk.ask(model, COUNT_TO_NINE, parameters={"max_tokens": 4})
        cut = answered.first.finish_reason == "length" and not answered.first.complete
        walk.holds("max_tokens cuts, and says so", cut, answered.brief())


async def parameters(walk: Walk) -> None:
    """Each parameter by itself, with the cheapest model."""
    for model in walk.cheapest()[:1]:
        for name, value in PARAMETERS.items():
            sent = {name: value, **_NEEDS.get(name, {})}
            answered = await walk.ask(model, parameters=sent)
            walk.holds(f"{name} = {value} is taken", answered.failure is None, answered.brief())


async def effects(walk: Walk) -> None:
    """Parameters that can be seen to work."""
    for model in walk.cheapest()[:1]:
        answered = await walk.ask(model, COUNT_TO_NINE, parameters={"stop": ["5"]})
        if _tried(walk, "stop ends the answer", answered):
            said = answered.message.text
            walk.holds("stop ends the answer", "4" in said and "6" not in said, answered.brief())
        answered = await walk.ask(model, parameters={"n": 2})
        if _tried(walk, "n = 2 gives two", answered):
            texts = [b.finish(answered.message).text for b in answered.builders]
            walk.holds("n = 2 gives two", len(texts) == 2 and all(texts), f"{len(texts)} choices")
        answered = await walk.ask(model, parameters={"logprobs": True})
        if _tried(walk, "logprobs are given", answered):
            given = '"logprobs":{' in answered.body.replace(" ", "")
            walk.holds("logprobs are given", given, "" if given else "none in the answer")
        same = {"seed": 11, "temperature": 0}
        pair = [await walk.ask(model, "Say a colour.", parameters=same) for _ in range(2)]
        if _tried(walk, "a seed repeats itself", *pair):
            first, second = (answered.message.text for answered in pair)
            walk.holds("a seed repeats itself", first == second, f"{first!r}, {second!r}")


def _tried(walk: Walk, check: str, *answers: Answered) -> bool:
    """Whether it was answered at all; if not, that is said."""
    refused = next((answered for answered in answers if answered.failure is not None), None)
    if refused is not None:
        walk.not_tried(check, refused.brief())
    return refused is None


def _kinds(walk: Walk) -> str:
    return ", ".join(sorted({name for info in walk.catalogue for name in info.endpoints})[:8])


def _usable(info: ModelInfo | None) -> bool:
    return info is not None and not info.retired and not info.elsewhere


def _counted(answered: Answered) -> bool:
    usage = answered.usage
    return usage is not None and None not in (usage.prompt_tokens, usage.completion_tokens)
