"""Definitions of links (`[name]: address "title"`), which are not shown, while they arrive."""

from __future__ import annotations

import re

_LABEL = r"[ \t>]*+\[(?!\^)(?:[^\[\]\\\n]|\\.){1,300}+\]:"
_SPACE = r"[ \t]*+(?:\n[ \t>]*+)?"
_WHOLE = re.compile(
    rf"""{_LABEL}{_SPACE}(?:<[^<>\n]*+>|[^\s<]\S*+)"""
    r"""(?:[ \t]*+(?:\n[ \t>]*+)?(?<=[\s>])(?:"[^"]*+"|'[^']*+'|\([^()]*+\)))?+[ \t]*+\n"""
)
_ARRIVING = re.compile(
    rf"""{_LABEL}{_SPACE}(?:<[^<>\n]*+(?:>|$)|[^\s<]\S*+)?"""
    r"""(?:\s[\s>]*+(?:"[^"]*+(?:"[ \t]*)?|'[^']*+(?:'[ \t]*)?|\([^()]*+(?:\)[ \t]*)?)?)?"""
)


def may_be_definitions(paragraph: str) -> bool:
    """Whether a paragraph that has arrived so far may be definitions and nothing else."""
    last = at = 0
    while (whole := _WHOLE.match(paragraph, at)) is not None:
        last, at = at, whole.end()
    # The last one's title may stand in a line of its own.
    return at == len(paragraph) or any(_ARRIVING.fullmatch(paragraph, n) for n in (at, last))


def are_definitions(text: str) -> bool:
    """Whether lines of a text are definitions and nothing else."""
    at = 0
    while (whole := _WHOLE.match(text, at)) is not None:
        at = whole.end()
    return at > 0 and (at == len(text) or _WHOLE.match(text[at:] + "\n") is not None)
