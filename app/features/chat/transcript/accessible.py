"""The transcript as a list of its messages, for screen readers and other assistive tools.

Nothing is made before one of them asks. A message then gets a small interface (see
`accessible_items`); it is known by its outline, and its words are loaded when they are asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import ref

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from app.features.chat.transcript.accessible_items import AccessibleMessage

if TYPE_CHECKING:
    from app.features.chat.transcript.accessible_tree import AccessibleTree

INSTALLED = "porthole_transcripts_are_accessible"
TREE = "accessible_tree"
"""The attribute by which a transcript's view is known."""


class AccessibleTranscript(QAccessibleWidget):
    """What Qt asks about a transcript's view.

    Qt may make more than one for a view: whenever Python adds a slot to it, it is another class to
    Qt. PySide keeps each until the program ends. So it holds nothing itself.
    """

    def __init__(self, view: QWidget, tree: AccessibleTree) -> None:
        super().__init__(view, QAccessible.Role.List)
        self._tree = ref(tree)

    def childCount(self) -> int:
        tree = self._tree()
        return 0 if tree is None else len(tree) + len(tree.widgets())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override] # none: null
        tree = self._tree()
        if tree is None or index < 0:
            return None
        if index < len(tree):
            return tree.at(index)
        more = tree.widgets()[index - len(tree) :]
        return QAccessible.queryAccessibleInterface(more[0]) if more else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        tree = self._tree()
        if tree is None:
            return -1
        if isinstance(child, AccessibleMessage):
            return tree.answers.index_of(child.message_id)
        widgets = tree.widgets()
        widget = child.object()
        return len(tree) + widgets.index(widget) if widget in widgets else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override] # none: null
        tree = self._tree()
        if tree is None:
            return None
        for widget in tree.widgets():
            inner = QAccessible.queryAccessibleInterface(widget)
            if inner.rect().contains(x, y):
                return inner
        return tree.under(x, y)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override] # none: null
        tree = self._tree()
        return None if tree is None else tree.focused() or super().focusChild()


def make_known() -> None:
    """Let Qt ask us about transcripts, once for each application."""
    app = QCoreApplication.instance()
    if app is not None and not app.property(INSTALLED):
        app.setProperty(INSTALLED, True)
        QAccessible.installFactory(_interface_of)


def _interface_of(_class: str, thing: QObject) -> QAccessibleInterface | None:
    """Qt asks this of every object; some are not wholly made, or not any more."""
    tree: AccessibleTree | None = getattr(thing, TREE, None)
    if tree is None or not isinstance(thing, QWidget):
        return None
    return AccessibleTranscript(thing, tree)
