"""Schemas to begin with: a receipt, a table, a contact, key points; each as `strict` wants it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Template(StrEnum):
    """Its value is what the schema is called when it is sent."""

    RECEIPT = "receipt"
    TABLE = "table"
    CONTACT = "contact"
    KEY_POINTS = "key_points"


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _said(kind: str, description: str) -> dict[str, Any]:
    """A value of that kind, or null where nothing says."""
    return {"type": [kind, "null"], "description": description}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


TEXT = {"type": "string"}

TEMPLATES: Mapping[Template, dict[str, Any]] = {
    Template.RECEIPT: _object(
        merchant=_said("string", "Who sold it"),
        date=_said("string", "The day of the purchase, as YYYY-MM-DD"),
        currency=_said("string", "ISO 4217 code, such as CNY or USD"),
        items=_list(
            _object(
                name=TEXT,
                quantity=_said("number", "How many"),
                price=_said("number", "The price of all of them together"),
            )
        ),
        tax=_said("number", "Taxes, where they are stated"),
        total=_said("number", "What was paid"),
    ),
    Template.TABLE: _object(
        title=_said("string", "What the table is about"),
        columns=_list(TEXT),
        rows=_list(_list(TEXT)),
    ),
    Template.CONTACT: _object(
        name=TEXT,
        company=_said("string", "Where they work"),
        role=_said("string", "What they do there"),
        phones=_list(TEXT),
        emails=_list(TEXT),
        address=_said("string", "As it is written"),
    ),
    Template.KEY_POINTS: _object(
        title=TEXT,
        points=_list(
            _object(
                point={"type": "string", "description": "One thought, in one sentence"},
                importance={"type": "string", "enum": ["high", "medium", "low"]},
            )
        ),
        conclusion=_said("string", "What follows from the points"),
    ),
}
