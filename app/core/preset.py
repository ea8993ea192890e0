"""Presets: named system prompts and parameters that a conversation can take on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.ids import new_id


@dataclass(frozen=True, slots=True)
class Preset:
    """`parameters` holds only what is set, like a conversation's own.

    Taking it on copies both into the conversation: changing the preset later changes nothing that
    was said.
    """

    name: str
    system_prompt: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    id: str = field(default_factory=new_id)


def preset_to_json(preset: Preset) -> dict[str, Any]:
    return {
        "id": preset.id,
        "name": preset.name,
        "system_prompt": preset.system_prompt,
        "parameters": dict(preset.parameters),
    }


def preset_from_json(item: Any) -> Preset | None:
    """A preset from what a file held; None if it has no id or name."""
    if not isinstance(item, dict):
        return None
    key, name, prompt = item.get("id"), item.get("name"), item.get("system_prompt", "")
    parameters = item.get("parameters", {})
    if not (isinstance(key, str) and key and isinstance(name, str) and name):
        return None
    return Preset(
        name,
        prompt if isinstance(prompt, str) else "",
        dict(parameters) if isinstance(parameters, dict) else {},
        key,
    )
