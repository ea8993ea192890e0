"""What a refusal can be answered with: one change that is offered, and remembered for the model."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from app.core.errors import Failure, FailureKind
from app.core.request import Dialect, FormatKind

_OTHER_LIMIT = re.compile(
    r"max_completion_tokens\W{0,3}(?:instead|代替|替代)"
    r"|(?:use|specify|with|使用|改用|换成|请用)\W{0,4}(?:the )?\W?max_completion_tokens",
    re.IGNORECASE,
)
"""Words that want the limit under its other name; one may also name both and mind the number."""
REFUSED = frozenset({FailureKind.BAD_REQUEST, FailureKind.IN_STREAM, FailureKind.TOO_LARGE})


class FixKind(StrEnum):
    WITHOUT = "without"
    """Leave a parameter out."""
    MAX_COMPLETION_TOKENS = "max_completion_tokens"
    SYSTEM_AS_USER = "system_as_user"
    NO_REASONING_BACK = "no_reasoning_back"
    SMALLER_PICTURES = "smaller_pictures"
    """The only one that is no matter of dialect: the question is asked with smaller pictures."""


@dataclass(frozen=True, slots=True)
class Fix:
    kind: FixKind
    name: str = ""
    """The parameter's name, for `WITHOUT`."""


def fix_for(failure: Failure) -> Fix | None:
    """The change that would meet what the service refused; None where none is known."""
    if failure.kind not in REFUSED:
        return None
    if failure.kind is FailureKind.TOO_LARGE:
        return Fix(FixKind.SMALLER_PICTURES)
    match failure.parameter:
        case "" | "messages" | "model":
            return None
        case "system":
            return Fix(FixKind.SYSTEM_AS_USER)
        case "reasoning_content" | "reasoning_details":
            return Fix(FixKind.NO_REASONING_BACK)
        case "max_tokens" if _OTHER_LIMIT.search(failure.message):
            return Fix(FixKind.MAX_COMPLETION_TOKENS)
        case name:
            return Fix(FixKind.WITHOUT, name)


def fixed(dialect: Dialect, fix: Fix) -> Dialect:
    """The dialect that was learned with this fix."""
    match fix.kind:
        case FixKind.WITHOUT:
            return replace(dialect, without=dialect.without | {fix.name})
        case FixKind.MAX_COMPLETION_TOKENS:
            return replace(dialect, max_completion_tokens=True)
        case FixKind.SYSTEM_AS_USER:
            return replace(dialect, system_as_user=True)
        case FixKind.NO_REASONING_BACK:
            return replace(dialect, reasoning_back=False)
        case FixKind.SMALLER_PICTURES:
            return dialect


def plainer(wanted: FormatKind) -> FormatKind | None:
    """The response format to fall back to; None from plain text."""
    return {
        FormatKind.JSON_SCHEMA: FormatKind.JSON_OBJECT,
        FormatKind.JSON_OBJECT: FormatKind.TEXT,
    }.get(wanted)
