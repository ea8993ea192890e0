"""Filling a tool's arguments or a simple JSON schema from text, by labels and plain guesses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_NUMBER = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?")
# A label starts with a letter and holds no brackets: neither 09:41 nor code is a labelled value.
_LABEL = r"[^\W\d_][\w .,#/&'-]{0,39}?"
_PAIR = re.compile(rf"^\s*[-*•]?\s*({_LABEL})\s*(?:[:：]|=(?!.*\())\s*(.+?)\s*$")
_STATEMENT = re.compile(r"^(?:def|class|if|elif|else|for|while|return|raise|try|with|import)\b")
_AMOUNT = re.compile(rf"^\s*({_LABEL})(?: *[×x]\d+)? {{2,}}([¥$€£]?\s?-?\d\S*)\s*$")
_QUOTED = re.compile(r"[\"“「'‘]([^\"”」'’]{1,200})[\"”」'’]")
_PLACE = re.compile(r"\b(?:in|at|for|to|of)\s+((?:[A-Z][\w'-]+)(?:[ ,]+[A-Z][\w'-]+)*)")
_NAMES = re.compile(r"\b[A-Z][\w'-]+(?:[ ,]+[A-Z][\w'-]+)*")
DEPTH = 6


def pairs(text: str) -> dict[str, str]:
    """Labelled values (`Label: value`, or a label and an amount that stand apart), line by line.

    The first of equal labels holds.
    """
    found: dict[str, str] = {}
    for line in text.splitlines():
        match = _PAIR.match(line) or _AMOUNT.match(line)
        if match is None or match[2].startswith("//") or _STATEMENT.match(match[1]):
            continue
        found.setdefault(match[1].strip(), match[2])
    return found


def plain_value(text: str) -> str | int | float:
    """A number where the text is one, else the text."""
    number = _number(text, whole=False) if _NUMBER.fullmatch(text.strip()) else None
    return text if number is None else number


def fill_schema(schema: Mapping[str, Any], text: str, depth: int = 0) -> Any:
    """A value of the schema's shape from labelled text; null or empty where nothing is found."""
    kind = _kind(schema)
    if kind == "object" and depth < DEPTH:
        if not schema.get("properties") and schema.get("additionalProperties", True):
            return pairs(text)  # any labels are wanted: those that there are
        labelled = {_plain(k): v for k, v in pairs(text).items()}
        made: dict[str, Any] = {}
        for name, inner in (schema.get("properties") or {}).items():
            if _kind(inner) in ("object", "array"):
                made[name] = fill_schema(inner, text, depth + 1)
            else:
                made[name] = _scalar(inner, _labelled(name, inner, labelled))
        return made
    if kind == "array":
        inner = schema.get("items") or {}
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return lines if _kind(inner) == "string" else []
    return _scalar(schema, text.strip() or None)


def fill_arguments(schema: Mapping[str, Any], question: str) -> dict[str, Any]:
    """Arguments for a tool from a question: quoted words, names, numbers."""
    quoted = _QUOTED.findall(question)
    names = _PLACE.findall(question) or _NAMES.findall(question)[1:]
    texts = [*quoted, *names]
    numbers = _NUMBER.findall(question)
    required = set(schema.get("required") or ())
    made: dict[str, Any] = {}
    for name, inner in (schema.get("properties") or {}).items():
        kind, choices = _kind(inner), inner.get("enum")
        if choices:
            said = [c for c in choices if str(c).casefold() in question.casefold()]
            if said or name in required:
                made[name] = (said or choices)[0]
        elif kind in ("number", "integer"):
            if numbers:
                made[name] = _number(numbers.pop(0), whole=kind == "integer")
        elif kind == "boolean":
            if name in required:
                made[name] = False
        elif kind == "string" and (texts or name in required):
            made[name] = texts.pop(0) if texts else question.strip()
    return made


def _labelled(name: str, schema: Mapping[str, Any], labelled: Mapping[str, str]) -> str | None:
    wanted = {_plain(name), _plain(str(schema.get("title") or name))}
    for label, value in labelled.items():
        if label in wanted or any(w and (w in label or label in w) for w in wanted):
            return value
    return None


def _scalar(schema: Mapping[str, Any], text: str | None) -> Any:
    choices, kind = schema.get("enum"), _kind(schema)
    if choices:
        said = [c for c in choices if text and str(c).casefold() in text.casefold()]
        return said[0] if said else None
    if text is None:
        return None
    if kind in ("number", "integer"):
        return _number(text, whole=kind == "integer")
    if kind == "boolean":
        return text.casefold() in ("yes", "true", "on", "是", "✓", "1")
    return text


def _number(text: str, *, whole: bool) -> int | float | None:
    match = _NUMBER.search(text)
    if match is None:
        return None
    value = float(match[0].replace(",", "").replace("−", "-"))
    return int(value) if whole or (value.is_integer() and "." not in match[0]) else value


def _kind(schema: Mapping[str, Any]) -> str:
    kind = schema.get("type")
    if isinstance(kind, Sequence) and not isinstance(kind, str):
        kind = next((k for k in kind if k != "null"), "string")
    return kind or ("object" if "properties" in schema else "string")


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
