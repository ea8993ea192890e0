"""A model as its catalogue describes it: any field may be unknown, capabilities only inform."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Capability(StrEnum):
    VISION = "vision"
    TOOLS = "tools"
    REASONING = "reasoning"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """`context_size` and `max_output_tokens` are tokens; prices are USD per million tokens.

    `None` means that the catalogue does not say. `capabilities` is `None` when nothing at all is
    said about what the model can do.
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

    def can(self, capability: Capability) -> bool | None:
        """Whether the catalogue lists it; `None` when it says nothing."""
        return None if self.capabilities is None else capability in self.capabilities
