"""Quick actions as a row of chips: one click asks. What does not fit in the row is in a menu."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.core.picture_action import PictureAction
from app.kit.style import set_kind
from app.kit.widgets.flow_layout import FlowLayout
from app.kit.widgets.plain_label import plain_tip

GAP = 6
LONGEST_TIP = 600
"""Characters of a prompt that its tool tip shows."""
MOST_HINTS = 9
"""How many an empty conversation shows, in as many rows as it takes."""

translate = QCoreApplication.translate


class ActionSource(Protocol):
    """Whoever keeps the actions: in the order shown, in the reader's language."""

    changed: SignalInstance

    @property
    def all(self) -> Sequence[PictureAction]: ...

    @property
    def on_drop(self) -> PictureAction | None: ...


class QuickActions(QWidget):
    """The actions as chips; `chosen` carries the `PictureAction`, `picked` its id.

    `centred`: in rows in the middle, for an empty conversation; else one row, and the rest behind
    "More". The one that is asked about dropped pictures is marked.
    """

    chosen = Signal(object)  # PictureAction
    picked = Signal(str)
    manage_requested = Signal()

    def __init__(self, source: ActionSource, *, centred: bool = False) -> None:
        super().__init__()
        self._source = source
        self._centred = centred
        self._asked = ""
        self._shown: tuple[PictureAction, ...] = ()
        self._chips: list[QPushButton] = []
        self._more, self._menu = QPushButton(), QMenu(self)
        set_kind(self._more, "chip")
        self._more.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._row = FlowLayout(GAP)
        if centred:
            self._row.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(self._row)
        source.changed.connect(self._refresh)
        self._retranslate()

    @property
    def widget(self) -> QWidget:
        return self

    @property
    def actions_shown(self) -> tuple[PictureAction, ...]:
        return self._shown

    def button(self, action: str) -> QPushButton:
        """The chip of an action, by its id. Raises StopIteration where it has none."""
        return next(c for a, c in zip(self._shown, self._chips, strict=True) if a.id == action)

    def action(self, action: str) -> PictureAction | None:
        """An action by its id, as it stands now."""
        return next((a for a in self._source.all if a.id == action), None)

    @property
    def on_drop(self) -> PictureAction | None:
        """The action that is asked by itself about what is dropped, if one is."""
        return self._source.on_drop

    def show_asked(self, action: str) -> None:
        """Mark the action, by its id, that asked for the answer in sight; empty: none did."""
        if action != self._asked:
            self._asked = action
            self._refresh()

    @property
    def more_button(self) -> QPushButton:
        """Opens the menu of those that have no room; hidden while all have."""
        return self._more

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width(), self._row.heightForWidth(self.width()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_manage(), self.manage_requested.emit)
        menu.popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()
        super().changeEvent(event)

    def _refresh(self) -> None:
        """A chip for each action; chips that are there already keep the focus."""
        actions = tuple(self._source.all)
        if self._centred:
            actions = actions[:MOST_HINTS]
        while len(self._chips) > len(actions):
            chip = self._chips.pop()
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._row.removeWidget(self._more)
        while len(self._chips) < len(actions):
            self._chips.append(self._made_chip(len(self._chips)))
        if not self._centred:
            self._row.addWidget(self._more)
        self._shown = actions
        dropped = self._source.on_drop
        for action, chip in zip(actions, self._chips, strict=True):
            marked = dropped is not None and action.id == dropped.id
            chip.setText(action.name.replace("&", "&&"))
            chip.setAccessibleName(action.name)
            asked = action.id == self._asked
            about = _about(action, marked=marked, asked=asked)
            chip.setAccessibleDescription(about)
            chip.setToolTip(plain_tip(about))
            stands_out = asked if self._asked else marked
            set_kind(chip, "chip-default" if stands_out else "chip")
        self._fit()

    def _made_chip(self, place: int) -> QPushButton:
        chip = QPushButton(self)
        set_kind(chip, "chip")
        chip.clicked.connect(lambda: self._choose(self._shown[place]))
        self._row.addWidget(chip)
        chip.show()
        return chip

    def _choose(self, action: PictureAction) -> None:
        self.picked.emit(action.id)
        self.chosen.emit(action)

    def _fit(self) -> None:
        """Show as many chips as one row takes, and the way to the rest if there is one."""
        if self._centred:
            self._more.hide()
            return
        widths = [chip.sizeHint().width() for chip in self._chips]
        room, count = self.width(), len(widths)
        if sum(widths) + GAP * max(0, count - 1) > room:
            room -= self._more.sizeHint().width()
            count = 0
            while count < len(widths) and sum(widths[: count + 1]) + GAP * (count + 1) <= room:
                count += 1
            count = max(1, count)
        for place, chip in enumerate(self._chips):
            chip.setVisible(place < count)
        self._more.setVisible(count < len(self._chips))
        self.updateGeometry()

    def _fill_menu(self) -> None:
        self._menu.clear()
        for action, chip in zip(self._shown, self._chips, strict=True):
            if chip.isHidden():
                key = QKeySequence(action.key).toString(QKeySequence.SequenceFormat.NativeText)
                text = action.name.replace("&", "&&") + (f"\t{key}" if key else "")
                entry = self._menu.addAction(text)
                entry.triggered.connect(lambda _on=False, action=action: self._choose(action))
        self._menu.addSeparator()
        self._menu.addAction(_manage(), self.manage_requested.emit)

    def _retranslate(self) -> None:
        self._more.setText(translate("QuickActions", "More"))
        self._more.setAccessibleName(translate("QuickActions", "More quick actions"))
        self.setAccessibleName(translate("QuickActions", "Quick actions"))
        self._refresh()


def _manage() -> str:
    return translate("QuickActions", "Edit quick actions…")


def _about(action: PictureAction, *, marked: bool, asked: bool) -> str:
    """What a click sends: the key that does it as well, the model, and the prompt."""
    lines = []
    if asked:
        lines.append(translate("QuickActions", "This asked for the answer shown"))
    if action.key:
        key = QKeySequence(action.key).toString(QKeySequence.SequenceFormat.NativeText)
        lines.append(translate("QuickActions", "Key: %1").replace("%1", key))
    if marked:
        lines.append(translate("QuickActions", "Asked by itself about a dropped picture"))
    if action.model:
        lines.append(translate("QuickActions", "Model: %1").replace("%1", action.model))
    prompt = action.prompt.strip()
    if prompt:
        cut = prompt if len(prompt) <= LONGEST_TIP else prompt[:LONGEST_TIP].rstrip() + "…"
        lines.append(cut)
    return "\n".join(lines)
