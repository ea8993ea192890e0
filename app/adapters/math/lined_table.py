"""Tables with lines between their rows and columns, and with room in them as LaTeX has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.adapters.math.rows import MARK, Lines

COLUMNS, ROWS = "porthole-columns", "porthole-rows"
LINE = 0.05
"""Of the size: how thick a line is."""
BETWEEN = 3
"""Thicknesses between two lines."""
_ROOM = {"columnspacing": "0.8em", "rowspacing": "0.35em"}
_ROOM_WITH_LINES = {"columnspacing": "1em", "rowspacing": "0.6em"}
_ROOM_IN_LINES_OF_FORMULAS = "0.5em"


def lend_lines() -> None:
    """Make ziamath draw the lines that `tell_lines` noted."""
    from ziafont.fonttypes import BBox
    from ziamath import drawable
    from ziamath.nodes.mtable import Mtable

    class LinedTable(Mtable, tag="mtable"):
        """A table that knows where its rows and columns end."""

        def _setup(self, **kwargs: Any) -> None:
            super()._setup(**kwargs)
            columns = [int(count) for count in self.element.get(COLUMNS, "").split()]
            rows = [int(count) for count in self.element.get(ROWS, "").split()]
            if not (columns or rows):
                return
            across, down = self._edges()
            thick = max(0.6, LINE * self.glyphsize)
            left, top = across[0], down[0]
            width, height = across[-1] - left, down[-1] - top
            for x in _places(columns, across, thick):
                self.nodes.append(drawable.VLine(height, thick, style=self.style))
                self.nodexy.append((x, top))
            for y in _places(rows, down, thick):
                self.nodes.append(drawable.HLine(width, thick, style=self.style))
                self.nodexy.append((left, y - thick / 2))
            self.nodexy = [(x - left, y) for x, y in self.nodexy]
            self.bbox = BBox(0, width, min(self.bbox.ymin, -down[-1]), max(self.bbox.ymax, -top))

        def _edges(self) -> tuple[list[float], list[float]]:
            """Where the lines between and around columns and rows stand."""
            counts = [len(row) for row in self.element]
            gap = self.size_px(self.element.get("columnspacing", "1em").split()[0])
            space = self.size_px(self.element.get("rowspacing", "0.6em").split()[0])
            widths = [0.0] * max(counts)
            baselines, tops, ends = [], [], []
            at = 0
            for count in counts:
                cells = self.nodes[at : at + count]
                for column, cell in enumerate(cells):
                    widths[column] = max(widths[column], cell.bbox.xmax)
                baseline = self.nodexy[at][1] if count else 0.0
                baselines.append(baseline)
                tops.append(baseline - max(cell.bbox.ymax for cell in cells))
                ends.append(baseline - min(cell.bbox.ymin for cell in cells))
                at += count
            x = (self.bbox.xmax - sum(widths) - gap * (len(widths) - 1)) / 2 - gap / 2
            across = [x]
            for wide in widths:
                across.append(across[-1] + wide + gap)
            down = [tops[0] - space / 2]
            down += [(end + top) / 2 for end, top in zip(ends, tops[1:], strict=False)]
            return across, [*down, ends[-1] + space / 2]


def _places(counts: Sequence[int], edges: Sequence[float], thick: float) -> list[float]:
    """Where lines are drawn, so many at each edge: two of them side by side."""
    made: list[float] = []
    for count, edge in zip(counts, edges, strict=False):
        first = edge - (count - 1) * BETWEEN * thick / 2
        made += [first + number * BETWEEN * thick for number in range(count)]
    return made


def tell_lines(math: Any, lines: Sequence[Lines]) -> None:
    """Note on each table of a formula's MathML which lines it has, and give it room."""
    parents = {child: parent for parent in math.iter() for child in parent}
    for table in _named(math, "mtable"):
        if table.get("rowspacing") == "3pt":
            table.set("rowspacing", _ROOM_IN_LINES_OF_FORMULAS)
        elif "columnspacing" not in table.attrib:
            for name, room in _ROOM.items():
                table.attrib.setdefault(name, room)
        for name in ("columnlines", "rowlines"):
            table.attrib.pop(name, None)
    for words in _named(math, "mtext"):
        if not (words.text or "").startswith(MARK):
            continue
        number = int((words.text or "")[1:])
        parents[words].remove(words)
        place = words
        while not place.tag.endswith("mtable"):
            place = parents[place]
        place.attrib.update(_ROOM_WITH_LINES)
        place.set(COLUMNS, " ".join(map(str, lines[number].columns)))
        place.set(ROWS, " ".join(map(str, lines[number].rows)))


def _named(math: Any, name: str) -> list[Any]:
    return [element for element in math.iter() if element.tag.rpartition("}")[2] == name]
