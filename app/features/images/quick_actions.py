"""Ready-made questions about pictures: one click asks. They are presets, as values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.kit.style import set_kind
from app.kit.widgets.flow_layout import FlowLayout


@dataclass(frozen=True, slots=True)
class QuickAction:
    """`title` answers the button's words, `prompt` what is asked, both in the reader's language."""

    id: str
    title: Callable[[], str]
    prompt: Callable[[], str]


translate = QCoreApplication.translate

ACTIONS = (
    QuickAction(
        "describe",
        lambda: translate("QuickActions", "Describe"),
        lambda: translate(
            "QuickActions",
            "Describe this picture: first what it is, in one sentence, then what matters in it "
            "from the most to the least important. Say only what can be seen, and mark what you "
            "are unsure of.",
        ),
    ),
    QuickAction(
        "extract",
        lambda: translate("QuickActions", "Extract text"),
        lambda: translate(
            "QuickActions",
            "Extract all text from this picture, exactly as it stands there. Keep the layout: "
            "line breaks, lists, columns, and the indentation of code, code in a code block. "
            "Correct and invent nothing; write [?] where a spot cannot be read. Give only the "
            "text.",
        ),
    ),
    QuickAction(
        "table",
        lambda: translate("QuickActions", "Table → Markdown"),
        lambda: translate(
            "QuickActions",
            "Turn the table in this picture into a Markdown table. Keep the order of rows and "
            "columns and every value as written; leave empty cells empty and write [?] in a cell "
            "that cannot be read. Invent nothing. If there are several tables, give one after the "
            "other with its heading.",
        ),
    ),
    QuickAction(
        "fields",
        lambda: translate("QuickActions", "Fields → JSON"),
        lambda: translate(
            "QuickActions",
            "Give the labelled fields in this picture as one JSON object: short names in English "
            "as keys, values exactly as written, numbers as numbers, lists of like things as "
            "arrays. Use null for what cannot be read. Invent nothing, and give only the JSON.",
        ),
    ),
    QuickAction(
        "translate",
        lambda: translate("QuickActions", "Translate"),
        lambda: translate(
            "QuickActions",
            "Translate all text in this picture into English (into Chinese if it is in English). "
            "Keep the layout and the order; leave names, numbers and code as they are, and write "
            "[?] where a spot cannot be read. Give only the translation.",
        ),
    ),
    QuickAction(
        "explain",
        lambda: translate("QuickActions", "Explain error"),
        lambda: translate(
            "QuickActions",
            "Explain the error in this picture: what it says, its likeliest cause, and how to mend "
            "it step by step. Quote the decisive lines exactly. If something needed is not in the "
            "picture, say what, rather than guess.",
        ),
    ),
)


class QuickActions(QWidget):
    """The actions as a row of chips. `chosen` carries the prompt, `picked` the action's id."""

    chosen = Signal(str)
    picked = Signal(str)

    def __init__(self, *, centred: bool = False) -> None:
        super().__init__()
        self._buttons: dict[str, QPushButton] = {}
        layout = FlowLayout(6)
        if centred:
            layout.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(layout)
        for action in ACTIONS:
            button = QPushButton()
            set_kind(button, "chip")
            button.clicked.connect(lambda _checked=False, action=action: self._choose(action))
            layout.addWidget(button)
            self._buttons[action.id] = button
        self._retranslate()

    @property
    def widget(self) -> QWidget:
        return self

    def button(self, action: str) -> QPushButton:
        """The chip of an action, by its id."""
        return self._buttons[action]

    def prompt(self, action: str) -> str:
        """What an action asks, in the reader's language."""
        return next(a.prompt() for a in ACTIONS if a.id == action)

    def title_for(self, text: str) -> str:
        """The title of the action that asks this, or nothing."""
        return next((a.title() for a in ACTIONS if text.startswith(a.prompt())), "")

    def _choose(self, action: QuickAction) -> None:
        self.picked.emit(action.id)
        self.chosen.emit(action.prompt())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        for action in ACTIONS:
            self._buttons[action.id].setText(action.title())
