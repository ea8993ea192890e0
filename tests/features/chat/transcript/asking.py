"""A kind of part for tests alone: a question with a tree to look at and buttons to decide with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from app.features.chat.transcript.part_boxes import PartBoxes, Splice
from app.features.chat.transcript.part_kinds import PartKind, PartPlace
from app.features.chat.transcript.surface import Surface
from app.features.chat.transcript.widget_box import WidgetBox

ROW = 20


@dataclass(frozen=True)
class AskPart:
    """What is asked, and the names in its tree."""

    question: str
    names: tuple[str, ...] = ("city", "days")


class AskCard(QWidget):
    """A tree as high as its rows, and two buttons. Counts how many of it there are."""

    alive: int = 0

    def __init__(self, part: AskPart, decided: Callable[[str], None]) -> None:
        super().__init__()
        AskCard.alive += 1
        self.destroyed.connect(AskCard._gone)
        self.tree = QTreeView()
        self.tree.setModel(_model(part.names, self.tree))
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.allow, self.deny = QPushButton("Allow"), QPushButton("Deny")
        for button in (self.allow, self.deny):
            button.clicked.connect(lambda _on=False, b=button: decided(b.text()))
        row = QHBoxLayout()
        row.addWidget(self.allow)
        row.addWidget(self.deny)
        column = QVBoxLayout(self)
        column.addWidget(self.tree)
        column.addLayout(row)
        self.tree.expanded.connect(self.fit)
        self.tree.collapsed.connect(self.fit)
        self.fit()

    @staticmethod
    def _gone() -> None:
        AskCard.alive -= 1

    def rows(self, parent: QModelIndex | None = None) -> int:
        """How many rows are unfolded."""
        parent = parent or QModelIndex()
        model = self.tree.model()
        below = [model.index(row, 0, parent) for row in range(model.rowCount(parent))]
        return len(below) + sum(self.rows(i) for i in below if self.tree.isExpanded(i))

    def fit(self) -> None:
        self.tree.setFixedHeight(min(8, self.rows()) * ROW + 4)

    def unfolded(self) -> tuple[int, ...]:
        model = self.tree.model()
        rows = range(model.rowCount())
        return tuple(row for row in rows if self.tree.isExpanded(model.index(row, 0)))


def _model(names: tuple[str, ...], parent: QTreeView) -> QStandardItemModel:
    model = QStandardItemModel(parent)
    for name in names:
        item = QStandardItem(name)
        item.appendRows([QStandardItem(f"{name} {n}") for n in range(3)])
        model.appendRow(item)
    return model


class AskBox(WidgetBox):
    def __init__(self, surface: Surface, part: AskPart, decided: Callable[[str], None]) -> None:
        super().__init__(surface)
        self.part = part
        self._decided = decided

    def make(self) -> QWidget:
        return AskCard(self.part, self._decided)

    def state_of(self, widget: QWidget) -> object:
        assert isinstance(widget, AskCard)
        return widget.unfolded()

    def restore(self, widget: QWidget, state: object) -> None:
        assert isinstance(widget, AskCard)
        assert isinstance(state, tuple)
        for row in state:
            widget.tree.expand(widget.tree.model().index(row, 0))

    def plain(self, start: int = 0, end: int | None = None) -> str:
        return self.part.question


class AskBoxes(PartBoxes):
    def __init__(
        self, surface: Surface, splice: Splice, part: AskPart, decided: Callable[[str], None]
    ) -> None:
        super().__init__(surface, splice)
        self._part = part
        self.boxes = [AskBox(surface, part, decided)]

    def shows(self, part: object) -> bool:
        return self._part == part


class AskKind(PartKind):
    part = AskPart

    def __init__(self) -> None:
        self.decided: list[str] = []

    def show(self, part: AskPart, place: PartPlace) -> PartBoxes:
        return AskBoxes(place.surface, place.splice, part, self.decided.append)
