"""Words over the picture in the viewer: selected, copied, found, read on request, and gone where
they are covered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsView, QLineEdit, QPushButton
from shiboken6 import isValid

from app.core.errors import ReadingError, ReadingProblem
from app.core.picture import Edits, Region
from app.core.ports import TextLine
from app.features.images.picture_source import PictureSource
from app.features.images.read_bar import ReadBar
from app.features.images.viewer import ImageViewer
from app.kit.error_text import sentence
from app.kit.tasks import TaskScope
from tests.conftest import until
from tests.features.images.world import picture
from tests.look import dressed

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier
LINES = (
    TextLine("Order number 4711", 0.9, 20, 20, 220, 44),
    TextLine("Paid with card 1234 5678", 0.9, 20, 60, 300, 84),
    TextLine("Thank you", 0.9, 20, 100, 130, 124),
)
BLOB = "a" * 64


class Texts:
    """Words that are kept, or read once `gate` is open."""

    def __init__(self, kept: Sequence[TextLine] | None = LINES) -> None:
        self.layer = kept
        self.found: Sequence[TextLine] = LINES
        self.refuses: ReadingProblem | None = None
        self.gate = asyncio.Event()
        self.gate.set()
        self.read_blobs: list[str] = []
        self.read_pictures: list[QImage] = []
        self.cancelled = 0

    async def kept(self, blob: str) -> Sequence[TextLine] | None:
        return self.layer

    async def lines(self, blob: str) -> Sequence[TextLine]:
        self.read_blobs.append(blob)
        return await self._read()

    async def read(self, data: bytes) -> Sequence[TextLine]:
        self.read_pictures.append(QImage.fromData(data))
        return await self._read()

    async def _read(self) -> Sequence[TextLine]:
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if self.refuses is not None:
            raise ReadingError(self.refuses)
        return self.found


class Desk:
    """A viewer with words, and a hand."""

    def __init__(self, viewer: ImageViewer, texts: Texts) -> None:
        self.viewer, self.texts = viewer, texts
        view, bar = viewer.findChild(QGraphicsView), viewer.findChild(ReadBar)
        assert view is not None
        assert bar is not None
        self.view, self.bar = view, bar

    def point(self, x: float, y: float) -> QPoint:
        return self.view.mapFromScene(QPointF(x, y))

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(self.viewer.focusWidget() or self.view, key, modifiers)

    def click(self, x: float, y: float, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.mouseClick(self.view.viewport(), LEFT, modifiers, self.point(x, y))

    def click_twice(self, x: float, y: float) -> None:
        """As a hand does: the second press of two is the double click."""
        self.click(x, y)
        QTest.mouseDClick(self.view.viewport(), LEFT, pos=self.point(x, y))

    def hover(self, x: float, y: float) -> Qt.CursorShape:
        where = QPointF(self.point(x, y))
        there = self.view.viewport().mapToGlobal(where)
        move = QMouseEvent(QEvent.Type.MouseMove, where, there, NO_BUTTON, NO_BUTTON, PLAIN)
        QApplication.sendEvent(self.view.viewport(), move)
        return self.view.viewport().cursor().shape()

    def drag(self, begin: tuple[float, float], end: tuple[float, float]) -> None:
        start, stop = self.point(*begin), self.point(*end)
        viewport = self.view.viewport()
        QTest.mousePress(viewport, LEFT, pos=start)
        for step in (1, 2, 3):
            where = QPointF(start + (stop - start) * step / 3)
            there = viewport.mapToGlobal(where)
            move = QMouseEvent(QEvent.Type.MouseMove, where, there, NO_BUTTON, LEFT, PLAIN)
            QApplication.sendEvent(viewport, move)
        QTest.mouseRelease(viewport, LEFT, pos=stop)

    def copied(self) -> str:
        """What Ctrl+C puts on the clipboard."""
        QApplication.clipboard().setText("nothing")
        self.key(Qt.Key.Key_C, CTRL)
        return QApplication.clipboard().text()

    def button(self, text: str) -> QPushButton:
        found = [b for b in self.viewer.findChildren(QPushButton) if b.text() == text]
        return next(b for b in found if b.isVisible())

    def all_lines(self) -> list[str]:
        """What is copied when all is selected, but for blank lines."""
        self.key(Qt.Key.Key_A, CTRL)
        return [line for line in self.copied().splitlines() if line]


def page() -> QImage:
    image = picture(400, 300, "white")
    painter = QPainter(image)
    for line in LINES:
        painter.drawText(QPointF(line.left + 4, line.bottom - 6), line.text)
    painter.end()
    return image


@asynccontextmanager
async def desk(
    texts: Texts, *, blob: str = BLOB, editable: bool = True, edits: Edits | None = None
) -> AsyncIterator[Desk]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme, icons = dressed(app)
    faults: list[BaseException] = []
    scope = TaskScope(faults.append)
    viewer = ImageViewer(
        page(),
        original=page() if editable else None,
        edits=edits or Edits(),
        source=PictureSource(texts, blob, scope, sentence),
        theme=theme,
        icons=icons,
    )
    viewer.resize(800, 600)
    viewer.open()
    await until(viewer.isVisible)
    if texts.layer is not None and blob:
        made = Desk(viewer, texts)
        await until(lambda: made.bar.note != "")
    try:
        yield Desk(viewer, texts)
    finally:
        if isValid(viewer):
            viewer.done(0)
        await scope.close()
    assert faults == []


pytestmark = pytest.mark.usefixtures("qapp")


async def test_words_are_selected_by_dragging_and_copied() -> None:
    async with desk(Texts(), editable=False) as d:
        assert "on this computer, not by a model" in d.bar.note
        d.drag((110, 32), (120, 72))
        assert d.copied().splitlines() == ["number 4711", "Paid with"]
        d.drag((120, 72), (110, 32))
        assert d.copied().splitlines() == ["number 4711", "Paid with"], "backwards as well"
        assert d.button("Copy selection").isVisible()
        d.click(350, 250)
        assert d.button("Copy text").isVisible(), "a click beside the words selects none"


async def test_a_word_and_a_line_by_clicks() -> None:
    async with desk(Texts()) as d:
        d.click_twice(50, 32)
        assert d.copied() == "Order"
        d.click(50, 32)
        assert d.copied() == "Order number 4711", "a third click takes the line"
        d.click(30, 112)
        d.click(50, 32)
        d.click(50, 112, SHIFT)
        assert d.copied().splitlines()[0].startswith("Order")
        assert d.copied().splitlines()[-1] == "Thank"


async def test_all_of_it_and_by_keys() -> None:
    async with desk(Texts()) as d:
        assert d.all_lines() == [line.text for line in LINES]
        d.key(Qt.Key.Key_Escape)
        assert d.viewer.isVisible(), "that only ends the selection"
        d.key(Qt.Key.Key_Right, SHIFT)
        d.key(Qt.Key.Key_Right, SHIFT)
        assert d.copied() == "Order number"
        d.key(Qt.Key.Key_End, SHIFT)
        assert d.copied() == "Order number 4711"
        d.key(Qt.Key.Key_Down, SHIFT)
        d.key(Qt.Key.Key_Home, SHIFT)
        assert d.copied().splitlines() == ["Order number 4711", "Paid"]
        d.key(Qt.Key.Key_Up, SHIFT)
        d.key(Qt.Key.Key_Left, SHIFT)
        assert d.copied() == "Order"


async def test_the_pointer_shows_what_it_would_do() -> None:
    async with desk(Texts()) as d:
        shape = Qt.CursorShape
        assert d.hover(60, 32) is shape.IBeamCursor
        assert d.hover(350, 250) is shape.OpenHandCursor
        d.key(Qt.Key.Key_B)
        assert d.hover(60, 32) is shape.CrossCursor


@pytest.mark.parametrize("zoom", [Qt.Key.Key_Plus, Qt.Key.Key_Minus])
async def test_it_lies_on_the_words_at_any_zoom_and_place(zoom: Qt.Key) -> None:
    async with desk(Texts()) as d:
        for _ in range(4):
            d.key(zoom)
        d.key(Qt.Key.Key_Right)
        d.key(Qt.Key.Key_Down)
        d.view.ensureVisible(20, 90, 200, 40)
        d.click_twice(50, 112)
        assert d.copied() == "Thank"


async def test_beside_words_the_picture_moves_and_nothing_is_selected() -> None:
    async with desk(Texts()) as d:
        for _ in range(6):
            d.key(Qt.Key.Key_Plus)
        d.view.centerOn(200, 220)
        before = d.view.horizontalScrollBar().value()
        d.drag((220, 220), (190, 220))
        assert d.view.horizontalScrollBar().value() > before
        assert d.button("Copy text").isVisible()


@pytest.mark.parametrize("turns", [1, 2, 3])
async def test_it_turns_with_the_picture(turns: int) -> None:
    async with desk(Texts()) as d:
        for _ in range(turns):
            d.key(Qt.Key.Key_R)
        x, y = ((300 - 112, 50), (400 - 50, 300 - 112), (112, 400 - 50))[turns - 1]
        d.click_twice(x, y)
        assert d.copied() == "Thank"
        assert d.all_lines() == [line.text for line in LINES]


async def test_what_is_cut_off_is_not_copied() -> None:
    async with desk(Texts()) as d:
        d.key(Qt.Key.Key_C)
        d.drag((1, 50), (399, 299))
        d.key(Qt.Key.Key_Return)
        assert d.all_lines() == [line.text for line in LINES[1:]]
        d.click_twice(50, 112 - 50)
        assert d.copied() == "Thank"


async def test_what_is_covered_is_neither_shown_copied_nor_found() -> None:
    texts = Texts()
    async with desk(texts) as d:
        d.all_lines()
        d.key(Qt.Key.Key_B)
        d.drag((150, 62), (310, 82))
        d.key(Qt.Key.Key_Escape)
        assert d.all_lines() == [LINES[0].text, LINES[2].text]
        assert "covered" in d.bar.note
        assert "1234" not in d.view.accessibleDescription()
        assert d.hover(60, 72) is Qt.CursorShape.OpenHandCursor
        d.key(Qt.Key.Key_F, CTRL)
        QTest.keyClicks(d.viewer.focusWidget(), "card")
        assert d.copied() != LINES[1].text
        d.key(Qt.Key.Key_Escape)

        texts.found = LINES[::2]
        d.button("Read again").click()
        await until(lambda: texts.read_pictures != [])
        read = texts.read_pictures[0]
        assert QColor(read.pixel(200, 72)).name() == "#000000", "it is read with the black in it"
        assert texts.read_blobs == []
        await until(lambda: "covered" not in d.bar.note)

        d.key(Qt.Key.Key_Z, CTRL)
        assert d.all_lines() == [LINES[0].text, LINES[2].text]
        assert d.button("Read again").isVisible(), "there is more to be seen now"


async def test_black_over_it_while_it_is_being_read() -> None:
    texts = Texts(kept=None)
    texts.gate.clear()
    async with desk(texts) as d:
        d.button("Read text here").click()
        await until(lambda: texts.read_blobs == [BLOB])
        d.key(Qt.Key.Key_B)
        d.drag((150, 62), (310, 82))
        d.key(Qt.Key.Key_Escape)
        assert d.button("Cancel").isVisible()
        texts.gate.set()
        await until(lambda: "covered" in d.bar.note)
        assert d.all_lines() == [LINES[0].text, LINES[2].text]


async def test_earlier_black_does_not_take_what_was_read_beside_it() -> None:
    covered = Edits(black_out=(Region(150, 62, 310, 82),))
    kept = (LINES[0], TextLine("Paid with", 0.9, 20, 60, 152, 84))
    async with desk(Texts(kept), edits=covered) as d:
        assert d.all_lines() == ["Order number 4711", "Paid with"]


async def test_it_is_read_on_request_which_can_be_cancelled() -> None:
    texts = Texts(kept=None)
    texts.gate.clear()
    async with desk(texts) as d:
        button = d.button("Read text here")
        assert "Nothing is sent" in button.toolTip()
        button.click()
        await until(lambda: texts.read_blobs == [BLOB])
        assert d.bar.note == "Reading the text on this computer… 0 s"
        d.button("Cancel").click()
        await until(lambda: texts.cancelled == 1)
        assert d.bar.note == ""
        texts.gate.set()
        d.button("Read text here").click()
        await until(lambda: "not by a model" in d.bar.note)
        assert d.all_lines() == [line.text for line in LINES]


async def test_closing_ends_the_reading() -> None:
    texts = Texts(kept=None)
    texts.gate.clear()
    async with desk(texts) as d:
        d.button("Read text here").click()
        await until(lambda: texts.read_blobs == [BLOB])
        d.key(Qt.Key.Key_Escape)
        await until(lambda: texts.cancelled == 1)


@pytest.mark.parametrize(
    ("problem", "said"),
    [(ReadingProblem.NOT_INSTALLED, "“ocr” extra"), (ReadingProblem.FAILED, "could not be read")],
)
async def test_why_it_cannot_be_read(problem: ReadingProblem, said: str) -> None:
    texts = Texts(kept=None)
    texts.refuses = problem
    async with desk(texts) as d:
        d.button("Read text here").click()
        await until(lambda: said in d.bar.note)
        assert d.button("Read text here").isVisible()


async def test_a_picture_without_words_says_so() -> None:
    async with desk(Texts(kept=())) as d:
        assert d.bar.note == "No text was found in this picture on this computer."
        assert d.copied() == "nothing"


async def test_a_picture_cut_into_tiles_is_read_as_it_is_shown() -> None:
    texts = Texts()
    async with desk(texts, blob="") as d:
        d.button("Read text here").click()
        await until(lambda: "not by a model" in d.bar.note)
        assert texts.read_blobs == []
        assert texts.read_pictures[0].size() == page().size()


async def test_words_are_found() -> None:
    async with desk(Texts()) as d:
        d.key(Qt.Key.Key_F, CTRL)
        field = d.viewer.focusWidget()
        assert isinstance(field, QLineEdit)
        QTest.keyClicks(field, "th")
        assert [b.text() for b in d.viewer.findChildren(type(d.bar._count)) if b.text() == "1 of 2"]
        d.key(Qt.Key.Key_Return)
        d.key(Qt.Key.Key_Escape)
        assert d.copied() == "Thank"
        assert d.viewer.focusWidget() is d.view
        assert d.viewer.isVisible()
