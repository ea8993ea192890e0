"""What is a formula and what is not; places in text with pictures; how many are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication

from app.core.ports import FORMULA_INK, Formula, FormulaLetter, FormulaPicture
from app.kit.markdown import formulas as module
from app.kit.markdown.formula_object import (
    OBJECT,
    insert_formula,
    position_of,
    told,
    told_offset,
    units,
)
from app.kit.markdown.formulas import Formulas
from app.kit.markdown.math_rules import is_arriving, told_formula
from app.kit.markdown.parser import MarkdownParser
from app.kit.tasks import TaskScope
from tests.conftest import until

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 12">'
    f'<rect x="0" y="0" width="20" height="12" fill="{FORMULA_INK}"/></svg>'
)
PICTURE = FormulaPicture(SVG.encode(), 20.0, 12.0, 4.0)


class Ready:
    """Gives every formula a picture at once."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def typeset(self, formulas: Sequence[Formula]) -> Sequence[FormulaPicture | None]:
        self.asked += [formula.tex for formula in formulas]
        return [PICTURE if formula.tex != "bad" else None for formula in formulas]

    async def close(self) -> None:
        """Nothing to end."""


def inline(text: str) -> list[tuple[str, str]]:
    tokens = MarkdownParser().parse(text, {})
    assert tokens is not None
    children = [child for token in tokens for child in token.children or ()]
    return [(child.markup, child.content) for child in children if child.type == "math_inline"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"a $x^2$ b", [("$", "x^2")]),
        (r"a \(x\) and \[ y \] b", [("\\(", "x"), ("\\[", " y ")]),
        (r"a $$x$$ b", [("$$", "x")]),
        (r"it costs $5 and $6 or $ 7 $", []),
        (r"set $HOME and $PATH", []),
        (r"call `$a` or `$b`", []),
        (r"\[\] and \[\\\] are brackets", []),
        ("$5 for one, $x$ for all", [("$", "x")]),
        ("pay $5 to Ann, or A$ to Bob", []),
        ("$5 mod 3$ and $2x$", [("$", "5 mod 3"), ("$", "2x")]),
        ("价格 $5 和 $6，速度 $v$。", [("$", "v")]),
    ],
)
def test_what_is_a_formula(text: str, found: list[tuple[str, str]]) -> None:
    assert inline(text) == found


@pytest.mark.parametrize(
    ("text", "arriving", "said"),
    [
        ("$$\na\n$$", False, "$$a$$"),
        ("$$\na\nb\n$$", False, "$$\na\nb\n$$"),
        ("\\[ a \\]", False, "\\[a\\]"),
        ("$$\na", True, "a"),
        ("$$\na\n$$ where b", True, "$$\na\n$$ where b"),
        ("$$\na\n\nb", True, "$$\na"),
    ],
)
def test_a_block_formula_and_what_is_none(text: str, arriving: bool, said: str) -> None:
    tokens = MarkdownParser().parse(text, {})
    assert tokens is not None
    token = tokens[0]
    assert token.type == "math_block"
    assert is_arriving(token) == arriving
    assert told_formula(token) == said


pieces = st.lists(
    st.one_of(st.text(alphabet="ab 中😀", max_size=4), st.sampled_from([("$x$",), ("$$中😀$$",)])),
    max_size=6,
)


@given(pieces)
def test_places_are_found_again_with_and_without_pictures(
    qapp: QApplication, parts: list[str | tuple[str]]
) -> None:
    document = QTextDocument()
    cursor = QTextCursor(document)
    chars = QTextCharFormat()
    whole = ""
    for part in parts:
        if isinstance(part, tuple):
            insert_formula(cursor, Formula(part[0], False), PICTURE, part[0], chars, 1.0)
            whole += part[0]
        else:
            cursor.insertText(part, QTextCharFormat())
            whole += part
    cursor.select(QTextCursor.SelectionType.Document)
    assert told(cursor) == whole
    end = document.characterCount() - 1
    assert told_offset(document, end) == units(whole)
    for position in range(end + 1):
        assert position_of(document, told_offset(document, position)) == position
    raw = document.toRawText()
    assert raw.count(OBJECT) == sum(isinstance(part, tuple) for part in parts)


@pytest.fixture
def scope() -> Iterator[TaskScope]:
    made = TaskScope()
    yield made
    made.cancel()


async def test_each_formula_is_asked_for_once(scope: TaskScope) -> None:
    setter = Ready()
    formulas = Formulas(setter=setter, scope=scope)
    came: list[frozenset[str]] = []
    formulas.arrived.connect(came.append)
    wanted = [Formula(tex, False) for tex in ("a", "bad", "a", "b")]
    assert [formulas.picture(formula) for formula in wanted] == [None] * 4
    await until(lambda: not scope.busy)
    assert [formulas.picture(f) is not None for f in wanted] == [True, False, True, True]
    assert came == [frozenset({"a", "b"})]
    await until(lambda: not scope.busy)
    assert sorted(setter.asked) == ["a", "b", "bad"]
    await scope.close()
    assert formulas.picture(Formula("late", False)) is None


async def test_only_so_many_are_kept(scope: TaskScope, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 20)
    monkeypatch.setattr(module, "KEPT_PIXELS", 3000)
    setter = Ready()
    formulas = Formulas(setter=setter, scope=scope)
    image = QImage(50, 50, QImage.Format.Format_RGB32)
    for number in range(60):
        formula = Formula(str(number), False)
        formulas.picture(formula)
        await until(lambda: not scope.busy)
        painter = QPainter(image)
        formulas.draw(painter, formula, 1.0, "#ff0000", QPointF(2, 30))
        painter.end()
    assert len(formulas._known) == 20
    assert len(formulas._drawn) * 20 * 12 <= 3000
    assert formulas._pixels == len(formulas._drawn) * 20 * 12
    assert formulas.picture(Formula("59", False)) is PICTURE
    assert formulas.picture(Formula("0", False)) is None
    await until(lambda: not scope.busy)
    assert setter.asked[-1] == "0"
    await scope.close()


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
async def test_it_is_drawn_on_whole_pixels_of_the_screen(scope: TaskScope, ratio: float) -> None:
    formulas = Formulas(setter=Ready(), scope=scope)
    formula = Formula("x", False)
    formulas.picture(formula)
    await until(lambda: not scope.busy)
    image = QImage(round(60 * ratio), round(60 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    formulas.draw(painter, formula, 1.0, "#ff0000", QPointF(10.3, 30.4))
    painter.end()
    left, base = round(10.3 * ratio), round(30.4 * ratio)
    colors = {
        (x, y): image.pixelColor(x, y).name() for x in (left - 1, left) for y in (base - 2, base)
    }
    assert colors == {
        (left - 1, base - 2): "#ffffff",
        (left - 1, base): "#ffffff",
        (left, base - 2): "#ff0000",
        (left, base): "#ff0000",
    }
    assert image.pixelColor(left, base - round(8 * ratio) - 1).name() == "#ffffff"
    assert image.pixelColor(left, base - round(8 * ratio)).name() == "#ff0000"
    await scope.close()


def test_letters_take_the_colour_around_them_or_their_own(qapp: QApplication) -> None:
    letters = (
        FormulaLetter("█", 0, 20, 20, FORMULA_INK),
        FormulaLetter("█", 30, 20, 20, "red"),
    )
    picture = FormulaPicture(SVG.encode(), 60.0, 24.0, 2.0, letters)
    image = module.drawn(picture, 1.0, "#00aa00").toImage()
    seen = {image.pixelColor(x, y).name() for x in range(60) for y in range(24)}
    assert {"#00aa00", "#ff0000"} <= seen
