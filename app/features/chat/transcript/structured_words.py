"""What is said of answers that are to match a schema, in the reader's language."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from app.core.schema_verdict import SchemaVerdict, Verdict
from app.core.visible_text import visible

translate = QCoreApplication.translate

_UNBROKEN = re.compile(r"\S{24}")


def shown(text: str) -> str:
    """A foreign text in one line: nothing hidden in it, and it can be broken anywhere."""
    return _UNBROKEN.sub("\\g<0>\u200b", visible(text).replace("\n", " "))


def matches(name: str) -> str:
    return translate("Structured", "✓ matches schema “%1”").replace("%1", visible(name))


def arriving(name: str) -> str:
    if not name:
        return translate("Structured", "JSON, arriving…")
    return translate("Structured", "JSON for schema “%1”, arriving…").replace("%1", visible(name))


def problems(verdict: SchemaVerdict) -> str:
    """Each place that differs, a line each; empty where there is nothing wrong."""
    name = visible(verdict.name)
    match verdict.verdict:
        case Verdict.MATCHES:
            return ""
        case Verdict.NO_JSON:
            words = translate("Structured", "Schema “%1” asked for JSON and nothing else.")
            return words.replace("%1", name)
        case Verdict.BAD_SCHEMA:
            words = translate("Structured", "Schema “%1” cannot be followed: %2")
            return words.replace("%1", name).replace("%2", shown(verdict.problem))
    head = translate("Structured", "✗ does not match schema “%1”").replace("%1", name)
    lines = [f"{shown(one.path)}: {shown(one.said)}" for one in verdict.problems]
    return "\n".join([head, *lines, *([more(verdict)] if verdict.more else [])])


def more(verdict: SchemaVerdict) -> str:
    """How many places there are beyond those that are told."""
    if verdict.uncounted:
        words = translate("Structured", "… and more than %1 others")
    else:
        words = translate("Structured", "… and %1 more")
    return words.replace("%1", f"{verdict.more:,}")


def repair_prompt(verdict: SchemaVerdict) -> str:
    """The question that asks the model to set its answer right."""
    if verdict.verdict is Verdict.NO_JSON:
        return translate(
            "Structured",
            "Your answer is not valid JSON. Give the whole answer again, as one JSON value that "
            "matches the schema, and nothing else.",
        )
    words = translate(
        "Structured",
        "Your answer does not match the schema “%1”:\n%2\nGive the whole answer again, as one JSON "
        "value that matches the schema, and nothing else.",
    )
    lines = [f"- {one.path}: {one.said}" for one in verdict.problems]
    lines += [f"- {more(verdict)}"] if verdict.more else []
    return words.replace("%1", verdict.name).replace("%2", "\n".join(lines))
