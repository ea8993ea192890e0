"""Which tools a conversation may use, and the leaves that hold on, as values and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.core.tool import Grant


@dataclass(frozen=True, slots=True)
class ToolChoice:
    """`on` holds the ids of the tools that the model is told of; None: those of new conversations.

    `granted` are the leaves given for this conversation alone.
    """

    on: tuple[str, ...] | None = None
    granted: tuple[Grant, ...] = ()


def choice_to_json(choice: ToolChoice) -> dict[str, Any]:
    """Only what was chosen."""
    data: dict[str, Any] = {}
    if choice.on is not None:
        data["on"] = list(choice.on)
    if choice.granted:
        data["granted"] = [grant_to_json(grant) for grant in choice.granted]
    return data


def choice_from_json(data: Any) -> ToolChoice:
    """The choice; what is odd in it is passed over, and gives no leave to anything."""
    if not isinstance(data, dict):
        return ToolChoice()
    on, granted = data.get("on"), data.get("granted")
    return ToolChoice(
        ids_from_json(on),
        tuple(
            grant
            for item in (granted if isinstance(granted, list) else ())
            if (grant := grant_from_json(item)) is not None
        ),
    )


def ids_from_json(value: Any) -> tuple[str, ...] | None:
    """The ids of tools; None for what is no list."""
    if not isinstance(value, list):
        return None
    return tuple(dict.fromkeys(item for item in value if isinstance(item, str) and item))


def grant_to_json(grant: Grant) -> dict[str, str]:
    return {"tool": grant.tool, "fingerprint": grant.fingerprint}


def grant_from_json(item: Any) -> Grant | None:
    if not isinstance(item, dict):
        return None
    tool, fingerprint = item.get("tool"), item.get("fingerprint")
    if not (isinstance(tool, str) and tool and isinstance(fingerprint, str) and fingerprint):
        return None
    return Grant(tool, fingerprint)
