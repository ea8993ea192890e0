"""The clock tool: zones, moments, and names that are none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.adapters.tools.clock import clock
from tests.adapters.tools.calling import fault, told

CLOCK = clock(lambda: datetime(2026, 3, 28, 23, 30, tzinfo=UTC))


async def test_zones_each_in_a_line() -> None:
    lines = await told(CLOCK, zones=["Asia/Shanghai", "Europe/Berlin", "UTC", "Asia/Kathmandu"])
    assert lines.splitlines() == [
        "Asia/Shanghai: 2026-03-29 07:30:00 Sunday, UTC+08:00, week 13 of 2026, day 88 of the year",
        "Europe/Berlin: 2026-03-29 00:30:00 Sunday, UTC+01:00, week 13 of 2026, day 88 of the year",
        "UTC: 2026-03-28 23:30:00 Saturday, UTC+00:00, week 13 of 2026, day 87 of the year",
        "Asia/Kathmandu: 2026-03-29 05:15:00 Sunday, UTC+05:45, week 13 of 2026, day 88 of the "
        "year",
    ]


async def test_the_computers_own_zone_and_its_real_time() -> None:
    said = await told(clock())
    assert said.startswith(f"this computer: {datetime.now(UTC).astimezone():%Y-%m-%d}")
    assert (await told(CLOCK, zones=[])).startswith("this computer: 2026-03-2")


@pytest.mark.parametrize(
    ("at", "at_zone", "expected"),
    [
        ("2026-03-05T14:30", "Asia/Shanghai", "2026-03-05 06:30:00 Thursday"),
        ("2026-03-05T14:30+09:00", None, "2026-03-05 05:30:00 Thursday"),
        ("2026-03-05T14:30Z", "Asia/Tokyo", "2026-03-05 14:30:00 Thursday"),
        # Summer time began an hour before.
        ("2026-03-29T03:30", "Europe/Berlin", "2026-03-29 01:30:00 Sunday"),
        ("2024-02-29", "UTC", "2024-02-29 00:00:00 Thursday"),
    ],
)
async def test_a_moment_is_converted(at: str, at_zone: str | None, expected: str) -> None:
    more = {} if at_zone is None else {"at_zone": at_zone}
    assert f"UTC: {expected}" in await told(CLOCK, zones=["UTC"], at=at, **more)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Beijing", "Asia/Shanghai"),
        ("Asia/Beijing", "Asia/Shanghai"),
        ("berlin", "Europe/Berlin"),
        ("Europe/Berln", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("Mars/Olympus", ""),
        ("../../etc/passwd", ""),
        ("/etc/localtime", ""),
        ("", ""),
        ("x" * 100, ""),
    ],
)
async def test_a_zone_that_is_none(name: str, meant: str) -> None:
    said = await fault(CLOCK, zones=[name])
    assert said.startswith("There is no time zone named")
    assert meant in said


@pytest.mark.parametrize("at", ["soon", "2026-13-01", "0001-01-01T00:00+14:00", "9999-12-31T23:59"])
async def test_a_moment_that_is_none_or_too_far_away(at: str) -> None:
    zones = ["Pacific/Kiritimati", "America/Los_Angeles"]
    assert "moment" in await fault(CLOCK, at=at, at_zone="UTC", zones=zones)
