"""Where a list that is too long to be read at once is cut, and what the rest of it stands in.

The items that are open at the cut are written again in short (`- x`) and parsed before the rest, so
that the parser itself sees to how deep everything stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.kit.markdown.blocks import NOTHING, TABLE_ROWS, Context

FARTHEST = 3000
"""Lines that are looked back over for what is open."""

BARS = 480
"""Bars between cells in what is read at once: twenty rows of the widest table that is laid out."""

LEAST, MOST = 5, 160
"""Lines that are read at once at least, so that a table is seen to be one; and at most."""

NEAR = 400
TRIES = 30
DEEPEST = 64
"""Items in each other that are written again; deeper ones are not parsed anyway."""

PLACES = 16
"""Characters, lines and places before the end that are looked at for one to cut at."""

FENCES = 100
"""More of them in a few pages of text, and they are no code."""

SAMPLE = TABLE_ROWS + 3
"""Lines of a table that tell how wide its columns are."""

_ITEM = re.compile(r"([ \t]*)((?:(?:[-*+]|\d{1,9}[.)])(?:[ \t]{1,4}(?=\S)|[ \t]|$))+)")
_QUOTE = re.compile(r"(?: {0,3}> ?)*")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_ENDS = (re.compile(r"\n"), re.compile(r"[.!?…][)\"”’]* +|[。！？；]"), re.compile(r" +"))
_BEGINS = re.compile(r"[ \t]{4}|[ \t]*(?:[-*+#>|=_~`$]|\d{1,9}[.)])")
_DELIMITERS = re.compile(
    r"[ \t]*+(?:\|[ \t]*+)?:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+(?:\|[ \t]*+)?"
)


def cut(text: str, context: Context = NOTHING) -> tuple[int, Context]:
    """How much of a text that is too long is read first, and what the rest of it stands in.

    The cut is before the last item, row or paragraph that is whole, or else within a paragraph.
    """
    found = _between_lines(text, context)
    if found is not None:
        lines, following = found
        return _length(text, lines), following
    taken = _within_a_paragraph(text)
    if not context.head or context.rows:
        return taken, NOTHING
    lead = "" if text[taken - 1] == "\n" else inner_indent(context)
    return taken, replace(context, lead=lead)


def few_lines(text: str) -> str:
    """The first lines of a text, so few that they and the cells in them may be read at once."""
    if text.count("|") <= BARS and text.count("\n") < MOST:
        return text
    end = bars = 0
    for number, line in enumerate(text.split("\n", MOST)[:MOST]):
        bars += line.count("|")
        if number >= LEAST and bars > BARS:
            break
        end += len(line) + 1
    return text[:end]


def standing(text: str, place: int, context: Context = NOTHING) -> Context:
    """What the first line from `place` on stands in that is not empty."""
    head = context.head.split("\n") if context.head and not context.rows else []
    lines = [*head, *text.split("\n")]
    at = len(head) + text.count("\n", 0, place)
    while at + 1 < len(lines) and not lines[at].strip(" \t>"):
        at += 1
    return Context("\n".join(opened(lines, at)))


def _length(text: str, lines: int) -> int:
    """How long so many first lines are."""
    return len(text) - len(text.split("\n", lines)[lines]) if lines else 0


def _between_lines(text: str, context: Context) -> tuple[int, Context] | None:
    """The last line that a new piece may begin with; not the first, nor one that is not whole."""
    head = context.head.split("\n") if context.head else []
    lines = text.split("\n")
    if (table := _cut_table(lines, head, context)) is not None:
        return table
    everything = head + lines
    fences = text.count("```") + text.count("~~~")
    in_code = _lines_of_code(lines) if 0 < fences < FENCES else set()
    tries = 0
    for number in range(len(lines) - 2, 0, -1):
        line = lines[number]
        if number in in_code or not line.strip(" \t>"):
            continue
        is_item = _ITEM.match(_inside(line)) is not None
        if (tries := tries + 1) == TRIES:
            break
        if not is_item and lines[number - 1].strip(" \t>"):
            continue
        following = Context("\n".join(opened(everything, len(head) + number)))
        if is_item or _indent(line) - len(inner_indent(following)) < 4:
            return number, following
    return None


def _lines_of_code(lines: Sequence[str]) -> set[int]:
    """The lines within fences, but for those that open them."""
    fence = ""
    found: set[int] = set()
    for number, line in enumerate(lines):
        bare = line.strip(" \t>")
        if fence:
            found.add(number)
            if bare.startswith(fence) and not bare.strip(fence[0]):
                fence = ""
            continue
        inner = _inside(line)
        item = _ITEM.match(inner)
        mark = _FENCE.match((inner[item.end() :] if item else inner).strip())
        fence = (mark[1] or mark[2]) if mark else ""
    return found


def _within_a_paragraph(text: str) -> int:
    """A place to cut at where no marker is open: after a line, a sentence, or a word."""
    for ends in _ENDS:
        for begin in (len(text) - NEAR, len(text) // 2):
            places = [match.end() for match in ends.finditer(text, max(0, begin))]
            for place in places[-1 : -PLACES - 1 : -1]:
                if place < len(text) and _is_balanced(text, place):
                    return place
            if len(places) >= PLACES:
                break
    return text.rfind(" ", len(text) // 2) + 1 or len(text)


def _is_balanced(text: str, place: int) -> bool:
    """Whether no marker is open at a place, and what follows would not be taken for a block."""
    before = text[:place]
    begins = _BEGINS.match(text, place)
    if begins and not (begins.group().isspace() and before.rpartition("\n")[2] == ""):
        return False
    odd = any(before.count(mark) % 2 for mark in ("**", "`", "~~", "$"))
    return not odd and before.count("[") <= before.count("]")


def opened(lines: Sequence[str], at: int) -> list[str]:
    """Lines that open again the items that line `at` stands in, outermost first."""
    quote = _quote(lines[at])
    need = _indent(lines[at][len(quote) :])
    found: list[str] = []
    for number in range(at - 1, max(-1, at - FARTHEST), -1):
        if need == 0 or len(found) > 2 * DEEPEST:
            break
        line = lines[number]
        if _quote(line).count(">") != quote.count(">"):
            if line.strip():
                break
            continue
        inner = line[len(_quote(line)) :]
        item = _ITEM.match(inner)
        if item is None:
            if inner.strip() and _indent(inner) == 0 and not lines[number - 1].strip(" \t>"):
                break
            continue
        indent = _indent(inner)
        marker = item[2] if item[2][-1] in " \t" else item[2] + " "
        if indent + len(marker) <= need:
            found[:0] = [quote + " " * indent + marker + "x", quote.rstrip()]
            need = indent
    return found


def inner_indent(context: Context) -> str:
    """What a line begins with that goes on within what the context opens."""
    lines = [line for line in context.head.split("\n") if line.strip(" >")]
    if not lines or _DELIMITERS.fullmatch(lines[-1]):
        return ""
    quote = _quote(lines[-1])
    return quote + " " * (len(lines[-1]) - len(quote) - 1)


def _cut_table(
    lines: Sequence[str], head: list[str], context: Context
) -> tuple[int, Context] | None:
    """After the last whole row of a table that the text ends with."""
    last = len(lines) - 1
    first = last
    while first > 0 and "|" in lines[first - 1]:
        first -= 1
    if context.rows and first == 0:
        return (last, replace(context, rows=context.rows + last)) if last else None
    if last - first < 3 or not _DELIMITERS.fullmatch(lines[first + 1]):
        return None
    outer = opened([*head, *lines], len(head) + first)
    own = lines[first : first + 2]
    sample = "\n".join([*outer, *lines[first : min(last, first + SAMPLE)]])
    return last, Context("\n".join([*outer, *own]), last - first - 2, sample=sample)


def _inside(line: str) -> str:
    return line[len(_quote(line)) :]


def _quote(line: str) -> str:
    match = _QUOTE.match(line)
    return match.group() if match else ""


def _indent(line: str) -> int:
    """Columns before the first character."""
    bare = line.lstrip(" \t")
    return len(line[: len(line) - len(bare)].expandtabs(4))
