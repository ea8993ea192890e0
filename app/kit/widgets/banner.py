"""A quiet band with a sentence and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.kit.style import set_kind
from app.kit.widgets.plain_label import PlainLabel


class Banner(QFrame):
    """Hidden until it has something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "banner")
        self._text = PlainLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._acts: list[Callable[[], object]] = []
        self._buttons: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 4, 6, 4)
        self._row.setSpacing(4)
        self._row.addWidget(self._text, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while hidden."""
        return self._text.text() if not self.isHidden() else ""

    def say(self, text: str, actions: Sequence[tuple[str, Callable[[], object]]] = ()) -> None:
        """Show a sentence with these actions; an empty one hides the banner.

        What stands there already is left alone: a button keeps the focus when it is said again.
        """
        self._acts = [act for _, act in actions]
        titles = [title for title, _ in actions]
        if titles != [button.text() for button in self._buttons]:
            self._show_buttons(titles)
        self._text.setText(text)
        self.setVisible(bool(text))

    def _show_buttons(self, titles: Sequence[str]) -> None:
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons.clear()
        for place, title in enumerate(titles):
            button = QPushButton(title)
            set_kind(button, "link")
            button.clicked.connect(lambda _checked=False, place=place: self._acts[place]())
            self._row.addWidget(button)
            self._buttons.append(button)
