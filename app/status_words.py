"""What the status bar says of the conversation in front."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.core.address import is_loopback
from app.core.events import LimitsReported
from app.core.message import Message
from app.core.model_info import ModelInfo
from app.core.settings import DEMO_PROFILE
from app.features.chat.arriving import SessionState
from app.features.chat.session import ChatSession
from app.features.connection.connections import Connections
from app.features.connection.status import Check, KeyPlace
from app.features.models.describe import tokens_text

translate = QCoreApplication.translate


def service_words(session: ChatSession | None, connections: Connections) -> str:
    """The service's name, and how it stands; without a session, that of new conversations."""
    profile_id = session.info.profile if session is not None else connections.for_new()[0]
    profile = connections.profile(profile_id)
    name = profile.name if profile else profile_id
    state = _doing(session) if session is not None else ""
    state = state or _standing(profile_id, connections)
    return f"{name} · {state}" if state else name


def context_words(branch: Sequence[Message], model: ModelInfo | None) -> str:
    """How much of the context is used, by the service's own last count."""
    counted = [m.usage.total_tokens for m in reversed(branch) if m.usage]
    used = tokens_text(counted[0]) if counted and counted[0] else "0"
    text = translate("StatusBar", "context %1").replace("%1", used)
    size = model.context_size if model else None
    return f"{text} / {tokens_text(size)}" if size else text


def limits_words(limits: LimitsReported | None) -> str:
    """How much more may be asked before the service refuses, where it said so."""
    if limits is None or limits.requests_left is None:
        return ""
    if limits.requests is None:
        text = translate("StatusBar", "rate limit: %1 requests left")
        return text.replace("%1", str(limits.requests_left))
    text = translate("StatusBar", "rate limit: %1 of %2 requests left")
    return text.replace("%1", str(limits.requests_left)).replace("%2", str(limits.requests))


def _doing(session: ChatSession) -> str:
    """What a session is at; nothing while it is idle."""
    if (seconds := session.waits_s) is not None:
        text = translate("StatusBar", "busy, trying again in %1 s")
        return text.replace("%1", str(max(1, round(seconds))))
    if not session.busy:
        return ""
    if session.state is SessionState.SENDING:
        return translate("StatusBar", "waiting for the answer")
    if session.state is SessionState.CALLING:
        if session.calling.asking or session.calling.rounds_asked:
            return translate("StatusBar", "waiting for your leave")
        return translate("StatusBar", "tools are running")
    return translate("StatusBar", "streaming")


def _standing(profile_id: str, connections: Connections) -> str:
    """How a service stands, as far as it is known."""
    if profile_id == DEMO_PROFILE:
        return translate("StatusBar", "offline")
    status = connections.status(profile_id)
    if status.check is Check.FAILED:
        return translate("StatusBar", "not connected")
    if status.check is Check.PASSED:
        return translate("StatusBar", "connected")
    keyless = status.place in (KeyPlace.NONE, KeyPlace.ELSEWHERE)
    profile = connections.profile(profile_id)
    if keyless and profile is not None and not is_loopback(profile.address):
        return translate("StatusBar", "no key")
    return ""
