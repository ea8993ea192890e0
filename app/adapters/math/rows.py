"""Rows and columns of LaTeX's tables: their lines and tags, which the library below passes over.

Each table gets a mark as its first words; what was asked for under that mark is drawn later
(`lined_table`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MARK = "\ue000"
"""Begins a mark, which is this character and the table's number."""

_MATRIX = r"[bpvVB]?matrix\*?|smallmatrix"
_ALIGNED = r"align\*?|aligned|alignat\*?|alignedat|split|eqnarray\*?|flalign\*?"
_TABLES = re.compile(
    rf"\\begin\s*\{{(array|tabular|{_MATRIX}|{_ALIGNED}|d?cases|rcases|gather\*?|gathered)\}}"
)
_POSITION = re.compile(r"\s*\[[tcb]\]")
_PIECES = re.compile(
    r"""
    \\(?P<edge>begin|end)\s*\{[^{}]*\}
  | (?P<row>\\\\|\\cr(?![a-zA-Z]))
  | \\(?P<line>hline|hdashline|toprule|midrule|bottomrule)(?![a-zA-Z])
  | \\cline\s*\{[^{}]*\}
  | \\tag(?P<star>\*?)\s*\{(?P<tag>[^{}]*)\}
  | \\. | (?P<open>\{) | (?P<close>\}) | (?P<cell>&)
    """,
    re.VERBOSE | re.DOTALL,
)
_REPEATED = re.compile(r"\*\s*\{(\d{1,2})\}\s*\{([^{}]*)\}")
_DROPPED = re.compile(r"[@!><]\s*\{[^{}]*\}|\s")
_WIDE = re.compile(r"[pmb]\s*\{[^{}]*\}|X")
MOST_LINES = 2
"""In one place."""


@dataclass(slots=True)
class Lines:
    """How many lines stand before each column and row, and behind the last one."""

    columns: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=lambda: [0])

    @property
    def any(self) -> bool:
        return any(self.columns) or any(self.rows)


def with_marks(tex: str) -> tuple[str, list[Lines]]:
    """The formula with a mark in every table that has lines, and the lines of each mark."""
    found: list[Lines] = []
    made: list[str] = []
    tex = tex.replace(MARK, "")
    at = 0
    while (begin := _TABLES.search(tex, at)) is not None:
        made.append(tex[at : begin.start()])
        head, lines, at = _head(tex, begin)
        body, at = _body(tex, at, begin[1], lines)
        # A table in a cell of this one.
        inner, inner_lines = _renumbered(*with_marks(body), len(found) + 1)
        is_counted = (
            begin[1].startswith("align") and "at" in begin[1]
        )  # its number of columns follows
        mark = f"\\text{{{MARK}{len(found)}}}" if lines.any and not is_counted else ""
        found += [lines, *inner_lines]
        made.append(f"{head}{mark}{inner}")
    made.append(tex[at:])
    return "".join(made), found


def _renumbered(tex: str, lines: list[Lines], first: int) -> tuple[str, list[Lines]]:
    text = re.sub(rf"{MARK}(\d+)", lambda mark: f"{MARK}{int(mark[1]) + first}", tex)
    return text, lines


def _head(tex: str, begin: re.Match[str]) -> tuple[str, Lines, int]:
    """A table's first command without lines, those of its columns, and where its body begins."""
    if begin[1] not in ("array", "tabular"):
        return begin.group(), Lines(), begin.end()
    position = _POSITION.match(tex, begin.end())
    at = position.end() if position else begin.end()
    while at < len(tex) and tex[at].isspace():
        at += 1
    end = _closing(tex, at + 1) if tex[at : at + 1] == "{" else -1
    if end < 0:
        return begin.group(), Lines(), begin.end()
    columns = _REPEATED.sub(lambda many: many[2] * int(many[1]), tex[at + 1 : end])
    columns = _WIDE.sub("l", _DROPPED.sub("", columns))
    counts, sides = [0], ""
    for char in columns:
        if char in "|:":
            counts[-1] = min(MOST_LINES, counts[-1] + 1)
        elif char in "lcr":
            sides += char
            counts.append(0)
    return f"\\begin{{array}}{{{sides or 'c'}}}", Lines(counts), end + 1


def _body(tex: str, at: int, name: str, lines: Lines) -> tuple[str, int]:
    """What stands in a table, its lines taken out and its tags put behind their rows."""
    made: list[str] = []
    depth = tables = cells = 0
    tag = ""
    is_aligned = re.fullmatch(_ALIGNED, name) is not None
    for piece in _pieces(tex, at):
        made.append(tex[at : piece.start()])
        at = piece.end()
        kept = piece.group()
        outer = depth == tables == 0
        if piece["edge"]:
            tables += 1 if piece["edge"] == "begin" else -1
            if tables < 0:
                made.append(_tag_cell(tag, cells, is_aligned=is_aligned))
                made.append("\\end{array}" if name == "tabular" else kept)
                return "".join(made), at
        elif piece["open"]:
            depth += 1
        elif piece["close"]:
            depth -= 1
        elif outer and piece["line"]:
            lines.rows[-1] = min(MOST_LINES, lines.rows[-1] + 1)
            kept = ""
        elif outer and kept.startswith("\\cline"):
            kept = ""
        elif outer and piece["tag"] is not None:
            tag = piece["tag"] if piece["star"] else f"({piece['tag']})"
            kept = ""
        elif outer and piece["cell"]:
            cells += 1
        elif outer and piece["row"]:
            made.append(_tag_cell(tag, cells, is_aligned=is_aligned))
            lines.rows.append(0)
            cells, tag = 0, ""
        made.append(kept)
    return "".join(made) + tex[at:], len(tex)


def _pieces(tex: str, at: int) -> Iterator[re.Match[str]]:
    return _PIECES.finditer(tex, at)


def _tag_cell(tag: str, cells: int, *, is_aligned: bool) -> str:
    """A row's tag in a column of its own; where there are none, behind the row."""
    if not tag:
        return ""
    apart = "&" * max(1, 2 - cells) if is_aligned else ""
    return rf"{apart}\qquad\text{{{tag}}}"


def _closing(tex: str, at: int) -> int:
    """Where the brace that was opened before `at` is closed, or -1."""
    depth = 1
    for place in range(at, len(tex)):
        depth += {"{": 1, "}": -1}.get(tex[place], 0)
        if depth == 0:
            return place
    return -1
