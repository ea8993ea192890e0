"""A part of a document as rich text: the words with their emphasis, code and links."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
)

from app.kit.markdown.formula_object import told
from app.kit.markdown.rich_text import CODE


def fragment_html(document: QTextDocument, start: int, end: int) -> str:
    """The characters from `start` to before `end`, a paragraph a block."""
    pieces: list[str] = []
    cursor = QTextCursor(document)
    block = document.findBlock(start)
    while block.isValid() and block.position() < end:
        words: list[str] = []
        for fragment in fragments(block):
            first = max(start, fragment.position())
            last = min(end, fragment.position() + fragment.length())
            if first < last:
                cursor.setPosition(first)
                cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
                words.append(_marked(told(cursor), fragment.charFormat()))
        if words:
            pieces.append(f"<p>{''.join(words)}</p>")
        block = block.next()
    return "".join(pieces)


def fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    """The stretches of a paragraph that have one format each."""
    at = block.begin()
    while not at.atEnd():
        yield at.fragment()
        at += 1


def _marked(text: str, chars: QTextCharFormat) -> str:
    made = escape(text).replace("\u2028", "<br>").replace("\n", "<br>")
    if chars.background().style() is not Qt.BrushStyle.NoBrush:
        made = f'<code style="{CODE}">{made}</code>'
    if chars.fontStrikeOut():
        made = f"<s>{made}</s>"
    if chars.fontItalic():
        made = f"<i>{made}</i>"
    if chars.fontWeight() >= QFont.Weight.DemiBold.value:
        made = f"<b>{made}</b>"
    if chars.isAnchor() and chars.anchorHref():
        made = f'<a href="{escape(chars.anchorHref())}">{made}</a>'
    return made
