"""Refusals, what is said of limits, and the cache of prompts."""

from __future__ import annotations

import dataclasses
import hashlib

from app.core.errors import FailureKind
from app.core.message import ImagePart, Message, Role, TextPart
from app.core.model_info import Capability
from tests.live.walk import Walk

WRONG_KEY = "sk-porthole-no-such-key"
NO_MODEL = "porthole/no-such-model"
HUGE = 48 * 1024 * 1024
PREFIX = " ".join(f"Rule {n}: the answer to question {n} is {n * 37 % 101}." for n in range(220))


async def errors(walk: Walk) -> None:
    """What is refused is told by its status, and with words."""
    model = next(iter(walk.cheapest()), NO_MODEL)
    api = walk.stranger(WRONG_KEY)
    try:
        answered = await walk.ask(model, api=api)
    finally:
        await api.close()
    kinds = (FailureKind.AUTH, FailureKind.FORBIDDEN)
    failure = answered.failure
    held = failure is not None and failure.kind in kinds and bool(failure.message)
    walk.holds("a wrong key: 401 or 403", held, answered.brief())
    answered = await walk.ask(NO_MODEL)
    failure = answered.failure
    held = failure is not None and failure.kind is FailureKind.NOT_FOUND
    walk.holds("an unknown model: 404", held, answered.brief())
    answered = await walk.ask(model, parameters={"temperature": "hot"})
    failure = answered.failure
    held = failure is not None and failure.kind is FailureKind.BAD_REQUEST
    walk.holds("a parameter of the wrong type: 400", held, answered.brief())
    blamed = failure.parameter if failure is not None else ""
    walk.holds("… which names it", blamed == "temperature", f"blamed: {blamed or 'nothing'}")
    answered = await walk.ask(model, ())
    walk.holds("no messages: refused", answered.failure is not None, answered.brief())
    await _too_large(walk)


async def limits(walk: Walk) -> None:
    """Rate headers, which are not documented."""
    for model in walk.cheapest()[:1]:
        answered = await walk.ask(model)
        told = answered.limits
        known = {} if told is None else dataclasses.asdict(told)
        came = ", ".join(f"{k} {v}" for k, v in known.items() if v is not None)
        names = [n for n in answered.headers if "limit" in n.lower() or "retry" in n.lower()]
        if came:
            walk.holds("rate headers are given", True, came)
        else:
            walk.not_tried("rate headers are read", f"none known among: {', '.join(names) or '—'}")
        number = answered.first.request_id
        walk.holds("the request has an id", bool(number), number)


async def cache(walk: Walk) -> None:
    """The same beginning twice: the second time part of it is cached."""
    for model in walk.cheapest()[:1]:
        answers = []
        for question in ("What is the answer to question 7?", "And to question 9?"):
            prompt = Message(Role.SYSTEM, (TextPart(PREFIX),))
            asked = Message(Role.USER, (TextPart(question),))
            answers.append(await walk.ask(model, (prompt, asked)))
        usage = answers[-1].usage
        if usage is None:
            walk.not_tried("a prefix is cached", answers[-1].brief())
        else:
            cached = usage.cached_tokens
            walk.holds(
                "a prefix is cached", bool(cached), f"{cached} of {usage.prompt_tokens} tokens"
            )


async def _too_large(walk: Walk) -> None:
    """A picture that is none, and larger than any service takes: it can only be refused."""
    able = walk.cheapest(Capability.VISION)
    if not able:
        walk.not_tried("far too large: 413", "the catalogue names no model that sees")
        return
    data = bytes(HUGE)
    name = hashlib.sha256(data).hexdigest()
    walk.pictures[name] = data
    part = ImagePart("huge.png", blob=name, width=9000, height=9000)
    answered = await walk.ask(able[0], pictures=(part,))
    failure = answered.failure
    held = failure is not None and failure.kind is FailureKind.TOO_LARGE
    walk.holds("far too large: 413", held, answered.brief())
