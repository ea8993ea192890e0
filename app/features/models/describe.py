"""A model in a few words: tags for what the catalogue says, its context, its prices, warnings."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.model_info import Capability, ModelInfo

translate = QCoreApplication.translate

SHOWN = (Capability.VISION, Capability.TOOLS, Capability.REASONING, Capability.JSON)
SMALLEST = 0.0001
"""USD per million tokens; what is less is said to be less, never shown as nothing."""


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


def marks(model: ModelInfo) -> tuple[str, ...]:
    """Words of warning, where the catalogue says that it cannot be talked with. It may be wrong:
    they forbid nothing."""
    if model.elsewhere:
        return (translate("Models", "only %1").replace("%1", model.elsewhere[0]),)
    return (translate("Models", "not for chat"),) if model.speaks is False else ()


def endpoint_note(model: ModelInfo) -> str:
    """A sentence if it is known to serve other endpoints than chat completions alone, else ""."""
    if not model.elsewhere:
        return ""
    note = translate("Models", "The catalogue says that this model only serves %1.")
    return note.replace("%1", ", ".join(model.elsewhere))


def retired_note(model: ModelInfo) -> str:
    """A sentence if the catalogue lists it as retired, else ""."""
    return (
        translate("Models", "The catalogue lists this model as retired.") if model.retired else ""
    )


def text_note(model: ModelInfo) -> str:
    """A sentence if the catalogue says that it does not answer in text, else ""."""
    if model.speaks is not False:
        return ""
    return translate("Models", "The catalogue says that this model does not answer in text.")


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
    size = tokens_text(model.context_size) if model.context_size else ""
    return " · ".join(part for part in (size, _state_or_price(model, short=False)) if part)


def short_facts(model: ModelInfo) -> str:
    """The prices alone, for a narrow place."""
    return _state_or_price(model, short=True)


def price_text(price: float) -> str:
    """Dollars per million tokens with as many digits as matter: $2, $0.5, $1.25, $0.075."""
    if 0 < price < SMALLEST:
        return f"< ${SMALLEST}"
    return "$" + f"{price:.4f}".rstrip("0").rstrip(".")


def explanation(model: ModelInfo) -> str:
    """All that is worth knowing beyond its row, a line each; "" if there is nothing."""
    most = ""
    if model.max_output_tokens:
        most = translate("Models", "Answers of up to %1 tokens")
        most = most.replace("%1", tokens_text(model.max_output_tokens))
    heading = " · ".join(part for part in (model.title, model.provider) if part)
    notes = (retired_note(model), endpoint_note(model), text_note(model))
    return "\n".join(line for line in (heading, *notes, most, model.description) if line)


def _state_or_price(model: ModelInfo, *, short: bool) -> str:
    if model.retired:
        return translate("Models", "retired")
    price_in, price_out = model.input_price, model.output_price
    if price_in is None or price_out is None:
        # A list that holds names alone does not know prices, which goes without saying.
        says_much = model.capabilities is not None or model.context_size
        return translate("Models", "price unknown") if says_much else ""
    if not price_in and not price_out:
        return translate("Models", "free")
    shown = translate("Models", "%1 / %2", "prices in and out")
    if not short:
        shown = translate("Models", "%1 in · %2 out / 1M")
    return shown.replace("%1", price_text(price_in)).replace("%2", price_text(price_out))
