"""A model in a few words: tags for what the catalogue says, its context and its prices."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.model_info import Capability, ModelInfo

translate = QCoreApplication.translate

SHOWN = (Capability.VISION, Capability.TOOLS, Capability.REASONING, Capability.JSON)


def capability_word(capability: Capability) -> str:
    """The word on a capability's tag."""
    match capability:
        case Capability.VISION:
            return translate("Models", "vision")
        case Capability.TOOLS:
            return translate("Models", "tools")
        case Capability.REASONING:
            return translate("Models", "reasoning")
        case Capability.JSON:
            return translate("Models", "JSON")


def tags(model: ModelInfo) -> tuple[str, ...]:
    """Words for what the catalogue lists of it, and nothing that it does not say."""
    return tuple(capability_word(c) for c in SHOWN if model.can(c))


def tokens_text(tokens: int) -> str:
    """A number of tokens as people say it: 32768 → 32K, 128000 → 128K, 1048576 → 1M."""
    thousand = 1024 if tokens % 1024 == 0 and tokens % 1000 else 1000
    if tokens >= thousand * thousand:
        return f"{tokens / thousand / thousand:.3g}M"
    if tokens >= thousand:
        return f"{round(tokens / thousand)}K"
    return str(tokens)


def facts(model: ModelInfo) -> str:
    """Context and prices on one line; what is unknown is said or left out."""
    parts = [tokens_text(model.context_size)] if model.context_size else []
    if model.retired:
        parts.append(translate("Models", "retired"))
    elif model.input_price is None or model.output_price is None:
        if model.capabilities is not None or model.context_size:
            parts.append(translate("Models", "price unknown"))
    else:
        shown = translate("Models", "$%1 in · $%2 out / 1M")
        shown = shown.replace("%1", _money(model.input_price))
        parts.append(shown.replace("%2", _money(model.output_price)))
    return " · ".join(parts)


def _money(price: float) -> str:
    """Dollars with as many digits as matter: 2, 0.5, 1.25, 0.075."""
    return f"{price:.4f}".rstrip("0").rstrip(".")
