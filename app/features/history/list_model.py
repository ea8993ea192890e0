"""The sidebar's rows as a Qt list model: group headings, conversations, or what a search found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from app.core.conversation import ConversationInfo
from app.core.ports import SearchHit
from app.features.history.grouping import group_title, grouped

Index = QModelIndex | QPersistentModelIndex


class RowRole(IntEnum):
    """What a row is asked for beside its text."""

    HEADING = Qt.ItemDataRole.UserRole + 1
    CONVERSATION = Qt.ItemDataRole.UserRole + 2
    MESSAGE = Qt.ItemDataRole.UserRole + 3
    SNIPPET = Qt.ItemDataRole.UserRole + 4
    BUSY = Qt.ItemDataRole.UserRole + 5


@dataclass(frozen=True, slots=True)
class Row:
    text: str
    heading: bool = False
    conversation: str = ""
    message: str = ""
    snippet: str = ""
    marked: bool = False
    """Running, or unread."""


class HistoryListModel(QAbstractListModel):
    """Rows made anew from values; small enough (a heading each) that a reset is cheap."""

    def __init__(self, language: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._rows: list[Row] = []

    def show_conversations(
        self, conversations: Mapping[str, ConversationInfo], running: frozenset[str]
    ) -> None:
        rows: list[Row] = []
        today = datetime.now().astimezone().date()
        for group in grouped(conversations.values(), today):
            rows.append(Row(group_title(group.key, self._language()), heading=True))
            rows.extend(
                Row(
                    title_of(info),
                    conversation=info.id,
                    marked=info.id in running or info.unread,
                )
                for info in group.conversations
            )
        self._replace(rows)

    def show_hits(self, hits: Sequence[SearchHit]) -> None:
        if hits:
            heading = QCoreApplication.translate("HistoryList", "Found in history")
        else:
            heading = QCoreApplication.translate("HistoryList", "Nothing found")
        untitled = QCoreApplication.translate("HistoryList", "New conversation")
        rows = [Row(heading, heading=True)]
        rows += [
            Row(hit.title or untitled, False, hit.conversation, hit.message, _snippet(hit))
            for hit in hits
        ]
        self._replace(rows)

    def row_of(self, conversation_id: str) -> int:
        """The first row of that conversation, or -1."""
        places = (i for i, row in enumerate(self._rows) if row.conversation == conversation_id)
        return next(places, -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self._rows[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.text}. {row.snippet}" if row.snippet else row.text
            case RowRole.HEADING:
                return row.heading
            case RowRole.CONVERSATION:
                return row.conversation
            case RowRole.MESSAGE:
                return row.message
            case RowRole.SNIPPET:
                return row.snippet
            case RowRole.BUSY:
                return row.marked
        return None

    def _replace(self, rows: list[Row]) -> None:
        if rows == self._rows:
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()


def _snippet(hit: SearchHit) -> str:
    """What was found; what stands in a picture was read by this machine, and said by nobody."""
    if not hit.in_picture:
        return hit.snippet
    words = QCoreApplication.translate("HistoryList", "Read in a picture: %1")
    return words.replace("%1", hit.snippet)


def title_of(info: ConversationInfo) -> str:
    """A conversation's title, or what stands for one while it has none."""
    return info.title or QCoreApplication.translate("HistoryList", "New conversation")
