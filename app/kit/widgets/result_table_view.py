"""A table of an answer: sorted by a click on a head, taken out as cells."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from app.core.result_table import ResultTable
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.result_table_model import ResultTableModel

ROW, WIDEST, LEAST = 30, 360, 64
"""Pixels: a row's height, and how wide a column is made at most and at least."""
LOOKED_AT = 60
"""Rows by whose words the columns are made wide."""


class TableView(QTableView):
    """`row_chosen` carries the cells of the row that the cursor is in."""

    row_chosen = Signal(object)  # tuple[str, ...]
    copy_requested = Signal()

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cells = ResultTableModel()
        self.setModel(self._cells)
        set_kind(self, "figures")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorClearable(True)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(LEAST)
        header.setResizeContentsPrecision(LOOKED_AT)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self._cells.modelReset.connect(self._fit)
        self.selectionModel().currentRowChanged.connect(self._tell_row)
        theme.changed.connect(self._fit)
        self._fit()

    def show_table(self, table: ResultTable) -> None:
        """The order chosen, what is selected and where it is read stay while rows come."""
        before = self._cells.table
        self._cells.show(table)
        if table.heads != before.heads:
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        elif len(before.rows) < 2:
            self._fit()

    def shown_table(self) -> ResultTable:
        """All rows in the order shown."""
        whole = self._cells.table
        places = self._cells.places
        rows = tuple(whole.rows[place] for place in places)
        values = tuple(whole.values[place] for place in places) if whole.values else ()
        return ResultTable(whole.heads, rows, whole.title, values)

    def selected_table(self) -> ResultTable | None:
        """The rows and columns that are selected, without heads; None where nothing is."""
        chosen = self.selectionModel().selectedIndexes()
        if not chosen:
            return None
        rows = sorted({index.row() for index in chosen})
        columns = sorted({index.column() for index in chosen})
        cells = tuple(tuple(self._cells.row(row)[column] for column in columns) for row in rows)
        return ResultTable(("",) * len(columns), cells)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif event.key() in (Qt.Key.Key_F4, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._sort_here()
        else:
            super().keyPressEvent(event)

    def _sort_here(self) -> None:
        """Sort by the column that the cursor is in: up, down, as it came."""
        header, column = self.horizontalHeader(), self.currentIndex().column()
        if column < 0:
            return
        up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        if header.sortIndicatorSection() != column:
            header.setSortIndicator(column, up)
        elif header.sortIndicatorOrder() == up:
            header.setSortIndicator(column, down)
        else:
            header.setSortIndicator(-1, up)

    def _tell_row(self) -> None:
        row = self.currentIndex().row()
        self.row_chosen.emit(self._cells.row(row) if row >= 0 else ())

    def _fit(self) -> None:
        """Rows and columns for the words in them."""
        px = self._theme.px
        self.verticalHeader().setDefaultSectionSize(px(ROW))
        header = self.horizontalHeader()
        header.setMaximumSectionSize(px(WIDEST))
        self.resizeColumnsToContents()
        header.setMaximumSectionSize(-1)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
