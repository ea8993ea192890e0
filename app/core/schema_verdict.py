"""Whether an answer is what its schema asked for, and where it is not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

TOLD = 20
"""Places that are told one by one; of more it is told how many there are."""


class Verdict(StrEnum):
    MATCHES = "matches"
    MISMATCH = "mismatch"
    NO_JSON = "no_json"
    """The answer is no JSON value, or more than that."""
    BAD_SCHEMA = "bad_schema"
    """The schema itself is none that can be followed."""


@dataclass(frozen=True, slots=True)
class SchemaProblem:
    """`path` where in the answer it differs (`$.items[1].price`), `said` how."""

    path: str
    said: str


@dataclass(frozen=True, slots=True)
class SchemaVerdict:
    """`name` is the schema's, `path` where in the answer it first differs (`$.items[1].price`),
    `problem` how, in the words of whoever checked. `problems` are the first `TOLD` of all, in the
    answer's order; `more` are beyond them, at least so many where they are `uncounted`.
    """

    verdict: Verdict
    name: str
    path: str = ""
    problem: str = ""
    problems: tuple[SchemaProblem, ...] = ()
    more: int = 0
    uncounted: bool = False


@dataclass(frozen=True, slots=True)
class SchemaFault:
    """What is wrong with a schema: in whose words, and on which line of its text (0: on none)."""

    said: str
    line: int = 0
    away: str = ""
    """Where it refers to, when that is its fault: nothing outside a schema is fetched."""
    endless: bool = False
    """It refers to itself and says nothing else."""
