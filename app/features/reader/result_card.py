"""What was read, as text, as a table, as a tree or as it came; growing while it arrives."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.core.errors import PortholeError
from app.core.message import Message, MessageState
from app.core.result_table import NO_TABLE, ResultTable, csv_text
from app.core.schema_verdict import SchemaVerdict, Verdict
from app.features.reader import words
from app.features.reader.copies import Copy, copied, formats_for
from app.features.reader.read_text import ReadText
from app.features.reader.result import NOTHING_READ
from app.features.reader.result_reader import ResultReader
from app.features.reader.views import View, first_view, table_to_begin_with, views_of
from app.kit.icons import Icons
from app.kit.intake import Intake
from app.kit.markdown.parser import MarkdownParser
from app.kit.style import set_kind
from app.kit.tasks import TaskScope
from app.kit.theme import Theme
from app.kit.widgets.elided_label import ElidedLabel
from app.kit.widgets.json_tree import JsonTree
from app.kit.widgets.plain_label import PlainLabel
from app.kit.widgets.result_table_view import TableView
from app.kit.widgets.source_view import SourceView
from app.kit.widgets.stepper import Stepper

BESIDE = 40
"""Pixels beside and between what stands at the top."""
BOM = b"\xef\xbb\xbf"
"""Spreadsheets take a CSV file for UTF-8 only with it."""

Check = Callable[[Message, str | None], Awaitable[SchemaVerdict | None]]
"""Whether a reply is what its schema asked for, by its JSON text; None where none was asked."""


class ResultCard(QFrame):
    """One reply. `ending` words how it ended, where that is not by itself."""

    row_chosen = Signal(object)  # tuple[str, ...]
    link_activated = Signal(str)
    save_requested = Signal(bytes, str)  # a file's bytes, and what it may be called
    copied = Signal(str)  # what was, in words

    def __init__(
        self,
        *,
        check: Check,
        ending: Callable[[Message], str],
        scope: TaskScope,
        theme: Theme,
        icons: Icons,
    ) -> None:
        super().__init__()
        self._check, self._ending = check, ending
        self._scope = scope
        self._theme = theme
        self._reply: Message | None = None
        self._busy = False
        parser = MarkdownParser()
        self._intake = Intake(
            lambda: ResultReader(parser, self._heads()), NOTHING_READ, scope, self
        )
        self._wanted: View | None = None
        self._table_at: int | None = None
        self._checked = ""
        self._verdict: SchemaVerdict | None = None
        self.table = TableView(theme=theme)
        self.text = ReadText(theme=theme)
        self.tree = JsonTree()
        self.source = SourceView()
        self.stepper = Stepper(self._step_names, theme=theme, icons=icons)
        self._views: dict[View, QWidget] = {
            View.TEXT: self.text,
            View.TREE: self.tree,
            View.TABLE: self.table,
            View.SOURCE: self.source,
        }
        self.buttons = {view: QPushButton() for view in self._views}
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget()
        self._waiting = PlainLabel()
        self._title, self._problem = ElidedLabel(), PlainLabel()
        self._matches, self._matches_below = ElidedLabel(), PlainLabel()
        """The second of them where the first has no room for its words."""
        self.copy_as, self.export = QPushButton(), QPushButton()
        """The first of them stands wherever the card's owner puts it."""
        self._menu = QMenu(self)
        self._lay_out()
        self._connect()
        self._retranslate()
        self._show()

    @property
    def view(self) -> View:
        """The way it is looked at now."""
        return next(v for v, w in self._views.items() if w is self._stack.currentWidget())

    @property
    def busy(self) -> bool:
        """Whether there is more of the reply than is shown."""
        return self._intake.busy

    @property
    def verdict_text(self) -> str:
        """What is said of the schema that was asked for, if any was."""
        return self._matches.text() or self._problem.text()

    def show_reply(self, reply: Message | None, *, busy: bool) -> None:
        """Show a reply, or that there is none yet. `busy`: an answer is on its way."""
        same = reply is not None and self._reply is not None and reply.id == self._reply.id
        before = self._intake.text
        self._busy = busy
        text = reply.text if reply is not None else ""
        if not same or not text.startswith(before):
            self._intake.begin()
            before = ""
            self._table_at = None
            self._checked, self._verdict = "", None
        self._reply = reply
        if len(text) > len(before):
            self._intake.feed(text[len(before) :])
        if reply is not None and reply.state is not MessageState.STREAMING:
            self._intake.finish()
        self._intake.take_in()
        self._show_state()

    def grow(self, message_id: str, text: str) -> None:
        """More of the reply, if it is this one."""
        if self._reply is not None and self._reply.id == message_id:
            self._intake.feed(text)

    def choose(self, view: View) -> None:
        """Look at it in that way, as long as it can be."""
        self._wanted = view
        self._show()

    def copy(self, kind: Copy | None = None) -> None:
        """Copy what is shown, or all of it in one format, and say so."""
        chosen = self.table.selected_table() if self.view is View.TABLE and kind is None else None
        table = chosen or self._table_out()
        data = copied(kind, self.view, self._intake.result, table)
        QGuiApplication.clipboard().setMimeData(data)
        self.copied.emit(words.copied(kind, self.view, table))

    # Within

    def _heads(self) -> tuple[str, str]:
        return self.tr("Field"), self.tr("Value")

    def _lay_out(self) -> None:
        set_kind(self, "reader")
        head = QFrame()
        set_kind(head, "reader-head")
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(2)
        set_kind(self._matches, "ok")
        set_kind(self._title, "caption")
        row.addWidget(self._matches, 1)
        row.addWidget(self._title, 1)
        row.addWidget(self.stepper)
        for view, button in self.buttons.items():
            button.setCheckable(True)
            set_kind(button, "view")
            self._group.addButton(button)
            row.addWidget(button)
            self._stack.addWidget(self._views[view])
        for button in (self.copy_as, self.export):
            set_kind(button, "ghost")
        row.addWidget(self.export)
        self.copy_as.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill_menu)
        set_kind(self._matches_below, "ok-note")
        self._matches_below.setWordWrap(True)
        set_kind(self._problem, "problem")
        self._problem.setWordWrap(True)
        self._waiting.setMargin(14)
        set_kind(self._waiting, "secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._problem)
        column.addWidget(self._matches_below)
        column.addWidget(self._waiting)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        for view, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, view=view: self.choose(view))
        self._intake.changed.connect(self._show)
        self.stepper.stepped.connect(self._go_to)
        self.table.row_chosen.connect(self.row_chosen)
        self.table.copy_requested.connect(self.copy)
        self.text.link_activated.connect(self.link_activated)
        self.export.clicked.connect(self._export)

    def _show(self) -> None:
        """Show what there is by now."""
        result = self._intake.result
        there = views_of(result)
        view = self._wanted if self._wanted in there else first_view(result)
        for each, button in self.buttons.items():
            button.setVisible(each in there)
            button.setChecked(each is view)
        self._show_tables()
        if view is View.TEXT:
            self.text.show_blocks(result.blocks)
        elif view is View.TREE:
            self.tree.show_value(result.value)
        elif view is View.SOURCE:
            self.source.show_text(result.text)
        self._stack.setCurrentWidget(self._views[view])
        self._show_state()

    def _show_tables(self) -> None:
        result = self._intake.result
        tables = result.tables
        at = self._table_at if self._table_at is not None else table_to_begin_with(result)
        at = min(at, max(len(tables) - 1, 0))
        self.table.show_table(tables[at] if tables else NO_TABLE)
        self.stepper.show_place(at, len(tables))
        self._title.setText(tables[at].title if tables else "")

    def _go_to(self, place: int) -> None:
        self._table_at = place
        self._show_tables()

    def _table_out(self) -> ResultTable | None:
        """The table that goes out: in the order shown."""
        return self.table.shown_table() if self._intake.result.tables else None

    def _export(self) -> None:
        if (table := self._table_out()) is not None:
            self.save_requested.emit(BOM + csv_text(table).encode("utf-8", "replace"), "table.csv")

    def _show_state(self) -> None:
        """How far the reply is, and what is to be said of it."""
        reply, result = self._reply, self._intake.result
        empty = not result.text.strip()
        streams = reply is not None and reply.state is MessageState.STREAMING
        in_table = self.view is View.TABLE
        self._stack.setVisible(not empty)
        self._waiting.setVisible(empty)
        self._waiting.setText(
            words.waiting(thinks=streams and reply is not None and bool(reply.reasoning))
            if self._busy or streams or self._intake.busy
            else words.nothing(asked=reply is not None)
        )
        for button in self.buttons.values():
            button.setEnabled(not empty)
        self.copy_as.setEnabled(not empty)
        self.export.setEnabled(bool(result.tables))
        self.stepper.setVisible(in_table and len(result.tables) > 1)
        verdict = self._verdict
        good = verdict is not None and verdict.verdict is Verdict.MATCHES
        ended = self._ending(reply) if reply is not None and not streams else ""
        self._matches.setText(words.verdict(verdict) if verdict and good else "")
        self._matches_below.setText(self._matches.text())
        self._fit_verdict()
        self._title.setText(self._title.text() if in_table else "")
        said = [words.verdict(verdict)] if verdict and not good else []
        self._problem.setText("\n".join([*([ended] if ended else []), *said]))
        self._problem.setVisible(bool(self._problem.text()))
        if reply is not None and reply.state is MessageState.COMPLETE and not self._busy:
            self._ask_verdict(reply)

    def _fit_verdict(self) -> None:
        """Say that the schema is matched at the top, or below it where there is no room."""
        words = self._matches.text()
        wide = self._matches.fontMetrics().horizontalAdvance(words)
        fits = self.width() - self._beside_verdict() > wide
        self._matches.setVisible(bool(words) and fits)
        self._matches_below.setVisible(bool(words) and not fits)
        self._title.setVisible(not (words and fits))

    def _beside_verdict(self) -> int:
        """Pixels at the top that are taken by what stands beside it."""
        others = [self.export, *self.buttons.values(), self.stepper]
        return BESIDE + sum(w.sizeHint().width() + 2 for w in others if not w.isHidden())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_verdict()

    def _ask_verdict(self, reply: Message) -> None:
        """Have it checked, once."""
        if self._checked == reply.id or self._intake.busy:
            return
        self._checked = reply.id
        result = self._intake.result
        alone = result.is_json or len(result.blocks) == 1
        found = result.json if alone else None

        async def ask() -> None:
            try:
                verdict = await self._check(reply, found)
            except PortholeError:
                return  # what was asked for cannot be read: nothing is said of it
            if isValid(self) and self._checked == reply.id:
                self._verdict = verdict
                self._show_state()

        self._scope.start(ask(), name="check the schema")

    def _step_names(self) -> tuple[str, str]:
        return self.tr("Previous table"), self.tr("Next table")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._show_state()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        names = words.views()
        for view, button in self.buttons.items():
            button.setText(names[view])
            button.setAccessibleName(names[view])
        self.copy_as.setText(self.tr("Copy as") + " ▾")
        self.copy_as.setAccessibleName(self.tr("Copy as"))
        self.export.setText(self.tr("Save CSV"))
        self.export.setAccessibleName(self.tr("Save the table as a CSV file"))
        self.table.setAccessibleName(self.tr("What was read, as a table"))
        self.text.setAccessibleName(self.tr("What was read"))
        self.source.setAccessibleName(self.tr("What was read, as it came"))

    def _fill_menu(self) -> None:
        self._menu.clear()
        names = words.formats()
        for kind in formats_for(self._intake.result):
            action = self._menu.addAction(names[kind])
            action.setData(kind.value)
            action.triggered.connect(lambda _checked=False, kind=kind: self.copy(kind))
