"""Asks for the password of a document, and opens it; a wrong one is said, and none is kept."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.core.documents import Pages
from app.core.errors import ImageError
from app.kit.error_text import sentence
from app.kit.style import set_kind
from app.kit.tasks import TaskScope
from app.kit.widgets.plain_label import PlainLabel

FIELD_WIDTH = 380


class DocumentPassword(QDialog):
    """Accepted, the document is open: its pages are there to be picked."""

    def __init__(self, pages: Pages, *, scope: TaskScope, parent: QWidget) -> None:
        super().__init__(parent)
        self._pages, self._scope = pages, scope
        self._task: asyncio.Task[None] | None = None
        self._said, self._problem = PlainLabel(), PlainLabel()
        self._field = QLineEdit()
        self._open, self._leave = QPushButton(), QPushButton()
        self._lay_out()
        self._retranslate()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._field.textEdited.connect(self._edited)
        self._open.clicked.connect(self._try)
        self._leave.clicked.connect(self.reject)
        self.finished.connect(self._end)
        self._field.setFocus()

    @property
    def field(self) -> QLineEdit:
        return self._field

    @property
    def open_button(self) -> QPushButton:
        return self._open

    @property
    def problem(self) -> str:
        """What is wrong, in words; empty while nothing is."""
        return self._problem.text()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        set_kind(self, "canvas")
        set_kind(self._problem, "warning-caption")
        set_kind(self._open, "primary")
        set_kind(self._leave, "secondary")
        self._said.setWordWrap(True)
        self._problem.setWordWrap(True)
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.setMinimumWidth(FIELD_WIDTH)
        self._open.setDefault(True)
        self._open.setEnabled(False)
        self._leave.setAutoDefault(False)
        end = QHBoxLayout()
        end.setSpacing(8)
        end.addStretch(1)
        end.addWidget(self._leave)
        end.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(self._said)
        column.addWidget(self._field)
        column.addWidget(self._problem)
        column.addLayout(end)

    def _edited(self, typed: str) -> None:
        self._open.setEnabled(bool(typed))
        self._say_problem("")

    def _try(self) -> None:
        if self._task is None and self._field.text():
            self._open.setEnabled(False)
            self._task = self._scope.start(self._unlock(self._field.text()), name="open document")

    async def _unlock(self, password: str) -> None:
        problem = ""
        try:
            opened = await self._pages.unlock(password)
        except ImageError as error:
            opened, problem = False, sentence(error)
        self._task = None
        if opened:
            self.accept()
            return
        self._say_problem(problem or self.tr("This is not the password of the document."))
        self._open.setEnabled(True)
        self._field.selectAll()
        self._field.setFocus()

    def _say_problem(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self._fit()

    def _fit(self) -> None:
        """As high as the words are: Qt takes a label that wraps for lower than it is."""
        layout = self.layout()
        if layout is not None and self.isVisible():
            layout.activate()
            width = max(self.width(), layout.minimumSize().width())
            self.setMinimumHeight(layout.totalHeightForWidth(width))
            self.resize(width, self.minimumHeight())

    def _end(self) -> None:
        """What was typed is not kept any longer than the question."""
        self._field.clear()
        if self._task is not None:
            self._task.cancel()

    def _retranslate(self) -> None:
        self.setWindowTitle(self._pages.name)
        said = self.tr(
            "%1 opens with a password only. It is used to open the document, here on "
            "this computer, and kept nowhere."
        )
        self._said.setText(said.replace("%1", self._pages.name))
        self._field.setAccessibleName(self.tr("Password of the document"))
        self._field.setPlaceholderText(self.tr("Password"))
        self._open.setText(self.tr("Open"))
        self._leave.setText(self.tr("Cancel"))
        self._say_problem("")
