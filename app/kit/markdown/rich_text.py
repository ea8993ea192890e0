"""Blocks as rich text for other programs: HTML with inline styles only, which loads nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from app.kit.markdown.blocks import BULLETS, Block, Frame, Kind
from app.kit.markdown.links import web_address
from app.kit.markdown.math_rules import told_formula
from app.kit.markdown.plain import told_address, told_note

if TYPE_CHECKING:
    from markdown_it.token import Token

CODE = "font-family:monospace;background-color:#f2f4f3"
BLOCK_OF_CODE = f"{CODE};padding:8px;white-space:pre-wrap"
CELL = "border:1px solid #c9cdca;padding:4px 8px"
QUOTE = "border-left:3px solid #c9cdca;margin-left:0;padding-left:12px"

_BR = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAGS = {"strong": "b", "em": "i", "s": "s"}


class RichText:
    """Gathers pieces, one below the other, and the lists and quotes that they stand in."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._open: list[tuple[Frame, str]] = []
        self._rows_follow = False

    def add(self, block: Block) -> None:
        """A whole block."""
        if block.kind is Kind.NOTICE:
            return
        goes_on = block.kind is Kind.TABLE and block.level > 0 and self._rows_follow
        if self._rows_follow and not goes_on:
            self._end_table()
        self._enter(block.frames, block.marker)
        if block.kind is Kind.TABLE:
            self._pieces.append(("" if goes_on else _TABLE) + _rows(block))
            self._rows_follow = True
        else:
            self._pieces.append(block_html(block))

    def add_html(self, html: str, frames: tuple[Frame, ...] = (), marker: str = "") -> None:
        """A piece that is HTML already."""
        self._end_table()
        self._enter(frames, marker)
        self._pieces.append(html)

    def html(self) -> str:
        """All of it."""
        self._end_table()
        self._leave(0)
        return "".join(self._pieces)

    def _end_table(self) -> None:
        if self._rows_follow:
            self._pieces.append("</table>")
            self._rows_follow = False

    def _enter(self, frames: tuple[Frame, ...], marker: str) -> None:
        """Close what the next piece does not stand in, and open what it does."""
        kept = 0
        while kept < min(len(frames), len(self._open)) and frames[kept] is self._open[kept][0]:
            kept += 1
        item = len(frames) - 1 - frames[::-1].index(Frame.LIST) if marker and frames else -1
        tag = "ul" if not marker[:1].isdigit() else "ol"
        if 0 <= item < kept:
            # The next item of a list that is open, or another list right behind it.
            self._leave(item + 1)
            if self._open[item][1] == tag:
                self._pieces.append("</li>" + _item(marker))
                kept = item + 1
            else:
                kept = item
        self._leave(kept)
        for depth in range(kept, len(frames)):
            frame = frames[depth]
            name = "blockquote" if frame is Frame.QUOTE else tag if depth == item else "ul"
            self._open.append((frame, name))
            if frame is Frame.QUOTE:
                self._pieces.append(f'<blockquote style="{QUOTE}">')
            else:
                self._pieces.append(f"<{name}>" + _item(marker if depth == item else ""))

    def _leave(self, depth: int) -> None:
        while len(self._open) > depth:
            frame, name = self._open.pop()
            self._pieces.append(f"</li></{name}>" if frame is Frame.LIST else f"</{name}>")


_TABLE = '<table style="border-collapse:collapse">'


def _item(marker: str) -> str:
    """The tag that opens a list item."""
    if marker[:1].isdigit():
        return f'<li value="{int(marker.rstrip(".)"))}">'
    if marker and marker not in BULLETS:
        return f'<li style="list-style-type:none">{marker} '
    return "<li>"


def block_html(block: Block) -> str:
    """A block by itself, without the lists and quotes it stands in."""
    match block.kind:
        case Kind.CODE:
            return code_html(block.code.text if block.code is not None else "")
        case Kind.RULE:
            return "<hr>"
        case Kind.MATH:
            return plain_html("".join(map(told_formula, block.tokens)))
        case Kind.PLAIN:
            return plain_html(block.source)
        case Kind.TABLE:
            return f"{_TABLE}{_rows(block)}</table>"
        case Kind.HEADING:
            return f"<h{block.level}>{_words(block.tokens)}</h{block.level}>"
        case Kind.NOTICE:
            return ""
    return f"<p>{_words(block.tokens)}</p>"


def plain_html(text: str) -> str:
    """Text as it is."""
    return f"<p>{_text(text)}</p>"


def code_html(text: str) -> str:
    """Code in a box of its own."""
    return f'<pre style="{BLOCK_OF_CODE}">{escape(text)}</pre>'


def _text(text: str) -> str:
    """Text with its line ends and its spaces."""
    escaped = escape(text).replace("\n", "<br>")
    return re.sub("  +", lambda run: "&nbsp;" * (len(run.group()) - 1) + " ", escaped)


def _rows(block: Block) -> str:
    pieces: list[str] = []
    cell = "th" if block.level == 0 else "td"
    for at, token in enumerate(block.tokens):
        if token.type == "tr_open":
            pieces.append("<tr>")
        elif token.type == "tr_close":
            pieces.append("</tr>")
            cell = "td"
        elif token.type == "inline":
            side = str(block.tokens[at - 1].attrGet("style") or "")
            style = f"{CELL};{escape(side)}" if side in _SIDES else CELL
            words = _words(token.children or (), breaks=True)
            pieces.append(f'<{cell} style="{style}">{words}</{cell}>')
    return "".join(pieces)


_SIDES = ("text-align:left", "text-align:right", "text-align:center")


def _words(tokens: Sequence[Token], *, breaks: bool = False) -> str:
    """The words of a paragraph, as `app.kit.markdown.inline` writes them."""
    return "".join(_pieces(tokens, breaks=breaks))


def _pieces(tokens: Iterable[Token], *, breaks: bool) -> Iterable[str]:
    addresses: list[str] = []
    for token in tokens:
        name, _, edge = token.type.rpartition("_")
        if name in _TAGS:
            yield f"<{_TAGS[name]}>" if edge == "open" else f"</{_TAGS[name]}>"
            continue
        match token.type:
            case "softbreak" | "hardbreak":
                yield "<br>"
            case "code_inline":
                yield f'<code style="{CODE}">{escape(token.content)}</code>'
            case "math_inline":
                yield escape(told_formula(token))
            case "footnote_ref" | "footnote_name":
                yield f"<sup>{escape(told_note(token))}</sup>"
            case "link_open":
                addresses.append(str(token.attrGet("href") or ""))
                if web_address(addresses[-1]):
                    yield f'<a href="{escape(addresses[-1])}">'
            case "link_close":
                address = addresses.pop()
                yield "</a>" if web_address(address) else escape(told_address(address))
            case "image":
                yield _image(str(token.attrGet("src") or ""), token.content)
            case _:
                text = _BR.sub("\n", token.content) if breaks else token.content
                yield _text(text)


def _image(address: str, words: str) -> str:
    """A picture is never loaded: it is a link to where it lies."""
    if web_address(address):
        return f'<a href="{escape(address)}">{escape(words or address)}</a>'
    return escape(words or address) + (escape(told_address(address)) if words else "")
