"""The messages of a transcript and what stands in them, as interfaces that assistive tools ask.

None of them has a QObject. Qt's registry owns the C++ side once it knows one; Python's side is kept
by `AccessibleTree`, which lets both go together: an interface that Python alone let go would leave
the registry with a pointer to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleInterface,
    QWindow,
)
from shiboken6 import Shiboken
from shiboken6.Shiboken import VoidPtr

from app.features.chat.transcript import accessible_words
from app.features.chat.transcript.accessible_pieces import Key, Piece
from app.features.chat.transcript.accessible_text import Passage
from app.features.chat.transcript.addresses import address_of

if TYPE_CHECKING:
    from app.features.chat.transcript.accessible_tree import AccessibleTree

Text = QAccessible.Text
SET_FOCUS = QAccessibleActionInterface.setFocusAction()
PRESS = QAccessibleActionInterface.pressAction()


def _address(pointer: int) -> int:
    """A C++ pointer as PySide takes it; a plain number it would take for an object."""
    return cast("int", VoidPtr(pointer))


class Doable(QAccessibleActionInterface):
    """What can be done with an item, by name."""

    def __init__(self, item: AccessibleItem) -> None:
        super().__init__()
        self._item = item

    def actionNames(self) -> list[str]:
        return list(self._item.actions())

    def doAction(self, name: str) -> None:
        self._item.do(name)

    def keyBindingsForAction(self, name: str) -> list[str]:
        return []

    def localizedActionName(self, name: str) -> str:
        return self._item.actions().get(name, "")

    def localizedActionDescription(self, name: str) -> str:
        return self._item.actions().get(name, "")


class AccessibleItem(QAccessibleInterface):
    """What messages and pieces have in common."""

    def __init__(self, tree: AccessibleTree) -> None:
        super().__init__()
        self.tree = tree
        self._doable: Doable | None = None

    # What they differ in

    def actions(self) -> dict[str, str]:
        """Names of what can be done, each with its words."""
        return {}

    def do(self, name: str) -> None:
        """Do it, once whoever asked has their answer."""

    def text_address(self) -> int:
        """The C++ text interface with this item's words; 0 for none."""
        return 0

    # Qt's questions

    def interface_cast(self, kind: QAccessible.InterfaceType) -> int:
        if kind == QAccessible.InterfaceType.ActionInterface:
            if self._doable is None:
                self._doable = Doable(self)
            return _address(Shiboken.getCppPointer(self._doable)[0])
        if kind == QAccessible.InterfaceType.TextInterface and self.isValid():
            return _address(self.text_address())
        return _address(0)

    def object(self) -> QObject | None:  # type: ignore[override] # null is what Qt wants here
        return None

    def window(self) -> QWindow | None:  # type: ignore[override] # null before it is shown
        return self.tree.answers.window()

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override] # none: null
        return None

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Nothing here can be written."""


class AccessibleMessage(AccessibleItem):
    """A message: who said it, its words, and the pieces that stand in it."""

    def __init__(self, tree: AccessibleTree, message_id: str) -> None:
        super().__init__(tree)
        self.message_id = message_id
        self.pieces: dict[Key, AccessiblePiece] = {}

    def isValid(self) -> bool:
        return self.tree.answers.place_of(self.message_id) is not None

    def parent(self) -> QAccessibleInterface:
        return self.tree.root()

    def childCount(self) -> int:
        return len(self.tree.answers.pieces(self.message_id))

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override] # none: null
        keys = list(self.tree.answers.pieces(self.message_id))
        return self.tree.piece(self, keys[index]) if 0 <= index < len(keys) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        keys = list(self.tree.answers.pieces(self.message_id))
        if isinstance(child, AccessiblePiece) and child.owner is self and child.key in keys:
            return keys.index(child.key)
        return -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override] # none: null
        for key, piece in self.tree.answers.pieces(self.message_id).items():
            if self.tree.answers.rect_of_piece(piece).contains(x, y):
                return self.tree.piece(self, key)
        return None

    def text(self, kind: QAccessible.Text) -> str:
        if not self.isValid():
            return ""
        if kind == Text.Name:
            return self.tree.answers.who(self.message_id)
        if kind == Text.Description:
            return self.tree.answers.standing(self.message_id)
        if kind == Text.Value:
            return self.tree.answers.passage(self.message_id).text
        return ""

    def rect(self) -> QRect:
        return self.tree.answers.rect_of_message(self.message_id) if self.isValid() else QRect()

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        if not self.isValid():
            return QAccessible.State()
        state = self.tree.answers.state_of_message(self.message_id)
        state.focused = self.tree.focused() is self
        return state

    def actions(self) -> dict[str, str]:
        ways = self.tree.answers.ways(self.message_id) if self.isValid() else {}
        named = {name: action.label for name, action in ways.items()}
        return {SET_FOCUS: accessible_words.go_to(), **named}

    def do(self, name: str) -> None:
        self.tree.do(self.message_id, name)

    def text_address(self) -> int:
        answers = self.tree.answers
        address = answers.text_address(self.message_id, answers.passage(self.message_id))
        self.tree.reads(self)
        return address


class AccessiblePiece(AccessibleItem):
    """A piece of a message: a link, a picture, a tool call, something to click."""

    def __init__(self, tree: AccessibleTree, owner: AccessibleMessage, key: Key) -> None:
        super().__init__(tree)
        self.owner = owner
        self.key = key

    @property
    def piece(self) -> Piece | None:
        """What it is now; None once it is gone."""
        return self.tree.answers.pieces(self.owner.message_id).get(self.key)

    def isValid(self) -> bool:
        return self.piece is not None

    def parent(self) -> QAccessibleInterface:
        return self.owner

    def childCount(self) -> int:
        return 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override] # none: null
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override] # none: null
        return None

    def text(self, kind: QAccessible.Text) -> str:
        piece = self.piece
        if piece is None:
            return ""
        told = {Text.Name: piece.name, Text.Description: piece.about, Text.Value: piece.value}
        return told.get(kind, "")

    def rect(self) -> QRect:
        piece = self.piece
        return self.tree.answers.rect_of_piece(piece) if piece is not None else QRect()

    def role(self) -> QAccessible.Role:
        piece = self.piece
        return piece.role if piece is not None else QAccessible.Role.StaticText

    def state(self) -> QAccessible.State:
        piece = self.piece
        if piece is None:
            gone = QAccessible.State()
            gone.invalid = True
            return gone
        state = self.tree.answers.state_of_piece(piece)
        state.focused = self.tree.focused() is self
        return state

    def actions(self) -> dict[str, str]:
        piece = self.piece
        if piece is None or piece.action is None:
            return {}
        return {PRESS: piece.action.label, SET_FOCUS: accessible_words.go_to()}

    def do(self, name: str) -> None:
        piece = self.piece
        if piece is not None and piece.action is not None and name in (PRESS, SET_FOCUS):
            self.tree.do_piece(self, press=name == PRESS)

    def text_address(self) -> int:
        piece = self.piece
        if piece is None or not piece.said:
            return 0
        self.tree.reads(None)
        passage = Passage(piece.said)
        if piece.box.item is not None and piece.box.plain() == piece.said:
            passage = Passage(piece.said, ((0, piece.box),), (address_of(piece.box),))
        return self.tree.answers.text_address(self.owner.message_id, passage)
