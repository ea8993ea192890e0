"""How a tool call stands, in words, a colour and an icon; and the answers to one that asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from PySide6.QtCore import QCoreApplication

from app.core.message import NotRun, ToolCallPart, ToolResultPart
from app.core.tool import CallNow, CallPhase, Effect, Leave, Tool, leaves_for
from app.core.visible_text import visible_line
from app.features.chat.transcript import words
from app.features.chat.transcript.actions import Action, Intent

translate = QCoreApplication.translate


class Calls(Protocol):
    """The calls under way: where each stands, and whom to tell of the person's answer."""

    def now(self, call_id: str) -> CallNow | None: ...

    def answer(self, call_id: str, leave: Leave) -> None: ...


class CallState(NamedTuple):
    """`color` names a token of the theme; no `icon` is an empty text."""

    words: str
    color: str
    icon: str = ""


def state_of(
    *, live: bool, result: ToolResultPart | None, now: CallNow | None, elapsed: float
) -> CallState:
    """`live`: its arguments still arrive. `elapsed`: seconds since it began to run."""
    if live:
        return CallState(translate("Transcript", "arriving…"), "text_2")
    if result is not None:
        return _ended(result)
    if now is None:
        return CallState(translate("Transcript", "not run"), "text_2")
    match now.phase:
        case CallPhase.ASKS:
            return CallState(_wish(now.tool), "warn")
        case CallPhase.WAITS:
            return CallState(translate("Transcript", "waits for the call before it"), "text_2")
    return CallState(_running(now, elapsed), "text_2")


def _ended(result: ToolResultPart) -> CallState:
    match result.not_run:
        case NotRun.DENIED:
            return CallState(translate("Transcript", "not allowed"), "text_2")
        case NotRun.STOPPED:
            return CallState(translate("Transcript", "stopped"), "text_2")
        case NotRun.BROKEN:
            return CallState(translate("Transcript", "not run"), "error", "error")
    took = "" if result.seconds is None else words.seconds(result.seconds)
    if result.is_error:
        failed = translate("Transcript", "failed")
        return CallState(f"{failed} · {took}" if took else failed, "error", "error")
    return CallState(took or translate("Transcript", "done"), "ok", "check")


def _wish(tool: Tool | None) -> str:
    """What a call that asks would do."""
    match tool.effect if tool is not None else Effect.CHANGES:
        case Effect.RUNS:
            return translate("Transcript", "wants to run a command")
        case Effect.LEAVES:
            return translate("Transcript", "wants to send this out")
    return translate("Transcript", "wants to run")


def _running(now: CallNow, elapsed: float) -> str:
    said = [translate("Transcript", "running… %1 s").replace("%1", str(int(elapsed)))]
    if now.progress.share is not None:
        said.append(f"{round(100 * min(max(now.progress.share, 0.0), 1.0))} %")
    if now.progress.words:
        said.append(visible_line(now.progress.words, 60))
    return " · ".join(said)


def name_of(call: ToolCallPart, now: CallNow | None) -> str:
    """What the tool is called where people read it."""
    tool = now.tool if now is not None else None
    return visible_line((tool.title or tool.name) if tool is not None else call.name, 80)


def answers(now: CallNow | None) -> Sequence[Action]:
    """The answers to a call that asks, as its buttons; none for any other."""
    if now is None or now.phase is not CallPhase.ASKS or now.tool is None:
        return ()
    labels = {
        Leave.DENY: translate("Transcript", "Deny"),
        Leave.ONCE: translate("Transcript", "Allow once"),
        Leave.CONVERSATION: translate("Transcript", "Always in this conversation"),
        Leave.ALWAYS: translate("Transcript", "Always"),
    }
    return [
        Action(
            Intent.LEAVE, labels[leave], payload=leave.value, strong=leave is Leave.ONCE, pill=True
        )
        for leave in leaves_for(now.tool)
    ]
