"""What is done on a call, as fields: a program with its words, or an HTTP request."""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.core.own_tool import (
    LONGEST_TEXT,
    METHODS,
    MOST_ITEMS,
    CommandAction,
    Pairs,
    RequestAction,
    Sends,
)
from app.features.tools.lines_edit import LinesEdit
from app.features.tools.secret_rows import SecretRows
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.choice_box import ChoiceBox
from app.kit.widgets.plain_label import PlainLabel


def words_as_text(words: Sequence[str]) -> str:
    """A word a line; as a JSON list where one has several lines or could be taken for such."""
    plain = all(word.strip() and "\n" not in word for word in words)
    if plain and not (words and words[0].startswith("[")):
        return "\n".join(words)
    return json.dumps(list(words), ensure_ascii=False, indent=2)


def text_as_words(text: str) -> tuple[str, ...]:
    """The words of such a text."""
    if text.lstrip().startswith("["):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            return tuple(value)[:MOST_ITEMS]
    lines = [line.rstrip("\r") for line in text.split("\n")]
    return tuple(line for line in lines if line.strip())[:MOST_ITEMS]


class CommandFields(QWidget):
    """`edited` carries the whole action as it is now."""

    edited = Signal(object)  # CommandAction

    def __init__(self, *, theme: Theme) -> None:
        super().__init__()
        self.secrets = SecretRows()
        self._words, self._env = LinesEdit(theme=theme), LinesEdit(theme=theme, least=1)
        self._folder = QLineEdit()
        self._folder.setMaxLength(LONGEST_TEXT)
        self._labels = [PlainLabel() for _ in range(4)]
        self._about = PlainLabel()
        _fill(
            self,
            *(self._labels[0], self._words, self._about),
            *(self._labels[1], self._folder),
            *(self._labels[2], self._env),
            *(self._labels[3], self.secrets),
        )
        _dress(self._labels, self._about)
        for edit in (self._words, self._env):
            edit.textChanged.connect(self._tell)
        self._folder.textEdited.connect(lambda _text: self._tell())
        self.secrets.names_changed.connect(lambda _names: self._tell())
        self._retranslate()

    def show_action(self, action: CommandAction) -> None:
        """Show it; nothing is told, and what says the same already stays as it was typed."""
        if text_as_words(self._words.toPlainText()) != action.argv:
            self._words.show_text(words_as_text(action.argv))
        if _pairs(self._env.lines(), "=") != action.env:
            self._env.show_text("\n".join(f"{name}={value}" for name, value in action.env))
        if self._folder.text() != action.folder:
            self._folder.setText(action.folder)
        self.secrets.show_names(action.secrets)

    def _tell(self) -> None:
        self.edited.emit(
            CommandAction(
                text_as_words(self._words.toPlainText()),
                self._folder.text(),
                _pairs(self._env.lines(), "="),
                self.secrets.names,
            )
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        texts = (
            self.tr("Program and its words, one a line"),
            self.tr("Folder"),
            self.tr("Variables, NAME=value, one a line"),
            self.tr("Secret variables"),
        )
        for label, text in zip(self._labels, texts, strict=True):
            label.setText(text)
        self._words.setAccessibleName(texts[0])
        self._folder.setAccessibleName(texts[1])
        self._env.setAccessibleName(texts[2])
        self._about.setText(
            self.tr(
                "It is started without a shell: $, |, > and quotes are plain characters. The "
                "arguments come as JSON on its standard input; what it writes to standard output "
                "is the result. Each run is asked for."
            )
        )
        self._folder.setPlaceholderText(self.tr("A new, empty one for each call"))


class RequestFields(QWidget):
    """`edited` carries the whole action as it is now."""

    edited = Signal(object)  # RequestAction

    def __init__(self, *, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self.secrets = SecretRows()
        self._method = ChoiceBox(theme=theme, icons=icons)
        self._sends = ChoiceBox(theme=theme, icons=icons)
        self._url, self._headers = QLineEdit(), LinesEdit(theme=theme, least=1)
        self._url.setMaxLength(LONGEST_TEXT)
        for method in METHODS:
            self._method.addItem(method, method)
        for way in Sends:
            self._sends.addItem("", way.value)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._method)
        line.addWidget(self._url, 1)
        place = QWidget()
        place.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        self._labels = [PlainLabel() for _ in range(4)]
        self._about = PlainLabel()
        _fill(
            self,
            *(self._labels[0], place, self._about),
            *(self._labels[1], self._sends),
            *(self._labels[2], self._headers),
            *(self._labels[3], self.secrets),
        )
        _dress(self._labels, self._about)
        self._url.textEdited.connect(lambda _text: self._tell())
        self._headers.textChanged.connect(self._tell)
        for box in (self._method, self._sends):
            box.activated.connect(lambda _row: self._tell())
        self.secrets.names_changed.connect(lambda _names: self._tell())
        self._retranslate()

    def show_action(self, action: RequestAction) -> None:
        """Show it; nothing is told, and what says the same already stays as it was typed."""
        if self._url.text().strip() != action.url:
            self._url.setText(action.url)
        if _pairs(self._headers.lines(), ":") != action.headers:
            self._headers.show_text("\n".join(f"{name}: {value}" for name, value in action.headers))
        for box, value in ((self._method, action.method), (self._sends, action.sends.value)):
            with QSignalBlocker(box):
                box.setCurrentIndex(box.findData(value))
        self.secrets.show_names(action.secrets)

    def _tell(self) -> None:
        self.edited.emit(
            RequestAction(
                self._method.currentData(),
                self._url.text().strip(),
                _pairs(self._headers.lines(), ":"),
                self.secrets.names,
                Sends(self._sends.currentData()),
            )
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        texts = (
            self.tr("Address"),
            self.tr("Arguments"),
            self.tr("Headers, Name: value, one a line"),
            self.tr("Secret headers"),
        )
        for label, text in zip(self._labels, texts, strict=True):
            label.setText(text)
        self._method.setAccessibleName(self.tr("Method"))
        self._url.setAccessibleName(texts[0])
        self._url.setPlaceholderText("https://")
        self._sends.setAccessibleName(texts[1])
        self._headers.setAccessibleName(texts[2])
        self._sends.setItemText(0, self.tr("As JSON in the body"))
        self._sends.setItemText(1, self.tr("In the address, after ?"))
        self._about.setText(
            self.tr(
                "It goes through the network settings for all services, and to this address "
                "alone: a redirect to another host is not followed, and secrets stay with the "
                "host they were entered for."
            )
        )


def _fill(widget: QWidget, *parts: QWidget) -> None:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    for part in parts:
        column.addWidget(part)


def _dress(labels: Sequence[PlainLabel], about: PlainLabel) -> None:
    for label in labels:
        set_kind(label, "section")
    set_kind(about, "caption")
    about.setWordWrap(True)


def _pairs(lines: Sequence[str], mark: str) -> Pairs:
    """Name and value of each line; a line without the mark is a name without a value."""
    cut = (line.partition(mark) for line in lines[:MOST_ITEMS])
    return tuple((name.strip(), value.strip() if mark == ":" else value) for name, _m, value in cut)
