"""What a refusal is answered with, by what it blames and how it is worded."""

from __future__ import annotations

import pytest

from app.core.errors import Failure, FailureKind
from app.core.fixes import Fix, FixKind, fix_for, fixed, plainer
from app.core.request import Dialect, FormatKind


def refused(
    parameter: str, message: str = "", kind: FailureKind = FailureKind.BAD_REQUEST
) -> Failure:
    return Failure(kind, message, 400, parameter=parameter)


@pytest.mark.parametrize(
    ("words", "renamed"),
    [
        ("'max_tokens' is not supported. Use 'max_completion_tokens' instead.", True),
        ("max_tokens is deprecated, please use max_completion_tokens", True),
        ("不支持 max_tokens，请使用 `max_completion_tokens`", True),
        ("'max_tokens' or 'max_completion_tokens' is too large: 9000", False),
        ("max_tokens is not supported", False),
    ],
)
def test_a_limit_is_renamed_only_where_the_other_name_is_wanted(words: str, renamed: bool) -> None:
    fix = fix_for(refused("max_tokens", words))
    leave_out = Fix(FixKind.WITHOUT, "max_tokens")
    assert fix == (Fix(FixKind.MAX_COMPLETION_TOKENS) if renamed else leave_out)


@pytest.mark.parametrize(
    ("failure", "dialect"),
    [
        (refused("top_k"), Dialect(without=frozenset({"top_k"}))),
        (refused("system"), Dialect(system_as_user=True)),
        (refused("reasoning_content"), Dialect(reasoning_back=False)),
        (refused("seed", kind=FailureKind.IN_STREAM), Dialect(without=frozenset({"seed"}))),
        (refused("", kind=FailureKind.TOO_LARGE), Dialect()),
    ],
)
def test_a_fix_is_remembered_as_dialect(failure: Failure, dialect: Dialect) -> None:
    fix = fix_for(failure)
    assert fix is not None
    assert fixed(Dialect(), fix) == dialect


@pytest.mark.parametrize(
    "failure",
    [
        refused(""),
        refused("messages"),
        refused("top_k", kind=FailureKind.AUTH),
        refused("top_k", kind=FailureKind.NOT_SENT),
        refused("top_k", kind=FailureKind.OWN_FAULT),
    ],
)
def test_no_fix_is_offered_where_none_is_known(failure: Failure) -> None:
    assert fix_for(failure) is None


def test_formats_become_plainer_step_by_step() -> None:
    assert plainer(FormatKind.JSON_SCHEMA) is FormatKind.JSON_OBJECT
    assert plainer(FormatKind.JSON_OBJECT) is FormatKind.TEXT
    assert plainer(FormatKind.TEXT) is None
