"""What the band above the composer says: what is unusual about sending now, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.core.message import Role
from app.core.settings import DEMO_PROFILE

translate = QCoreApplication.translate
Way = tuple[str, Callable[[], None]]


@dataclass(frozen=True, slots=True)
class Ways:
    """What its buttons do."""

    end_editing: Callable[[], None]
    answer_last: Callable[[], None]
    add_key: Callable[[], None]
    use_model: Callable[[str], None]
    go_on: Callable[[bool], None]
    read_here: Callable[[], None] | None = None
    """None where pictures cannot be read on this computer."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What it goes by. `blind`: pictures stand unsent, and the model is not listed as seeing.

    `unanswered` is who said last what has no answer yet. `rounds`: so many times the model has
    called tools in this turn, and the person is asked whether it may go on; 0: nobody is asked.
    """

    editing: bool
    unanswered: Role | None
    profile: str
    model: str
    blind: bool
    seeing_model: str
    rounds: int = 0


def banner(facts: Facts, ways: Ways) -> tuple[str, list[Way]]:
    """Its words and buttons; no words where all is as usual."""
    if facts.rounds:
        text = translate("ChatPage", "The model has called tools %1 times in a row.")
        return text.replace("%1", str(facts.rounds)), [
            (translate("ChatPage", "Let it go on"), lambda: ways.go_on(True)),
            (translate("ChatPage", "Stop here"), lambda: ways.go_on(False)),
        ]
    if facts.editing:
        text = translate(
            "ChatPage", "Editing an earlier message: sending makes a new version of it."
        )
        return text, [(translate("ChatPage", "Cancel"), ways.end_editing)]
    if facts.unanswered is not None:
        text = translate("ChatPage", "Your last message has no answer yet.")
        if facts.unanswered is Role.TOOL:
            text = translate("ChatPage", "The model has not answered what the tools gave.")
        return text, [(translate("ChatPage", "Ask for an answer"), ways.answer_last)]
    if facts.profile == DEMO_PROFILE:
        text = translate(
            "ChatPage",
            "Demo mode: answers come from a small server inside this app. "
            "Add your API key to use real models.",
        )
        return text, [(translate("ChatPage", "Add key…"), ways.add_key)]
    if not facts.blind:
        return "", []
    text = translate("ChatPage", "%1 is not listed as seeing pictures.").replace("%1", facts.model)
    better = facts.seeing_model
    actions: list[Way] = []
    if better and better != facts.model:
        use = translate("ChatPage", "Use %1").replace("%1", better)
        actions.append((use, lambda: ways.use_model(better)))
    if ways.read_here is not None:
        actions.append((translate("ChatPage", "Read here, send text only"), ways.read_here))
    return text, actions
