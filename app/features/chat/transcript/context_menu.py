"""The transcript's context menu: what can be done with what is selected, and what is pointed at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu

from app.core.message import Role
from app.features.chat.transcript.actions import Action, Intent
from app.features.chat.transcript.box import Box
from app.features.chat.transcript.sight import Spot

if TYPE_CHECKING:
    from app.features.chat.transcript.selecting_view import SelectingView

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class PointedAt:
    """What the menu was asked for at."""

    box: Box | None
    spot: Spot | None
    link: str


def context_menu(view: SelectingView, at: PointedAt, ask: Callable[[Box, Action], None]) -> QMenu:
    """The menu, which goes when it is closed. `ask` does an action of a box."""
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _selection(menu, view)
    if at.link and at.box is not None:
        _link(menu, view, at.box, at.link, ask)
    if at.spot is not None and at.spot.action.intent is Intent.IMAGE:
        action = at.spot.action
        menu.addAction(
            translate("TranscriptMenu", "Save picture as…"),
            lambda: view.picture_save_requested.emit(action.payload, action.label),
        )
    menu.addSeparator()
    menu.addAction(translate("TranscriptMenu", "Select all"), view.select_all)
    menu.addAction(translate("TranscriptMenu", "Find…"), view.find_requested.emit)
    if at.box is not None and at.box.item is not None:
        _message(menu, view, at.box, ask)
    return menu


def _selection(menu: QMenu, view: SelectingView) -> None:
    for label, act in (
        (translate("TranscriptMenu", "Copy"), view.copy_selection),
        (translate("TranscriptMenu", "Copy as Markdown"), view.copy_as_markdown),
        (translate("TranscriptMenu", "Quote"), view.quote_selection),
    ):
        menu.addAction(label, act).setEnabled(view.has_selection)


def _link(
    menu: QMenu, view: SelectingView, box: Box, link: str, ask: Callable[[Box, Action], None]
) -> None:
    menu.addSeparator()
    opening = Action(Intent.LINK, link, payload=link)
    menu.addAction(translate("TranscriptMenu", "Open link"), lambda: ask(box, opening))
    menu.addAction(translate("TranscriptMenu", "Copy link"), lambda: view.copy_text(link))


def _message(
    menu: QMenu, view: SelectingView, box: Box, ask: Callable[[Box, Action], None]
) -> None:
    assert box.item is not None
    message = box.item.message
    menu.addSeparator()
    menu.addAction(
        translate("TranscriptMenu", "Copy message"), lambda: view.copy_message(message.id)
    )
    menu.addAction(
        translate("TranscriptMenu", "Read message"), lambda: view.read_requested.emit(message.id)
    )
    if message.role is Role.ASSISTANT:
        # A reply that only called tools has no footer to offer it in.
        raw = Action(Intent.RAW, translate("TranscriptMenu", "Request and response"))
        menu.addAction(raw.label, lambda: ask(box, raw))
