"""A service's list of models in any of the forms that services give it; any field may be odd."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.adapters.chat_api.model_prices import prices
from app.adapters.chat_api.numbers import number
from app.adapters.chat_api.surrogates import scrub
from app.core.model_info import Capability, ModelInfo

RETIRED = 4
"""接口AI's `status` of a model that is no longer served."""
LONGEST_ID = 300
MOST_MODELS = 20_000
"""Ten times what the largest catalogues list; nobody looks further."""

# Where a value may stand, the surest place first; a dot goes into an object.
_CONTEXT = (
    *("context_size", "context_length", "context_window", "loaded_context_length"),
    *("max_model_len", "max_context_length", "meta.n_ctx", "meta.n_ctx_train"),
    *("top_provider.context_length", "metadata.context_length", "max_input_tokens"),
    "capabilities.limits.max_context_window_tokens",
)
_MAX_OUTPUT = (
    *("max_output_tokens", "max_completion_tokens", "max_output_length"),
    *("top_provider.max_completion_tokens", "capabilities.limits.max_output_tokens"),
)
_INPUTS = ("input_modalities", "architecture.input_modalities", "modalities.input")
_OUTPUTS = ("output_modalities", "architecture.output_modalities", "modalities.output")
_FEATURES = ("features", "supported_features", "supported_parameters", "metadata.tags")
_ENDPOINTS = ("endpoints", "supported_endpoints", "supported_endpoint_types")
_PROVIDER = ("owned_by", "organization", "publisher", "vendor")
_NOBODY = frozenset({"system", "library", "organization_owner", "unknown"})
_ENDS = ("deprecation", "expiration_date", "shutdown_date", "retirement_date")
_ENDED = frozenset({"retired", "shutdown", "offline", "archived", "discontinued"})

_CAPABILITIES = {
    **dict.fromkeys(
        ("vision", "image", "multimodal", "image-input", "image-in"), Capability.VISION
    ),
    **dict.fromkeys(("tools", "tool-use", "tool-calls", "tool-choice"), Capability.TOOLS),
    **dict.fromkeys(("tool-calling", "function-calling"), Capability.TOOLS),
    **dict.fromkeys(("reasoning", "thinking", "reasoning-effort"), Capability.REASONING),
    **dict.fromkeys(("include-reasoning",), Capability.REASONING),
    **dict.fromkeys(("structured-outputs", "structured-output", "json-mode"), Capability.JSON),
    **dict.fromkeys(("json-schema", "response-format", "json"), Capability.JSON),
}


def model_list(body: Any, today: datetime.date | None = None) -> list[ModelInfo] | None:
    """The models that a JSON body lists, each once; None if it is no list of models.

    A list may stand for itself, under `data`, under `models`, or under both: then what `models`
    says of a model is added. `today` decides which models have come to their end.
    """
    items, more = _listed(body)
    if items is None:
        return None
    day = today or datetime.datetime.now(datetime.UTC).date()
    found: dict[str, ModelInfo] = {}
    for item in items[:MOST_MODELS]:
        if isinstance(item, Mapping):
            item = {**more.get(_name(item), {}), **item}
        info = _model({"id": item} if isinstance(item, str) else item, day)
        if info is not None:
            found.setdefault(info.id, info)
    return list(found.values())


def _listed(body: Any) -> tuple[list[Any] | None, Mapping[str, Mapping[str, Any]]]:
    """The entries, and by name what a second list says of them."""
    if not isinstance(body, Mapping):
        return (body if isinstance(body, list) else None), {}
    data, models = body.get("data"), body.get("models")
    if not isinstance(data, list):
        return (models if isinstance(models, list) else None), {}
    second = models if isinstance(models, list) else []
    return data, {_name(item): item for item in second if isinstance(item, Mapping)}


def _name(item: Mapping[str, Any]) -> str:
    names = (item.get(key) for key in ("id", "model", "name"))
    return next((scrub(n).strip() for n in names if isinstance(n, str) and n.strip()), "")


def _model(item: Any, day: datetime.date) -> ModelInfo | None:
    if not isinstance(item, Mapping):
        return None
    name = _name(item)
    if not name or len(name) > LONGEST_ID or not name.isprintable():
        return None
    title = next(
        (t for key in ("display_name", "title", "name") if (t := _text(item.get(key)))), ""
    )
    price_in, price_out = prices(item, name)
    return ModelInfo(
        id=name,
        title="" if title == name else title,
        description=_text(item.get("description")),
        context_size=_first_count(item, _CONTEXT),
        max_output_tokens=_first_count(item, _MAX_OUTPUT),
        input_price=price_in,
        output_price=price_out,
        capabilities=_capabilities(item),
        endpoints=tuple(_first_words(item, _ENDPOINTS) or ()),
        retired=_retired(item, day),
        provider=_provider(item),
        model_type=_text(item.get("model_type")) or _text(item.get("type")),
        output_modalities=tuple(_outputs(item)),
    )


def _capabilities(item: Mapping[str, Any]) -> frozenset[Capability] | None:
    """What any part of the entry says that it can do; None if no part says anything."""
    said = [words for path in _FEATURES if (words := _words(_at(item, path))) is not None]
    said += [words for words in _flags(item) if words is not None]
    inputs = _first_words(item, _INPUTS)
    if inputs is None and (way := _text(_at(item, "architecture.modality"))):
        inputs = way.partition("->")[0].split("+")
    if not said and inputs is None and _text(item.get("type")) != "vlm":
        return None
    words = [word.lower().replace("_", "-") for group in said for word in group]
    known = {_CAPABILITIES.get(word) for word in words}
    if "image" in (inputs or ()) or _text(item.get("type")) == "vlm":
        known.add(Capability.VISION)
    return frozenset(capability for capability in known if capability is not None)


def _flags(item: Mapping[str, Any]) -> Iterator[Sequence[str] | None]:
    """Capabilities as a list, as an object of flags, and as `supports_…` flags of the entry."""
    given = item.get("capabilities")
    yield _words(given)
    for flags in (given, _at(item, "capabilities.supports")):
        if isinstance(flags, Mapping) and any(isinstance(on, bool) for on in flags.values()):
            yield [str(name) for name, on in flags.items() if on is True]
    own = {k.removeprefix("supports_"): on for k, on in item.items() if k.startswith("supports_")}
    if any(isinstance(on, bool) for on in own.values()):
        yield [name for name, on in own.items() if on is True]


def _outputs(item: Mapping[str, Any]) -> Sequence[str]:
    words = _first_words(item, _OUTPUTS)
    if words is None and (way := _text(_at(item, "architecture.modality"))):
        words = way.partition("->")[2].split("+")
    return [word for word in words or () if word]


def _provider(item: Mapping[str, Any]) -> str:
    names = (_text(item.get(key)) for key in _PROVIDER)
    return next((name for name in names if name and name not in _NOBODY), "")


def _retired(item: Mapping[str, Any], day: datetime.date) -> bool:
    status = item.get("status")
    if number(status) == RETIRED or item.get("active") is False or item.get("archived") is True:
        return True
    if isinstance(status, str) and status.lower() in _ENDED:
        return True
    return any((end := _day(item.get(key))) is not None and end < day for key in _ENDS)


def _day(value: Any) -> datetime.date | None:
    """The day of an ISO date or time; None if it is neither."""
    try:
        return datetime.date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def _at(item: Mapping[str, Any], path: str) -> Any:
    value: Any = item
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _first_count(item: Mapping[str, Any], paths: Sequence[str]) -> int | None:
    """The first of these that is a number of tokens."""
    found = (number(_at(item, path)) for path in paths)
    return next((int(count) for count in found if count is not None and 1 <= count < 1e12), None)


def _first_words(item: Mapping[str, Any], paths: Sequence[str]) -> Sequence[str] | None:
    return next((words for path in paths if (words := _words(_at(item, path))) is not None), None)


def _text(value: Any) -> str:
    """One line of text."""
    return " ".join(scrub(value).split()) if isinstance(value, str) else ""


def _words(value: Any) -> Sequence[str] | None:
    if not isinstance(value, list):
        return None
    return [text for word in value if (text := _text(word))]
