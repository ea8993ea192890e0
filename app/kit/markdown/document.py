"""Documents: one small QTextDocument for a block, which never reads a disk or a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt, QUrl
from PySide6.QtGui import QImage, QTextCharFormat, QTextCursor, QTextDocument

from app.kit.markdown.blocks import Block, Kind
from app.kit.markdown.formula_text import write_formula
from app.kit.markdown.inline import write_inline
from app.kit.markdown.look import HEADING_PX, Look, Style
from app.kit.markdown.math_rules import told_formula
from app.kit.markdown.table import write_table
from app.kit.theme import BODY_PX, SECONDARY_PX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token


class BlockDocument(QTextDocument):
    """A document whose resources do not exist: nothing in a text can make it load anything."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setUndoRedoEnabled(False)
        self.setDocumentMargin(0)
        self.setDefaultFont(look.body)
        self._blank = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
        self._blank.fill(0)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        # An empty answer for a picture would make Qt look for a file of that name itself.
        is_picture = kind == QTextDocument.ResourceType.ImageResource.value
        return self._blank if is_picture else QByteArray()


def write_block(document: QTextDocument, block: Block, look: Look) -> None:
    """Fill an empty document with a block (any kind but code, rules and notices)."""
    write_block_at(QTextCursor(document), block, look)


def write_block_at(cursor: QTextCursor, block: Block, look: Look) -> None:
    """Write such a block where a cursor stands in an empty paragraph."""
    cursor.beginEditBlock()
    match block.kind:
        case Kind.TABLE:
            write_table(cursor, block, look)
        case Kind.HEADING:
            size = HEADING_PX.get(block.level, BODY_PX)
            cursor.setBlockFormat(look.paragraph(size, 140))
            _write(cursor, block.tokens, look, Style(strong=True, size=size))
        case Kind.MATH:
            _write_math(cursor, block, look)
        case Kind.PLAIN:
            _write_plain(cursor, block.source, look)
        case Kind.NOTE:
            cursor.setBlockFormat(look.paragraph())
            _write(cursor, block.tokens, look, Style(size=SECONDARY_PX, color="text_2"))
        case _:
            cursor.setBlockFormat(look.paragraph())
            _write(cursor, block.tokens, look, Style())
    cursor.endEditBlock()


def write_plain(
    document: QTextDocument, text: str, look: Look, *, size: int = BODY_PX, color: str = "text"
) -> None:
    """Fill an empty document with text as it is, a paragraph a line."""
    _write_plain(QTextCursor(document), text, look, size=size, color=color)


def _write_plain(
    cursor: QTextCursor, text: str, look: Look, *, size: int = BODY_PX, color: str = "text"
) -> None:
    cursor.setBlockFormat(look.paragraph(size, 160 if size >= SECONDARY_PX else 150))
    style = Style(size=size, color=color)
    cursor.insertText(clean(text), look.chars(style))


def _write(cursor: QTextCursor, tokens: Sequence[Token], look: Look, style: Style) -> None:
    write_inline(cursor, tokens, look, style)


def _write_math(cursor: QTextCursor, block: Block, look: Look) -> None:
    """A formula of its own in the middle of its line; as its source while there is no picture."""
    paragraph = look.paragraph()
    for token in block.tokens:
        paragraph.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        cursor.setBlockFormat(paragraph)
        if not write_formula(cursor, token, look, Style()):
            paragraph.setAlignment(Qt.AlignmentFlag.AlignLeft)
            cursor.setBlockFormat(paragraph)
            _plain(cursor, told_formula(token), look.chars(Style(code=True)))


def _plain(cursor: QTextCursor, text: str, chars: QTextCharFormat) -> None:
    cursor.insertText(clean(text).replace("\n", "\u2028"), chars)


def clean(text: str) -> str:
    """Text without what a text document would stumble over."""
    return (
        text.replace("\x00", "\ufffd")
        .replace("\u2029", "\n")
        .replace("\ufdd0", "")
        .replace("\ufdd1", "")
    )
