"""What happens while an answer arrives: a closed union, already free of any vendor's dialect.

The adapter that reads a stream settles every difference between vendors; whoever takes these
events may rely on: deltas are never empty, a tool call keeps one `index` for its life, reasoning
comes once, usage is the last one said, and each request ends in exactly one `Ended` or `Failed`.
`Waiting` and `FellBack` are said between two requests, by `app.core.again`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.core.errors import Failure
from app.core.exchange import Tape
from app.core.message import Usage
from app.core.request import FormatKind


@dataclass(frozen=True, slots=True)
class Sent:
    """The request is about to leave. `tape` records it, and goes on recording what comes back."""

    tape: Tape


@dataclass(frozen=True, slots=True)
class LimitsReported:
    """How much more may be asked, where the service says so. Counts, and seconds to the reset."""

    requests: int | None = None
    requests_left: int | None = None
    tokens: int | None = None
    tokens_left: int | None = None
    resets_in: float | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """The service began to answer. `model` is the one it names, not always the one asked."""

    model: str = ""
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class TextDelta:
    text: str
    choice: int = 0


@dataclass(frozen=True, slots=True)
class ReasoningDelta:
    """More reasoning. `details` are opaque pieces to send back; either may be empty, not both."""

    text: str
    details: tuple[Any, ...] = ()
    choice: int = 0


@dataclass(frozen=True, slots=True)
class ToolCallDelta:
    """A piece of the call at `index` (0-based, in order of appearance within the choice).

    The first delta of an index carries `id` and `name`; later ones only append to `arguments`,
    except when `replace` says that `arguments` is the whole text so far.
    """

    index: int
    id: str = ""
    name: str = ""
    arguments: str = ""
    replace: bool = False
    choice: int = 0


@dataclass(frozen=True, slots=True)
class UsageReported:
    usage: Usage


@dataclass(frozen=True, slots=True)
class Finished:
    """The service said why this choice ended: `stop`, `length`, `tool_calls`, `content_filter` …"""

    reason: str
    choice: int = 0


@dataclass(frozen=True, slots=True)
class Ended:
    """The stream's end was reached; whether each choice is whole is for `ReplyBuilder` to say."""


@dataclass(frozen=True, slots=True)
class Failed:
    """No more will come. What came before stays."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class Waiting:
    """The service is busy and said so before any output: it is asked again in `seconds`.

    `attempt` counts from 1: the first further request will be the first attempt.
    """

    failure: Failure
    seconds: float
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class FellBack:
    """The model refused a response format: it is asked again at once with a plainer one."""

    failure: Failure
    format: FormatKind


StreamEvent = (
    Sent
    | LimitsReported
    | Opened
    | TextDelta
    | ReasoningDelta
    | ToolCallDelta
    | UsageReported
    | Finished
    | Waiting
    | FellBack
    | Ended
    | Failed
)
