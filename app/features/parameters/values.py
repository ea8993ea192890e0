"""Parameters as values: their one order, when two sets are the same, and numbers as people type."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from app.core.model_notes import REASONING_SWITCHES

ORDER = (
    *("temperature", "top_p", "max_tokens", "presence_penalty", "frequency_penalty", "stop"),
    *("response_format", "tools", "tool_choice", "parallel_tool_calls"),
    *REASONING_SWITCHES,
    *("seed", "n", "top_k", "min_p", "repetition_penalty", "logit_bias", "logprobs"),
    *("top_logprobs", "stream", "stream_options"),
)
"""Every parameter that has a field of its own, in the order in which they are sent."""
NOT_PARAMETERS = frozenset({"model", "messages"})
LONGEST_NUMBER = 40

_WHOLE = re.compile(r"[+-]?[0-9]+")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_MEANT = str.maketrans({"。": ".", "、": ",", "−": "-", "–": "-"})


def in_order(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The same parameters, so ordered that equal settings give equal bytes."""
    known = {name: parameters[name] for name in ORDER if name in parameters}
    rest = sorted(name for name in parameters if name not in known)
    return known | {name: parameters[name] for name in rest}


def same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two sets of parameters would be sent as the same bytes."""
    return _bytes(one) == _bytes(other)


def without_switches(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """All but the reasoning switches, which belong to the model."""
    return {k: v for k, v in parameters.items() if k not in REASONING_SWITCHES}


def switches(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The reasoning switches among them."""
    return {k: parameters[k] for k in REASONING_SWITCHES if k in parameters}


def read_number(text: str, *, whole: bool) -> int | float:
    """The number that was typed, in whatever digits. Raises ValueError where it is none.

    A number too large for a float is infinite. Fractions that are whole come back as int, so that
    1 and 1.0 are sent alike.
    """
    plain = unicodedata.normalize("NFKC", text.strip()).translate(_MEANT).replace(" ", "")
    if len(plain) > LONGEST_NUMBER:
        raise ValueError(text[:LONGEST_NUMBER])
    if _GROUPED.fullmatch(plain) and (whole or plain.count(",") > 1):
        plain = plain.replace(",", "")
    if whole:
        if not _WHOLE.fullmatch(plain):
            raise ValueError(text)
        return int(plain)
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        raise ValueError(text)
    value = float(plain)
    return int(value) if math.isfinite(value) and value.is_integer() else value


def number_text(value: Any) -> str:
    """A number as it is shown in its field; what is none, as JSON."""
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        return str(int(value))
    return json.dumps(value, ensure_ascii=False, default=str)


def _bytes(parameters: Mapping[str, Any]) -> str:
    return json.dumps(in_order(parameters), ensure_ascii=False, default=str)
