"""A model as its catalogue describes it: any field may be unknown, capabilities only inform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Capability(StrEnum):
    VISION = "vision"
    TOOLS = "tools"
    REASONING = "reasoning"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """`context_size` and `max_output_tokens` are tokens; prices are USD per million tokens.

    `None` means that the catalogue does not say; a price of 0.0 that it says the model is free.
    `capabilities` is `None` when nothing at all is said about what the model can do. `provider` is
    who made or serves it. `model_type` (as "chat" or "embedding"), `endpoints` and
    `output_modalities` are in the catalogue's own words, empty where it has none.
    """

    id: str
    title: str = ""
    description: str = ""
    context_size: int | None = None
    max_output_tokens: int | None = None
    input_price: float | None = None
    output_price: float | None = None
    capabilities: frozenset[Capability] | None = None
    endpoints: tuple[str, ...] = ()
    retired: bool = False
    provider: str = ""
    model_type: str = ""
    output_modalities: tuple[str, ...] = ()

    def can(self, capability: Capability) -> bool | None:
        """Whether the catalogue lists it; `None` when it says nothing."""
        return None if self.capabilities is None else capability in self.capabilities

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """The endpoints that serve it, if chat completions are known not to be among them."""
        return () if any(_is_chat(name) for name in self.endpoints) else self.endpoints

    @property
    def speaks(self) -> bool | None:
        """Whether it answers in text, `None` if the catalogue does not say."""
        if self.output_modalities:
            return "text" in (word.lower() for word in self.output_modalities)
        return False if self.model_type.lower() in _WITHOUT_TEXT else None


_WITHOUT_TEXT = frozenset(
    {"embedding", "embeddings", "rerank", "reranker", "moderation", "image", "image_generation"}
    | {"audio", "tts", "stt", "transcribe", "transcription", "video"}
)


def _is_chat(endpoint: str) -> bool:
    """Whether it is chat completions, in any of the ways that catalogues write it."""
    name = endpoint.lower().strip("/").replace("_", "-").replace("/", "-")
    return name.endswith("chat-completions") or name in ("chat", "chat-completion", "openai")


def model_to_json(model: ModelInfo) -> dict[str, Any]:
    """Plain JSON values; what is unknown is left out."""
    kept: dict[str, Any] = {
        name: getattr(model, name) for name in (*_TEXTS, *_COUNTS, *_PRICES, "retired")
    }
    kept |= {name: list(getattr(model, name)) for name in _LISTS}
    free = (name for name in _PRICES if kept[name] == 0.0)
    made = {name: value for name, value in kept.items() if value} | dict.fromkeys(free, 0.0)
    if model.capabilities is not None:
        made["capabilities"] = sorted(model.capabilities)
    return made


def model_from_json(item: Any) -> ModelInfo | None:
    """A model from what a file held, odd values left out; None if it does not say which."""
    if not isinstance(item, Mapping) or not _text(item.get("id")):
        return None
    given: dict[str, Any] = {
        **{name: _text(item.get(name)) for name in _TEXTS},
        **{name: _count(item.get(name)) for name in _COUNTS},
        **{name: _price(item.get(name)) for name in _PRICES},
        **{name: tuple(_strings(item.get(name))) for name in _LISTS},
    }
    words = item.get("capabilities")
    if isinstance(words, list):
        given["capabilities"] = frozenset(c for c in Capability if c.value in _strings(words))
    return ModelInfo(**given, retired=item.get("retired") is True)


MOST = 10**12
"""More than this is neither a number of tokens nor a price."""
_TEXTS = ("id", "title", "description", "provider", "model_type")
_COUNTS = ("context_size", "max_output_tokens")
_PRICES = ("input_price", "output_price")
_LISTS = ("endpoints", "output_modalities")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _strings(value: Any) -> list[str]:
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and 0 < value < MOST and value is not True else None


def _price(value: Any) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return float(value) if 0 <= value < MOST else None
