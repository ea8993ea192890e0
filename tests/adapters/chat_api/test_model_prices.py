"""Prices are read in the unit they are written in, and are unknown where that is not sure."""

from __future__ import annotations

from typing import Any

import pytest

from app.adapters.chat_api.model_prices import prices


def test_zero_is_a_price_only_where_it_is_called_free() -> None:
    zero = {"pricing": {"prompt": "0", "completion": "0"}}
    assert prices(zero, "acme/one") == (None, None)
    assert prices(zero, "acme/one:free") == (0.0, 0.0)
    assert prices({"is_free": True}, "acme/one") == (0.0, 0.0)
    assert prices({"is_free": "no", "input_token_price_per_m": 0}, "a") == (None, None)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"pricing": {"hourly": 0, "input": 0.3, "output": 0.6, "base": 0}}, (0.3, 0.6)),
        ({"pricing": {"input": "0.00000025", "output": "0.00001"}}, (0.25, 10.0)),
        ({"metadata": {"pricing": {"input_tokens": 0.05, "output_tokens": 0.1}}}, (0.05, 0.1)),
        ({"pricing": {"prompt": "-1", "completion": "-1"}}, (None, None)),
        ({"pricing": {"prompt": 0.5, "completion": "nan"}}, (None, None)),
        ({"pricing": {"prompt": "0.000002", "completion": "0", "request": "0.005"}}, (None, None)),
        ({"pricing": {"prompt": "0.000002", "tiers": [1]}}, (None, None)),
        ({"pricing": ["0.1"]}, (None, None)),
        (
            {
                "input_token_price_per_m": 4500,
                "output_token_price_per_m": "9000",
                "is_tiered_billing": False,
            },
            (0.45, 0.9),
        ),
        ({"input_token_price_per_m": 4500, "is_tiered_billing": True}, (None, None)),
        ({"input_token_price_per_m": 10**400}, (None, None)),
        ({"input_token_price_per_m": float("inf")}, (None, None)),
    ],
)
def test_prices_in_every_unit(
    entry: dict[str, Any], expected: tuple[float | None, float | None]
) -> None:
    assert prices(entry, "acme/one") == expected
