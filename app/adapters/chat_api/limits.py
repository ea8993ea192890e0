"""How much more may be asked, read from the headers of an answer in their several spellings."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.core.events import LimitsReported

_PREFIXES = ("x-ratelimit-", "ratelimit-", "anthropic-ratelimit-", "x-rate-limit-")
_UNITS = {"d": 86400.0, "h": 3600.0, "m": 60.0, "s": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6}
_SPAN = re.compile(r"(?:\d+(?:\.\d+)?(?:ms|us|µs|d|h|m|s))+", re.IGNORECASE)
_STEP = re.compile(r"(\d+(?:\.\d+)?)(ms|us|µs|d|h|m|s)", re.IGNORECASE)
_SAID = re.compile(
    r"(?:try again|retry|wait|请在?|等待)\s*(?:again\s*)?(?:in|after|for)?\s*(?:about\s*)?"
    r"((?:\d{1,6}[hm] ?)*\d{1,6}(?:\.\d{1,9})?)"
    r"\s*(ms|s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|秒|分钟)(?![a-z])",
    re.IGNORECASE,
)
_UNIT_OF = {
    **dict.fromkeys(("sec", "secs", "second", "seconds", "秒"), "s"),
    **dict.fromkeys(("min", "mins", "minute", "minutes", "分钟"), "m"),
}
_EPOCH_S = 1e8
"""No limit lasts that long: what is more is a time since 1970, in seconds or milliseconds."""
_EPOCH_MS = 1e11


def limits_in(headers: Mapping[str, str]) -> LimitsReported | None:
    """The limits that the headers tell of; None: they tell of none. Names are in lower case."""
    asked, asked_left, asked_reset = _of(headers, "requests")
    tokens, tokens_left, tokens_reset = _of(headers, "tokens")
    if asked is None and asked_left is None:
        asked, asked_left, asked_reset = _plain(headers, asked_reset)
    if all(count is None for count in (asked, asked_left, tokens, tokens_left)):
        return None
    resets = [reset for reset in (asked_reset, tokens_reset) if reset is not None]
    # What was used up is waited for; else the nearer reset is the one that says something.
    spent = [
        reset
        for left, reset in ((asked_left, asked_reset), (tokens_left, tokens_reset))
        if left == 0 and reset is not None
    ]
    resets_in = max(spent) if spent else min(resets, default=None)
    return LimitsReported(asked, asked_left, tokens, tokens_left, resets_in)


def told_wait(headers: Mapping[str, str], message: str, details: Any) -> float | None:
    """Seconds until a busy service may be asked again, where no Retry-After says it.

    From the reset of what was used up, from Google's `retryDelay`, or from the service's words.
    """
    limits = limits_in(headers)
    if limits and limits.resets_in is not None and 0 in (limits.requests_left, limits.tokens_left):
        return limits.resets_in
    for detail in details if isinstance(details, list) else ():
        delay = detail.get("retryDelay") if isinstance(detail, Mapping) else None
        if isinstance(delay, str) and (wait := seconds_until(delay)) is not None:
            return wait
    if (said := _SAID.search(message)) is None:
        return None
    return seconds_until(said[1].replace(" ", "") + _UNIT_OF.get(said[2].lower(), said[2]))


def seconds_until(said: str) -> float | None:
    """Seconds that `1s`, `6m0s`, `20ms`, `12.5`, a time since 1970 or an ISO time is away."""
    said = said.strip()
    if re.fullmatch(r"\d{1,15}(\.\d{1,9})?", said):
        number = float(said)
        if number >= _EPOCH_S:
            number = number / (1000 if number >= _EPOCH_MS else 1) - time.time()
        return max(0.0, number)
    if _SPAN.fullmatch(said) and len(said) < 60:
        return math.fsum(float(n) * _UNITS[unit.lower()] for n, unit in _STEP.findall(said))
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        return None
    return max(0.0, at.timestamp() - time.time()) if at.tzinfo else None


def _of(headers: Mapping[str, str], what: str) -> tuple[int | None, int | None, float | None]:
    """Limit, what is left, and seconds to the reset, of requests or of tokens."""
    return (
        _count(_named(headers, f"limit-{what}", f"{what}-limit")),
        _count(_named(headers, f"remaining-{what}", f"{what}-remaining")),
        seconds_until(_named(headers, f"reset-{what}", f"{what}-reset")),
    )


def _plain(
    headers: Mapping[str, str], reset: float | None
) -> tuple[int | None, int | None, float | None]:
    """Likewise where it is not said what is counted: requests, as a rule."""
    limit, left = _count(_named(headers, "limit")), _count(_named(headers, "remaining"))
    seconds = seconds_until(_named(headers, "reset"))
    # The draft of a standard, old and new: `limit=100, remaining=50, reset=30` or `"a";r=50;t=30`.
    told = headers.get("ratelimit", "")
    told = told.partition(",")[0] if ";" in told else told
    facts = dict(re.findall(r"\b(limit|remaining|reset|q|r|t)\s*=\s*(\d{1,15})", told))
    policy = dict(re.findall(r"\b(q|w)\s*=\s*(\d{1,15})", headers.get("ratelimit-policy", "")))
    if limit is None:
        limit = _count(facts.get("limit") or facts.get("q") or policy.get("q") or "")
    if left is None:
        left = _count(facts.get("remaining") or facts.get("r") or "")
    if seconds is None:
        seconds = seconds_until(facts.get("reset") or facts.get("t") or "")
    return limit, left, reset if seconds is None else seconds


def _named(headers: Mapping[str, str], *names: str) -> str:
    found = (headers.get(prefix + name) for name in names for prefix in _PREFIXES)
    return next((value for value in found if value), "")


def _count(said: str) -> int | None:
    """A whole number at the start; services add windows to it (`100, 100;w=60`) or decimals."""
    found = re.match(r"\s*(\d{1,15})(?:\.\d+)?(?:[,;\s]|$)", said)
    return int(found[1]) if found else None
