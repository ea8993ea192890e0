"""Filling schemas: of any labels where the schema names none, and of its own where it does."""

from __future__ import annotations

from app.core.built_in_actions import FIELDS_SCHEMA
from app.demo.fill import fill_schema

RECEIPT = "Harbour Coffee\nDate: 2026-04-12\nTotal: 78.00\nPaid by：card"


def test_a_schema_of_any_labels_takes_those_that_there_are() -> None:
    found = fill_schema(FIELDS_SCHEMA, RECEIPT)
    assert found == {"Date": "2026-04-12", "Total": "78.00", "Paid by": "card"}
    assert fill_schema(FIELDS_SCHEMA, "no labels here") == {}


def test_a_schema_with_names_takes_no_others() -> None:
    closed = {"type": "object", "additionalProperties": False}
    assert fill_schema(closed, RECEIPT) == {}
    named = {"type": "object", "properties": {"total": {"type": "number"}}}
    assert fill_schema(named, RECEIPT) == {"total": 78}
