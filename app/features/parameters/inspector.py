"""The inspector: a conversation's system prompt and parameters, in a column that scrolls.

The form is made when it is first shown: most pages never open it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.core.conversation import ConversationInfo
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from app.features.parameters.form import ParameterForm

WIDTH, EDGE = 284, 14


class Inspector(QFrame):
    """Shows a conversation's settings and says what the person changed.

    `tools` makes what its tools are switched with, which stands among them.
    """

    system_prompt_changed = Signal(str)
    parameters_changed = Signal(object)  # dict of what is set, in the order in which it is sent
    schema_requested = Signal()
    reasoning_changed = Signal(object)  # dict: the switches that are set, after the former

    def __init__(
        self, *, theme: Theme, icons: Icons, tools: Callable[[], QWidget] | None = None
    ) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        self._tools = tools
        self._prompt = ""
        self._parameters: Mapping[str, Any] = {}
        self._model = ""
        self._always: int | None = None
        self._form: ParameterForm | None = None
        self._title, self._about = PlainLabel(), PlainLabel()
        self._scroll, self._inside = QScrollArea(), QWidget()
        self._lay_out()
        theme.changed.connect(self._fit)
        self._fit()
        self._retranslate()

    def show_info(self, info: ConversationInfo) -> None:
        """Show what that conversation has set; what the person is typing in stays as typed."""
        self._prompt, self._parameters = info.system_prompt, info.parameters
        if self._form is not None:
            self._form.show_values(self._prompt, self._parameters)

    def set_model(self, model_id: str) -> None:
        """The model whose reasoning switches are remembered."""
        self._model = model_id
        if self._form is not None:
            self._form.set_model(model_id)

    def set_always_max_tokens(self, value: int | None) -> None:
        """What the service is sent as `max_tokens` where none is set; None: nothing."""
        self._always = value
        if self._form is not None:
            self._form.set_always_max_tokens(value)

    def showEvent(self, event: QShowEvent) -> None:
        if self._form is None:
            self._make_form()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        set_kind(self, "inspector")
        set_kind(self._title, "heading")
        set_kind(self._about, "caption")
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._about.setWordWrap(True)
        self._about.setContentsMargins(EDGE, 8, EDGE, 8)
        self._about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(EDGE, EDGE, EDGE - 4, EDGE)
        self._column.setSpacing(10)
        self._column.addWidget(self._title)
        set_kind(self._inside, "panel")
        scroll = self._scroll
        scroll.setWidget(self._inside)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        line = QFrame()
        line.setFixedHeight(1)
        set_kind(line, "hairline")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll, 1)
        outer.addWidget(line)
        outer.addWidget(self._about)

    def _make_form(self) -> None:
        from app.features.parameters.form import ParameterForm

        tools = self._tools() if self._tools is not None else None
        form = ParameterForm(theme=self._theme, icons=self._icons, tools=tools)
        form.show_values(self._prompt, self._parameters)
        form.set_model(self._model)
        form.set_always_max_tokens(self._always)
        form.system_prompt_changed.connect(self.system_prompt_changed)
        form.parameters_changed.connect(self.parameters_changed)
        form.reasoning_changed.connect(self.reasoning_changed)
        form.explained.connect(self._about.setText)
        form.schema_requested.connect(self.schema_requested)
        self._column.addWidget(form)
        self._column.addStretch(1)
        self._form = form

    def _fit(self) -> None:
        self.setFixedWidth(self._theme.px(WIDTH))
        lines = self._about.fontMetrics().lineSpacing() * 2
        self._about.setFixedHeight(max(lines, self._theme.px(32)) + 18)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Parameters"))
        self._about.setText(self.tr("What is “not sent” is left to the model."))
