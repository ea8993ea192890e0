"""A parameter whose value is JSON, checked as it is typed; and the field for all the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker

from app.core.json_text import LONGEST, JsonFault, WrongJson, json_text, read_json
from app.features.parameters.json_edit import JsonEdit
from app.features.parameters.row import ParameterRow, RowLook, Words, in_force, translate
from app.features.parameters.values import NOT_PARAMETERS, ORDER
from app.kit.json_words import fault_words
from app.kit.style import set_kind

Check = Callable[[Any], str]
"""Words for what is wrong with a value; empty: it will do."""


class JsonRow(ParameterRow):
    """Empty is "not sent". What is wrong is said, and the last value that was right stays.

    `wanted` words that it must not be empty, where it must not.
    """

    def __init__(
        self,
        name: str,
        title: Words,
        about: Words,
        hint: str,
        check: Check,
        *,
        wanted: Words = str,
        look: RowLook,
    ) -> None:
        super().__init__((name,), title, about, look=look)
        self._wanted = wanted
        self._name, self._check = name, check
        self._value: Any = None
        self._edit = JsonEdit(theme=look.theme)
        self._edit.setPlaceholderText(hint)
        set_kind(self._edit, "mono")
        self._column.insertWidget(1, self._edit)
        self._watch(self._edit)
        self._edit.textChanged.connect(self._typed)
        self._edit.overfilled.connect(self._refuse)
        self.retranslate()

    def show_parameters(self, parameters: Mapping[str, Any]) -> None:
        value = self._read(parameters)
        if json_text(value) != json_text(self._value):
            self._value = value
            self.forget_typed()

    def forget_typed(self) -> None:
        with QSignalBlocker(self._edit):
            self._show_text("" if self._value is None else json_text(self._value))
        self._mark("")

    @property
    def is_set(self) -> bool:
        return self._value is not None

    def restyle(self) -> None:
        """Its title has a line of its own."""

    def _read(self, parameters: Mapping[str, Any]) -> Any:
        return parameters.get(self._name)

    def _parameters(self, value: Any) -> dict[str, Any]:
        return {} if value is None else {self._name: value}

    def _show_text(self, text: str) -> None:
        """One that is too long to be edited here is kept out of the box, and stays in force."""
        self._edit.setPlainText(text if len(text) <= LONGEST else "")

    def _typed(self) -> None:
        text = self._edit.toPlainText()
        value, wrong = None, "" if text.strip() else self._wanted()
        if text.strip():
            try:
                value = read_json(text)
                wrong = self._check(value)
            except WrongJson as error:
                wrong = fault_words(error)
        self._mark(f"{wrong} {self._still()}" if wrong else "")
        if not wrong and json_text(value) != json_text(self._value):
            self._value = value
            self.edited.emit(self._parameters(value))

    def _refuse(self) -> None:
        self._mark(f"{fault_words(WrongJson(JsonFault.TOO_LONG))} {self._still()}")

    def _still(self) -> str:
        if self._value is None:
            return in_force("")
        return translate("Parameters", "What was right before is still sent.")

    def _mark(self, wrong: str) -> None:
        self._say(wrong)
        set_kind(self._edit, "mono-wrong" if wrong else "mono")


class ExtraRow(JsonRow):
    """The extra body: whatever of the parameters has no field of its own."""

    def __init__(self, *, look: RowLook) -> None:
        hint = '{"enable_search": true}'
        super().__init__("", _extra_title, _extra_about, hint, _extra_wrong, look=look)
        self.names = ()
        self._label.hide()  # the fold that it is in says the same

    def _read(self, parameters: Mapping[str, Any]) -> Any:
        return {k: parameters[k] for k in sorted(parameters) if k not in ORDER} or None

    def _parameters(self, value: Any) -> dict[str, Any]:
        return dict(value or {})

    def _typed(self) -> None:
        super()._typed()
        if self._value == {}:
            self._value = None


def _extra_title() -> str:
    return translate("Parameters", "Extra body")


def _extra_about() -> str:
    return translate("Parameters", "A JSON object whose entries go into the request as they are.")


def _extra_wrong(value: Any) -> str:
    if not isinstance(value, dict):
        return object_wanted()
    for name in value:
        if name in NOT_PARAMETERS:
            text = translate("Parameters", "“%1” is the conversation's own.")
            return text.replace("%1", name)
        if name in ORDER:
            text = translate("Parameters", "“%1” has a field of its own above.")
            return text.replace("%1", name)
    return ""


def object_wanted() -> str:
    return translate("Parameters", 'A JSON object is meant here: {"name": value}.')


def check_object(value: Any) -> str:
    return "" if isinstance(value, dict) else object_wanted()


def check_bias(value: Any) -> str:
    """`logit_bias`: token ids, each with a number from -100 to 100."""
    if not isinstance(value, dict):
        return object_wanted()
    for token, bias in value.items():
        if not (token.isascii() and token.isdigit()):
            text = translate("Parameters", "“%1” is no token's number.")
            return text.replace("%1", token[:40])
        number = isinstance(bias, int | float) and not isinstance(bias, bool)
        if not number or not -100 <= bias <= 100:
            text = translate("Parameters", "“%1” wants a number from -100 to 100.")
            return text.replace("%1", token[:40])
    return ""


def check_tools(value: Any) -> str:
    """`tools`: a list of objects that say their type; functions with their names, none twice."""
    if not isinstance(value, list):
        return translate("Parameters", "A JSON list of tools is meant here.")
    names: set[str] = set()
    for place, tool in enumerate(value, start=1):
        if not isinstance(tool, dict) or not isinstance(tool.get("type"), str):
            text = translate("Parameters", "Tool %1 is no object with a “type”.")
            return text.replace("%1", str(place))
        if tool["type"] != "function":
            continue
        function = tool.get("function")
        name = function.get("name") if isinstance(function, dict) else None
        if not (isinstance(name, str) and name):
            text = translate("Parameters", "Tool %1 has no function with a “name”.")
            return text.replace("%1", str(place))
        if name in names:
            return fault_words(WrongJson(JsonFault.TWICE, name=name))
        names.add(name)
    return ""
