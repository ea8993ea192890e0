"""What all rows of the form share: a title, a note under it, and telling what was set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.plain_label import PlainLabel

translate = QCoreApplication.translate
Words = Callable[[], str]


@dataclass(frozen=True, slots=True)
class RowLook:
    """How rows look: `label_px` is the width of their titles before zoom; `explained` says that
    what each does always stands under it, instead of being told by `explained` signals alone."""

    theme: Theme
    icons: Icons
    label_px: int = 88
    explained: bool = False


def not_sent() -> str:
    return translate("Parameters", "not sent")


def in_force(value_words: str) -> str:
    """What still holds while what is typed is wrong."""
    if not value_words:
        return translate("Parameters", "It is not sent.")
    return translate("Parameters", "Still sent: %1").replace("%1", value_words)


class ParameterRow(QWidget):
    """A part of the form that sets the parameters `names`; nothing typed wrong ever leaves it."""

    edited = Signal(object)  # dict: those of `names` that are set now
    explained = Signal(str)  # what the field that has the focus does

    def __init__(self, names: tuple[str, ...], title: Words, about: Words, *, look: RowLook):
        super().__init__()
        self.names = names
        self._title, self._about, self._look = title, about, look
        self._problem = self._remark = ""
        self._label, self._note = PlainLabel(), PlainLabel()
        for label in (self._label, self._note):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._line = QHBoxLayout()
        self._line.setSpacing(8)
        self._line.addWidget(self._label)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(self._line)
        self._column.addWidget(self._note)
        self._watched: list[QWidget] = []
        look.theme.changed.connect(self.restyle)

    def show_parameters(self, parameters: Mapping[str, Any]) -> None:
        """Show what of `names` is set; what is being typed stays if that did not change."""
        raise NotImplementedError

    @property
    def is_set(self) -> bool:
        """Whether any of its parameters is sent."""
        raise NotImplementedError

    def forget_typed(self) -> None:
        """Show what is in force in place of what is being typed."""
        raise NotImplementedError

    @property
    def problem(self) -> str:
        """What is wrong with what stands in the field; empty where nothing is."""
        return self._problem

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.explained.emit(self._about())
        return False

    def retranslate(self) -> None:
        self._label.setText(self._title())
        self._label.setToolTip(self._about())
        for widget in self._watched:
            widget.setAccessibleName(self._title())
            widget.setToolTip(self._about())
        self._show_note()

    def restyle(self) -> None:
        self._label.setFixedWidth(self._look.theme.px(self._look.label_px))

    def _watch(self, *fields: QWidget) -> None:
        """These are the row's fields: named by its title, described by what it does."""
        self._watched += fields
        for widget in fields:
            widget.installEventFilter(self)

    def _say(self, problem: str) -> None:
        """Say what is wrong with what was typed; empty: nothing."""
        self._problem = problem
        self._show_note()

    def _show_note(self) -> None:
        quiet = self._remark or (self._about() if self._look.explained else "")
        words = self._problem or quiet
        set_kind(self._note, "error-caption" if self._problem else "caption")
        self._note.setText(words)
        self._note.setVisible(bool(words))
        told = " ".join(part for part in (self._problem or self._remark, self._about()) if part)
        for widget in self._watched:
            widget.setAccessibleDescription(told)
