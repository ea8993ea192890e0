"""The composer's line about pictures of earlier questions: how many go along with the next one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from app.core.message import MessageState, Role
from app.core.old_pictures import first_that_goes
from app.core.picture_rule import OldPictures, PictureRule
from app.features.chat.shown_branch import ShownBranch
from app.kit.style import set_kind


@dataclass(frozen=True, slots=True)
class Earlier:
    """How many pictures stand in a branch, and how many of them go along with one more question,
    as pictures or by the text that was read in them."""

    there: int
    going: int
    as_text: int = 0


def earlier_of(shown: ShownBranch, rule: PictureRule) -> Earlier:
    """Counted by outlines: the words need not be there."""
    if not any(shown.table.pictures):
        return Earlier(0, 0)
    table, places = shown.table, shown.places
    outlines = ((at, table[places[at]]) for at in range(len(places) - 1, -1, -1))
    told = ((at, one.role, one.state, one.length > 0) for at, one in outlines)
    asked = (len(places), Role.USER, MessageState.COMPLETE, True)  # the next question
    first = first_that_goes(chain((asked,), told), rule)
    there = sum(table.pictures[p] for p in places)
    going = sum(table.pictures[p] for p in places[first:])
    if rule.kind is OldPictures.AS_TEXT and not going:
        return Earlier(there, 0, min(there, _with_words(shown, rule)))
    return Earlier(there, going)


def _with_words(shown: ShownBranch, rule: PictureRule) -> int:
    """How many of the questions' pictures have words that go in their place."""
    table = shown.table
    return sum(
        min(len(rule.words.get(table.ids[place], ())), table.pictures[place])
        for place in shown.places
        if table.pictures[place]
    )


class EarlierPictures(QToolButton):
    """Hidden where there are none. A click offers the other choices.

    `shown` gives the branch, `rule` the choice in force; whoever knows that one of them changed
    calls `refresh`.
    """

    kind_chosen = Signal(object)  # OldPictures

    def __init__(self, shown: Callable[[], ShownBranch], rule: Callable[[], PictureRule]) -> None:
        super().__init__()
        self._shown, self._rule_now = shown, rule
        self._earlier, self._rule = Earlier(0, 0), PictureRule()
        self._menu = QMenu(self)
        self._choices = QActionGroup(self)
        set_kind(self, "ghost")
        for kind in OldPictures:
            action = self._menu.addAction("")
            action.setCheckable(True)
            action.setData(kind.value)
            self._choices.addAction(action)
        self._choices.triggered.connect(
            lambda action: self.kind_chosen.emit(OldPictures(action.data()))
        )
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._retranslate()
        self.refresh()

    def refresh(self, *_what: object) -> None:
        """Say how many go now."""
        rule = self._rule_now()
        earlier = earlier_of(self._shown(), rule)
        if (earlier, rule) != (self._earlier, self._rule):
            self._earlier, self._rule = earlier, rule
            self._retranslate()
        self.setVisible(earlier.there > 0)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        going, there = self._earlier.going, self._earlier.there
        as_text = self._earlier.as_text
        if as_text == there == 1:
            text = self.tr("1 earlier picture goes along as text")
        elif as_text and as_text == there:
            text = self.tr("%1 earlier pictures go along as text").replace("%1", str(there))
        elif as_text:
            text = self.tr("%1 of %2 earlier pictures go along as text")
            text = text.replace("%1", str(as_text)).replace("%2", str(there))
        elif not going:
            text = self.tr("No earlier picture goes along")
        elif going == there == 1:
            text = self.tr("1 earlier picture goes along")
        elif going == there:
            text = self.tr("%1 earlier pictures go along").replace("%1", str(going))
        else:
            text = self.tr("%1 of %2 earlier pictures go along")
            text = text.replace("%1", str(going)).replace("%2", str(there))
        self.setText(f"{text} ▾")
        self.setAccessibleName(text)
        said = self.tr("Text that was read in them on this computer goes in their place.")
        self.setToolTip(said if as_text else "")
        latest = self.tr("Only those of the latest questions (%1)")
        words = {
            OldPictures.ALL: self.tr("All go along with every question"),
            OldPictures.LATEST: latest.replace("%1", str(self._rule.turns)),
            OldPictures.AS_TEXT: self.tr("None: what was read from them here goes instead"),
        }
        for action in self._choices.actions():
            kind = OldPictures(action.data())
            action.setText(words[kind])
            action.setChecked(kind is self._rule.kind)
