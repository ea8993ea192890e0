"""The words on a service's card that follow from its state."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core import address as addresses
from app.core.errors import ServiceError
from app.core.settings import Profile
from app.features.connection.status import Check, KeyPlace, ServiceStatus

translate = QCoreApplication.translate


def state_words(status: ServiceStatus) -> tuple[str, str]:
    """How the last test went, and the kind of label that says it."""
    match status.check:
        case Check.RUNNING:
            return translate("ServiceCard", "connecting…"), "secondary"
        case Check.PASSED:
            words = translate("ServiceCard", "✓ connected · %1 models · %2 s")
            words = words.replace("%1", str(status.models))
            return words.replace("%2", f"{max(status.seconds, 0.1):.1f}"), "ok"
        case Check.FAILED:
            return translate("ServiceCard", "✕ not connected"), "error"
        case Check.NONE:
            return translate("ServiceCard", "not tested"), "secondary"


def key_words(profile: Profile, status: ServiceStatus) -> str:
    """Where the key is, for under the label of its field."""
    match status.place:
        case KeyPlace.KEYRING:
            return translate("ServiceCard", "in the system keyring")
        case KeyPlace.SESSION:
            return translate("ServiceCard", "No usable keyring: kept for this session only")
        case KeyPlace.ENVIRONMENT:
            return translate("ServiceCard", "from $%1").replace("%1", status.variable)
        case KeyPlace.ELSEWHERE:
            words = translate("ServiceCard", "entered for %1; not sent here")
            return words.replace("%1", status.key_origin)
        case KeyPlace.LOCKED:
            return translate("ServiceCard", "the system keyring did not open")
        case KeyPlace.UNKNOWN:
            return ""
        case KeyPlace.NONE:
            if addresses.is_loopback(_normalised(profile.address)):
                return translate("ServiceCard", "not needed on this computer")
            return translate("ServiceCard", "none yet")


def summary(profile: Profile, status: ServiceStatus) -> str:
    """Address and key of a folded card."""
    has = status.has_key
    key = translate("ServiceCard", "key") if has else translate("ServiceCard", "no key")
    return f"{_normalised(profile.address)} · {key}"


def target_words(typed: str) -> str:
    """Where requests go, shortened to the path; empty while the address is none."""
    normal = _normalised(typed, or_else="")
    if not normal:
        return ""
    path = normal.removeprefix(addresses.origin(normal))
    shown = f"…{path}" if path else normal
    return translate("ServiceCard", "requests go to %1").replace("%1", shown)


def target(typed: str) -> str:
    """The whole address that requests go to; empty while the typed one is none."""
    return _normalised(typed, or_else="")


def _normalised(typed: str, or_else: str | None = None) -> str:
    try:
        return addresses.normalise(typed)
    except ServiceError:
        return typed if or_else is None else or_else
