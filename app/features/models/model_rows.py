"""The rows of the model picker: in order, filtered, and what is typed offered as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from app.core.model_info import Capability, ModelInfo
from app.core.model_notes import ModelNotes
from app.features.models.describe import explanation, facts, marks, short_facts, tags
from app.features.models.model_order import Notes, ordered

Index = QModelIndex | QPersistentModelIndex


class RowRole(IntEnum):
    """What a row answers beside its name."""

    ID = Qt.ItemDataRole.UserRole
    TAGS = Qt.ItemDataRole.UserRole + 1
    FACTS = Qt.ItemDataRole.UserRole + 2
    TYPED = Qt.ItemDataRole.UserRole + 3
    """True for the row that offers a name which is not in the list."""
    RETIRED = Qt.ItemDataRole.UserRole + 4
    MARKS = Qt.ItemDataRole.UserRole + 5
    SHORT_FACTS = Qt.ItemDataRole.UserRole + 6
    STAR = Qt.ItemDataRole.UserRole + 7
    """Whether it is a favourite; None where that cannot be chosen."""


class ModelRowsListModel(QAbstractListModel):
    """Models that hold every typed word and have every wanted capability."""

    def __init__(self) -> None:
        super().__init__()
        self._listed: tuple[ModelInfo, ...] = ()
        self._notes: Notes | None = None
        self._models: list[ModelInfo] = []
        self._typed = ""
        self._wanted: frozenset[Capability] = frozenset()
        self._shown: list[ModelInfo] = []
        self._offers_typed = False

    def set_models(self, models: Sequence[ModelInfo]) -> None:
        """What the catalogue lists."""
        self._listed = tuple(models)
        self.arrange()

    def set_notes(self, notes: Mapping[str, ModelNotes], *, keep_order: bool = False) -> None:
        """Favourites and last uses, by model. `keep_order` moves no row from under the hand."""
        self._notes = notes
        if not keep_order:
            self.arrange()
        elif self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 0))

    def set_filter(self, typed: str, wanted: frozenset[Capability]) -> None:
        self._typed, self._wanted = typed.strip(), wanted
        self._filter()

    def arrange(self) -> None:
        """Put the models in order by what is noted of them now."""
        self._models = ordered(self._listed, self._notes or {})
        self._filter()

    @property
    def total(self) -> int:
        """How many models there are without a filter."""
        return len(self._models)

    @property
    def has_stars(self) -> bool:
        """Whether favourites can be chosen."""
        return self._notes is not None

    def row_of(self, model_id: str) -> int:
        """The row of a model, or -1 if it is not shown."""
        return next((i for i, m in enumerate(self._shown) if m.id == model_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._shown):
            return None
        model = self._shown[index.row()]
        typed = self._offers_typed and index.row() == len(self._shown) - 1
        match role:
            case Qt.ItemDataRole.DisplayRole:
                if typed:
                    return self.tr("Use “%1”, which is not in the list").replace("%1", model.id)
                return model.id
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(model)
            case Qt.ItemDataRole.ToolTipRole:
                return None if typed else _plain(explanation(model))
            case RowRole.ID:
                return model.id
            case RowRole.TAGS:
                return tags(model)
            case RowRole.MARKS:
                return marks(model)
            case RowRole.FACTS:
                return "" if typed else self._facts(model)
            case RowRole.SHORT_FACTS:
                return "" if typed else short_facts(model)
            case RowRole.STAR:
                return None if typed else self._star(model)
            case RowRole.TYPED:
                return typed
            case RowRole.RETIRED:
                return model.retired
        return None

    def _star(self, model: ModelInfo) -> bool | None:
        if self._notes is None:
            return None
        note = self._notes.get(model.id)
        return note is not None and note.favourite

    def _facts(self, model: ModelInfo) -> str:
        unlisted = self._listed and not any(m.id == model.id for m in self._listed)
        return self.tr("not in the list") if unlisted else facts(model)

    def _spoken(self, model: ModelInfo) -> str:
        star = self.tr("favourite") if self._star(model) else ""
        parts = (model.id, star, *marks(model), *tags(model), self._facts(model))
        return ", ".join(part for part in parts if part)

    def _filter(self) -> None:
        self.beginResetModel()
        words = self._typed.casefold().split()
        self._shown = [
            m
            for m in self._models
            if all(word in f"{m.id} {m.title} {m.provider}".casefold() for word in words)
            and all(m.can(capability) for capability in self._wanted)
        ]
        known = any(m.id == self._typed for m in self._models)
        self._offers_typed = bool(self._typed) and " " not in self._typed and not known
        if self._offers_typed:
            self._shown.append(ModelInfo(self._typed))
        self.endResetModel()


def _plain(text: str) -> str | None:
    """A tool tip that shows a stranger's words as they are, never as markup."""
    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>" if text else None
