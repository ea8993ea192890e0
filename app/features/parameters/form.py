"""The form that sets every parameter of a request, for a conversation or for a preset."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app.features.parameters.choice_row import ON_OFF, ChoiceRow
from app.features.parameters.fields import FIRST, MAX_TOKENS, MORE, TOP_LOGPROBS
from app.features.parameters.fold import Fold
from app.features.parameters.json_row import ExtraRow, JsonRow, check_bias
from app.features.parameters.number_row import NumberRow
from app.features.parameters.output_section import OutputSection
from app.features.parameters.reasoning_section import reasoning_rows
from app.features.parameters.row import ParameterRow, RowLook, translate
from app.features.parameters.stop_row import StopRow
from app.features.parameters.stream_rows import StreamRow, UsageRow
from app.features.parameters.tool_rows import tool_rows
from app.features.parameters.values import ORDER, in_order, same, switches
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import SECONDARY_PX, Theme
from app.kit.widgets.plain_label import PlainLabel

PROMPT_LINES = 4
NARROW_LABEL, WIDE_LABEL = 88, 168


class ParameterForm(QWidget):
    """Shows a system prompt and parameters, and tells what the person makes of them.

    What is typed wrong is said beside it and never told. The parameters told are in their one
    order. The signal `explained` tells a word on the field that has the focus; the constructor's
    `explained` lets such a word stand under every field, and without `with_prompt` there is no
    field for a system prompt. `tools`: where a conversation's tools are switched.
    """

    system_prompt_changed = Signal(str)
    parameters_changed = Signal(object)  # dict of what is set, in order
    reasoning_changed = Signal(object)  # dict: the switches that are set, after the former
    explained = Signal(str)
    schema_requested = Signal()

    def __init__(
        self,
        *,
        theme: Theme,
        icons: Icons,
        explained: bool = False,
        with_prompt: bool = True,
        tools: QWidget | None = None,
    ) -> None:
        super().__init__()
        label = WIDE_LABEL if explained else NARROW_LABEL
        look = self._look = RowLook(theme, icons, label, explained)
        self._with_prompt = with_prompt
        self._tools = tools
        self._parameters: dict[str, Any] = {}
        self._telling = False
        self._waiting: tuple[str, Mapping[str, Any]] | None = None
        self._model = ""
        self._prompt_label, self._prompt = PlainLabel(), QPlainTextEdit()
        self._headings: list[tuple[QLabel, str]] = []
        self._folds: list[Fold] = []
        self._rows: list[ParameterRow] = []
        self._remembered = PlainLabel()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._max_tokens = NumberRow(MAX_TOKENS, look=look)
        self._build()
        self._prompt.textChanged.connect(self._prompt_typed)
        look.theme.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    def show_values(self, system_prompt: str, parameters: Mapping[str, Any]) -> None:
        """Show these; a field that is being edited keeps what is typed if it did not change."""
        if self._telling:
            self._waiting = system_prompt, parameters
            return
        if self._prompt.toPlainText() != system_prompt:
            with QSignalBlocker(self._prompt):
                self._prompt.setPlainText(system_prompt)
        if not same(parameters, self._parameters):
            self._parameters = in_order(parameters)
            self._show_rows(None)

    def show_anew(self, system_prompt: str, parameters: Mapping[str, Any]) -> None:
        """Show these in place of whatever is being typed: they belong to something else."""
        for row in self._rows:
            row.show_parameters({})
            row.forget_typed()
        self._parameters = {}
        self.show_values(system_prompt, parameters)

    def set_model(self, model_id: str) -> None:
        """Whose reasoning switches these are; empty: no model's."""
        self._model = model_id
        self._show_remembered()

    def set_always_max_tokens(self, value: int | None) -> None:
        """What the service is sent as `max_tokens` where none is set; None: nothing."""
        self._max_tokens.set_unless_set(value)

    def focus_first(self) -> None:
        self._prompt.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.explained.emit(self._prompt_about())
        return False

    def _build(self) -> None:
        look = self._look
        set_kind(self._prompt_label, "section")
        self._prompt.setTabChangesFocus(True)
        self._prompt.document().setDocumentMargin(0)
        self._prompt.installEventFilter(self)
        self._prompt.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._column.addWidget(self._prompt_label)
        self._column.addWidget(self._prompt)
        self._prompt_label.setVisible(self._with_prompt)
        self._prompt.setVisible(self._with_prompt)
        for field in FIRST:
            self._add(self._max_tokens if field is MAX_TOKENS else NumberRow(field, look=look))
        self._add(StopRow(look=look))
        self._heading("output")
        output = OutputSection(look=look)
        output.offer_editor(self._with_prompt and not look.explained)
        output.editor_requested.connect(self.schema_requested)
        self._add(output)
        if self._tools is not None:
            self._heading("tools")
            self._column.addWidget(self._tools)
            self._fold(_calls_title, tool_rows(look))
        self._heading("reasoning")
        set_kind(self._remembered, "caption")
        self._remembered.setTextFormat(Qt.TextFormat.PlainText)
        self._remembered.setWordWrap(True)
        self._column.addWidget(self._remembered)
        for row in reasoning_rows(look):
            self._add(row)
        if self._tools is None:
            self._fold(_tools_title, tool_rows(look))
        self._fold(_more_title, self._more())
        self._fold(_extra_title, (ExtraRow(look=look),))

    def _more(self) -> tuple[ParameterRow, ...]:
        look = self._look
        return (
            *(NumberRow(field, look=look) for field in MORE),
            ChoiceRow(
                "logprobs",
                lambda: translate("Parameters", "Logprobs"),
                lambda: translate("Parameters", "How likely each token was comes with the answer."),
                ON_OFF,
                look=look,
            ),
            NumberRow(TOP_LOGPROBS, look=look),
            StreamRow(look=look),
            UsageRow(look=look),
            JsonRow(
                "logit_bias",
                lambda: translate("Parameters", "Logit bias"),
                lambda: translate("Parameters", "Tokens by their numbers, each from -100 to 100."),
                '{"50256": -100}',
                check_bias,
                look=look,
            ),
        )

    def _heading(self, what: str) -> None:
        label = PlainLabel()
        set_kind(label, "section")
        label.setContentsMargins(0, 4, 0, 0)
        self._headings.append((label, what))
        self._column.addWidget(label)

    def _fold(self, title: Any, rows: Sequence[ParameterRow]) -> None:
        look = self._look
        fold = Fold(title, lambda: _set_in(rows), theme=look.theme, icons=look.icons)
        self._folds.append(fold)
        self._column.addWidget(fold)
        for row in rows:
            self._add(row, fold)

    def _add(self, row: ParameterRow, fold: Fold | None = None) -> None:
        self._rows.append(row)
        if fold is None:
            self._column.addWidget(row)
        else:
            fold.add(row)
        row.edited.connect(lambda values, row=row: self._edited(row, values))
        row.explained.connect(self.explained)

    def _edited(self, row: ParameterRow, values: Mapping[str, Any]) -> None:
        """Put what the row sets in place of what it had set."""
        own = row.names or tuple(name for name in self._parameters if name not in ORDER)
        others = {k: v for k, v in self._parameters.items() if k not in own}
        made = in_order({**others, **values})
        if made.get("stream") is False:
            made.pop("stream_options", None)  # it is refused where nothing streams
        if same(made, self._parameters):
            return
        before, self._parameters = self._parameters, made
        self._show_rows(row)
        switched = not same(switches(before), switches(made))
        self._tell(lambda: self._tell_parameters(made, switched))

    def _tell_parameters(self, made: dict[str, Any], switched: bool) -> None:
        self.parameters_changed.emit(dict(made))
        if switched:
            self.reasoning_changed.emit(switches(made))

    def _prompt_typed(self) -> None:
        self._tell(lambda: self.system_prompt_changed.emit(self._prompt.toPlainText()))

    def _tell(self, say: Callable[[], None]) -> None:
        """What comes back while others are told is shown once all of them know."""
        self._telling = True
        try:
            say()
        finally:
            self._telling = False
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.show_values(*waiting)

    def _show_rows(self, but: ParameterRow | None) -> None:
        for row in self._rows:
            if row is not but:
                row.show_parameters(self._parameters)
        for fold in self._folds:
            fold.refresh()

    def _show_remembered(self) -> None:
        text = translate("Parameters", "remembered for %1").replace("%1", self._model)
        self._remembered.setText(text)
        self._remembered.setVisible(bool(self._model))

    def _restyle(self) -> None:
        line = self._look.theme.px(SECONDARY_PX) * 1.35
        self._prompt.setFixedHeight(round(PROMPT_LINES * line) + 16)

    def _prompt_about(self) -> str:
        return translate("Parameters", "Stands before the conversation and steers every answer.")

    def _retranslate(self) -> None:
        self._prompt_label.setText(translate("Parameters", "System prompt"))
        self._prompt.setAccessibleName(translate("Parameters", "System prompt"))
        self._prompt.setAccessibleDescription(self._prompt_about())
        self._prompt.setPlaceholderText(translate("Parameters", "How the model should behave"))
        titles = {
            "output": translate("Parameters", "Output"),
            "tools": translate("Parameters", "Tools"),
            "reasoning": translate("Parameters", "Reasoning"),
        }
        for label, what in self._headings:
            label.setText(titles[what])
        self._show_remembered()


def _set_in(rows: Sequence[ParameterRow]) -> int:
    return sum(row.is_set for row in rows)


def _tools_title() -> str:
    return translate("Parameters", "Tools")


def _calls_title() -> str:
    return translate("Parameters", "Calls and further tools")


def _more_title() -> str:
    return translate("Parameters", "More")


def _extra_title() -> str:
    return translate("Parameters", "Extra body")
