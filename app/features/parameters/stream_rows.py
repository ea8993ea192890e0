"""Whether the answer streams, and whether its usage comes with the stream: on unless turned off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.features.parameters.choice_row import Choice, ChoiceRow, off
from app.features.parameters.row import RowLook, translate

OPTIONS, USAGE = "stream_options", "include_usage"


def _on_as_usual() -> str:
    return translate("Parameters", "on, as usual")


class StreamRow(ChoiceRow):
    """`stream`: nothing but "off" needs to be said of it."""

    def __init__(self, *, look: RowLook) -> None:
        super().__init__(
            "stream",
            lambda: translate("Parameters", "Stream"),
            lambda: translate("Parameters", "Show the answer as it comes; else it comes whole."),
            (Choice(False, off),),
            unset=_on_as_usual,
            look=look,
        )

    def show_parameters(self, parameters: Mapping[str, Any]) -> None:
        streams = parameters.get("stream") is not False
        super().show_parameters({} if streams else {"stream": False})


class UsageRow(ChoiceRow):
    """`include_usage` within `stream_options`; what else stands there stays."""

    def __init__(self, *, look: RowLook) -> None:
        super().__init__(
            USAGE,
            lambda: translate("Parameters", "Usage"),
            lambda: translate("Parameters", "include_usage: tokens are counted while streaming."),
            (Choice(False, off),),
            unset=_on_as_usual,
            look=look,
        )
        self.names = (OPTIONS,)
        self._rest: dict[str, Any] = {}

    def show_parameters(self, parameters: Mapping[str, Any]) -> None:
        said = parameters.get(OPTIONS)
        options = dict(said) if isinstance(said, Mapping) else {}
        counted = options.pop(USAGE, True) is not False
        self._rest = options
        self.setEnabled(parameters.get("stream") is not False)
        super().show_parameters({} if counted else {USAGE: False})

    def _put(self, value: Any) -> None:
        self._value = value
        own = self._rest if value is None else {**self._rest, USAGE: value}
        self._say("")
        self.edited.emit({OPTIONS: own} if own else {})
