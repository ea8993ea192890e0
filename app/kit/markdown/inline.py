"""The words of a paragraph, from tokens into a document: emphasis, code, links, formulas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

from app.kit.markdown.formula_text import write_formula
from app.kit.markdown.links import web_address
from app.kit.markdown.look import Look, Style
from app.kit.markdown.math_rules import told_formula
from app.kit.markdown.plain import told_address, told_note

if TYPE_CHECKING:
    from markdown_it.token import Token

LINE_BREAK = "\u2028"
_BR = re.compile(r"<br\s*/?>", re.IGNORECASE)


def write_inline(
    cursor: QTextCursor,
    tokens: Sequence[Token],
    look: Look,
    style: Style,
    *,
    html_breaks: bool = False,
) -> None:
    """Insert the tokens at the cursor.

    A line end in the source breaks the line: answers hold lines read from pictures, verse and
    addresses more often than hard-wrapped prose. `html_breaks` makes a line end of `<br>`, too.
    """
    here = style
    links: list[str] = []
    for token in tokens:
        match token.type:
            case "text" | "text_special":
                text = _BR.sub(LINE_BREAK, token.content) if html_breaks else token.content
                _insert(cursor, text, look, here)
            case "softbreak" | "hardbreak":
                cursor.insertText(LINE_BREAK, look.chars(here))
            case "math_inline":
                if not write_formula(cursor, token, look, here):
                    _insert(cursor, told_formula(token), look, replace(here, code=True))
            case "code_inline":
                text = _BR.sub(LINE_BREAK, token.content) if html_breaks else token.content
                _insert(cursor, text, look, replace(here, code=True))
            case "strong_open":
                here = replace(here, strong=True)
            case "strong_close":
                here = replace(here, strong=style.strong)
            case "em_open":
                here = replace(here, emphasis=True)
            case "em_close":
                here = replace(here, emphasis=style.emphasis)
            case "s_open":
                here = replace(here, strike=True)
            case "s_close":
                here = replace(here, strike=style.strike)
            case "link_open":
                links.append(_attribute(token, "href"))
                here = replace(here, href=links[-1] if web_address(links[-1]) else "")
            case "link_close":
                here = replace(here, href="")
                _tell_address(cursor, links.pop(), look, here)
            case "footnote_ref" | "footnote_name":
                raised = replace(here, raised=True, strong=False, emphasis=False, color="accent")
                _insert(cursor, told_note(token), look, raised)
            case "image":
                _write_image(cursor, token, look, here)
            case _:
                _insert(cursor, token.content, look, here)


def _attribute(token: Token, name: str) -> str:
    value = token.attrGet(name)
    return value if isinstance(value, str) else ""


def _insert(cursor: QTextCursor, text: str, look: Look, style: Style) -> None:
    if text:
        cursor.insertText(
            text.replace("\x00", "\ufffd").replace("\n", LINE_BREAK), look.chars(style)
        )


def _tell_address(cursor: QTextCursor, address: str, look: Look, style: Style) -> None:
    """An address that is no link of ours is shown, so that nothing is hidden behind words."""
    _insert(cursor, told_address(address), look, replace(style, color="text_2"))


def _write_image(cursor: QTextCursor, token: Token, look: Look, style: Style) -> None:
    """A picture is never loaded: it is a link to where it lies."""
    address = _attribute(token, "src")
    words = token.content or address
    if web_address(address):
        _insert(cursor, words, look, replace(style, href=style.href or address))
        return
    _insert(cursor, words if len(words) <= 200 else words[:200] + "…", look, style)
    if token.content:
        _tell_address(cursor, address, look, style)
