"""Recognised pieces of text → columns, rows and paragraphs in the order a person reads them.

Boxes come from a text detector: each holds a run of text on one line, a little padding round it.
Columns are told from tables by their rows: a table's cells stand side by side, columns of prose
or a sidebar mostly do not. Indentation is kept where the text looks like code or a list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from app.core.ports import TextLine

Row = tuple[TextLine, ...]
"""Pieces side by side, from the left."""

PADDING = 0.35  # what a detector's box adds to the text's width, in heights of the box
COLUMN_GAP = 1.0  # the least gap between columns, in line heights
BULLET_GAP = 2.5  # text this near after a shape (in line heights) makes it a bullet
TOUCHING = 0.8  # pieces closer than so many characters are one
PARAGRAPH_GAP = 0.75  # the gap between rows that starts a paragraph, in line heights
EVEN = 0.12  # steps from row to row that differ by less, in line heights, are the same
EVEN_GAP = 2.5  # rows farther apart than so many line heights are no list
INDENT_STEPS = (4, 2)  # characters that code is indented by
NEAR_STEP = 0.75  # how far off such a step a line may be found, in characters
PROSE_WIDTH = 18  # lines at least so many narrow characters long are prose, not cells
ALIGNED = 0.7  # from this share of rows on, two sides stand in common rows
SHAPES = frozenset("●○•■□◆◇▲△▼▽★☆⚫⚪")
CODE_MARK = re.compile(
    r"[{}();=\[\]<>]|:$|^[-*•·▪◦]\s|^\d+[.)]\s|^(def|class|if|for|return|import)\b"
    r"|^[\"'][^\"']*[\"'](:|,?$)"
)


def in_reading_order(lines: Sequence[TextLine]) -> list[TextLine]:
    """The same pieces, column by column, row by row; window buttons and bare bullets left out."""
    return [piece for region in regions(lines) for row in region for piece in row]


def regions(lines: Sequence[TextLine]) -> list[list[Row]]:
    """Parts of the picture that are read one after another, each as its rows."""
    rows = rows_of([piece for piece in lines if piece.text.strip()])
    real = [piece for row in rows for piece in row if not _is_button(piece, row)]
    return [_merged(rows_of(part)) for part in _split(real)]


def lines_to_text(lines: Sequence[TextLine]) -> str:
    """Plain text that keeps rows, paragraphs (a blank line between them), gaps and indentation."""
    return regions_text(regions(lines))


def regions_text(parts: Sequence[Sequence[Row]]) -> str:
    """The same of parts of a picture in this order, whether all of their rows are there or not."""
    return "\n\n".join(_region_text(list(rows)) for rows in parts)


def rows_of(lines: Sequence[TextLine]) -> list[Row]:
    """Pieces that stand side by side, from the top."""
    rows: list[list[TextLine]] = []
    for piece in sorted(lines, key=lambda p: (_middle(p), p.left)):
        row = rows[-1] if rows else []
        near = row and abs(_middle(piece) - _mean_middle(row)) < 0.5 * min(
            _height(piece), min(map(_height, row))
        )
        if near and all(_apart(piece, other) for other in row):
            row.append(piece)
        else:
            rows.append([piece])
    return [tuple(sorted(row, key=lambda p: p.left)) for row in rows]


def text_units(text: str) -> int:
    """Its width in columns of a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def row_text(row: Row) -> str:
    """A row's pieces joined with single spaces, or none where Chinese runs on."""
    return _joined(row, row[0].left, _unit([row]), spread=False)


# ---- columns


def _split(lines: list[TextLine]) -> list[list[TextLine]]:
    if len(lines) < 2:
        return [lines] if lines else []
    cut = _column_cut(lines)
    bands = _bands(lines)
    if cut is not None:
        rest = [piece for band in bands[1:] for piece in band]
        if _is_heading(bands[0], rest, cut):
            return [bands[0], *_split(rest)]
        left = [piece for piece in lines if piece.right <= cut]
        right = [piece for piece in lines if piece.right > cut]
        return _split(left) + _split(right)
    if len(bands) == 1:
        return [lines]
    parts: list[list[TextLine]] = []
    whole: list[TextLine] = []
    for band in _joined_bands(bands):
        if _column_cut(band) is None:
            whole += band
            continue
        parts += [whole] if whole else []
        parts += _split(band)
        whole = []
    return parts + ([whole] if whole else [])


def _is_heading(band: list[TextLine], rest: list[TextLine], cut: float) -> bool:
    """One row, on one side of the cut only, with clear space below: a title over both columns."""
    if not rest or len(rows_of(band)) > 1 or len({piece.right <= cut for piece in band}) > 1:
        return False
    space = min(piece.top for piece in rest) - max(piece.bottom for piece in band)
    return space > PARAGRAPH_GAP * max(map(_height, band))


def _joined_bands(bands: list[list[TextLine]]) -> list[list[TextLine]]:
    """Bands that the same gap between columns runs through, taken together."""
    joined: list[list[TextLine]] = []
    for band in bands:
        if joined and _column_cut(joined[-1] + band) is not None:
            joined[-1] = joined[-1] + band
        else:
            joined.append(band)
    return joined


def _column_cut(lines: list[TextLine]) -> float | None:
    """Where a gap runs from top to bottom between columns (not between a table's cells)."""
    least = COLUMN_GAP * median(map(_height, lines))
    reach = 0.0
    cuts: list[tuple[float, float]] = []
    for piece in sorted(lines, key=lambda p: p.left):
        if reach and piece.left - reach >= least:
            cuts.append((piece.left - reach, (piece.left + reach) / 2))
        reach = max(reach, piece.right)
    for _, cut in sorted(cuts, reverse=True):
        left = rows_of([piece for piece in lines if piece.right <= cut])
        right = rows_of([piece for piece in lines if piece.right > cut])
        if _are_columns(left, right):
            return cut
    return None


def _are_columns(left: list[Row], right: list[Row]) -> bool:
    fewer, more = sorted((left, right), key=len)
    if len(fewer) < 2:
        return False
    if all(len(side) >= 4 and _is_prose(side) for side in (left, right)):
        return True
    beside = sum(any(_same_height(row, other) for other in more) for row in fewer)
    return beside < len(fewer) * ALIGNED


def _is_prose(rows: list[Row]) -> bool:
    """Long lines, in one column or more: not a table's cells, however long these are together."""
    unit = _unit(rows)
    lines = [piece.text for row in rows for piece in _merged_row(row, unit)]
    return median(map(text_units, lines)) >= PROSE_WIDTH


def _same_height(row: Row, other: Row) -> bool:
    small = min(_height(row[0]), _height(other[0]))
    return abs(_mean_middle(row) - _mean_middle(other)) < 0.25 * small


def _bands(lines: list[TextLine]) -> list[list[TextLine]]:
    """Rows with clear space above and below, each group between such spaces."""
    bands: list[list[TextLine]] = []
    reach = 0.0
    for piece in sorted(lines, key=lambda p: p.top):
        if bands and piece.top < reach + 0.25 * _height(piece):
            bands[-1].append(piece)
        else:
            bands.append([piece])
        reach = max(reach, piece.bottom)
    return bands


# ---- rows and text


def _is_button(piece: TextLine, row: Row) -> bool:
    """A shape with no text soon after it: a window's button or a mark, no bullet."""
    reach = piece.right + BULLET_GAP * _height(piece)
    following = (p for p in row if p.left > piece.left and not _is_shape(p))
    return _is_shape(piece) and not any(p.left < reach for p in following)


def _is_shape(piece: TextLine) -> bool:
    return set(piece.text.strip()) <= SHAPES


def _merged(rows: list[Row]) -> list[Row]:
    """Rows whose pieces have a real gap between them: the others become one piece."""
    unit = _unit(rows)
    return [_merged_row(row, unit) for row in rows]


def _merged_row(row: Row, unit: float) -> Row:
    pieces = [row[0]]
    for piece in row[1:]:
        last = pieces[-1]
        if piece.left - last.right >= TOUCHING * unit:
            pieces.append(piece)
            continue
        pieces[-1] = TextLine(
            _joined((last, piece), last.left, unit, spread=False),
            min(last.score, piece.score),
            last.left,
            min(last.top, piece.top),
            max(last.right, piece.right),
            max(last.bottom, piece.bottom),
        )
    return tuple(pieces)


def _region_text(rows: list[Row]) -> str:
    unit = _unit(rows)
    out: list[str] = []
    starts = _paragraph_starts(rows)
    for section in _sections(rows, starts):
        edge = min(row[0].left for row in section)
        indents = _indents(section, edge, unit)
        for row, indent in zip(section, indents, strict=True):
            if out and row in starts:
                out.append("")
            spread = len(row) > 1 and _stands_apart(row, unit)
            out.append(" " * indent + _joined(row, edge + indent * unit, unit, spread=spread))
    return "\n".join(out)


def _sections(rows: list[Row], starts: frozenset[Row]) -> list[list[Row]]:
    """Paragraphs; those of code that follow each other are one, so that they share an edge."""
    sections: list[list[Row]] = []
    for row in rows:
        if sections and row not in starts:
            sections[-1].append(row)
        else:
            sections.append([row])
    merged: list[list[Row]] = []
    for section in sections:
        if merged and _keeps_indentation(merged[-1]) and _keeps_indentation(section):
            merged[-1] += section
        else:
            merged.append(section)
    return merged


def _paragraph_starts(rows: list[Row]) -> frozenset[Row]:
    """The rows that begin a paragraph: with clear space above, more than rows have hereabouts.

    Rows of a menu or a table stand apart, yet all by the same: these are no paragraphs.
    """
    steps = [_mean_middle(below) - _mean_middle(above) for above, below in pairwise(rows)]
    starts = set(rows[:1])
    for place, (above, below) in enumerate(pairwise(rows)):
        gap = min(p.top for p in below) - max(p.bottom for p in above)
        height = max(_height(above[0]), _height(below[0]))
        beside = [steps[i] for i in (place - 1, place + 1) if 0 <= i < len(steps)]
        even = any(abs(step - steps[place]) < EVEN * height for step in beside)
        even = even and min(beside) > steps[place] - EVEN * height
        if gap > PARAGRAPH_GAP * height and not (even and gap < EVEN_GAP * height):
            starts.add(below)
    return frozenset(starts)


def _indents(rows: list[Row], edge: float, unit: float) -> list[int]:
    """How many characters each row is indented: by whole steps where most rows are."""
    if not _keeps_indentation(rows):
        return [0] * len(rows)
    found = [max(0.0, (row[0].left - edge) / unit) for row in rows]
    for step in INDENT_STEPS:
        whole = [step * round(indent / step) for indent in found]
        near = [abs(indent - at) < NEAR_STEP for indent, at in zip(found, whole, strict=True)]
        if sum(near) > ALIGNED * len(rows):
            pairs = zip(found, whole, near, strict=True)
            return [at if is_near else round(indent) for indent, at, is_near in pairs]
    return [round(indent) for indent in found]


def _keeps_indentation(rows: list[Row]) -> bool:
    marked = sum(bool(CODE_MARK.search(row_text(row))) for row in rows)
    return len(rows) > 1 and marked >= 0.5 * len(rows)


def _stands_apart(row: Row, unit: float) -> bool:
    return any(right.left - left.right > 3 * unit for left, right in pairwise(row))


def _joined(row: Row, edge: float, unit: float, *, spread: bool) -> str:
    """A row's text; `spread`: later pieces start at the column where they stand."""
    text = row[0].text
    for left, right in pairwise(row):
        gap, added = right.left - left.right, right.text
        if gap < -0.5 * unit and text[-1:] == added[:1]:
            text += added[1:]  # the boxes overlap, and both hold the character between them
            continue
        spaces = 1
        if spread and gap > 2 * unit:
            spaces = max(2, round((right.left - edge) / unit) - text_units(text))
        elif gap < 1.5 * unit and _wide(text[-1:]) and _wide(added[:1]):
            spaces = 0
        text += " " * spaces + added
    return text


def _unit(rows: list[Row]) -> float:
    """The usual width of a narrow character, in pixels."""
    widths = [
        (piece.right - piece.left - PADDING * _height(piece)) / text_units(piece.text)
        for row in rows
        for piece in row
        if text_units(piece.text) >= 4
    ]
    return max(1.0, median(widths)) if widths else max(1.0, _height(rows[0][0]) / 3)


def _wide(char: str) -> bool:
    return bool(char) and unicodedata.east_asian_width(char) in "WF"


def _height(piece: TextLine) -> float:
    return max(1.0, piece.bottom - piece.top)


def _middle(piece: TextLine) -> float:
    return (piece.top + piece.bottom) / 2


def _mean_middle(row: Sequence[TextLine]) -> float:
    return sum(map(_middle, row)) / len(row)


def _apart(piece: TextLine, other: TextLine) -> bool:
    """Side by side: not one over the other."""
    shared = min(piece.right, other.right) - max(piece.left, other.left)
    return shared < 0.5 * min(piece.right - piece.left, other.right - other.left)
