"""What a service's card asks of the field in which a model is chosen; bootstrap hands one in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import SignalInstance

from app.core.model_info import ModelInfo


class ModelField(Protocol):
    """A widget that shows a model's id and lets another be chosen or typed."""

    @property
    def model_chosen(self) -> SignalInstance:
        """Carries the id that was chosen."""
        ...

    @property
    def opened(self) -> SignalInstance:
        """The list is being looked at: refresh it."""
        ...

    def set_models(self, models: Sequence[ModelInfo], *, refreshing: bool = False) -> None: ...

    def set_current(self, model_id: str) -> None: ...


MakeModelField = Callable[[], ModelField]
