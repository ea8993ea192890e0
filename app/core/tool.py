"""Tools as values: what a model may call, what a call does to the world, and how one went."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Effect(StrEnum):
    """What a call may do, from the least on; it decides who has to be asked."""

    COMPUTES = "computes"
    """It works with its arguments alone, or with the clock."""
    READS = "reads"
    """It looks at what the person gave it to look at, on this computer."""
    LEAVES = "leaves"
    """It sends something off this computer, be it only an address."""
    CHANGES = "changes"
    """It may change something, here or elsewhere."""
    RUNS = "runs"
    """It runs commands or code: a general leave for it would be one for everything."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A function that a model may call.

    `id` is the same for ever and never shown to a model; `name` is what its source calls it, in
    any script and length; `source` is the id of that source. `parameters` is a JSON schema of an
    object. Name, description and schema are their author's words: shown as plain text, believed
    in nothing. `reads_only`: calls of it may run beside each other. `bound_to` is what a leave is
    bound to besides, such as the command that answers: no model is told of it.
    """

    id: str
    name: str
    source: str
    description: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    effect: Effect = Effect.CHANGES
    reads_only: bool = False
    title: str = ""
    strict: bool | None = None
    bound_to: str = ""

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of all that a leave is given to: another one is another tool."""
        said = [self.name, self.description, self.parameters, self.effect.value]
        if self.bound_to:
            said.append(self.bound_to)
        text = json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def asks(self) -> bool:
        """Whether a call waits for the person's leave, where none was given before."""
        return self.effect in (Effect.LEAVES, Effect.CHANGES, Effect.RUNS)


class Leave(StrEnum):
    """What the person says to a call that asks."""

    DENY = "deny"
    ONCE = "once"
    CONVERSATION = "conversation"
    ALWAYS = "always"


def leaves_for(tool: Tool) -> tuple[Leave, ...]:
    """The answers that are offered."""
    if tool.effect is Effect.RUNS:
        return (Leave.DENY, Leave.ONCE)
    return (Leave.DENY, Leave.ONCE, Leave.CONVERSATION, Leave.ALWAYS)


@dataclass(frozen=True, slots=True)
class Grant:
    """A leave that holds on: for that tool as it was when it was given."""

    tool: str
    fingerprint: str

    def covers(self, tool: Tool) -> bool:
        known = (self.tool, self.fingerprint) == (tool.id, tool.fingerprint)
        return known and tool.effect is not Effect.RUNS


@dataclass(frozen=True, slots=True)
class ToolOutcome:
    """What a call gave back: words for the model, and pictures as bytes of any format.

    `is_error`: `text` says why it did not work.
    """

    text: str
    is_error: bool = False
    pictures: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a running call is: 0–1 where it knows, and its own word for what it does."""

    share: float | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class CallContext:
    """What a tool may know of the call it answers: in which conversation, and whom to tell."""

    conversation: str
    told: Callable[[Progress], None] = lambda _progress: None


class CallPhase(StrEnum):
    """Where a call of the turn that is under way stands; one that ended has its result."""

    WAITS = "waits"
    """Another call has to end first."""
    ASKS = "asks"
    """It waits for the person's leave."""
    RUNS = "runs"


@dataclass(frozen=True, slots=True)
class CallNow:
    """A call under way. `tool` is None where none of that name is offered."""

    phase: CallPhase
    tool: Tool | None = None
    progress: Progress = Progress()
