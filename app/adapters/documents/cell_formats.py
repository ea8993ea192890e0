"""Which cells of an Excel workbook hold dates, and a date as text: they are kept as numbers."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from app.adapters.documents.pack import Attributes, read_xml

BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
MOST_DAYS = 2_958_465.999999
"""The last day of the year 9999."""
LEAP_DAY_THAT_NEVER_WAS = 60
"""Excel counts a 29 February 1900."""


def dates_of_styles(data: bytes) -> frozenset[int]:
    """The styles, by number, in which a number is shown as a date or a time."""
    formats: dict[int, bool] = {}
    styles: list[int] = []
    inside: list[str] = []

    def start(tag: str, given: Attributes) -> None:
        inside.append(tag)
        number = given.get("numFmtId", "")
        code = int(number) if number.isdecimal() and len(number) < 10 else 0
        if tag == "numFmt":
            formats[code] = _shows_date(given.get("formatCode", ""))
        elif tag == "xf" and "cellXfs" in inside:
            styles.append(code)

    read_xml(data, start=start, end=lambda _tag: inside.pop())
    return frozenset(
        place for place, code in enumerate(styles) if formats.get(code, code in BUILT_IN_DATES)
    )


def date_text(value: str, from_1904: bool) -> str:
    """A date, a time, or both, as ISO 8601 writes them; what is none stays as it is."""
    try:
        days = float(value)
    except ValueError:
        return value
    if not 0 <= days <= MOST_DAYS:
        return value
    if from_1904:
        begin = datetime(1904, 1, 1)  # noqa: DTZ001 - a cell has no time zone
    elif days < LEAP_DAY_THAT_NEVER_WAS:
        begin = datetime(1899, 12, 31)  # noqa: DTZ001 - as above
    else:
        begin = datetime(1899, 12, 30)  # noqa: DTZ001 - as above
    moment = begin + timedelta(seconds=round(days * 86_400))
    if days < 1 and not from_1904:
        return moment.strftime("%H:%M:%S")
    return moment.strftime("%Y-%m-%d" if float(days).is_integer() else "%Y-%m-%d %H:%M:%S")


def _shows_date(code: str) -> bool:
    """Whether a format has a place for year, month, day, hour or second outside of its words."""
    bare = re.sub(r'"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]', "", code, flags=re.IGNORECASE)
    return re.search(r"[ymdhs]", bare.split(";")[0], flags=re.IGNORECASE) is not None
