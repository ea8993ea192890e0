"""The table of a batch's files, of which there may be ten thousand: only what is seen is drawn."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.features.batch.row_table_model import FILE, FIRST, PICTURE, STATE, RowTableModel
from app.features.batch.row_thumbnails import HEIGHT, WIDTH
from app.kit.style import set_kind
from app.kit.theme import Theme

ROW, HEADER = 41, 34
PICTURE_WIDTH, TIME_WIDTH, STATE_WIDTH, FIELD_WIDTH = 58, 76, 172, 120
NAMES_WIDTH = 300
"""What the file's name and the first field have at least, together."""
NARROW = 620
"""Below this width (zoomed) only file, state and one column of the result have room."""


class RowTable(QTableView):
    """Enter or a double click opens a row; Delete wants the selected ones removed.

    A click on a heading sorts by it, the next one backwards, the third as the files came.
    """

    opened = Signal(int)
    removal_wanted = Signal()

    def __init__(self, model: RowTableModel, *, theme: Theme) -> None:
        super().__init__()
        set_kind(self, "figures")
        self._rows = model
        self._theme = theme
        self.setModel(model)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setIconSize(QSize(WIDTH, HEIGHT))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(model.sort)
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setMinimumSectionSize(24)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.activated.connect(self._open)
        self.doubleClicked.connect(self._open)
        model.modelReset.connect(self._fit)
        theme.changed.connect(self._fit)
        self._fit()

    def selected(self) -> list[int]:
        """The rows that are selected, by their place in the batch."""
        lines = self.selectionModel().selectedRows(FILE)
        return sorted(self._rows.index_at(line.row()) for line in lines)

    def selected_count(self) -> int:
        """How many are selected; costs the same whether that is one or all."""
        chosen = self.selectionModel().selection()
        return sum(chosen.at(number).height() for number in range(chosen.count()))

    def choose(self, row: int) -> None:
        """Select one row and bring it into view."""
        line = self._rows.line_of(row)
        if line is None:
            return
        index = self._rows.index(line, FILE)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.selected():
            self.removal_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._rows.index_at(index.row()))

    def _fit(self) -> None:
        """Columns by what room there is: the file's name and the first field share the rest."""
        px, last = self._theme.px, self._rows.last
        self.verticalHeader().setDefaultSectionSize(px(ROW))
        self.horizontalHeader().setFixedHeight(px(HEADER))
        room = self.viewport().width()
        narrow = room < px(NARROW)
        fixed = {STATE: min(px(STATE_WIDTH), room // 3)}
        if not narrow:
            fixed |= {PICTURE: px(PICTURE_WIDTH), last: px(TIME_WIDTH)}
            # Further fields are shown as far as names and the first of them stay readable.
            spare = (room - sum(fixed.values()) - px(NAMES_WIDTH)) // px(FIELD_WIDTH)
            fields = range(FIRST + 1, min(last, FIRST + 1 + max(0, spare)))
            fixed |= dict.fromkeys(fields, px(FIELD_WIDTH))
        for column in range(last + 1):
            self.setColumnHidden(column, column not in (*fixed, FILE, FIRST))
        rest = max(0, room - sum(fixed.values()))
        plain = last == FIRST + 1
        file = rest * 2 // 5 if plain else rest // 2
        for column, width in {**fixed, FILE: file, FIRST: rest - file}.items():
            self.setColumnWidth(column, width)
