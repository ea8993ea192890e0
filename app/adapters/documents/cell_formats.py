"""Which cells of an Excel workbook hold dates, and a date as text: they are kept as numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from app.adapters.documents.pack import Attributes, read_xml

BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
BUILT_IN_ELAPSED = 46
MOST_DAYS = 2_958_465.999999
"""The last day of the year 9999."""
LEAP_DAY_THAT_NEVER_WAS = 60
"""Excel counts a 29 February 1900."""


def dates_of_styles(data: bytes) -> Mapping[int, bool]:
    """The styles, by number, in which a number is shown as a date or a time; True where it is a
    time that elapsed, which may be more than a day."""
    formats = {**dict.fromkeys(BUILT_IN_DATES, False), BUILT_IN_ELAPSED: True}
    styles: list[int] = []
    inside: list[str] = []

    def start(tag: str, given: Attributes) -> None:
        inside.append(tag)
        number = given.get("numFmtId", "")
        code = int(number) if number.isdecimal() and len(number) < 10 else 0
        if tag == "numFmt":
            shown = _shown(given.get("formatCode", ""))
            formats.pop(code, None)
            if re.search(r"[ymdhs]", shown, flags=re.IGNORECASE):
                formats[code] = "[" in shown
        elif tag == "xf" and "cellXfs" in inside:
            styles.append(code)

    read_xml(data, start=start, end=lambda _tag: inside.pop())
    return {place: formats[code] for place, code in enumerate(styles) if code in formats}


def date_text(value: str, from_1904: bool, *, elapsed: bool = False) -> str:
    """A date, a time, or both, as ISO 8601 writes them; what is none stays as it is."""
    try:
        days = float(value)
    except ValueError:
        return value
    if not 0 <= days <= MOST_DAYS:
        return value
    if elapsed or days < 1:
        minutes, seconds = divmod(round(days * 86_400), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    if from_1904:
        begin = datetime(1904, 1, 1)  # noqa: DTZ001 - a cell has no time zone
    elif days < LEAP_DAY_THAT_NEVER_WAS:
        begin = datetime(1899, 12, 31)  # noqa: DTZ001 - as above
    else:
        begin = datetime(1899, 12, 30)  # noqa: DTZ001 - as above
    moment = begin + timedelta(seconds=round(days * 86_400))
    return moment.strftime("%Y-%m-%d" if float(days).is_integer() else "%Y-%m-%d %H:%M:%S")


def _shown(code: str) -> str:
    """A format for numbers above zero, without its words and colours."""
    bare = re.sub(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', "", code, flags=re.IGNORECASE)
    return bare.split(";")[0]
