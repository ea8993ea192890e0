"""The tools to choose from, as rows in groups: what is on, who asks, which leaves hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core.tool import Effect, Grant, Tool
from app.core.visible_text import visible_line

GONE = ""
"""The source of a group of tools that are not there any more, or not now."""
LONGEST_TITLE, LONGEST_SENTENCE = 120, 400


class Hold(StrEnum):
    """Which leave holds for a tool that asks."""

    NONE = "none"
    HERE = "here"
    ALWAYS = "always"
    CHANGED = "changed"
    """One was given to what the tool was before; it does not hold for what it is now."""


class Asking(StrEnum):
    """Whether the person is asked before a call."""

    NEVER = "never"
    FIRST = "first"
    EACH_TIME = "each_time"


class Calls(StrEnum):
    """What is known of whether the model calls tools."""

    UNKNOWN = "unknown"
    LISTED = "listed"
    UNLISTED = "unlisted"
    """Its catalogue lists what it can do, and tools are not among that."""
    REFUSED = "refused"
    """It refused them, and the person had it asked without them since."""


@dataclass(frozen=True, slots=True)
class ToolRow:
    """A tool as it is shown. `title` and `sentence` are one line each, with nothing hidden."""

    id: str
    title: str
    sentence: str
    asking: Asking
    hold: Hold
    on: bool


@dataclass(frozen=True, slots=True)
class ToolGroup:
    """The tools of one source. `title` is a line with nothing hidden."""

    source: str
    title: str
    rows: tuple[ToolRow, ...]

    @property
    def at_once(self) -> tuple[str, ...]:
        """What one switch for all turns on: never what runs commands."""
        return tuple(row.id for row in self.rows if row.asking is not Asking.EACH_TIME)

    @property
    def all_on(self) -> bool:
        return all(row.on for row in self.rows if row.asking is not Asking.EACH_TIME)


@dataclass(frozen=True, slots=True)
class Wording:
    """How tools and sources are called: (title, sentence) of a tool, the title of a source."""

    tool: Callable[[Tool], tuple[str, str]]
    source: Callable[[str], str]
    gone: Callable[[str], str]
    """A tool that is not there, by its id."""


def tool_groups(
    tools: Sequence[Tool],
    on: Iterable[str],
    here: Sequence[Grant],
    always: Sequence[Grant],
    wording: Wording,
) -> tuple[ToolGroup, ...]:
    """All tools by their sources, in their order; last, those that are on or have leave but are
    not there."""
    wanted = frozenset(on)
    by_source: dict[str, list[ToolRow]] = {}
    for tool in tools:
        title, sentence = wording.tool(tool)
        row = ToolRow(
            tool.id,
            visible_line(title or tool.name, LONGEST_TITLE),
            visible_line(sentence, LONGEST_SENTENCE),
            _asking(tool),
            _hold(tool, here, always),
            tool.id in wanted,
        )
        by_source.setdefault(tool.source, []).append(row)
    known = {tool.id for tool in tools}
    kept = [*on, *(grant.tool for grant in (*here, *always))]
    gone = [id_ for id_ in dict.fromkeys(kept) if id_ not in known]
    if gone:
        by_source[GONE] = [_gone(id_, wanted, here, always, wording) for id_ in gone]
    return tuple(
        ToolGroup(source, visible_line(wording.source(source), LONGEST_TITLE), tuple(rows))
        for source, rows in by_source.items()
    )


def matching(groups: Iterable[ToolGroup], words: str) -> tuple[ToolGroup, ...]:
    """The groups with the rows in which each of the words stands; a group's title counts."""
    wanted = words.casefold().split()
    found = []
    for group in groups:
        title = group.title.casefold()
        rows = tuple(
            row
            for row in group.rows
            if all(w in f"{title} {row.title} {row.id} {row.sentence}".casefold() for w in wanted)
        )
        if rows:
            found.append(ToolGroup(group.source, group.title, rows))
    return tuple(found)


def _asking(tool: Tool) -> Asking:
    if tool.effect is Effect.RUNS:
        return Asking.EACH_TIME
    return Asking.FIRST if tool.asks else Asking.NEVER


def _hold(tool: Tool, here: Sequence[Grant], always: Sequence[Grant]) -> Hold:
    mine = [g for g in here if g.tool == tool.id], [g for g in always if g.tool == tool.id]
    if not any(mine):
        return Hold.NONE
    if any(grant.covers(tool) for grant in mine[1]):
        return Hold.ALWAYS
    if any(grant.covers(tool) for grant in mine[0]):
        return Hold.HERE
    return Hold.CHANGED


def _gone(
    id_: str,
    on: frozenset[str],
    here: Sequence[Grant],
    always: Sequence[Grant],
    wording: Wording,
) -> ToolRow:
    hold = Hold.HERE if any(grant.tool == id_ for grant in here) else Hold.NONE
    hold = Hold.ALWAYS if any(grant.tool == id_ for grant in always) else hold
    title = visible_line(wording.gone(id_), LONGEST_TITLE)
    return ToolRow(id_, title, "", Asking.NEVER, hold, id_ in on)
