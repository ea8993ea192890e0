"""The reasoning switches: whether a model thinks, and how much. Which it honours differs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from app.features.parameters.choice_row import ON_OFF, Choice, ChoiceRow, OwnWord
from app.features.parameters.fields import BUDGET
from app.features.parameters.number_row import NumberRow
from app.features.parameters.row import ParameterRow, RowLook, translate

EFFORTS = ("none", "minimal", "low", "medium", "high", "xhigh")


class ThinkingRow(ParameterRow):
    """`thinking`: an object that says its type, and a budget where it thinks."""

    def __init__(self, *, look: RowLook) -> None:
        super().__init__(("thinking",), _thinking_title, _thinking_about, look=look)
        self._value: Any = None
        self._type = ChoiceRow(
            "type",
            _thinking_title,
            _thinking_about,
            (
                Choice("enabled", lambda: translate("Parameters", "enabled")),
                Choice("disabled", lambda: translate("Parameters", "disabled")),
            ),
            own=_other_word(),
            look=look,
        )
        self._budget = NumberRow(BUDGET, look=look)
        self._column.insertWidget(1, self._type)
        self._column.insertWidget(2, self._budget)
        self._label.hide()
        self._column.setSpacing(8)
        self._budget.hide()
        self._type.edited.connect(self._type_edited)
        self._budget.edited.connect(self._budget_edited)
        for row in (self._type, self._budget):
            row.explained.connect(self.explained)
        self.retranslate()

    def show_parameters(self, parameters: Mapping[str, Any]) -> None:
        self._value = parameters.get("thinking")
        said = self._value if isinstance(self._value, Mapping) else {"type": self._value}
        self._type.show_parameters(said)
        self._budget.show_parameters(said)
        thinks = said.get("type") not in (None, "disabled")
        self._budget.setVisible(isinstance(self._value, Mapping) and thinks)

    def forget_typed(self) -> None:
        for row in (self._type, self._budget):
            row.forget_typed()

    @property
    def is_set(self) -> bool:
        return self._value is not None

    def _type_edited(self, values: Mapping[str, Any]) -> None:
        kind = values.get("type")
        rest = {k: v for k, v in self._rest().items() if kind != "disabled"}
        self._put(None if kind is None else {"type": kind, **rest})

    def _budget_edited(self, values: Mapping[str, Any]) -> None:
        rest = {k: v for k, v in self._rest().items() if k not in self._budget.names}
        self._put({"type": self._type.value, **rest, **values})

    def _rest(self) -> dict[str, Any]:
        """What stands beside the type."""
        said = self._value if isinstance(self._value, Mapping) else {}
        return {k: v for k, v in said.items() if k != "type"}

    def _put(self, value: Any) -> None:
        self.show_parameters({"thinking": value})
        self.edited.emit({} if value is None else {"thinking": value})

    def restyle(self) -> None:
        """Its rows look after themselves."""

    def _show_note(self) -> None:
        self._note.hide()


def reasoning_rows(look: RowLook) -> tuple[ParameterRow, ...]:
    """A row for each of the switches."""
    return (
        ChoiceRow(
            "enable_thinking",
            lambda: translate("Parameters", "Think"),
            lambda: translate("Parameters", "enable_thinking: whether the model thinks first."),
            ON_OFF,
            look=look,
        ),
        ChoiceRow(
            "reasoning_effort",
            lambda: translate("Parameters", "Effort"),
            lambda: translate("Parameters", "reasoning_effort: how much the model thinks."),
            [Choice(effort, partial(str, effort)) for effort in EFFORTS],
            own=_other_word(),
            look=look,
        ),
        ThinkingRow(look=look),
        ChoiceRow(
            "separate_reasoning",
            lambda: translate("Parameters", "Apart"),
            lambda: translate(
                "Parameters", "separate_reasoning: thoughts come beside the answer, not in it."
            ),
            ON_OFF,
            look=look,
        ),
    )


def _other_word() -> OwnWord:
    return OwnWord(
        lambda: translate("Parameters", "Other…"),
        lambda: translate("Parameters", "a word the model knows"),
    )


def _thinking_title() -> str:
    return translate("Parameters", "Thinking")


def _thinking_about() -> str:
    return translate("Parameters", "thinking: another switch for the same, with a budget.")
