"""One of a few values, "not sent" first; some rows take a word of one's own as well."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy

from app.features.parameters.row import ParameterRow, RowLook, Words, not_sent, translate
from app.features.parameters.values import number_text
from app.kit.widgets.choice_box import ChoiceBox

LONGEST_WORD, WIDEST_WORD = 200, 40


@dataclass(frozen=True, slots=True)
class Choice:
    """A value and what it is called."""

    value: Any
    words: Words


@dataclass(frozen=True, slots=True)
class OwnWord:
    """A value made of a word that is typed: `make` makes it, `read` gives the word back.

    `words` names the choice, `hint` stands in the empty field.
    """

    words: Words
    hint: Words
    make: Callable[[str], Any] = str
    read: Callable[[Any], str] = lambda value: value if isinstance(value, str) else ""


def on() -> str:
    return translate("Parameters", "on")


def off() -> str:
    return translate("Parameters", "off")


ON_OFF = (Choice(True, on), Choice(False, off))
_OWN, _FOREIGN = "own", "foreign"


class ChoiceRow(ParameterRow):
    """`unset` words the first choice, under which nothing is sent.

    A value that is none of the choices, set elsewhere, is shown as JSON and stays until another is
    chosen.
    """

    def __init__(
        self,
        name: str,
        title: Words,
        about: Words,
        choices: Sequence[Choice],
        *,
        own: OwnWord | None = None,
        unset: Words = not_sent,
        look: RowLook,
    ) -> None:
        super().__init__((name,), title, about, look=look)
        self._name, self._own = name, own
        self._choices = (Choice(None, unset), *choices)
        self._value: Any = None
        self._box = ChoiceBox(theme=look.theme, icons=look.icons)
        self._box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._box.setMinimumContentsLength(6)
        self._box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._word = QLineEdit()
        self._word.setMaxLength(LONGEST_WORD)
        for place in range(len(self._choices)):
            self._box.addItem("", place)
        if own is not None:
            self._box.addItem("", _OWN)
        self._line.addWidget(self._box, 1)
        self._column.insertWidget(1, self._word)
        self._word.hide()
        self._watch(self._box, self._word)
        self._box.activated.connect(self._picked)
        self._word.textEdited.connect(self._typed)
        self.restyle()
        self.retranslate()

    def show_parameters(self, parameters: Mapping[str, Any]) -> None:
        value = parameters.get(self._name)
        if not _alike(value, self._value):
            self._value = value
            self._show_value()

    @property
    def is_set(self) -> bool:
        return self._value is not None

    def forget_typed(self) -> None:
        self._show_value()

    @property
    def value(self) -> Any:
        """What is set; None where nothing is sent."""
        return self._value

    def _place_of(self, value: Any) -> int:
        """The row of the box that stands for a value; -1 where none does."""
        for place, choice in enumerate(self._choices):
            if _alike(choice.value, value):
                return place
        own = self._own is not None and self._own.read(value)
        return len(self._choices) if own else -1

    def _show_value(self) -> None:
        """Stand at what is set; a foreign value has a place as long as it is there."""
        place = self._place_of(self._value)
        with QSignalBlocker(self._box):
            self._drop_foreign()
            if place < 0:
                self._box.addItem(number_text(self._value)[:WIDEST_WORD], _FOREIGN)
                place = self._box.count() - 1
            self._box.setCurrentIndex(place)
        own = self._own if self._box.currentData() == _OWN else None
        self._word.setVisible(own is not None)
        if own is not None and self._word.text() != own.read(self._value):
            self._word.setText(own.read(self._value))
        self._say("")

    def _drop_foreign(self) -> None:
        last = self._box.count() - 1
        if self._box.itemData(last) == _FOREIGN:
            self._box.removeItem(last)

    def _picked(self, row: int) -> None:
        picked = self._box.itemData(row)
        if picked == _OWN:
            self._word.clear()
            self._word.show()
            self._word.setFocus()
            self._typed("")
        elif picked != _FOREIGN:
            self._word.hide()
            self._put(self._choices[int(picked)].value)
            with QSignalBlocker(self._box):
                self._drop_foreign()

    def _typed(self, text: str) -> None:
        word = text.strip()
        if word and self._own is not None:
            self._put(self._own.make(word))
        else:
            self._put(None)
            self._say(translate("Parameters", "Nothing is sent until a word stands here."))

    def _put(self, value: Any) -> None:
        changed = not _alike(value, self._value)
        self._value = value
        self._say("")
        if changed:
            self.edited.emit({} if value is None else {self._name: value})

    def retranslate(self) -> None:
        for place, choice in enumerate(self._choices):
            self._box.setItemText(place, choice.words())
        if self._own is not None:
            self._box.setItemText(len(self._choices), self._own.words())
            self._word.setPlaceholderText(self._own.hint())
        super().retranslate()


def _alike(one: Any, other: Any) -> bool:
    """Equal, and of the same kind: True is not 1."""
    return type(one) is type(other) and bool(one == other)
