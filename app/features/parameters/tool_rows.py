"""Which tools the model is told of by hand, and whether it may or must call one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.features.parameters.choice_row import ON_OFF, Choice, ChoiceRow, OwnWord
from app.features.parameters.json_row import JsonRow, check_tools
from app.features.parameters.row import ParameterRow, RowLook, translate

_HINT = '[{"type": "function",\n  "function": {"name": "get_weather"}}]'


def tool_rows(look: RowLook) -> tuple[ParameterRow, ...]:
    return (
        ChoiceRow(
            "tool_choice",
            lambda: translate("Parameters", "Calls"),
            lambda: translate("Parameters", "tool_choice: whether the model may or must call."),
            (
                Choice("auto", lambda: translate("Parameters", "as it sees fit (auto)")),
                Choice("none", lambda: translate("Parameters", "never (none)")),
                Choice("required", lambda: translate("Parameters", "always (required)")),
            ),
            own=OwnWord(
                lambda: translate("Parameters", "one function…"),
                lambda: translate("Parameters", "the function's name"),
                lambda name: {"type": "function", "function": {"name": name}},
                _function_name,
            ),
            look=look,
        ),
        ChoiceRow(
            "parallel_tool_calls",
            lambda: translate("Parameters", "Several"),
            lambda: translate("Parameters", "parallel_tool_calls: several calls at once."),
            ON_OFF,
            look=look,
        ),
        JsonRow(
            "tools",
            lambda: translate("Parameters", "Further tools"),
            lambda: translate("Parameters", "A JSON list of tools, sent as it stands."),
            _HINT,
            check_tools,
            look=look,
        ),
    )


def _function_name(value: Any) -> str:
    function = value.get("function") if isinstance(value, Mapping) else None
    name = function.get("name") if isinstance(function, Mapping) else None
    return name if isinstance(name, str) else ""
