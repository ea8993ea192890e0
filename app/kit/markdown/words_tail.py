"""A paragraph whose end has not come: open markers are closed, and half a link is held back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.kit.markdown.links import address_end
from app.kit.markdown.math_rules import is_price

HELD_LABEL = 300
HELD_ADDRESS = 2000
HELD_FORMULA = 2000
"""Characters of a link or a formula that are held back at most, before they are plain text."""

DEEPEST = 20
"""Brackets in brackets, before they are plain text."""

REACH = 40
"""Open runs of marks that are looked back over for the one that another closes."""

_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>")
_HALF_TAG = re.compile(r"</?(?:[A-Za-z][^\s<>]{0,200})?")
_HALF_ENTITY = re.compile(r"&(?:#?[A-Za-z0-9]{0,31})?")
_RUN = re.compile(r"\*+|_+|~+")


def settled(text: str) -> str:
    """A paragraph with its open markers closed, and what may still become one held back."""
    return _Reader(text).run()


@dataclass(slots=True)
class _Opener:
    """A run of marks that opened something: how many of them are not closed yet."""

    char: str
    left: int
    length: int
    may_close: bool


class _Reader:
    """Goes through a paragraph and notes what is open."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._openers: list[_Opener] = []
        self._behind_last = 0
        """Where the words begin that the last opener opened."""
        self._jumps: dict[int, int] = {}
        """From a link's label to behind its address."""

    def run(self) -> str:
        at, text = 0, self._text
        while at < len(text):
            if at in self._jumps:
                at = self._jumps.pop(at)
                continue
            char = text[at]
            if char not in "\\`$<!&[*_~h]":
                at += 1
                continue
            if char == "`":
                ticks = _run_length(text, at)
                end = _closing_ticks(text, at + ticks, ticks)
                if end < 0:
                    return self._close_code(at, ticks)
                at = end
                continue
            following = self._after(at, char)
            if following is None:
                return self._close(text[:at])
            at = following
        return self._close(text)

    def _after(self, at: int, char: str) -> int | None:
        """Where to read on behind a marker; None where the text is held back from it."""
        text = self._text
        match char:
            case "\\":
                return self._after_backslash(at)
            case "$":
                return self._after_formula(at)
            case "<":
                link = _AUTOLINK.match(text, at)
                if link is not None:
                    return link.end()
                return None if _HALF_TAG.fullmatch(text, at) else at + 1
            case "!":
                if at + 1 == len(text):
                    return None
                return None if text[at + 1] == "[" and self._after_link(at + 1) is None else at + 1
            case "&":
                return None if _HALF_ENTITY.fullmatch(text, at) else at + 1
            case "[":
                return self._after_link(at)
            case "h":
                return address_end(text, at) or at + 1
            case "*" | "_" | "~":
                run = _RUN.match(text, at)
                assert run is not None
                if run.end() == len(text):
                    return None
                self._take_run(run)
                return run.end()
        return at + 1

    def _after_backslash(self, at: int) -> int | None:
        text = self._text
        if at + 1 == len(text) or text[at + 1 :] == "\n":
            return None
        closing = {"(": "\\)", "[": "\\]"}.get(text[at + 1])
        if closing is None:
            return at + 2
        end = text.find(closing, at + 2)
        if end >= 0:
            return end + 2
        return None if self._may_go_on(at, HELD_FORMULA) else at + 2

    def _may_go_on(self, at: int, most: int) -> bool:
        return len(self._text) - at <= most

    def _after_formula(self, at: int) -> int | None:
        """Behind a formula or a lone dollar; None while `$…` may still become a formula."""
        text = self._text
        if text.startswith("$$", at):
            end = text.find("$$", at + 2)
            if end >= 0:
                return end + 2
            return None if self._may_go_on(at, HELD_FORMULA) else at + 2
        inside = text[at + 1 : at + 2]
        if inside and (inside.isspace() or is_price(text, at)):
            return at + 1
        end = text.find("$", at + 1)
        while end >= 0:
            after = text[end + 1 : end + 2]
            if not after:
                return None
            if text[end - 1].isspace() or after.isdigit():
                # As the parser sees it: the first dollar that follows decides.
                return at + 1
            return end + 1
        return None if self._may_go_on(at, HELD_FORMULA // 4) else at + 1

    def _after_link(self, at: int) -> int | None:
        """Into a link's label, or behind a bracket that opens none; None while that is open."""
        text = self._text
        end = _closing(text, at, "[", "]", HELD_LABEL)
        if end < 0:
            return None if len(text) - at < HELD_LABEL else at + 1
        following = text[end + 1 : end + 2]
        if not following:
            return None
        if following == "(":
            behind = _closing(text, end + 1, "(", ")", HELD_ADDRESS)
            if behind >= 0:
                self._jumps[end] = behind + 1
            elif len(text) - end < HELD_ADDRESS:
                return None
        elif following == "[":
            name = _closing(text, end + 1, "[", "]", HELD_LABEL)
            if name >= 0:
                self._jumps[end] = name + 1
            elif len(text) - end < HELD_LABEL:
                return None
        return at + 1

    def _take_run(self, run: re.Match[str]) -> None:
        """Note what a run of `*`, `_` or `~` opens or closes."""
        text, mark = self._text, run.group()
        before, after = text[run.start() - 1 : run.start()] if run.start() else "", text[run.end()]
        if mark[0] == "~" and len(mark) != 2:
            return
        in_word = mark[0] == "_" and before.isalnum()
        if in_word and after.isalnum():
            return
        may_close = bool(before) and not before.isspace()
        may_open = not after.isspace() and not in_word
        left = self._close_openers(mark, may_open=may_open) if may_close else len(mark)
        if left and may_open:
            self._openers.append(_Opener(mark[0], left, len(mark), may_close))
            self._behind_last = run.end()

    def _close_openers(self, mark: str, *, may_open: bool) -> int:
        """Let a run close what is open, the last first; how many of its marks are left."""
        openers, left = self._openers, len(mark)
        for place in range(len(openers) - 1, max(-1, len(openers) - 1 - REACH), -1):
            opener = openers[place]
            if opener.char != mark[0]:
                continue
            # As the parser has it, where one of the two could both open and close.
            either = may_open or opener.may_close
            if either and opener.length % 3 and (opener.length + len(mark)) % 3 == 0:
                continue
            del openers[place + 1 :]
            closed = min(opener.left, left)
            left -= closed
            opener.left -= closed
            if not opener.left:
                del openers[place]
            if not left:
                break
        return left

    def _close_code(self, at: int, ticks: int) -> str:
        """An inline code whose end has not come is shown as closed."""
        text = self._text
        inside = text[at + ticks :].rstrip("`")
        if not inside.strip():
            return self._close(text[:at])
        return self._close(text[: at + ticks] + inside + "`" * ticks, keep_space=True)

    def _close(self, text: str, *, keep_space: bool = False) -> str:
        if not self._openers:
            return text
        bare = text if keep_space else text.rstrip()
        empty = len(bare) <= self._behind_last
        for opener in reversed(self._openers):
            mark = opener.char * opener.left
            if empty and bare.endswith(mark):
                # Nothing stands between the marker and the end: it opened nothing yet.
                bare = bare[: -len(mark)].rstrip()
            else:
                bare, empty = bare + mark, False
        return bare


def _closing(text: str, at: int, opened: str, closed: str, most: int) -> int:
    """Where the bracket at `at` is closed, within so many characters, or -1."""
    depth, here, end = 0, at, min(len(text), at + most)
    while here < end:
        char = text[here]
        if char == "\\":
            here += 1
        elif char == opened:
            depth += 1
            if depth > DEEPEST:
                return -1
        elif char == closed:
            depth -= 1
            if depth == 0:
                return here
        here += 1
    return -1


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
