"""What a double and a triple click take of a text: a word, and a paragraph.

Where words are written without spaces a run of one script is taken for a word, up to the next
mark, figure or other script.
"""

from __future__ import annotations

import re

from PySide6.QtGui import QTextCursor, QTextDocument

from app.kit.markdown.formula_object import units

Unit = QTextCursor.SelectionType

_UNSPACED = re.compile(
    "[々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
    "|[\u3041-\u309f]+|[\u30a1-\u30ff\uff66-\uff9f]+"
)


_NEAR = 500
"""Characters around a place in which its word is looked for."""


def span_at(document: QTextDocument, char: int, unit: Unit) -> tuple[int, int]:
    """The word or paragraph around a character, without the line end before it."""
    block = document.findBlock(char)
    start, end = block.position(), block.position() + block.length() - 1
    if unit is Unit.BlockUnderCursor:
        return start, end
    cursor = QTextCursor(document)
    char = max(start, min(char, end - 1))
    near = max(start, char - _NEAR)
    around = _text(cursor, near, min(end, char + _NEAR))
    at = len(_text(cursor, near, char))
    for run in _UNSPACED.finditer(around):
        if run.start() <= at < run.end():
            first = near + units(around[: run.start()])
            return first, first + units(run.group())
    cursor.setPosition(char)
    cursor.select(unit)
    return max(start, cursor.selectionStart()), min(end, cursor.selectionEnd())


def _text(cursor: QTextCursor, start: int, end: int) -> str:
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()
