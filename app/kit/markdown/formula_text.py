"""A formula among words: what is read of it, and how it comes into a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QTextCursor, QTextTable

from app.core.ports import Formula
from app.kit.markdown.formula_object import KIND, insert_formula
from app.kit.markdown.look import Look, Style
from app.kit.markdown.math_rules import is_arriving, is_display, told_formula

if TYPE_CHECKING:
    from markdown_it.token import Token

LEAST_SCALE = 0.6
"""How small a formula is made to fit; wider ones are scrolled to."""
CELL_PADDING = 20


def formulas_among(tokens: Sequence[Token]) -> frozenset[str]:
    """The LaTeX of the formulas that stand in a block."""
    found: set[str] = set()
    for token in tokens:
        if token.type in ("math_inline", "math_block"):
            found.add(token.content.strip())
        elif token.children:
            found |= formulas_among(token.children)
    return frozenset(found)


def write_formula(cursor: QTextCursor, token: Token, look: Look, style: Style) -> bool:
    """Insert a formula's picture; False, and nothing, where there is none (yet)."""
    formulas = look.formulas
    if formulas is None or is_arriving(token):
        return False
    formula = Formula(token.content.strip(), is_display(token))
    picture = formulas.picture(formula)
    if picture is None:
        return False
    layout = cursor.document().documentLayout()
    if layout.handlerForObject(KIND) is None:
        layout.registerHandler(KIND, formulas.in_text)
    chars = look.chars(replace(style, code=False))
    scale = look.formula_scale(style.size)
    fits = _room(cursor) / (picture.width * scale)
    if 0 < fits < 1:
        scale *= max(fits, LEAST_SCALE)
    insert_formula(cursor, formula, picture, told_formula(token), chars, scale)
    return True


def _room(cursor: QTextCursor) -> float:
    """How wide a line is where the cursor stands; 0 where nothing bounds it."""
    width = cursor.document().textWidth()
    table = cast("QTextTable | None", cursor.currentTable())
    if table is None:
        return max(0.0, width)
    columns = table.format().columnWidthConstraints()
    column = table.cellAt(cursor).column()
    share = columns[column].rawValue() / 100 if column < len(columns) else 1.0
    return max(0.0, share * width - CELL_PADDING)
