"""LaTeX as people and models write it, made into what the library below understands.

It knows most of LaTeX; here stand the ways round what it stumbles over or would leave out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.adapters.math.chemistry import chemistry
from app.adapters.math.rows import Lines, with_marks

_CHEMISTRY = re.compile(r"\\ce\s*\{")
_DEFINES = re.compile(r"\\(?:[egx]?def|let|(?:new|renew|provide)command|Declare\w+)(?![a-zA-Z])")
"""A few commands that call each other make a text of any length."""
_TEXT = re.compile(r"\\(?:text(?:bf|it|md|normal|rm|sf|tt|up)?|mbox|hbox)\s*\{")
_TAG = re.compile(r"\\tag(\*?)\s*\{([^{}]*)\}")
_BRACED = r"matrix|pmatrix|bmatrix|Bmatrix|vmatrix|Vmatrix|smallmatrix|cases|array"
_NAME = r"\\operatorname(?!\*?\s*\{[A-Za-z]+\})"
_ARGUMENT = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
_ESCAPED = re.compile(r"\\([%_#&${}\s])|~")
_TEXT_CODES = {char: f"&#{ord(char)};" for char in "&<>%{} "}
_WAYS_ROUND: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"(?<!\\)%[^\n]*", ""),
        (r"\\(?:require|label)\s*\{[^{}]*\}", ""),
        # A row's end with a distance.
        (r"\\\\\s*\[\s*-?[\d.]+\s*[a-z]{2}\s*\]", r"\\\\"),
        # Numbers beside the lines would be the library's own.
        (r"\\(begin|end)\s*\{(?:align|eqnarray|flalign)\*?\}", r"\\\1{align*}"),
        (r"\\(begin|end)\s*\{(?:alignedat|alignat)\*?\}(?:\{\d+\})?", r"\\\1{align*}"),
        (r"\\(begin|end)\s*\{(?:gather|multline)\*?\}", r"\\\1{gathered}"),
        (r"\\(?:begin|end)\s*\{(?:equation|displaymath|math)\*?\}", ""),
        (r"\\(begin|end)\s*\{(?:dcases|rcases)\*?\}", r"\\\1{cases}"),
        # Without braces around it a matrix takes no exponent.
        (rf"\\begin\s*\{{({_BRACED})\}}", r"{\\begin{\1}"),
        (rf"\\end\s*\{{({_BRACED})\}}", r"\\end{\1}}"),
        # Names of more than letters, and what stands below one.
        (rf"{_NAME}\*\s*{_ARGUMENT}\s*_\s*{_ARGUMENT}", r"\\underset{\2}{\\mathrm{\1}}\\,"),
        (rf"{_NAME}\*?\s*{_ARGUMENT}", r"\\mathrm{\1}\\,"),
        # What these are given would not be drawn; the spacing they ask for is a lesser loss.
        (r"\\math(?:op|bin|rel|ord|punct|inner|open|close)(?![a-zA-Z])", ""),
        (r"\\bmod(?![a-zA-Z])", r"\\;\\mathrm{mod}\\;"),
        (r"\\not\s*=", r"\\neq "),
        (r"\\(La)?TeX(?![a-zA-Z])", r"\\mathrm{\1TeX}"),
    )
)


class NotSetError(Exception):
    """A formula that is left as it is: its braces do not match, or it defines commands."""


def prepared(tex: str) -> tuple[str, list[Lines]]:
    """The formula, written so that all of it is drawn, and the lines of the tables in it.

    Raises ChemistryError, NotSetError.
    """
    if _closing_brace(tex + "}", 0) != len(tex) or _DEFINES.search(tex) is not None:
        raise NotSetError
    marked, lines = with_marks(_with_chemistry(tex.strip()))
    pieces: list[str] = []
    for piece, is_text in _split_text(marked):
        pieces.append(piece if is_text else _way_round(piece))
    made = "".join(pieces)
    tags = [_tag_text(*match.groups()) for match in _TAG.finditer(made)]
    return _TAG.sub("", made) + "".join(tags), lines


def _with_chemistry(tex: str) -> str:
    while (found := _CHEMISTRY.search(tex)) is not None:
        end = _closing_brace(tex, found.end())
        if end < 0:
            break
        written = chemistry(tex[found.end() : end])
        tex = f"{tex[: found.start()]}{{{written}}}{tex[end + 1 :]}"
    return tex


def _way_round(tex: str) -> str:
    for pattern, instead in _WAYS_ROUND:
        tex = pattern.sub(instead, tex)
    return tex


def _tag_text(star: str, name: str) -> str:
    return r"\qquad\text{" + (name if star else f"({name})") + "}"


def _split_text(tex: str) -> Iterator[tuple[str, bool]]:
    """The formula in pieces; True for those that are words, written so that they come through."""
    at = 0
    while (found := _TEXT.search(tex, at)) is not None:
        end = _closing_brace(tex, found.end())
        if end < 0:
            break
        yield tex[at : found.start()], False
        yield from _words(found.group(), tex[found.end() : end])
        at = end + 1
    yield tex[at:], False


def _closing_brace(tex: str, at: int) -> int:
    depth = 1
    while at < len(tex):
        char = tex[at]
        if char == "\\":
            at += 1
        elif char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if depth == 0:
                return at
        at += 1
    return -1


def _words(opening: str, inside: str) -> Iterator[tuple[str, bool]]:
    """Words, with formulas of their own among them."""
    for place, piece in enumerate(re.split(r"(?<!\\)\$", inside)):
        if place % 2:
            yield "{", True
            yield from _split_text(piece)
            yield "}", True
        elif piece:
            # Braces in words only group; the escaped ones are meant.
            bare = re.sub(r"(?<!\\)[{}]", "", piece)
            bare = _ESCAPED.sub(lambda match: match[1] or " ", bare)
            coded = "".join(_TEXT_CODES.get(char, char) for char in bare)
            yield f"{opening}{coded}}}", True
