"""The rows of the model picker: filtered, the retired last, and what is typed offered as it is."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from app.core.model_info import Capability, ModelInfo
from app.features.models.describe import facts, tags

Index = QModelIndex | QPersistentModelIndex


class RowRole(IntEnum):
    """What a row answers beside its name."""

    ID = Qt.ItemDataRole.UserRole
    TAGS = Qt.ItemDataRole.UserRole + 1
    FACTS = Qt.ItemDataRole.UserRole + 2
    TYPED = Qt.ItemDataRole.UserRole + 3
    """True for the row that offers a name which is not in the list."""
    RETIRED = Qt.ItemDataRole.UserRole + 4


class ModelRowsListModel(QAbstractListModel):
    """Models that hold every typed word and have every wanted capability."""

    def __init__(self) -> None:
        super().__init__()
        self._models: tuple[ModelInfo, ...] = ()
        self._typed = ""
        self._wanted: frozenset[Capability] = frozenset()
        self._shown: list[ModelInfo] = []
        self._offers_typed = False

    def set_models(self, models: Sequence[ModelInfo]) -> None:
        self._models = tuple(sorted(models, key=lambda m: m.retired))
        self._filter()

    def set_filter(self, typed: str, wanted: frozenset[Capability]) -> None:
        self._typed, self._wanted = typed.strip(), wanted
        self._filter()

    @property
    def total(self) -> int:
        """How many models there are without a filter."""
        return len(self._models)

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
                return ", ".join([model.id, *tags(model), facts(model)]).rstrip(", ")
            case Qt.ItemDataRole.ToolTipRole:
                return None if typed else model.title or None
            case RowRole.ID:
                return model.id
            case RowRole.TAGS:
                return tags(model)
            case RowRole.FACTS:
                return "" if typed else facts(model)
            case RowRole.TYPED:
                return typed
            case RowRole.RETIRED:
                return model.retired
        return None

    def _filter(self) -> None:
        self.beginResetModel()
        words = self._typed.casefold().split()
        self._shown = [
            m
            for m in self._models
            if all(word in f"{m.id} {m.title}".casefold() for word in words)
            and all(m.can(capability) for capability in self._wanted)
        ]
        known = any(m.id == self._typed for m in self._models)
        self._offers_typed = bool(self._typed) and " " not in self._typed and not known
        if self._offers_typed:
            self._shown.append(ModelInfo(self._typed))
        self.endResetModel()
