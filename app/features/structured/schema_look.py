"""A schema's text looked at beside the window's thread: is it one, and does it do for `strict`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.core.json_text import LONGEST, JsonFault, WrongJson, read_json
from app.core.schema_strict import StrictFault, strict_faults
from app.core.schema_verdict import SchemaFault
from app.core.visible_text import visible
from app.kit.json_words import fault_words

translate = QCoreApplication.translate

Check = Callable[[str, Any], SchemaFault | None]
"""What is wrong with a schema, by its text and value; blocks."""


@dataclass(frozen=True, slots=True)
class Look:
    """`schema` is None where the text is none that can be followed; `said` says why, `line` where
    (0: at no one place). `lacks` is what `strict` would still demand.
    """

    text: str
    schema: dict[str, Any] | None = None
    wrong: WrongJson | None = None
    fault: SchemaFault | None = None
    lacks: tuple[StrictFault, ...] = ()

    @property
    def line(self) -> int:
        if self.wrong is not None:
            return self.wrong.line
        return self.fault.line if self.fault is not None else 0


def look_at(text: str, check: Check) -> Look:
    """Blocks: for a thread."""
    try:
        value = read_json(text)
    except WrongJson as wrong:
        return Look(text, wrong=wrong)
    fault = check(text, value)
    if fault is not None or not isinstance(value, dict):
        return Look(text, fault=fault or SchemaFault(""))
    return Look(text, value, lacks=strict_faults(value))


def said_of(look: Look) -> str:
    """What is wrong, in the reader's language; empty where nothing is."""
    if look.wrong is not None:
        if not look.text.strip():
            return translate("Schemas", "Write a JSON Schema here, or begin with one at the left.")
        return fault_words(look.wrong)
    fault = look.fault
    if fault is None:
        return ""
    if fault.away:
        words = translate(
            "Schemas", "Line %1 refers to “%2”. Nothing outside the schema is ever fetched."
        )
        return words.replace("%1", str(fault.line)).replace("%2", visible(fault.away)[:200])
    if fault.endless:
        return translate("Schemas", "It only refers to itself: no answer can match it.")
    if not fault.said:
        return translate("Schemas", 'A schema is a JSON object: {"type": "object", …}.')
    if not fault.line:
        return visible(fault.said)
    words = translate("Schemas", "Line %1: %2")
    return words.replace("%1", str(fault.line)).replace("%2", visible(fault.said))


def lacks_of(look: Look) -> str:
    """What `strict` still demands; empty where nothing is missing."""
    if not look.lacks:
        return ""
    first = look.lacks[0]
    at = "$" + "".join(f"[{step!r}]" for step in first.path)
    if first.open:
        words = translate("Schemas", "Strict wants “additionalProperties”: false (at %1).")
    else:
        words = translate("Schemas", "Strict wants all properties to be required (at %1).")
    return words.replace("%1", visible(at)[:120])


def is_too_long(text: str) -> WrongJson | None:
    """What is said of a text that the editor does not take."""
    return WrongJson(JsonFault.TOO_LONG) if len(text) > LONGEST else None
