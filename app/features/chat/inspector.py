"""The inspector: a conversation's system prompt and parameters, each "not sent" until set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.core.conversation import ConversationInfo
from app.kit.style import set_kind
from app.kit.theme import Theme

WIDTH = 284


@dataclass(frozen=True, slots=True)
class ParameterField:
    """A number that a request may carry: its API name, its bounds, its title and what it does."""

    name: str
    low: float
    high: float
    whole: bool
    title: Callable[[], str]
    about: Callable[[], str]

    def read(self, text: str) -> float | int | None:
        """The value meant by `text`; None when there is none. Raises ValueError out of bounds."""
        if not text.strip():
            return None
        value = int(text) if self.whole else float(text)
        if not self.low <= value <= self.high:
            raise ValueError(text)
        return value


FIELDS = (
    ParameterField(
        "temperature",
        0,
        2,
        False,
        lambda: QCoreApplication.translate("Inspector", "Temperature"),
        lambda: QCoreApplication.translate("Inspector", "0 is steady, higher is more varied"),
    ),
    ParameterField(
        "top_p",
        0,
        1,
        False,
        lambda: QCoreApplication.translate("Inspector", "Top P"),
        lambda: QCoreApplication.translate("Inspector", "Only the likeliest words, to this share"),
    ),
    ParameterField(
        "max_tokens",
        1,
        10_000_000,
        True,
        lambda: QCoreApplication.translate("Inspector", "Max tokens"),
        lambda: QCoreApplication.translate("Inspector", "The answer is cut after this many tokens"),
    ),
    ParameterField(
        "presence_penalty",
        -2,
        2,
        False,
        lambda: QCoreApplication.translate("Inspector", "Presence"),
        lambda: QCoreApplication.translate("Inspector", "Above 0: rather new subjects"),
    ),
    ParameterField(
        "frequency_penalty",
        -2,
        2,
        False,
        lambda: QCoreApplication.translate("Inspector", "Frequency"),
        lambda: QCoreApplication.translate("Inspector", "Above 0: fewer repeated words"),
    ),
    ParameterField(
        "seed",
        -(2**63),
        2**63 - 1,
        True,
        lambda: QCoreApplication.translate("Inspector", "Seed"),
        lambda: QCoreApplication.translate("Inspector", "Equal seeds aim at equal answers"),
    ),
)


class Inspector(QFrame):
    """Shows a conversation's settings and says what the person changed."""

    system_prompt_changed = Signal(str)
    parameters_changed = Signal(object)  # dict of what is set

    def __init__(self, *, theme: Theme) -> None:
        super().__init__()
        self._parameters: dict[str, Any] = {}
        self._title = QLabel()
        self._prompt_label = QLabel()
        self._prompt = QPlainTextEdit()
        self._stream = QCheckBox()
        self._stream.setChecked(True)
        self._labels = {field.name: QLabel() for field in FIELDS}
        self._edits = {field.name: QLineEdit() for field in FIELDS}
        self._theme = theme
        self.setFixedWidth(WIDTH)
        self._lay_out()
        self._prompt.textChanged.connect(
            lambda: self.system_prompt_changed.emit(self._prompt.toPlainText())
        )
        self._stream.toggled.connect(self._stream_toggled)
        for field in FIELDS:
            self._edits[field.name].textChanged.connect(
                lambda text, field=field: self._edited(field, text)
            )
        theme.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    def show_info(self, info: ConversationInfo) -> None:
        """Show what that conversation has set; what the person is typing in stays as typed."""
        if self._prompt.toPlainText() != info.system_prompt:
            self._prompt.setPlainText(info.system_prompt)
        if dict(info.parameters) == self._parameters:
            return
        self._parameters = dict(info.parameters)
        self._stream.setChecked(bool(self._parameters.get("stream", True)))
        for field in FIELDS:
            value = self._parameters.get(field.name)
            self._edits[field.name].setText("" if value is None else str(value))

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(10)
        set_kind(self._title, "heading")
        set_kind(self._prompt_label, "caption")
        self._prompt.setFixedHeight(96)
        self._prompt.setTabChangesFocus(True)
        self._prompt.document().setDocumentMargin(0)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        for row, field in enumerate(FIELDS):
            grid.addWidget(self._labels[field.name], row, 0)
            grid.addWidget(self._edits[field.name], row, 1)
        grid.setColumnStretch(0, 1)
        for edit in self._edits.values():
            edit.setFixedWidth(112)
        for part in (self._title, self._prompt_label, self._prompt):
            column.addWidget(part)
        column.addLayout(grid)
        column.addWidget(self._stream)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(scroll)

    def _edited(self, field: ParameterField, text: str) -> None:
        edit = self._edits[field.name]
        try:
            value = field.read(text)
        except ValueError:
            set_kind(edit, "wrong")
            return
        set_kind(edit, "")
        self._set(field.name, value)

    def _stream_toggled(self, on: bool) -> None:
        self._set("stream", None if on else False)

    def _set(self, name: str, value: Any) -> None:
        changed = dict(self._parameters)
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = value
        if changed != self._parameters:
            self._parameters = changed
            self.parameters_changed.emit(changed)

    def _restyle(self) -> None:
        t = self._theme.tokens
        self.setStyleSheet(
            f"Inspector {{ background: {t.panel}; border: none; border-left: 1px solid {t.line}; }}"
            f"QLineEdit[kind='wrong'] {{ border-color: {t.error}; color: {t.error}; }}"
            "QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }"
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Parameters"))
        self._prompt_label.setText(self.tr("System prompt"))
        self._prompt.setPlaceholderText(self.tr("How the model should behave"))
        self._prompt.setAccessibleName(self.tr("System prompt"))
        self._stream.setText(self.tr("Stream the answer"))
        for field in FIELDS:
            self._labels[field.name].setText(field.title())
            self._labels[field.name].setToolTip(field.about())
            self._edits[field.name].setToolTip(field.about())
            self._edits[field.name].setAccessibleName(field.title())
            self._edits[field.name].setPlaceholderText(self.tr("not sent"))
