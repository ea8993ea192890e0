"""Whether an answer is what its schema asked for, and where it first is not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    MATCHES = "matches"
    MISMATCH = "mismatch"
    NO_JSON = "no_json"
    """The answer is no JSON value, or more than that."""
    BAD_SCHEMA = "bad_schema"
    """The schema itself is none that can be followed."""


@dataclass(frozen=True, slots=True)
class SchemaVerdict:
    """`name` is the schema's, `path` where in the answer it first differs (`$.items[1].price`),
    `problem` how, in the words of whoever checked."""

    verdict: Verdict
    name: str
    path: str = ""
    problem: str = ""
