"""A schema with the name it is sent under: kept among the settings, and read from files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.ids import new_id

MOST = 200
"""Schemas that are kept."""
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class NamedSchema:
    """`name` is what services are told: 1 to 64 letters, digits, _ or -."""

    name: str
    schema: Mapping[str, Any]
    strict: bool = True
    id: str = field(default_factory=new_id)

    def response_format(self) -> dict[str, Any]:
        """As the API has it."""
        inner = {"name": self.name, "strict": self.strict, "schema": dict(self.schema)}
        return {"type": "json_schema", "json_schema": inner}


def is_name(text: str) -> bool:
    """Whether services take it as a schema's name."""
    return re.fullmatch(r"[A-Za-z0-9_-]{1,64}", text) is not None


def named(text: str) -> str:
    """The nearest name that services take."""
    return _NOT_IN_NAMES.sub("_", text).strip("_")[:64] or "answer"


def schema_in(value: Any) -> NamedSchema | None:
    """The schema that a JSON value is: as the API has it, as OpenAI's tools show it, or bare."""
    if not isinstance(value, dict):
        return None
    inner = value.get("json_schema") if value.get("type") == "json_schema" else value
    if not isinstance(inner, dict):
        return None
    if not isinstance(inner.get("schema"), dict):
        title = inner.get("title")
        return NamedSchema(named(title if isinstance(title, str) else ""), inner)
    name, strict = inner.get("name"), inner.get("strict")
    return NamedSchema(
        named(name if isinstance(name, str) else ""), inner["schema"], strict is not False
    )


def schema_to_json(kept: NamedSchema) -> dict[str, Any]:
    return {
        "id": kept.id,
        "name": kept.name,
        "strict": kept.strict,
        "schema": dict(kept.schema),
    }


def schemas_from_json(value: Any) -> tuple[NamedSchema, ...] | None:
    """Those in a list from a file; odd ones are passed over. None: it is no list."""
    if not isinstance(value, list):
        return None
    made: dict[str, NamedSchema] = {}
    for item in value[:MOST]:
        if not isinstance(item, dict) or not isinstance(item.get("schema"), dict):
            continue
        key, name = item.get("id"), item.get("name")
        if isinstance(key, str) and key and isinstance(name, str) and is_name(name):
            made[key] = NamedSchema(name, item["schema"], item.get("strict") is not False, key)
    return tuple(made.values())
