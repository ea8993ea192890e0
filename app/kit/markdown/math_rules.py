"""LaTeX among Markdown: `$…$`, `$$…$$`, `\\(…\\)` and `\\[…\\]` become tokens of their own.

Without these rules Markdown would take `_` and `*` in a formula for emphasis and eat the
backslashes of its delimiters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

ENDS = {"$": "$", "$$": "$$", "\\(": "\\)", "\\[": "\\]"}
DISPLAYED = ("$$", "\\[")
_ARRIVING = "arriving"
_PRICE = re.compile(
    r"""\$\d[\d.,]*[kKmMbB%]?[,.;:!?)"']*"""
    r"""(?:\s+[^\W\d_]{2,30}[,.;:!?)]?\s+[^\W\d_]|\s+[^\W\d_]\s+[^\W\d_]{2}"""
    r"""|\s*\n|\s+\$|[\u2e80-\u9fff\uff00-\uffef])"""
)
"""Two words, the line's end or another dollar follow the number."""


def add_math(markdown: MarkdownIt) -> None:
    """Teach a parser the tokens `math_inline` and `math_block`; `content` is the formula."""
    markdown.inline.ruler.before("escape", "math_inline", _inline)
    markdown.block.ruler.before(
        "fence", "math_block", _block, {"alt": ["paragraph", "blockquote", "list"]}
    )


def told_formula(token: Token) -> str:
    """A formula's LaTeX with its delimiters, as it is read, copied and found."""
    if is_arriving(token):
        return token.content
    apart = "\n" if token.block and "\n" in token.content else ""
    return f"{token.markup}{apart}{token.content}{apart}{ENDS[token.markup]}"


def is_display(token: Token) -> bool:
    """Whether it is set with large operators, as in a line of its own."""
    return token.markup in DISPLAYED


def is_arriving(token: Token) -> bool:
    """Whether its end has not come, or never came."""
    return bool(token.meta.get(_ARRIVING))


def is_price(source: str, start: int) -> bool:
    """Whether the dollar there stands before a sum of money, whatever comes later."""
    return _PRICE.match(source, start) is not None


def _inline(state: StateInline, silent: bool) -> bool:
    source, start = state.src, state.pos
    opening = source[start : start + 2]
    if opening not in ENDS:
        opening = source[start : start + 1]
    closing = ENDS.get(opening)
    if closing is None:
        return False
    end = source.find(closing, start + len(opening))
    inside = source[start + len(opening) : end]
    if end < 0 or end >= state.posMax or not inside.strip():
        return False
    if opening == "$" and not _is_formula(source, start, end):
        return False
    if opening == "\\[" and not any(map(str.isalnum, inside)):
        return False  # brackets of the text that were escaped
    if not silent:
        token = state.push("math_inline", "", 0)
        token.content = inside
        token.markup = opening
    state.pos = end + len(closing)
    return True


def _is_formula(source: str, start: int, end: int) -> bool:
    """Whether `$…$` is a formula rather than two prices in a sentence."""
    inside, after = source[start + 1 : end], source[end + 1 : end + 2]
    if is_price(source, start):
        return False
    return not (inside[0].isspace() or inside[-1].isspace() or after.isdigit() or "`" in inside)


def _block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A formula of its own, to its closing delimiter or else to the next empty line.

    That it ends there at the latest lets the lines after it be settled while they arrive.
    """
    first = _line(state, start_line)
    opening = first[:2]
    if opening not in DISPLAYED or state.sCount[start_line] - state.blkIndent >= 4:
        return False
    closing = ENDS[opening]
    rest = first[2:].rstrip()
    if closing in rest and rest.find(closing) != len(rest) - len(closing):
        return False
    if silent:
        return True
    lines, line, closed = [rest], start_line + 1, closing in rest
    while not closed and line < end_line and not state.isEmpty(line):
        if state.sCount[line] < state.blkIndent:
            break
        lines.append(_line(state, line).rstrip())
        closed = closing in lines[-1]
        line += 1
    whole = closed and lines[-1].find(closing) == len(lines[-1]) - len(closing)
    if whole:
        lines[-1] = lines[-1].removesuffix(closing)
    elif closed or line < end_line:
        # It never was a formula, or a broken one: nothing of it is left out.
        lines[0] = opening + lines[0]
    token = state.push("math_block", "", 0)
    token.block = True
    token.content = "\n".join(lines).strip()
    token.markup = opening
    token.meta = {} if whole else {_ARRIVING: True}
    token.map = [start_line, line]
    state.line = line
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
