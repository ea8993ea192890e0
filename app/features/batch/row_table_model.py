"""A batch's rows as a Qt table model: file, state, the first fields of the result, time."""

from __future__ import annotations

from collections.abc import Callable, Collection
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPixmap

from app.core.batch import BatchRow, RowState
from app.features.batch import words
from app.features.batch.batch_run import BatchRun
from app.features.batch.row_order import Key, RowOrder, by_field, by_name, by_state, by_time
from app.features.batch.row_thumbnails import rounded
from app.kit.theme import Theme

Index = QModelIndex | QPersistentModelIndex
PICTURE, FILE, STATE, FIRST = 0, 1, 2, 3
MOST_FIELDS = 3
TOLD = 600
"""Characters of a sentence in a tool tip."""
_COLORS = {
    RowState.DONE: "ok",
    RowState.ASKING: "accent",
    RowState.FAILED: "error",
    RowState.UNCERTAIN: "warn",
}


class RowTableModel(QAbstractTableModel):
    """Asks `thumbnail` for the pictures of the rows that are looked at; None: none, or not yet."""

    def __init__(
        self, run: BatchRun, *, theme: Theme, thumbnail: Callable[[BatchRow], QPixmap | None]
    ) -> None:
        super().__init__()
        self._run = run
        self._theme = theme
        self._thumbnail = thumbnail
        self._fields: tuple[str, ...] = ()
        self._names = ("", "", "", "", "")
        self._no_picture = rounded(None, theme.tokens.user)
        self._order = RowOrder(run.rows)
        self._sorted_by = -1
        self._find_fields()
        theme.changed.connect(self._restyle)
        run.row_changed.connect(self._row_changed)
        run.rows_reset.connect(self.reset)

    @property
    def last(self) -> int:
        """The column with the time."""
        return FIRST + max(1, len(self._fields))

    def index_at(self, line: int) -> int:
        """Which of the batch's rows stands there."""
        return self._order.index_at(line)

    def line_of(self, index: int) -> int | None:
        """Where a row of the batch stands; None where it is not shown."""
        return self._order.line_of(index)

    def show_states(self, states: Collection[RowState] | None) -> None:
        """Show only the rows that are so far; None: all."""
        self._order.states = states
        self.reset()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column as it is now; by -1 as the files came."""
        self._sorted_by = column
        self._order.backwards = order is Qt.SortOrder.DescendingOrder
        self.reset()

    def name_columns(self, file: str, state: str, result: str, time: str) -> None:
        """The headings; the words in the rows follow the language, too."""
        self._names = ("", file, state, result, time)
        self.reset()

    def reset(self) -> None:
        self.beginResetModel()
        self._find_fields()
        self._order.key = self._key()
        self._order.arrange(self._run.rows)
        self.endResetModel()

    def count_down(self) -> None:
        """Say anew what the rows in view wait for."""
        if len(self._order):
            last = self.index(len(self._order) - 1, STATE)
            self.dataChanged.emit(self.index(0, STATE), last)

    def thumbnail_arrived(self, index: int) -> None:
        if (line := self.line_of(index)) is not None:
            found = self.index(line, PICTURE)
            self.dataChanged.emit(found, found)

    def rowCount(self, parent: Index | None = None) -> int:
        # Asked for again with every cell: ten thousand selected rows ask fifty thousand times.
        return 0 if parent is not None and parent.isValid() else len(self._order.shown)

    def columnCount(self, parent: Index | None = None) -> int:
        return (
            0 if parent is not None and parent.isValid() else FIRST + 1 + (len(self._fields) or 1)
        )

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if section < FIRST:
            return self._names[section]
        if section == self.last:
            return self._names[-1]
        return self._fields[section - FIRST] if self._fields else self._names[FIRST]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self._run.rows[self.index_at(index.row())], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, column)
            case Qt.ItemDataRole.DecorationRole if column == PICTURE:
                return self._thumbnail(row) or self._no_picture
            case Qt.ItemDataRole.ForegroundRole:
                return self._theme.tokens.color(self._color(row, column))
            case Qt.ItemDataRole.ToolTipRole:
                # A tool tip reads what looks like markup: a file's name must not.
                lines = [line for line in (row.path, words.why(row)[:TOLD]) if line]
                return f"<qt>{'<br>'.join(escape(line) for line in lines)}</qt>"
            case Qt.ItemDataRole.AccessibleTextRole if column == PICTURE:
                return row.name
        return None

    def _text(self, row: BatchRow, column: int) -> str:
        if column == PICTURE:
            return ""
        if column == FILE:
            return row.name
        if column == STATE:
            return words.state_text(row, busy=self._run.is_busy(row), rest_s=self._run.rest_s)
        if column == self.last:
            return words.took_text(row.took)
        if not self._fields:
            return row.line
        name = self._fields[column - FIRST]
        found = next((value for key, value in row.fields if key == name), None)
        if found is None and column == FIRST and not row.fields:
            return row.line
        return " ".join(found.split()) if found is not None else ""

    def _color(self, row: BatchRow, column: int) -> str:
        if column == STATE:
            if row.state is RowState.WAITING:
                busy = self._run.is_busy(row)
                return "accent" if busy else "warn" if row.failure is not None else "text_2"
            return _COLORS[row.state]
        return "text_2" if column == self.last else "text"

    def _find_fields(self) -> None:
        """The fields that are shown: the first that any answer has."""
        named: dict[str, None] = {}
        for row in self._run.rows:
            for key, _ in row.fields:
                named.setdefault(key)
            if len(named) >= MOST_FIELDS:
                break
        self._fields = tuple(named)[:MOST_FIELDS]

    def _key(self) -> Key | None:
        column = self._sorted_by
        if column < FILE or column > self.last:
            return None
        if column in (FILE, STATE):
            return by_name if column == FILE else by_state
        if column == self.last:
            return by_time
        return by_field(self._fields[column - FIRST] if self._fields else None)

    def _restyle(self) -> None:
        self._no_picture = rounded(None, self._theme.tokens.user)

    def _row_changed(self, index: int) -> None:
        if self._more_fields(self._run.rows[index]):
            return
        if (coming := self._order.coming(index)) is not None:
            self.beginInsertRows(QModelIndex(), coming, coming)
            self._order.add(coming, index)
            self.endInsertRows()
            return
        if (line := self.line_of(index)) is None:
            return
        if self._order.goes(index):
            self.beginRemoveRows(QModelIndex(), line, line)
            self._order.drop(line)
            self.endRemoveRows()
            return
        self.dataChanged.emit(self.index(line, PICTURE), self.index(line, self.last))

    def _more_fields(self, row: BatchRow) -> bool:
        """Whether a row has fields that are to be shown, too: they are, now."""
        if not row.fields or len(self._fields) >= MOST_FIELDS:
            return False
        named = dict.fromkeys((*self._fields, *(key for key, _ in row.fields)))
        after = tuple(named)[:MOST_FIELDS]
        if after == self._fields:
            return False
        self.beginResetModel()
        self._fields = after
        self.endResetModel()
        return True
