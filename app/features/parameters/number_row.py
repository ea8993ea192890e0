"""A number of the form: slider and field, "not sent" until set, and a way back to that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from app.features.parameters.fields import NumberField
from app.features.parameters.row import ParameterRow, RowLook, in_force, not_sent, translate
from app.features.parameters.value_slider import ValueSlider
from app.features.parameters.values import number_text, read_number
from app.kit.style import set_kind

FIELD_PX, LONG, PAUSE_MS = 72, 200, 400
"""Width of the field before zoom; characters it takes, so that a paste is seen to be wrong; how
long nothing is typed until what stands there counts."""
_STEPS = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_PageUp: 10,
    Qt.Key.Key_PageDown: -10,
}


class NumberEdit(QLineEdit):
    """Hands the keys that step and the one that gives up to its row."""

    def __init__(self, row: NumberRow) -> None:
        super().__init__()
        self._row = row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = _STEPS.get(Qt.Key(event.key()))
        if steps is not None:
            self._row.step(steps)
        elif event.key() == Qt.Key.Key_Escape and self._row.problem:
            self._row.forget_typed()
        else:
            super().keyPressEvent(event)


class NumberRow(ParameterRow):
    """Shows and sets one number. Emptying the field, or its ✕, makes it "not sent" again."""

    def __init__(self, field: NumberField, *, look: RowLook) -> None:
        super().__init__((field.name,), field.title, field.about, look=look)
        self._field = field
        self._value: Any = None
        self._unset = ""
        self._edit, self._slider = NumberEdit(self), ValueSlider(two_ways=field.low < 0)
        self._reset = QAction(self)
        self._typed_value: tuple[int | float | None] | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._edit.setMaxLength(LONG)
        set_kind(self._edit, "number")
        self._watch(self._edit)
        if field.stops:
            self._slider.setRange(0, len(field.stops) - 1)
            self._slider.setPageStep(max(1, len(field.stops) // 10))
            self._watch(self._slider)
            self._line.addWidget(self._slider, 1)
            self._line.addWidget(self._edit)
        else:
            self._slider.setParent(self)
            self._slider.hide()
            self._line.addWidget(self._edit, 1)
        self._edit.addAction(self._reset, QLineEdit.ActionPosition.TrailingPosition)
        self._edit.textEdited.connect(self._typed)
        self._edit.editingFinished.connect(self._settle)
        self._pause.timeout.connect(self._take_typed)
        self._slider.valueChanged.connect(lambda place: self._take(field.stops[place]))
        self._slider.cleared.connect(lambda: self._take(None))
        self._reset.triggered.connect(lambda: self._take(None))
        self._show_value()
        self.restyle()
        self.retranslate()

    def show_parameters(self, parameters: Mapping[str, Any]) -> None:
        value = parameters.get(self._field.name)
        if value != self._value or type(value) is not type(self._value):
            self._value = value
            self._show_value()

    @property
    def is_set(self) -> bool:
        return self._value is not None

    def set_unless_set(self, value: int | None) -> None:
        """This service gets that value where none is set; None: it gets nothing."""
        self._unset = "" if value is None else number_text(value)
        self.retranslate()
        self._show_slider()

    def step(self, steps: int) -> None:
        """Go so many arrow keys up or down."""
        self._take(self._field.stepped(self._value, steps))

    def forget_typed(self) -> None:
        self._show_value()

    def _typed(self, text: str) -> None:
        """Say at once what is wrong; take what is right once it stands, not its first digit."""
        self._typed_value = None
        self._pause.stop()
        problem = ""
        try:
            value = read_number(text, whole=self._field.whole) if text.strip() else None
        except ValueError:
            problem = (
                translate("Parameters", "A whole number is meant here.")
                if self._field.whole
                else translate("Parameters", "A number is meant here.")
            )
        else:
            if value is not None and not self._field.holds(value):
                problem = self._bounds()
            else:
                self._typed_value = (value,)
                self._pause.start()
        still = "" if self._value is None else number_text(self._value)
        self._say(f"{problem} {in_force(still)}" if problem else "")
        set_kind(self._edit, "number-wrong" if problem else "number")

    def _take_typed(self) -> None:
        typed, self._typed_value = self._typed_value, None
        if typed is not None:
            self._put(*typed)

    def _settle(self) -> None:
        """Done typing: what is right counts, and stands there as it is sent."""
        self._take_typed()
        if not self._problem:
            self._show_value()

    def _take(self, value: int | float | None) -> None:
        """Take a value, or none, and show it."""
        self._put(value)
        self._show_value()

    def _put(self, value: int | float | None) -> None:
        self._pause.stop()
        self._typed_value = None
        changed = value != self._value
        self._value = value
        self._say("")
        set_kind(self._edit, "number")
        self._show_slider()
        if changed:
            self.edited.emit({} if value is None else {self._field.name: value})

    def _bounds(self) -> str:
        words = translate("Parameters", "From %1 to %2.")
        low, high = number_text(self._field.low), number_text(self._field.high)
        return words.replace("%1", low).replace("%2", high)

    def _show_value(self) -> None:
        self._pause.stop()
        self._typed_value = None
        text = "" if self._value is None else number_text(self._value)
        if self._edit.text() != text:
            self._edit.setText(text)
            self._edit.setCursorPosition(0)
        set_kind(self._edit, "number")
        self._say("")
        self._show_slider()

    def _show_slider(self) -> None:
        self._reset.setVisible(self._value is not None)
        if self._field.stops:
            known = self._value if self._field.holds(self._value) else self._field.usual
            self._slider.show_place(self._field.stop_near(known), sent=self._value is not None)

    def restyle(self) -> None:
        super().restyle()
        theme, icons = self._look.theme, self._look.icons
        if self._field.stops:
            self._edit.setFixedWidth(theme.px(FIELD_PX))
        self._reset.setIcon(icons.icon("close", theme.tokens.text_2, theme.px(12)))

    def retranslate(self) -> None:
        always = translate("Parameters", "This service gets %1 unless you set another.")
        self._remark = always.replace("%1", self._unset) if self._unset else ""
        super().retranslate()
        self._edit.setPlaceholderText(self._unset or not_sent())
        self._reset.setToolTip(translate("Parameters", "Do not send it"))
        self._reset.setText(translate("Parameters", "Do not send it"))
