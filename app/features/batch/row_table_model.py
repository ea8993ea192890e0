"""A batch's rows as a Qt table model: file, state, the first fields of the result, time."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPixmap

from app.core.batch import BatchRow, RowState
from app.features.batch import words
from app.features.batch.batch_run import BatchRun
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
        self._find_fields()
        theme.changed.connect(self._restyle)
        run.row_changed.connect(self._row_changed)
        run.rows_reset.connect(self.reset)

    @property
    def last(self) -> int:
        """The column with the time."""
        return FIRST + max(1, len(self._fields))

    def row_at(self, index: int) -> BatchRow:
        return self._run.rows[index]

    def name_columns(self, file: str, state: str, result: str, time: str) -> None:
        """The headings; the words in the rows follow the language, too."""
        self._names = ("", file, state, result, time)
        self.reset()

    def reset(self) -> None:
        self.beginResetModel()
        self._find_fields()
        self.endResetModel()

    def count_down(self) -> None:
        """Say anew what the rows in view wait for."""
        if self._run.rows:
            last = self.index(len(self._run.rows) - 1, STATE)
            self.dataChanged.emit(self.index(0, STATE), last)

    def thumbnail_arrived(self, index: int) -> None:
        found = self.index(index, PICTURE)
        self.dataChanged.emit(found, found)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._run.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self.last + 1

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
        row, column = self._run.rows[index.row()], index.column()
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

    def _restyle(self) -> None:
        self._no_picture = rounded(None, self._theme.tokens.user)

    def _row_changed(self, index: int) -> None:
        if self._more_fields(self._run.rows[index]):
            return
        self.dataChanged.emit(self.index(index, PICTURE), self.index(index, self.last))

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
