"""The open end of a text that still arrives, made fit to be shown.

Markers whose other half has not come are closed, or held back, so that no `**`, no half link and
no half table row is seen for a moment. Only the last paragraph, item or row is looked at.
"""

from __future__ import annotations

import re

HELD_LABEL = 200
HELD_ADDRESS = 2000
"""Characters of a link that are held back at most, before it is taken for plain text."""

_BLANK = re.compile(r"\n[ \t]*\n")
_STARTS_BLOCK = re.compile(r"[ \t]*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|>|\||```|~~~)")
_MARKER_ONLY = re.compile(
    r"[ \t>]*(?:[-=*_+#~|:`<\s$\\]+|\d{1,9}[.)]?[ \t]*|[-*+][ \t]+\[[ xX]?\]?)"
)
_FENCE_LINE = re.compile(r"[ \t>]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)?(?:```|~~~)")
_DELIMITERS = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_AUTOLINK = re.compile(r"<[A-Za-z][^\s>]{0,200}")
_RUN = re.compile(r"\*+|_+|~+")


def visible(text: str) -> str:
    """`text` as it may be shown now. What is left out or added comes at its end only."""
    head, line = _last_line(text)
    if line.lstrip(" \t>").startswith("|"):
        return _whole_rows(head)
    if line and (_MARKER_ONLY.fullmatch(line) or _FENCE_LINE.match(line)):
        return head
    start = _paragraph_start(text)
    if _in_fence(text[:start]):
        return text
    paragraph = text[start:]
    if paragraph.lstrip().startswith("|"):
        return text[:start] + _whole_rows(paragraph)
    return text[:start] + _settled(paragraph)


def _last_line(text: str) -> tuple[str, str]:
    cut = text.rfind("\n") + 1
    return text[:cut], text[cut:]


def _in_fence(text: str) -> bool:
    """Whether a fence (in a list, say) is open at the end of `text`."""
    mark = ""
    for line in text.split("\n"):
        bare = line.strip(" \t>")
        if mark:
            if bare.startswith(mark) and not bare.strip(mark[0]):
                mark = ""
        elif _FENCE_LINE.match(line):
            at = max(bare.find("```"), bare.find("~~~"))
            mark = bare[at : at + 3]
    return bool(mark)


def _paragraph_start(text: str) -> int:
    """Where the last paragraph, item or heading begins."""
    start = 0
    for blank in _BLANK.finditer(text):
        start = blank.end()
    at = start
    while (at := text.find("\n", at) + 1) > 0:
        if _STARTS_BLOCK.match(text, at) and text[at] != "|":
            start = at
    return start


def _whole_rows(rows: str) -> str:
    """Table rows without the one that is arriving; nothing before the delimiter row is whole."""
    whole = rows[: rows.rfind("\n") + 1]
    first = _paragraph_start(whole)
    lines = whole[first:].split("\n")
    if len(lines) == 2 and lines[0].lstrip().startswith("|"):
        return whole[:first]
    if len(lines) > 2 and not _DELIMITERS.fullmatch(lines[1]):
        return rows
    return whole


def _settled(text: str) -> str:
    """A paragraph with its open markers closed, and a half link held back."""
    openers: list[str] = []
    at = 0
    while at < len(text):
        char = text[at]
        if char == "\\":
            if at + 1 == len(text):
                return _close(text[:at], openers)
            if text[at + 1] in "([" and text.find("\\)" if text[at + 1] == "(" else "\\]", at) < 0:
                return _close(text[:at], openers)
            at += 2
        elif char == "`":
            ticks = _run_length(text, at)
            end = _closing_ticks(text, at + ticks, ticks)
            if end < 0:
                return _close_code(text, at, ticks, openers)
            at = end
        elif char == "$":
            end = _after_formula(text, at)
            if end < 0:
                return _close(text[:at], openers)
            at = end
        elif (char == "<" and _AUTOLINK.fullmatch(text, at)) or text[at:] == "!":
            return _close(text[:at], openers)
        elif char == "[":
            end = _after_link(text, at)
            if end < 0:
                cut = at - 1 if at and text[at - 1] == "!" else at
                return _close(text[:cut], openers)
            at = at + 1
        elif char in "*_~":
            run = _RUN.match(text, at)
            assert run is not None
            if run.end() == len(text):
                return _close(text[:at], openers)
            _take_run(text, run, openers)
            at = run.end()
        else:
            at += 1
    return _close(text, openers)


def _run_length(text: str, at: int) -> int:
    end = at
    while end < len(text) and text[end] == text[at]:
        end += 1
    return end - at


def _closing_ticks(text: str, at: int, ticks: int) -> int:
    """One past the run of exactly `ticks` backticks, or -1."""
    while (at := text.find("`", at)) >= 0:
        length = _run_length(text, at)
        at += length
        if length == ticks:
            # At the very end one more tick may still come; shown as closed either way.
            return at
    return -1


def _close_code(text: str, at: int, ticks: int, openers: list[str]) -> str:
    """An inline code whose end has not come is shown as closed."""
    inside = text[at + ticks :].rstrip("`")
    if not inside.strip():
        return _close(text[:at], openers)
    return _close(text[: at + ticks] + inside + "`" * ticks, openers, keep_space=True)


def _after_formula(text: str, at: int) -> int:
    """One past a formula or a lone dollar; -1 while `$…` may still become a formula."""
    ticks = "$$" if text.startswith("$$", at) else "$"
    end = text.find(ticks, at + len(ticks))
    if end >= 0:
        return end + len(ticks)
    follows = text[at + len(ticks) : at + len(ticks) + 1]
    if ticks == "$" and (not follows or follows.isspace() or follows.isdigit()):
        return at + 1 if follows else -1
    return -1 if len(text) - at <= HELD_ADDRESS and "\n" not in text[at:] else at + len(ticks)


def _after_link(text: str, at: int) -> int:
    """A place past `[` from which to read on; -1 while it may still become a link."""
    depth, here = 0, at
    end_of_label = min(len(text), at + HELD_LABEL)
    while here < end_of_label:
        char = text[here]
        if char == "\\":
            here += 1
        elif char == "[":
            depth += 1
        elif char == "]":
            depth -= 1
            if depth == 0:
                break
        here += 1
    if here >= end_of_label:
        return -1 if end_of_label == len(text) else at + 1
    following = text[here + 1 : here + 2]
    if not following:
        return -1
    if following != "(":
        return here + 1
    end = text.find(")", here)
    address = text[here + 2 :]
    if end < 0 and len(address) <= HELD_ADDRESS and "\n" not in address:
        return -1
    return here + 1


def _take_run(text: str, run: re.Match[str], openers: list[str]) -> None:
    """Note what a run of `*`, `_` or `~` opens or closes."""
    mark, before = run.group(), text[run.start() - 1 : run.start()]
    after = text[run.end()]
    if mark[0] == "~" and len(mark) != 2:
        return
    word_before = bool(before) and not before.isspace()
    if word_before and mark in openers:
        del openers[openers.index(mark) :]
    elif word_before and openers and len(mark) == 3 and mark[0] == openers[-1][0]:
        del openers[-2:]
    elif not after.isspace() and not (mark[0] == "_" and before.isalnum()):
        openers.extend([mark[0] * 2, mark[0]] if len(mark) == 3 else [mark[:2]])


def _close(text: str, openers: list[str], *, keep_space: bool = False) -> str:
    if not openers:
        return text
    bare = text if keep_space else text.rstrip()
    for mark in reversed(openers):
        # Nothing stands between the marker and the end: it opened nothing yet.
        bare = bare[: -len(mark)].rstrip() if bare.endswith(mark) else bare + mark
    return bare
