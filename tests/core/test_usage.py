"""Tokens are found wherever services put them, and not invented where they are not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from app.core.message import Usage


@pytest.mark.parametrize(
    ("raw", "counts"),
    [
        (
            {
                "prompt_tokens": 5,
                "completion_tokens": 4,
                "total_tokens": 9,
                "prompt_tokens_details": {"cached_tokens": 3},
                "completion_tokens_details": {"reasoning_tokens": 2},
            },
            (5, 4, 9, 3, 2),
        ),
        (
            {
                "input_tokens": 5,
                "output_tokens": 4,
                "input_tokens_details": {"cached_tokens": 3},
                "output_tokens_details": {"reasoning_tokens": 2},
            },
            (5, 4, None, 3, 2),
        ),
        ({"prompt_tokens": 5, "prompt_cache_hit_tokens": 3}, (5, None, None, 3, None)),
        ({"cached_tokens": 0, "reasoning_tokens": 2}, (None, None, None, 0, 2)),
        (
            {"prompt_tokens": "5", "completion_tokens": 4.0, "total_tokens": 9.5},
            (None, 4, None, None, None),
        ),
        (
            {
                "prompt_tokens": None,
                "completion_tokens": True,
                "total_tokens": float("inf"),
                "prompt_tokens_details": None,
                "completion_tokens_details": {"reasoning_tokens": None},
            },
            (None, None, None, None, None),
        ),
        ({}, (None, None, None, None, None)),
    ],
)
def test_counts(raw: Mapping[str, Any], counts: tuple[int | None, ...]) -> None:
    usage = Usage(raw)
    assert (
        usage.prompt_tokens,
        usage.completion_tokens,
        usage.total_tokens,
        usage.cached_tokens,
        usage.reasoning_tokens,
    ) == counts
