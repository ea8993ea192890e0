"""Chemical formulas (`\\ce{2H2 + O2 -> 2H2O}`) written as LaTeX that any typesetter knows."""

from __future__ import annotations

import re

_ARROWS = {
    "->": r"\rightarrow ",
    "<-": r"\leftarrow ",
    "<->": r"\leftrightarrow ",
    "<=>": r"\rightleftharpoons ",
    "=": "=",
}
_TOKEN = re.compile(
    r"""
    (?P<arrow> <=> | <-> | -> | <- | = )
  | (?P<script> [\^_] (?: \{ [^{}]* \} | \d*[+-] | \d+ | [A-Za-z] ) )
  | (?P<gas> (?<=\s) (?: \^ | v ) (?=\s|$) )
  | (?P<word> [A-Z][a-z]? | [a-z]+ )
  | (?P<number> \d+ )
  | (?P<charge> [+-] (?=\s|$|\)|\]) )
  | (?P<dot> [.*] )
  | (?P<bracket> [()\[\],/+-] | \\[{}] )
  | (?P<space> \s+ )
    """,
    re.VERBOSE,
)


class ChemistryError(Exception):
    """Something that this small part of the notation does not have."""


def chemistry(inside: str) -> str:
    """What stands in `\\ce{…}` as LaTeX. Raises ChemistryError."""
    made: list[str] = []
    at, before = 0, "space"
    while at < len(inside):
        found = _TOKEN.match(inside, at)
        if found is None:
            raise ChemistryError
        kind, text = found.lastgroup or "", found.group()
        made.append(_written(kind, text, before))
        at, before = found.end(), "word" if text in (")", "]", r"\}") else kind
    return "".join(made)


def _written(kind: str, text: str, before: str) -> str:
    match kind:
        case "arrow":
            return _ARROWS[text]
        case "script":
            inside = text[1:].removeprefix("{").removesuffix("}")
            return f"{'{}' if before == 'space' else ''}{text[0]}{{{inside}}}"
        case "gas":
            return r"\uparrow " if text == "^" else r"\downarrow "
        case "word":
            return rf"\mathrm{{{text}}}"
        case "number":
            return f"_{{{text}}}" if before == "word" else text + r"\,"
        case "charge":
            return f"^{{{text}}}" if before in ("word", "number") else text
        case "dot":
            return r"\cdot "
        case "bracket":
            return text
    return ""
