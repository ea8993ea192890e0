"""The tool that tells the date and the time, now or at a given moment, in any time zones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, tzinfo
from difflib import get_close_matches
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from app.adapters.threads import in_daemon_thread
from app.adapters.tools.own_tool import SOURCE, OwnTool, ToolFault, schema
from app.core.tool import CallContext, Effect, Tool, ToolOutcome

MOST_ZONES = 20
ZONE = {"type": "string", "maxLength": 100}
CLOCK = Tool(
    "own:clock",
    "get_current_time",
    SOURCE,
    "Tells the current date, time and weekday on the person's computer, or in the time zones "
    "asked for. With `at` it converts that moment instead. Use it whenever an answer depends on "
    "today's date or the time; never guess them.",
    schema(
        zones={
            "type": "array",
            "items": ZONE,
            "maxItems": MOST_ZONES,
            "description": 'IANA names such as "Asia/Shanghai", "Europe/Berlin" or "UTC". '
            "Without it: the zone of the person's computer.",
        },
        at={
            "type": "string",
            "maxLength": 40,
            "description": 'A moment to convert, as ISO 8601: "2026-03-05T14:30" is in the zone '
            '`at_zone`; "2026-03-05T14:30+08:00" says its own.',
        },
        at_zone={**ZONE, "description": "The IANA zone that `at` is in, where it says none."},
    ),
    Effect.COMPUTES,
    reads_only=True,
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Cities that are asked for by name, and stand for a zone of another name.
_ELSEWHERE = {
    "beijing": "Asia/Shanghai",
    "shenzhen": "Asia/Shanghai",
    "guangzhou": "Asia/Shanghai",
    "mumbai": "Asia/Kolkata",
    "delhi": "Asia/Kolkata",
    "bangalore": "Asia/Kolkata",
    "san_francisco": "America/Los_Angeles",
    "seattle": "America/Los_Angeles",
    "boston": "America/New_York",
    "washington": "America/New_York",
    "munich": "Europe/Berlin",
    "hamburg": "Europe/Berlin",
    "milan": "Europe/Rome",
    "barcelona": "Europe/Madrid",
    "osaka": "Asia/Tokyo",
}


def clock(now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> OwnTool:
    """`now` gives the moment, with its zone."""

    async def answer(arguments: Mapping[str, Any], _context: CallContext) -> ToolOutcome:
        return ToolOutcome(await in_daemon_thread(_told, arguments, now()))

    return OwnTool(CLOCK, answer)


def _told(arguments: Mapping[str, Any], now: datetime) -> str:
    """Blocks: zones are read from the disk. Raises ToolFault."""
    moment = _moment(arguments, now)
    named = arguments.get("zones")
    zones: dict[str, tzinfo | None] = {name: _zone(name) for name in named or ()}
    try:
        lines = [_line(name, moment.astimezone(zone)) for name, zone in zones.items()]
        if not lines:
            lines = [_line("this computer", moment.astimezone())]
    except (OverflowError, OSError, ValueError):
        raise ToolFault("That moment is too far away to be told in these zones.") from None
    return "\n".join(lines)


def _moment(arguments: Mapping[str, Any], now: datetime) -> datetime:
    said = arguments.get("at")
    if said is None:
        return now
    try:
        moment = datetime.fromisoformat(said.strip())
    except ValueError:
        words = f"{said!r} is no moment in ISO 8601; write it like 2026-03-05T14:30."
        raise ToolFault(words) from None
    if moment.tzinfo is not None:
        return moment
    if (name := arguments.get("at_zone")) is not None:
        return moment.replace(tzinfo=_zone(name))
    try:
        return moment.astimezone()
    except (OverflowError, OSError, ValueError):
        raise ToolFault("That moment is too far away.") from None


def _line(name: str, here: datetime) -> str:
    offset = here.strftime("%z")
    year, week, _ = here.isocalendar()
    return (
        f"{name}: {here:%Y-%m-%d %H:%M:%S} {_DAYS[here.weekday()]}, "
        f"UTC{offset[:3]}:{offset[3:5]}, week {week} of {year}, "
        f"day {here.timetuple().tm_yday} of the year"
    )


def _zone(name: str) -> ZoneInfo:
    """The zone of that name. Raises ToolFault, which names those that may have been meant."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        meant = _meant(name)
        also = f" Did you mean {' or '.join(meant)}?" if meant else ""
        raise ToolFault(f"There is no time zone named {name!r}.{also}") from None


def _meant(name: str) -> list[str]:
    wanted = name.strip().lower().replace(" ", "_").rpartition("/")[2]
    if wanted in _ELSEWHERE:
        return [_ELSEWHERE[wanted]]
    by_city = _cities()
    return [by_city[city] for city in get_close_matches(wanted, by_city, n=3, cutoff=0.75)]


@cache
def _cities() -> Mapping[str, str]:
    """Zones by the last part of their names."""
    zones = sorted(name for name in available_timezones() if "/" in name)
    return {name.rpartition("/")[2].lower(): name for name in zones}
