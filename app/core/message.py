"""A message and the parts it is made of: what was said, thought, shown, called and returned.

All values are frozen. Bytes of pictures are never held here: an `ImagePart` names its
content by hash, and whoever needs the bytes asks the store that keeps them.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.core.errors import Failure
from app.core.ids import new_id
from app.core.picture_action import Asked


class Role(StrEnum):
    """Who speaks, in the API's words."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"
    TOOL = "tool"


class MessageState(StrEnum):
    """How far a message came. Everything but `COMPLETE` and `STREAMING` kept what arrived."""

    COMPLETE = "complete"
    STREAMING = "streaming"
    STOPPED = "stopped"
    """The person pressed Stop."""
    CUT_SHORT = "cut_short"
    """The stream closed cleanly, but no finish was said, or `length` was."""
    FAILED = "failed"
    """The service or the network failed; `Message.failure` says how."""
    INTERRUPTED = "interrupted"
    """Porthole itself ended (killed, power loss) while it streamed."""


class Detail(StrEnum):
    """How closely the service is asked to look at a picture."""

    AUTO = "auto"
    LOW = "low"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class TextPart:
    """Plain or Markdown text."""

    text: str


@dataclass(frozen=True, slots=True)
class ReasoningPart:
    """What a model thought before it answered.

    `details` are the service's own opaque pieces (signed or encrypted), sent back as they came.
    `seconds` is how long it thought, where that is known.
    """

    text: str
    seconds: float | None = None
    details: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class ImagePart:
    """A picture: either our own bytes (`blob`, a SHA-256 in hex) or an address (`url`).

    `width` and `height` are the pixels that are sent, `original_*` those that came in;
    `text` is what was read from it on this machine, where that was done. `frames` is how many
    pictures the file held, of which this is the first. A tall or wide picture that was cut goes
    along as `pieces` parts of one name, `piece` of which counts from 1; 0 of 0 is a whole one.
    """

    name: str
    media_type: str = "image/png"
    blob: str | None = None
    url: str | None = None
    width: int = 0
    height: int = 0
    original_width: int = 0
    original_height: int = 0
    detail: Detail = Detail.AUTO
    text: str | None = None
    frames: int = 1
    piece: int = 0
    pieces: int = 0
    text_only: bool = False
    """The picture stays on this computer: only `text` goes (see `core.picture_text`)."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """A text file that goes with a message."""

    name: str
    text: str
    media_type: str = "text/plain"


@dataclass(frozen=True, slots=True)
class ToolCallPart:
    """A call the model asked for. `arguments` is the text as it was received, never repaired."""

    id: str
    name: str
    arguments: str


class NotRun(StrEnum):
    """Why a tool call came to no end of its own."""

    BROKEN = "broken"
    """Its arguments are no JSON object, or no such tool is offered."""
    DENIED = "denied"
    STOPPED = "stopped"
    """The person pressed Stop before it ended: it may have run in part."""


@dataclass(frozen=True, slots=True)
class ToolResultPart:
    """What a tool call gave back, whole, or why it did not work (`is_error`).

    `seconds` is how long it ran. Pictures that it gave stand behind it as parts of their own.
    """

    call_id: str
    name: str
    text: str
    is_error: bool = False
    seconds: float | None = None
    not_run: NotRun | None = None


Part = TextPart | ReasoningPart | ImagePart | FilePart | ToolCallPart | ToolResultPart


def sends_pictures(parts: Iterable[Part]) -> bool:
    """Whether any of them goes to the service as a picture."""
    return any(isinstance(part, ImagePart) and not part.text_only for part in parts)


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the service counted them. `raw` is its object, untouched."""

    raw: Mapping[str, Any]

    def _first(self, *places: tuple[str, ...]) -> int | None:
        """The count at the first of these places that holds one."""
        for path in places:
            here: Any = self.raw
            for name in path:
                here = here.get(name) if isinstance(here, Mapping) else None
            if (count := _count(here)) is not None:
                return count
        return None

    @property
    def prompt_tokens(self) -> int | None:
        return self._first(("prompt_tokens",), ("input_tokens",))

    @property
    def completion_tokens(self) -> int | None:
        return self._first(("completion_tokens",), ("output_tokens",))

    @property
    def total_tokens(self) -> int | None:
        return self._first(("total_tokens",))

    @property
    def cached_tokens(self) -> int | None:
        """Of the prompt's tokens, those that the service had at hand: they cost less."""
        return self._first(
            ("prompt_tokens_details", "cached_tokens"),
            ("input_tokens_details", "cached_tokens"),
            ("prompt_cache_hit_tokens",),
            ("cached_tokens",),
        )

    @property
    def reasoning_tokens(self) -> int | None:
        return self._first(
            ("completion_tokens_details", "reasoning_tokens"),
            ("output_tokens_details", "reasoning_tokens"),
            ("reasoning_tokens",),
        )


def _count(value: Any) -> int | None:
    """A number of tokens, be it written with a point."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation's tree.

    `parent` is the message it answers or follows (`None` for a first one); two messages with the
    same parent are versions of each other. Times are seconds: `created_at` since the epoch,
    `first_token_after` and `took` since the request left. `cost` is USD, None where it is unknown.
    `fell_back` is the response format that was asked for in the end, where the model refused a
    richer one. `asked` stands in questions alone: how this one is asked, if not as all others.
    """

    role: Role
    parts: tuple[Part, ...]
    id: str = field(default_factory=new_id)
    parent: str | None = None
    state: MessageState = MessageState.COMPLETE
    model: str = ""
    finish_reason: str | None = None
    usage: Usage | None = None
    failure: Failure | None = None
    created_at: float = field(default_factory=time.time)
    first_token_after: float | None = None
    took: float | None = None
    cost: float | None = None
    fell_back: str = ""
    asked: Asked | None = None

    @property
    def text(self) -> str:
        """The answer's or question's own words: its text parts, joined."""
        return "".join(part.text for part in self.parts if isinstance(part, TextPart))

    @property
    def reasoning(self) -> str:
        """All that was thought, joined."""
        return "".join(part.text for part in self.parts if isinstance(part, ReasoningPart))

    @property
    def images(self) -> tuple[ImagePart, ...]:
        return tuple(part for part in self.parts if isinstance(part, ImagePart))

    @property
    def files(self) -> tuple[FilePart, ...]:
        return tuple(part for part in self.parts if isinstance(part, FilePart))

    @property
    def pictures_sent(self) -> tuple[ImagePart, ...]:
        """Those that go to the service as pictures."""
        return tuple(image for image in self.images if not image.text_only)

    @property
    def tool_calls(self) -> tuple[ToolCallPart, ...]:
        return tuple(part for part in self.parts if isinstance(part, ToolCallPart))
