"""Formulas in the transcript: set by the real child process, drawn on the text's baseline."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QTextLine
from PySide6.QtWidgets import QApplication

from app.adapters.math.setter import ChildFormulaSetter
from app.core.events import TextDelta
from app.core.message import TextPart
from app.core.ports import Formula, FormulaPicture
from app.core.settings import ThemeChoice
from app.features.chat.transcript.box import TextBox
from app.kit.markdown.formula_object import OBJECT
from app.kit.markdown.formulas import Formulas
from app.kit.tasks import TaskScope
from tests.conftest import until
from tests.features.chat.transcript.conftest import Screen
from tests.features.chat.transcript.messages import answer, ended, long_conversation, streaming

MakeScreen = Callable[..., Screen]
SENTENCE = r"with $\frac{a}{b}$ and $x_i$ it follows that words stand here"


@dataclass
class HeldSetter:
    """The real one; its pictures are held back until `gate` is open."""

    setter: ChildFormulaSetter = field(default_factory=ChildFormulaSetter)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[str] = field(default_factory=list)

    async def typeset(self, formulas: Sequence[Formula]) -> Sequence[FormulaPicture | None]:
        self.asked += [formula.tex for formula in formulas]
        made = await self.setter.typeset(formulas)
        await self.gate.wait()
        return made

    async def close(self) -> None:
        await self.setter.close()


class Board:
    """A screen with formulas."""

    def __init__(self, screen: Screen, setter: HeldSetter, scope: TaskScope) -> None:
        self.screen, self.setter, self.scope = screen, setter, scope

    async def arrive(self) -> None:
        """All formulas that are wanted arrive."""
        await self.calm()
        self.setter.gate.set()
        await until(lambda: not self.scope.busy)
        await self.calm()

    async def calm(self) -> None:
        """All that waits for an idle moment happens; events come from the loop that runs."""
        view = self.screen.view
        await asyncio.sleep(0)
        await until(lambda: not view._idle.isActive())

    def boxes(self) -> list[TextBox]:
        return [box for box in self.screen.view._column.all() if isinstance(box, TextBox)]

    def raw(self, number: int = 0) -> str:
        """What a box's document holds."""
        return self.boxes()[number].document().toRawText()

    def point(self, box: TextBox, char: int) -> QPoint:
        """Where a character begins in the viewport."""
        view = self.screen.view
        block = box.document().findBlock(char)
        line = block.layout().lineForTextPosition(char - block.position())
        x = x_of(line, char - block.position())
        y = box.top_of(char) + line.height() / 2
        top = view._column.top_of(box) - self.screen.bar
        return QPoint(view.column_left + box.margins.left() + round(x), round(top + y))

    def select(self, box: TextBox, start: int, end: int) -> None:
        """With the mouse, as a reader does."""
        self.screen.view._selection.clear()  # a press on what is selected would drag it
        viewport, hand = self.screen.view.viewport(), self.screen.qtbot
        hand.mousePress(viewport, Qt.MouseButton.LeftButton, pos=self.point(box, start))
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(self.point(box, end)),
            QPointF(viewport.mapToGlobal(self.point(box, end))),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(viewport, move)
        hand.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=self.point(box, end))

    def copied(self) -> str:
        self.screen.view.copy_selection()
        return self.screen.clipboard()


def x_of(line: QTextLine, char: int) -> float:
    found = cast("tuple[float, int] | float", line.cursorToX(char))
    return found[0] if isinstance(found, tuple) else found


@asynccontextmanager
async def board(make_screen: MakeScreen, *, held: bool = False) -> AsyncIterator[Board]:
    setter, scope = HeldSetter(), TaskScope()
    if not held:
        setter.gate.set()
    screen = make_screen(formulas=Formulas(setter=setter, scope=scope))
    yield Board(screen, setter, scope)
    await scope.close()
    await setter.close()


async def test_the_source_is_shown_until_the_picture_is_there(make_screen: MakeScreen) -> None:
    async with board(make_screen, held=True) as b:
        b.screen.view.show_messages([answer(f"{SENTENCE}\n\n$$\nE = mc^2\n$$\n\nend")])
        before = b.screen.view.plain_text()
        assert SENTENCE in before
        assert "$$E = mc^2$$" in before
        assert OBJECT not in b.raw()
        await b.arrive()
        assert b.raw() == f"with {OBJECT} and {OBJECT} it follows that words stand here"
        assert b.raw(1) == OBJECT
        assert b.screen.view.plain_text() == before


async def test_what_cannot_be_set_stays_source_and_is_asked_for_once(
    make_screen: MakeScreen,
) -> None:
    async with board(make_screen) as b:
        text = r"broken $\frac{1}{$ unknown $\nothing{x}$ good $x$"
        b.screen.view.show_messages([answer(text)])
        await b.arrive()
        assert b.raw() == text.replace("$x$", OBJECT)
        for choice in (ThemeChoice.DARK, ThemeChoice.LIGHT):
            b.screen.theme.set_choice(choice)
            await b.arrive()
        assert sorted(b.setter.asked) == sorted([r"\frac{1}{", r"\nothing{x}", "x"])


async def test_copying_gives_the_latex(make_screen: MakeScreen) -> None:
    async with board(make_screen) as b:
        text = f"{SENTENCE}\n\n- 😀 item $y$ 中文\n\n| a $u$ | b |\n| --- | --- |\n| $v$ | 2 |"
        b.screen.view.show_messages([answer(text)])
        await b.arrive()
        b.screen.view.select_all()
        b.screen.view.copy_selection()
        assert b.screen.clipboard().startswith(
            f"{SENTENCE}\n\n- 😀 item $y$ 中文\n\na $u$\tb\n$v$\t2"
        )
        mime = b.screen.copied()
        assert text in bytes(mime.data("text/markdown").data()).decode()

        box, item = b.boxes()[:2]
        b.select(box, 2, 11)
        assert b.copied() == r"th $\frac{a}{b}$ and "
        start = item.document().toRawText().index("item") + 1
        b.select(item, start, start + 8)
        assert b.copied() == "item $y$ 中"


async def test_the_line_being_read_stays_when_pictures_come(make_screen: MakeScreen) -> None:
    async with board(make_screen, held=True) as b:
        tall = "\n\n".join(rf"$$\frac{{a_{n}}}{{b}}$$" for n in range(8))
        here = f"{SENTENCE} {'many words ' * 90}\nthe line being read {'and more ' * 900}"
        messages = [*long_conversation(4), answer(f"{tall}\n\n{here}\n\n{tall}")]
        b.screen.view.show_messages(messages)
        await b.calm()
        view = b.screen.view
        box = next(box for box in b.boxes() if "being read" in box.plain())
        place = box.document().toRawText().index("the line being read")
        view._following = False
        for _ in range(2):  # the second time with exact heights above
            view.verticalScrollBar().setValue(view._column.top_of(box) + box.top_of(place) - 1)
            await b.calm()

        def line_y() -> int:
            where = box.document().toRawText().index("the line being read")
            return view._column.top_of(box) + box.top_of(where) - b.screen.bar

        before = line_y()
        assert before == 1
        assert view._hold is not None
        assert view._hold.char is not None
        await b.arrive()
        assert b.raw(b.boxes().index(box)).count(OBJECT) == 2
        assert box.document().toRawText().index("the line being read") < place
        assert line_y() == before


async def test_at_the_end_the_end_stays_in_view(make_screen: MakeScreen) -> None:
    async with board(make_screen, held=True) as b:
        tall = "\n\n".join(rf"$$\frac{{a_{n}}}{{b}}$$" for n in range(30))
        b.screen.view.show_messages([answer(f"{tall}\n\nthe end")])
        await b.calm()
        most = b.screen.most
        await b.arrive()
        assert b.screen.bar == b.screen.most != most
        assert "the end" in b.screen.view.visible_text()


async def test_a_selection_stays_on_its_words(make_screen: MakeScreen) -> None:
    async with board(make_screen, held=True) as b:
        b.screen.view.show_messages([answer(SENTENCE)])
        await b.calm()
        box = b.boxes()[0]
        start = box.document().toRawText().index("follows")
        b.select(box, start, start + 7)
        assert b.copied() == "follows"
        await b.arrive()
        assert OBJECT in b.raw()
        assert b.copied() == "follows"
        b.select(box, 0, 6)
        assert b.copied() == r"with $\frac{a}{b}$"


async def test_a_formula_that_arrives_changes_once(make_screen: MakeScreen) -> None:
    async with board(make_screen) as b:
        message = streaming()
        text = "so $x^2$ is\n\n$$\n\\frac{a}{b}\n$$\n\nand $y$ done\n\n"
        b.screen.view.show_messages([message])
        seen: list[str] = []
        for char in text:
            b.screen.view.grow(message.id, TextDelta(char))
            b.screen.view._growth.flush_now()
            await b.arrive()
            shown = b.boxes()[0].document().toRawText() if b.boxes() else ""
            if not seen or seen[-1] != shown:
                seen.append(shown)
        assert sorted(b.setter.asked) == sorted(["x^2", r"\frac{a}{b}", "y"])
        assert [b.raw(n) for n in range(3)] == [f"so {OBJECT} is", OBJECT, f"and {OBJECT} done"]
        pictured = [OBJECT in shown for shown in seen]
        assert pictured == sorted(pictured)
        b.screen.view.update_message(ended(message, TextPart(text)))
        assert OBJECT in b.raw()


def dark_rows(image: QImage, left: int, right: int) -> list[int]:
    """Rows in which something dark stands between two columns."""
    return [
        y
        for y in range(image.height())
        if any(image.pixelColor(x, y).lightness() < 110 for x in range(left, right))
    ]


@pytest.mark.parametrize("zoom", [100, 110, 125, 150, 200])
async def test_an_x_stands_where_the_texts_x_stands(make_screen: MakeScreen, zoom: int) -> None:
    async with board(make_screen) as b:
        b.screen.theme.set_zoom(zoom)
        view = b.screen.view
        view.show_messages([answer(r"x $x$" + "\n\n" + r"x $x$ x $\frac{a}{b}$ $\sqrt{x_{i_j}}$")])
        await b.arrive()
        image = view.viewport().grab().toImage()
        for box in b.boxes():
            top = view._column.top_of(box) - b.screen.bar
            left = view.column_left
            layout = box.document().begin().layout()
            line = layout.lineAt(0)
            xs = [x_of(line, n) for n in range(4)]
            part = image.copy(left, top - 4, box.surface.look.px(200), box.height + 8)
            text = dark_rows(part, round(xs[0]), round(xs[1]))
            formula = dark_rows(part, round(xs[2]), round(xs[3]))
            assert abs(text[-1] - formula[-1]) <= 1
            assert abs(text[0] - formula[0]) <= 1


async def test_pictures_follow_the_theme_the_zoom_and_the_selection(
    make_screen: MakeScreen,
) -> None:
    async with board(make_screen) as b:
        view = b.screen.view
        view.show_messages([answer(r"$\text{中文} = \rule{3em}{1em}$")])
        await b.arrive()

        def middle() -> tuple[str, int]:
            box = b.boxes()[0]
            line = box.document().begin().layout().lineAt(0)
            width = round(line.naturalTextWidth())
            y = view._column.top_of(box) - b.screen.bar - box.lift + round(line.y() + line.ascent())
            point = QPoint(view.column_left + width - round(width / 5), y - 4)
            return view.viewport().grab().toImage().pixelColor(point).name(), width

        light, width = middle()
        assert light == b.screen.theme.tokens.text
        b.screen.theme.set_choice(ThemeChoice.DARK)
        assert middle()[0] == b.screen.theme.tokens.text != light
        view.select_all()
        assert middle()[0] == b.screen.theme.tokens.on_accent
        b.screen.theme.set_zoom(200)
        assert middle()[1] == pytest.approx(2 * width, rel=0.05)
        assert len(b.setter.asked) == 1


async def test_a_wide_formula_fits_its_column_or_scrolls_in_it(make_screen: MakeScreen) -> None:
    async with board(make_screen) as b:
        view = b.screen.view
        wide = "$$" + " + ".join(rf"\frac{{a_{{{n}}}}}{{b}}" for n in range(14)) + "$$"
        wider = "$$" + " + ".join(rf"\frac{{a_{{{n}}}}}{{b}}" for n in range(60)) + "$$"
        view.show_messages([answer(f"{wide}\n\n{wider}\n\nend")])
        await b.arrive()
        natural = [
            box.document().begin().layout().lineAt(0).naturalTextWidth() for box in b.boxes()
        ]
        assert natural[0] < view._column.width
        assert not b.boxes()[0].scroll_sideways(50)
        assert b.boxes()[1].scroll_sideways(50)
        view.resize(420, 600)
        await b.calm()
        (narrow, *_rest) = b.boxes()
        shown = narrow.document().begin().layout().lineAt(0).naturalTextWidth()
        assert view._column.width - 3 <= shown <= view._column.width + 1
        assert not narrow.scroll_sideways(50)
        view.resize(860, 600)
        await b.calm()
        again = b.boxes()[0].document().begin().layout().lineAt(0).naturalTextWidth()
        assert again == pytest.approx(natural[0], abs=0.1)
