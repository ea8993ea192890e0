"""A tool of the person's own, tried: the form, what exactly will be done, and what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from time import monotonic
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.core.own_tool import OwnTool, lack_of
from app.core.own_tool_call import call_text
from app.core.tool import ToolOutcome
from app.core.visible_text import visible
from app.features.tools.lines_edit import LinesEdit
from app.features.tools.schema_form import SchemaForm
from app.features.tools.tool_words import lack_words
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.tasks import TaskScope
from app.kit.theme import Theme
from app.kit.widgets.plain_label import PlainLabel

SHOWN = 100_000
"""Characters of a result that are shown here."""

Call = Callable[[OwnTool, Mapping[str, Any]], Awaitable[ToolOutcome]]
"""Does what a tool says. Never raises but for a cancellation, which ends all it started."""
_Tried = tuple[ToolOutcome, float]


class TryPanel(QWidget):
    """Runs one call at a time; another tool that is shown ends it."""

    def __init__(self, *, call: Call, tasks: TaskScope, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._call, self._tasks = call, tasks
        self._tool: OwnTool | None = None
        self._running: list[asyncio.Task[_Tried]] = []
        self._head, self._problem, self._state = PlainLabel(), PlainLabel(), PlainLabel()
        self._form = SchemaForm(theme=theme, icons=icons)
        self._will = PlainLabel()
        self._sent = LinesEdit(theme=theme, least=1, most=12)
        self._run = QPushButton()
        self._result = LinesEdit(theme=theme, least=1, most=16)
        self._build()
        self._run.clicked.connect(self._run_or_stop)
        self._form.changed.connect(self._preview)
        running = self._running
        self.destroyed.connect(lambda: [task.cancel() for task in running])
        self._retranslate()

    def show_tool(self, tool: OwnTool) -> None:
        """Try this one from now on."""
        another = self._tool is None or self._tool.id != tool.id
        self._tool = tool
        if another:
            self._stop()
            self._result.hide()
            self._state.hide()
        self._form.show_schema(tool.parameters)
        self._preview()

    def _build(self) -> None:
        set_kind(self._head, "heading")
        set_kind(self._will, "section")
        set_kind(self._run, "secondary")
        set_kind(self._problem, "error-caption")
        set_kind(self._state, "caption")
        for label in (self._problem, self._state):
            label.setWordWrap(True)
            label.hide()
        for box in (self._sent, self._result):
            box.setReadOnly(True)
        self._result.hide()
        line = QHBoxLayout()
        line.addWidget(self._run)
        line.addWidget(self._state, 1, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self._head, self._form, self._problem, self._will, self._sent):
            column.addWidget(part)
        column.addLayout(line)
        column.addWidget(self._result)

    def _preview(self) -> None:
        """Say what will be done, or why nothing can be."""
        if self._tool is None:
            return
        problem, text = lack_words(lack_of(self._tool)), ""
        if not problem:
            try:
                text = visible(call_text(self._tool, self._form.values()))
            except ValueError as error:
                problem = self.tr("This is not what its field takes: %1").replace("%1", str(error))
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self._sent.show_text(text)
        for part in (self._will, self._sent):
            part.setVisible(not problem)
        self._run.setEnabled(not problem or bool(self._running))

    def _run_or_stop(self) -> None:
        if self._running:
            self._stop()
            return
        if self._tool is None or self._tasks.closed:
            return
        try:
            arguments = self._form.values()
        except ValueError:
            return
        work = self._tried(self._tool, arguments)
        task = self._tasks.start(work, name="try a tool")
        self._running.append(task)
        task.add_done_callback(self._ended)  # one that is stopped may not even have begun
        self._say(self.tr("Running…"))
        self._retranslate()

    async def _tried(self, tool: OwnTool, arguments: Mapping[str, Any]) -> _Tried:
        begun = monotonic()
        return await self._call(tool, arguments), monotonic() - begun

    def _ended(self, task: asyncio.Task[_Tried]) -> None:
        self._running.clear()
        if not isValid(self):
            return
        self._retranslate()
        if task.cancelled() or task.exception() is not None:
            self._say(self.tr("Stopped."))
        else:
            self._show(*task.result())

    def _show(self, outcome: ToolOutcome, seconds: float) -> None:
        said = self.tr("Failed after %1 s") if outcome.is_error else self.tr("Done in %1 s")
        words = said.replace("%1", f"{seconds:.2f}")
        if outcome.pictures:
            size = sum(len(picture) for picture in outcome.pictures)
            words += " · " + self.tr("a picture of %1 KB").replace("%1", str(-(-size // 1024)))
        text = visible(outcome.text[:SHOWN])
        if len(outcome.text) > SHOWN:
            more = self.tr("the first %1 of %2 characters are shown")
            words += " · " + more.replace("%1", f"{SHOWN:,}").replace(
                "%2", f"{len(outcome.text):,}"
            )
        self._say(words, wrong=outcome.is_error)
        self._result.show_text(text)
        self._result.setVisible(True)

    def _say(self, words: str, *, wrong: bool = False) -> None:
        set_kind(self._state, "error-caption" if wrong else "caption")
        self._state.setText(words)
        self._state.setVisible(bool(words))

    def _stop(self) -> None:
        for task in self._running:
            task.cancel()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._preview()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._head.setText(self.tr("Try it"))
        self._will.setText(self.tr("What will be done"))
        self._sent.setAccessibleName(self.tr("What will be done"))
        self._result.setAccessibleName(self.tr("Result"))
        self._run.setText(self.tr("Stop") if self._running else self.tr("Run once"))
        self._run.setAccessibleName(self._run.text())
