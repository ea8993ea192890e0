"""What a catalogue says that a model costs, in USD per million tokens; never a guess.

Services write prices in different units, told apart by the names they stand under:

- `input_token_price_per_m` and `pricing.prompt.price_per_m`: dollars per million, × 10,000
- `pricing.prompt` and `pricing.completion`: dollars per token
- `pricing.input` and `pricing.output`: dollars per million, or per token where they are so small
  that nothing else makes sense
- `pricing.input_tokens` and `.output_tokens`, also in `metadata`: dollars per million

Zero is how catalogues write "depends" (a price in tiers) and "not said" as well as "free". It is
taken as free only if the entry says so besides: a name that ends in `:free`, or `is_free`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.adapters.chat_api.numbers import number

PRICE_UNIT = 10_000
MILLION = 1_000_000
DEAREST = 10_000.0
"""USD per million tokens; a price above it stands in a unit that we do not know."""
SMALLEST_PER_MILLION = 0.001
"""USD; what is less, where a price per million is usual, is a price per token."""


def prices(item: Mapping[str, Any], name: str) -> tuple[float | None, float | None]:
    """USD per million tokens in and out, each None where the catalogue does not say.

    Both are unknown where two numbers cannot say it: tiers, or a fee for each request.
    """
    pricing = item.get("pricing")
    if not isinstance(pricing, Mapping):
        metadata = item.get("metadata")
        pricing = metadata.get("pricing") if isinstance(metadata, Mapping) else None
    given = pricing if isinstance(pricing, Mapping) else {}
    tiers = (item.get("is_tiered_billing"), item.get("tiered_billing_configs"), given.get("tiers"))
    if any(tiers) or (number(given.get("request")) or 0) > 0:
        return None, None
    found_in = _price(item.get("input_token_price_per_m"), given, ("prompt", "input"))
    found_out = _price(item.get("output_token_price_per_m"), given, ("completion", "output"))
    if name.endswith(":free") or item.get("is_free") is True:
        return found_in or 0.0, found_out or 0.0
    return found_in, found_out


def _price(own: Any, given: Mapping[str, Any], names: tuple[str, str]) -> float | None:
    """The first that is a price: the catalogue's own field, then those of `pricing`."""
    per_token, per_million = given.get(names[0]), given.get(names[1])
    ways = (
        _scaled(own, 1 / PRICE_UNIT),
        _scaled(per_token.get("price_per_m"), 1 / PRICE_UNIT)
        if isinstance(per_token, Mapping)
        else _scaled(per_token, MILLION),
        _scaled(per_million, MILLION if _is_per_token(per_million) else 1),
        _scaled(given.get(f"{names[1]}_tokens"), 1),
    )
    return next((price for price in ways if price is not None), None)


def _scaled(value: Any, factor: float) -> float | None:
    amount = number(value)
    if amount is None or amount <= 0:
        return None
    # Twelve digits: what binary fractions add to 0.000002 × 1,000,000 is no part of the price.
    price = float(f"{amount * factor:.12g}")
    return price if 0 < price <= DEAREST else None


def _is_per_token(value: Any) -> bool:
    amount = number(value)
    return amount is not None and amount < SMALLEST_PER_MILLION
