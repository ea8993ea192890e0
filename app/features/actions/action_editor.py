"""The fields of one quick action: name, prompt, key, answer, model, on a drop, parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.action_file import tidy_name
from app.core.model_info import ModelInfo
from app.core.picture_action import KEYS, LONGEST_NAME, LONGEST_PROMPT, PictureAction, ResultKind
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import BODY_PX, Theme
from app.kit.widgets.choice_box import ChoiceBox
from app.kit.widgets.plain_label import PlainLabel

PROMPT_LINES = 9


class ModelField(Protocol):
    """A widget that shows a model's id and lets another be chosen or typed."""

    @property
    def model_chosen(self) -> SignalInstance: ...

    @property
    def opened(self) -> SignalInstance: ...

    def set_models(self, models: Sequence[ModelInfo], *, refreshing: bool = False) -> None: ...

    def set_current(self, model_id: str) -> None: ...


class ParameterFields(Protocol):
    """A widget that shows parameters and tells what the person makes of them."""

    @property
    def parameters_changed(self) -> SignalInstance: ...

    def show_values(self, system_prompt: str, parameters: Mapping[str, Any]) -> None: ...

    def show_anew(self, system_prompt: str, parameters: Mapping[str, Any]) -> None: ...


class ActionEditor(QWidget):
    """Shows an action; `edited` carries the fields that the person changed, by their names."""

    edited = Signal(object)  # dict
    on_drop_chosen = Signal(bool)
    restore_requested = Signal()
    models_wanted = Signal()

    def __init__(
        self,
        *,
        theme: Theme,
        icons: Icons,
        make_model_field: Callable[[], ModelField],
        make_parameters: Callable[[], ParameterFields],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._make_parameters = make_parameters
        self._named = ""
        self._name, self._prompt = QLineEdit(), QPlainTextEdit()
        self._key, self._result = (ChoiceBox(theme=theme, icons=icons) for _ in range(2))
        self._model, self._no_model = make_model_field(), QPushButton()
        self._on_drop, self._about_drop = QCheckBox(), PlainLabel()
        self._restore = QPushButton()
        self._problem = PlainLabel()
        self._labels = [PlainLabel() for _ in range(6)]
        self._parameters: ParameterFields | None = None
        self._build()
        self._connect()
        self._restyle()
        self._retranslate()

    def show_action(
        self, action: PictureAction, *, anew: bool, on_drop: bool, restorable: bool
    ) -> None:
        """Show this action; `anew`: another than before, so that nothing being typed is kept."""
        if anew:
            self._named = action.name
        if anew or not self._name.hasFocus():
            self._name.setText(action.name)
            self._say("")
        if self._prompt.toPlainText() != action.prompt:
            with QSignalBlocker(self._prompt):
                self._prompt.setPlainText(action.prompt)
        for box, value in ((self._key, action.key), (self._result, action.result.value)):
            with QSignalBlocker(box):
                box.setCurrentIndex(max(0, box.findData(value)))
        self._model.set_current(action.model)
        self._no_model.setVisible(bool(action.model))
        with QSignalBlocker(self._on_drop):
            self._on_drop.setChecked(on_drop)
        self._restore.setVisible(restorable)
        if self._parameters is None and self.isVisible():
            self._parameters, anew = self._made_parameters(), True
        if self._parameters is not None and anew:
            self._parameters.show_anew("", action.parameters)
        elif self._parameters is not None:
            self._parameters.show_values("", action.parameters)

    def set_models(self, models: Sequence[ModelInfo], *, refreshing: bool = False) -> None:
        """What the model's field offers."""
        self._model.set_models(models, refreshing=refreshing)

    def focus_name(self) -> None:
        self._name.setFocus()
        self._name.selectAll()

    def _build(self) -> None:
        self._name.setMaxLength(LONGEST_NAME)
        self._prompt.setTabChangesFocus(True)
        self._prompt.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._prompt.document().setDocumentMargin(0)
        set_kind(self._problem, "error-caption")
        self._problem.hide()
        set_kind(self._about_drop, "caption")
        self._about_drop.setWordWrap(True)
        for button in (self._no_model, self._restore):
            set_kind(button, "ghost")
        for label in self._labels:
            set_kind(label, "section")
        for key in ("", *KEYS):
            self._key.addItem("", key)
        for kind in ResultKind:
            self._result.addItem("", kind.value)
        name, prompt, key_label, result, model, parameters = self._labels
        assert isinstance(self._model, QWidget)
        pair = QGridLayout()
        pair.setHorizontalSpacing(16)
        pair.setVerticalSpacing(4)
        for place, (label, box) in enumerate(((result, self._result), (key_label, self._key))):
            pair.addWidget(label, 0, place)
            pair.addWidget(box, 1, place)
        pair.setColumnStretch(0, 1)
        pair.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (name, self._name, self._problem, prompt, self._prompt):
            column.addWidget(part)
        column.addWidget(self._restore, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(pair)
        column.addWidget(model)
        column.addWidget(self._model)
        column.addWidget(self._no_model, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(6)
        column.addWidget(self._on_drop)
        column.addWidget(self._about_drop)
        column.addSpacing(6)
        column.addWidget(parameters)

    def _connect(self) -> None:
        self._name.textEdited.connect(self._rename)
        self._prompt.textChanged.connect(self._prompt_typed)
        self._key.activated.connect(lambda _row: self._tell(key=self._key.currentData()))
        self._result.activated.connect(
            lambda _row: self._tell(result=ResultKind(self._result.currentData()))
        )
        self._model.model_chosen.connect(lambda model: self._tell(model=model))
        self._model.opened.connect(self.models_wanted)
        self._no_model.clicked.connect(lambda: self._tell(model=""))
        self._on_drop.toggled.connect(self.on_drop_chosen)
        self._restore.clicked.connect(self.restore_requested)
        self._theme.changed.connect(self._restyle)

    def _made_parameters(self) -> ParameterFields:
        form = self._make_parameters()
        form.parameters_changed.connect(lambda values: self._tell(parameters=dict(values)))
        layout = self.layout()
        assert layout is not None
        assert isinstance(form, QWidget)
        layout.addWidget(form)
        return form

    def _tell(self, **changes: Any) -> None:
        self.edited.emit(changes)

    def _rename(self, typed: str) -> None:
        name = tidy_name(typed)
        self._say("" if name else self.tr("A quick action needs a name."))
        self._tell(name=name or self._named)  # not what was left of it, letter by letter

    def _prompt_typed(self) -> None:
        self._tell(prompt=self._prompt.toPlainText()[:LONGEST_PROMPT])

    def _say(self, problem: str) -> None:
        self._problem.setText(f"⚠ {problem}" if problem else "")
        self._problem.setVisible(bool(problem))
        set_kind(self._name, "wrong" if problem else "")

    def _restyle(self) -> None:
        line = self._theme.px(BODY_PX) * 1.4
        self._prompt.setFixedHeight(round(PROMPT_LINES * line) + 16)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        texts = (
            self.tr("Name"),
            self.tr("Prompt"),
            self.tr("Key"),
            self.tr("Answer"),
            self.tr("Model"),
            self.tr("Parameters of this question"),
        )
        for label, text in zip(self._labels, texts, strict=True):
            label.setText(text)
        self._name.setAccessibleName(self.tr("Name of the quick action"))
        self._prompt.setAccessibleName(self.tr("Prompt"))
        self._prompt.setPlaceholderText(
            self.tr("What is asked about the picture. What you typed in the message follows it.")
        )
        self._key.setAccessibleName(self.tr("Key"))
        self._result.setAccessibleName(self.tr("Answer"))
        self._key.setItemText(0, self.tr("None"))
        for row, key in enumerate(KEYS, 1):
            native = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            self._key.setItemText(row, native)
        for row, kind in enumerate(
            (self.tr("Text"), self.tr("Table in Markdown"), self.tr("JSON"))
        ):
            self._result.setItemText(row, kind)
        self._no_model.setText(self.tr("Use the conversation's model"))
        self._on_drop.setText(self.tr("Ask this by itself about a dropped picture"))
        self._about_drop.setText(
            self.tr(
                "After a drop on an empty message, the picture is shown as it will be sent, and "
                "this question is sent two seconds later: Esc, typing or any change stops it. "
                "Nothing is sent by itself for pasted or captured pictures, for files that are "
                "no pictures, for more than four pictures at once, or to a model that is not "
                "listed as seeing."
            )
        )
        self._restore.setText(self.tr("Use Porthole's own words again"))
