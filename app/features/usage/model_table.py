"""The table: what each model was asked and what that cost, the dearest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.features.usage.sums import Sum
from app.features.usage.words import cost_in_full, cost_text, figures_text, number, tokens_text
from app.kit.style import set_kind
from app.kit.theme import Theme

ROW, HEADER, NARROW = 32, 34, 440
"""Below NARROW (zoomed) there is no room for tokens: they are in the tool tip then."""
TOKEN_COLUMNS = (2, 3)

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model by the name to show, with what it was used for."""

    name: str
    sum: Sum


class ModelTable(QTableView):
    """As high as its rows: whatever it stands in scrolls."""

    def __init__(self, *, theme: Theme) -> None:
        super().__init__()
        set_kind(self, "figures")
        self._theme = theme
        self._rows = _RowsTableModel()
        self.setModel(self._rows)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        theme.changed.connect(self._fit)
        self._retranslate()
        self._fit()

    def show_rows(self, rows: Sequence[ModelRow]) -> None:
        """Show these, in this order."""
        self._rows.show_rows(rows)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self._theme.px(NARROW)
        for column in TOKEN_COLUMNS:
            self.setColumnHidden(column, narrow)

    def _fit(self) -> None:
        row, header = self._theme.px(ROW), self._theme.px(HEADER)
        self.verticalHeader().setDefaultSectionSize(row)
        self.horizontalHeader().setFixedHeight(header)
        self.setFixedHeight(header + row * self._rows.rowCount() + 2 * self.frameWidth())

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Usage by model"))
        self._rows.name_columns(
            (
                self.tr("Model"),
                self.tr("Requests"),
                self.tr("In", "tokens"),
                self.tr("Out", "tokens"),
                self.tr("Cost"),
            )
        )


class _RowsTableModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[ModelRow, ...] = ()
        self._names: tuple[str, ...] = ("",) * 5

    def show_rows(self, rows: Sequence[ModelRow]) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def name_columns(self, names: tuple[str, ...]) -> None:
        """The headings; the words in the rows follow the language, too."""
        self.beginResetModel()
        self._names = names
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._names)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._names[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            # A tool tip reads what looks like markup: a model's name must not.
            return f"<qt>{escape(row.name)}<br>{escape(figures_text(row.sum))}</qt>"
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == len(self._names) - 1:
            return cost_in_full(row.sum)
        return None

    def _cell(self, row: ModelRow, column: int) -> str:
        match column:
            case 0:
                return row.name
            case 1:
                return number(row.sum.requests)
            case 2:
                return tokens_text(row.sum.prompt_tokens)
            case 3:
                return tokens_text(row.sum.completion_tokens)
            case _:
                return cost_text(row.sum)
