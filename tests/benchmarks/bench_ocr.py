"""How well text is read on this machine: characters wrong, over twenty pictures with known text.

The pictures are painted when this runs (`ocr_pictures`), read by the engine in its child process,
and laid out by our own reading order. Line ends, blank lines and indentation count as characters;
how many spaces part the cells of a row does not.
"""

from __future__ import annotations

import asyncio
import re
import sys
import time

from app.adapters.ocr.reader import ChildTextReader
from app.core.reading_order import lines_to_text
from tests.benchmarks.ocr_pictures import PICTURES
from tests.benchmarks.row import Row

REACH = 3.0


def measure() -> list[Row]:
    """The rate over all characters, and one row for each picture."""
    if not ChildTextReader().available:
        print("ocr: the engine is not installed (the `ocr` extra): nothing is measured")
        return []
    begun = time.perf_counter()
    rates = asyncio.run(_rates())
    took = time.perf_counter() - begun
    errors = sum(wrong for wrong, _ in rates.values())
    characters = sum(length for _, length in rates.values())
    note = (
        f"{errors} of {characters} characters in {len(rates)} pictures, read in {took:.0f} s; "
        "baseline: the most that is allowed"
    )
    rows = [_row("ocr.cer_percent", errors, characters, REACH, note)]
    for name, (wrong, length) in rates.items():
        note = f"{wrong} of {length} characters"
        rows.append(_row(f"ocr.cer_percent.{name}", wrong, length, None, note))
    return rows


async def _rates() -> dict[str, tuple[int, int]]:
    """Characters wrong, and characters, of each picture."""
    reader = ChildTextReader()
    rates = {}
    try:
        for name, make in PICTURES.items():
            sheet = make()
            found = lines_to_text(await reader.read(sheet.png()))
            wanted = plain(sheet.text)
            rates[name] = (distance(wanted, plain(found)), len(wanted))
    finally:
        await reader.close()
    return rates


def plain(text: str) -> str:
    """As it is compared: one space between words, one blank line between parts, no trailing space.

    What stands before a line's first word stays.
    """
    lines = [re.sub(r"(?<=\S)\s+", " ", line.rstrip()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def distance(wanted: str, found: str) -> int:
    """The fewest characters to change, add or drop that make one text the other."""
    costs = list(range(len(found) + 1))
    for row, char in enumerate(wanted, 1):
        above, costs[0] = costs[0], row
        for column, other in enumerate(found, 1):
            above, costs[column] = (
                costs[column],
                min(costs[column] + 1, costs[column - 1] + 1, above + (char != other)),
            )
    return costs[-1]


def _row(name: str, wrong: int, length: int, baseline: float | None, note: str) -> Row:
    value = round(100 * wrong / max(1, length), 2)
    return Row(name=name, value=value, unit="%", baseline=baseline, note=note)


if __name__ == "__main__":
    for row in measure():
        print(f"{row['value']:6} %  {row['name']}: {row['note']}")
    sys.exit(0)
