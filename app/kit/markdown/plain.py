"""A block's words without a document: for copying and searching what nobody looks at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from app.kit.markdown.blocks import Block, Kind
from app.kit.markdown.links import web_address
from app.kit.markdown.math_rules import told_formula

if TYPE_CHECKING:
    from markdown_it.token import Token

_BR = re.compile(r"<br\s*/?>", re.IGNORECASE)


def plain_text(block: Block) -> str:
    """What is read of a block, its list marker left aside; table cells stand apart by tabs."""
    match block.kind:
        case Kind.CODE:
            return block.code.text if block.code is not None else ""
        case Kind.TABLE:
            return "\n".join("\t".join(row) for row in table_rows(block))
        case Kind.MATH:
            return "".join(map(told_formula, block.tokens))
        case Kind.RULE:
            return "---"
        case Kind.PLAIN:
            return block.source
        case Kind.NOTICE:
            return ""
    return "".join(_words(block.tokens))


def table_rows(block: Block) -> list[list[str]]:
    """The words of a table block's cells; its head is the first row where `block.level` is 0."""
    rows: list[list[str]] = []
    for token in block.tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            words = "".join(_words(token.children or ()))
            rows[-1].append(_BR.sub(" ", words).replace("\n", " "))
    return rows


def _words(tokens: Iterable[Token]) -> Iterable[str]:
    """The words of a paragraph, as `app.kit.markdown.inline` writes them."""
    addresses: list[str] = []
    for token in tokens:
        match token.type:
            case "softbreak" | "hardbreak":
                yield "\n"
            case "link_open":
                addresses.append(str(token.attrGet("href") or ""))
            case "link_close":
                yield told_address(addresses.pop())
            case "image":
                address = str(token.attrGet("src") or "")
                words = token.content or address
                is_web = web_address(address)
                yield words if is_web or len(words) <= 200 else words[:200] + "…"
                if token.content and not is_web:
                    yield told_address(address)
            case "math_inline":
                yield told_formula(token)
            case "footnote_ref" | "footnote_name":
                yield told_note(token)
            case _:
                yield token.content


def told_note(token: Token) -> str:
    """A footnote's name, as it stands in a sentence and before the note."""
    return f"[{token.content}]" + (" " if token.type == "footnote_name" else "")


def told_address(address: str) -> str:
    """What is said of an address that is no link of ours, so that words hide nothing."""
    if address and not web_address(address) and len(address) <= 200:
        return f" ({address})"
    return ""
