"""An answer that is JSON, as a card: whether it matches its schema; tree, table or as it came."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QGuiApplication
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

from app.core.result_table import NO_TABLE, ResultTable
from app.core.schema_verdict import Verdict
from app.features.chat.transcript import structured_words as words
from app.features.chat.transcript.structured_answer import StructuredAnswer
from app.features.chat.transcript.structured_checks import SaveAs
from app.features.chat.transcript.structured_note import StructuredNote
from app.kit.icons import Icons
from app.kit.markdown.rich_text import code_html
from app.kit.style import set_kind
from app.kit.table_clipboard import JSON, mime_of, table_mime
from app.kit.theme import Theme
from app.kit.widgets.elided_label import ElidedLabel
from app.kit.widgets.json_tree import JsonTree
from app.kit.widgets.result_table_view import TableView
from app.kit.widgets.source_view import SourceView
from app.kit.widgets.stepper import Stepper

HIGHEST, LEAST, LINE = 380, 60, 22
"""Pixels: how high the body becomes at most and at least; a line of the source."""


class AnswerView(StrEnum):
    TREE = "tree"
    TABLE = "table"
    RAW = "raw"


@dataclass(frozen=True, slots=True)
class CardState:
    """What is kept of a card that goes out of sight."""

    view: AnswerView
    table: int | None


class StructuredCard(QFrame):
    """One answer, growing while it arrives."""

    def __init__(self, answer: StructuredAnswer, *, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._answer, self._theme = answer, theme
        self._view = AnswerView.TREE
        self._table_at: int | None = None
        self.tree = JsonTree(theme=theme)
        self.table = TableView(theme=theme)
        self.raw = SourceView()
        self._views: dict[AnswerView, QWidget] = {
            AnswerView.TREE: self.tree,
            AnswerView.TABLE: self.table,
            AnswerView.RAW: self.raw,
        }
        self.buttons = {view: QPushButton() for view in AnswerView}
        self._group = QButtonGroup(self)
        self.said = ElidedLabel()
        self.note = StructuredNote(answer)
        self.stepper = Stepper(self._step_names, theme=theme, icons=icons)
        self.copy_button, self.save_button = QPushButton(), QPushButton()
        self._menu = QMenu(self)
        self._stack = QStackedWidget()
        self._fits_soon = QTimer(self)
        self._fits_soon.setSingleShot(True)
        self._lay_out()
        self._connect()
        self._retranslate()

    # What a box asks

    @property
    def state(self) -> CardState:
        return CardState(self._view, self._table_at)

    def restore(self, state: CardState) -> None:
        self._view, self._table_at = state.view, state.table
        self._show()

    def choose(self, view: AnswerView) -> None:
        """Look at it in that way."""
        self._view = view
        self._show()

    def copy(self) -> None:
        """Copy what is shown: a table as cells, else the JSON as it came."""
        text = self._answer.so_far.text.strip()
        if self._view is AnswerView.TABLE and self._table() is not NO_TABLE:
            data = table_mime(self.table.selected_table() or self.table.shown_table())
        else:
            data = mime_of(text, code_html(text), (JSON, text))
        QGuiApplication.clipboard().setMimeData(data)

    def save(self, kind: SaveAs) -> None:
        """Save the table that is shown, in its order, or all of the JSON."""
        self._answer.save(kind, None if kind is SaveAs.JSON else self._table_out())

    # Within

    def _lay_out(self) -> None:
        set_kind(self, "reader")
        head = QFrame()
        set_kind(head, "reader-head")
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(2)
        row.addWidget(self.said, 1)
        row.addWidget(self.stepper)
        for view, button in self.buttons.items():
            button.setCheckable(True)
            set_kind(button, "view")
            self._group.addButton(button)
            row.addWidget(button)
            self._stack.addWidget(self._views[view])
        for button in (self.copy_button, self.save_button):
            set_kind(button, "ghost")
            row.addWidget(button)
        self.save_button.setMenu(self._menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.note)
        column.addWidget(self._stack)

    def _connect(self) -> None:
        for view, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, view=view: self.choose(view))
        self.copy_button.clicked.connect(self.copy)
        self.table.copy_requested.connect(self.copy)
        self.stepper.stepped.connect(self._go_to)
        self.tree.resized.connect(self._fits_soon.start)  # once, however many rows came
        self._fits_soon.timeout.connect(self._fit)
        self._answer.changed.connect(self._show)
        self._theme.changed.connect(self._fit)
        self._menu.aboutToShow.connect(self._fill_menu)

    def _show(self) -> None:
        """Show what there is by now."""
        found, answer = self._answer.so_far, self._answer
        if self._view is AnswerView.TABLE and not found.tables:
            self._view = AnswerView.TREE
        shown = AnswerView.RAW if found.broken else self._view
        for view, button in self.buttons.items():
            button.setChecked(view is shown)
        self.buttons[AnswerView.TABLE].setEnabled(bool(found.tables))
        self.buttons[AnswerView.TREE].setEnabled(not found.broken)
        if shown is AnswerView.TREE:
            self.tree.show_value(found.value)
        elif shown is AnswerView.RAW:
            self.raw.show_text(answer.text)
        else:
            self.table.show_table(self._table())
        several = shown is AnswerView.TABLE and len(found.tables) > 1
        self.stepper.show_place(self._place(), len(found.tables) if several else 0)
        self._stack.setCurrentWidget(self._views[shown])
        self._say()
        self._fit()

    def _say(self) -> None:
        verdict, answer = self._answer.verdict, self._answer
        good = verdict is not None and verdict.verdict is Verdict.MATCHES
        set_kind(self.said, "ok" if good else "caption")
        if good and verdict is not None:
            self.said.setText(words.matches(verdict.name))
        else:
            self.said.setText(words.arriving(answer.name) if answer.arrives else "JSON")

    def _tables(self) -> tuple[ResultTable, ...]:
        return self._answer.so_far.tables

    def _place(self) -> int:
        """Which table is shown: the first list, rather than the fields around it."""
        tables = self._tables()
        if self._table_at is not None:
            return min(self._table_at, max(len(tables) - 1, 0))
        return next((at for at, table in enumerate(tables) if table.title), 0)

    def _table(self) -> ResultTable:
        tables = self._tables()
        return tables[self._place()] if tables else NO_TABLE

    def _table_out(self) -> ResultTable | None:
        """The table that goes out: in the order shown, where it is shown."""
        if not self._tables():
            return None
        if self._view is AnswerView.TABLE:
            return self.table.shown_table()
        return self._table()

    def _go_to(self, place: int) -> None:
        self._table_at = place
        self._show()

    def _fit(self) -> None:
        """As high as what is shown, up to a height in which it scrolls."""
        most = self._theme.px(HIGHEST)
        shown = self._stack.currentWidget()
        if shown is self.tree:
            wanted = self.tree.rows_height(most)
        elif shown is self.table:
            head = self.table.horizontalHeader().sizeHint().height()
            rows = min(len(self._table().rows), 100)
            bar = self.table.horizontalScrollBar()
            wanted = head + rows * self.table.verticalHeader().defaultSectionSize() + 4
            wanted += bar.sizeHint().height() if bar.maximum() > 0 else 0
        else:
            wanted = (min(self.raw.blockCount(), 100) + 1) * self._theme.px(LINE)
        height = max(min(wanted, most), self._theme.px(LEAST))
        if self._stack.height() != height or self._stack.minimumHeight() != height:
            self._stack.setFixedHeight(height)

    def _fill_menu(self) -> None:
        self._menu.clear()
        names = {
            SaveAs.JSON: "JSON",
            SaveAs.CSV: "CSV",
            SaveAs.XLSX: self.tr("Excel (XLSX)"),
        }
        for kind, name in names.items():
            action = self._menu.addAction(name)
            action.setData(kind.value)
            action.setEnabled(kind is SaveAs.JSON or bool(self._tables()))
            action.triggered.connect(lambda _checked=False, kind=kind: self.save(kind))

    def _step_names(self) -> tuple[str, str]:
        return self.tr("Previous table"), self.tr("Next table")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        names = {
            AnswerView.TREE: self.tr("Tree"),
            AnswerView.TABLE: self.tr("Table"),
            AnswerView.RAW: self.tr("Raw"),
        }
        for view, button in self.buttons.items():
            button.setText(names[view])
            button.setAccessibleName(names[view])
        self.copy_button.setText(self.tr("Copy"))
        self.copy_button.setAccessibleName(self.tr("Copy the answer"))
        self.save_button.setText(self.tr("Save as…"))
        self.save_button.setAccessibleName(self.tr("Save the answer"))
        self.raw.setAccessibleName(self.tr("The answer as it came"))
        self.table.setAccessibleName(self.tr("The answer as a table"))
        self._show()
