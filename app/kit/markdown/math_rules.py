"""LaTeX among Markdown: `$…$`, `$$…$$`, `\\(…\\)` and `\\[…\\]` become tokens of their own.

Without these rules Markdown would take `_` and `*` in a formula for emphasis and eat the
backslashes of its delimiters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

BLOCK_ENDS = {"$$": "$$", "\\[": "\\]"}


def add_math(markdown: MarkdownIt) -> None:
    """Teach a parser the tokens `math_inline` and `math_block`; `content` is the formula."""
    markdown.inline.ruler.before("escape", "math_inline", _inline)
    markdown.block.ruler.before(
        "fence", "math_block", _block, {"alt": ["paragraph", "blockquote", "list"]}
    )


def _inline(state: StateInline, silent: bool) -> bool:
    source, start = state.src, state.pos
    if source.startswith("\\(", start):
        opened, closing = 2, "\\)"
    elif source.startswith("$$", start):
        opened, closing = 2, "$$"
    elif source.startswith("$", start):
        opened, closing = 1, "$"
    else:
        return False
    end = source.find(closing, start + opened)
    if end < 0 or end >= state.posMax or not source[start + opened : end].strip():
        return False
    if closing == "$" and not _is_formula(source, start, end):
        return False
    if not silent:
        token = state.push("math_inline", "", 0)
        token.content = source[start + opened : end]
        token.markup = source[start : start + opened]
    state.pos = end + len(closing)
    return True


def _is_formula(source: str, start: int, end: int) -> bool:
    """Whether `$…$` is a formula rather than two prices in a sentence."""
    after = source[end + 1 : end + 2]
    return not (source[start + 1].isspace() or source[end - 1].isspace() or after.isdigit())


def _block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A formula of its own, to its closing delimiter or else to the next empty line.

    That it ends there at the latest lets the lines after it be settled while they arrive.
    """
    first = _line(state, start_line)
    closing = BLOCK_ENDS.get(first[:2])
    if closing is None or state.sCount[start_line] - state.blkIndent >= 4:
        return False
    rest = first[2:].rstrip()
    if closing in rest and not (rest.endswith(closing) and rest.find(closing) == len(rest) - 2):
        return False
    if silent:
        return True
    lines, line, closed = [rest.removesuffix(closing)], start_line + 1, closing in rest
    while not closed and line < end_line and not state.isEmpty(line):
        if state.sCount[line] < state.blkIndent:
            break
        text = _line(state, line)
        closed = closing in text
        lines.append(text.split(closing)[0])
        line += 1
    if not closed and line < end_line:
        # It never was a formula, or a broken one: nothing of it is left out.
        lines[0] = first[:2] + lines[0]
    token = state.push("math_block", "", 0)
    token.block = True
    token.content = "\n".join(lines).strip()
    token.markup = first[:2]
    token.map = [start_line, line]
    state.line = line
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
