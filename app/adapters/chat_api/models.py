"""A service's list of models, of which any field may be missing, null or odd."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from app.adapters.chat_api.surrogates import scrub
from app.core.model_info import Capability, ModelInfo

PRICE_UNIT = 10_000
"""What the catalogue's prices are divided by for USD per million tokens."""
RETIRED = 4

_FEATURES = {
    "function-calling": Capability.TOOLS,
    "tools": Capability.TOOLS,
    "reasoning": Capability.REASONING,
    "structured-outputs": Capability.JSON,
    "json-mode": Capability.JSON,
    "vision": Capability.VISION,
}


def model_list(body: Any) -> list[ModelInfo] | None:
    """The models that a JSON body lists, each once; None if it is no list of models."""
    items = body.get("data", body.get("models")) if isinstance(body, Mapping) else body
    if not isinstance(items, list):
        return None
    found: dict[str, ModelInfo] = {}
    for item in items:
        info = _model({"id": item} if isinstance(item, str) else item)
        if info is not None:
            found.setdefault(info.id, info)
    return list(found.values())


def _model(item: Any) -> ModelInfo | None:
    if not isinstance(item, Mapping):
        return None
    name = _text(item, "id") or _text(item, "name")
    if not name:
        return None
    return ModelInfo(
        id=name,
        title=_text(item, "display_name") or _text(item, "title"),
        description=_text(item, "description"),
        context_size=_count(item.get("context_size")),
        max_output_tokens=_count(item.get("max_output_tokens")),
        input_price=_price(item.get("input_token_price_per_m")),
        output_price=_price(item.get("output_token_price_per_m")),
        capabilities=_capabilities(item),
        endpoints=tuple(_words(item.get("endpoints")) or ()),
        retired=_number(item.get("status")) == RETIRED,
    )


def _capabilities(item: Mapping[str, Any]) -> frozenset[Capability] | None:
    features = _words(item.get("features"))
    inputs = _words(item.get("input_modalities"))
    if features is None and inputs is None:
        return None
    known = {_FEATURES.get(word.lower().replace("_", "-")) for word in features or ()}
    if "image" in (inputs or ()):
        known.add(Capability.VISION)
    return frozenset(capability for capability in known if capability is not None)


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return scrub(value).strip() if isinstance(value, str) else ""


def _words(value: Any) -> Sequence[str] | None:
    if not isinstance(value, list):
        return None
    return [scrub(word) for word in value if isinstance(word, str)]


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _count(value: Any) -> int | None:
    number = _number(value)
    return int(number) if number is not None and number > 0 else None


def _price(value: Any) -> float | None:
    """Tiered models show 0, which is no price."""
    number = _number(value)
    return number / PRICE_UNIT if number is not None and number > 0 else None
