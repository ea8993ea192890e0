"""The page picker: what is chosen, how each page goes, and that all of it is counted first."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget

from app.core.documents import PageSize
from app.core.errors import ImageError, ImageProblem
from app.core.pages import PageForm, PageRun
from app.features.images.page_model import KEPT
from app.features.images.page_picker import MOST_PICTURES, PagePicker
from app.features.images.page_words import run_name
from app.kit.tasks import TaskScope
from tests.chinese import chinese, unfinished
from tests.conftest import until
from tests.features.images.world import png
from tests.look import dressed

WORDS = "enough words to go as text"
TEXT, PICTURE = PageForm.TEXT, PageForm.PICTURE


class HeldPages:
    """Pages with these texts; `broken` ones can be neither read nor drawn."""

    def __init__(self, texts: Sequence[str], broken: Sequence[int] = ()) -> None:
        self.name, self.locked = "x.pdf", False
        self.sizes = (PageSize(1000, 800),) * len(texts)
        self.all, self.broken = texts, broken
        self.gate = asyncio.Event()
        self.gate.set()
        self.drawn: list[int] = []

    async def unlock(self, password: str) -> bool:
        return True

    async def texts(self, numbers: Sequence[int]) -> Sequence[str]:
        await self.gate.wait()
        if numbers[0] in self.broken:
            raise ImageError(ImageProblem.SLOW_DOCUMENT, self.name)
        return [self.all[number - 1] for number in numbers[:2] if number not in self.broken]

    async def thumbnail(self, number: int) -> bytes:
        self.drawn.append(number)
        if number in self.broken:
            raise ImageError(ImageProblem.SLOW_DOCUMENT, self.name)
        return png()

    async def picture(self, number: int) -> bytes:
        return await self.thumbnail(number)


@asynccontextmanager
async def picker(pages: HeldPages, price: float | None = None) -> AsyncIterator[PagePicker]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme, icons = dressed(app)
    faults: list[BaseException] = []
    scope, parent = TaskScope(faults.append), QWidget()
    dialog = PagePicker(pages, price=price, theme=theme, icons=icons, scope=scope, parent=parent)
    dialog.open()
    try:
        yield dialog
    finally:
        await scope.close()
        parent.close()
        parent.deleteLater()
        assert faults == []


async def read(dialog: PagePicker) -> None:
    await until(lambda: dialog.model.next_unread() is None)


def forms(dialog: PagePicker) -> list[tuple[int, PageForm]]:
    return [(page.number, page.form) for page in dialog.model.picked()]


def chosen(dialog: PagePicker) -> tuple[int, ...]:
    return dialog.model.chosen


def page(dialog: PagePicker, number: int) -> str:
    return str(dialog.model.index(number - 1).data(Qt.ItemDataRole.AccessibleTextRole))


async def test_pages_with_words_go_as_text_and_scans_as_pictures() -> None:
    async with picker(HeldPages([WORDS, "7", "", WORDS]), price=1000.0) as dialog:
        await read(dialog)
        assert forms(dialog) == [(1, TEXT), (2, PICTURE), (3, PICTURE), (4, TEXT)]
        assert dialog.said == (
            "4 of 4 pages · 2 as text, 52 characters · 2 as pictures, 1.6 megapixels · "
            "≈ 1,542 tokens · ≈ $1.54"
        )
        assert page(dialog, 1) == "Page 1, chosen, as text, 26 characters"
        assert page(dialog, 3) == "Page 3, chosen, as a picture, 1,000×800 pixels"


async def test_nothing_is_attached_while_something_is_unread_or_nothing_chosen() -> None:
    pages = HeldPages([WORDS] * 3)
    pages.gate.clear()
    async with picker(pages) as dialog:
        assert dialog.said.endswith("3 still being read")
        assert not dialog.attach_button.isEnabled()
        QTest.keyClick(dialog.view, Qt.Key.Key_Return)
        assert dialog.isVisible()
        pages.gate.set()
        await read(dialog)
        assert dialog.attach_button.isEnabled()
        dialog.model.choose(())
        assert dialog.said == "No page of 3 is chosen"
        assert not dialog.attach_button.isEnabled()


async def test_by_the_keyboard() -> None:
    async with picker(HeldPages([WORDS] * 30)) as dialog:
        await read(dialog)
        assert chosen(dialog) == (), "of a long document nothing is chosen at first"
        view = dialog.view
        QTest.keyClick(view, Qt.Key.Key_Space)
        QTest.keyClick(view, Qt.Key.Key_Right)
        QTest.keyClick(view, Qt.Key.Key_Space)
        QTest.keyClick(view, Qt.Key.Key_T)
        assert forms(dialog) == [(1, TEXT), (2, PICTURE)]
        assert dialog.range_field.text() == "1–2"
        QTest.keyClick(view, Qt.Key.Key_Space)
        assert chosen(dialog) == (1,)
        QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        assert len(dialog.model.chosen) == 30
        went: list[bool] = []
        dialog.picked.connect(lambda: went.append(True))
        QTest.keyClick(view, Qt.Key.Key_Return)
        assert went == [True]


async def test_a_range_is_typed_and_a_wrong_one_says_so() -> None:
    async with picker(HeldPages([WORDS] * 9)) as dialog:
        await read(dialog)
        dialog.activateWindow()
        field = dialog.range_field
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, "2-4, 9")
        assert chosen(dialog) == (2, 3, 4, 9)
        assert field.text() == "2-4, 9", "what is typed is left alone"
        QTest.keyClicks(field, "9")
        assert chosen(dialog) == (2, 3, 4, 9)
        said = [label.text() for label in dialog.findChildren(type(dialog._problem))]
        assert dialog._problem.isVisible()
        assert "Pages from 1 to 9, such as 1-3, 7" in said
        QTest.keyClick(field, Qt.Key.Key_Backspace)
        assert not dialog._problem.isVisible()


async def test_a_click_chooses_a_page_and_one_on_its_words_changes_how_it_goes() -> None:
    async with picker(HeldPages([WORDS] * 2 + [""])) as dialog:
        await read(dialog)
        dialog.view.doItemsLayout()
        tile = dialog.view.visualRect(dialog.model.index(1))
        left, port = Qt.MouseButton.LeftButton, dialog.view.viewport()
        QTest.mouseClick(port, left, pos=tile.center())
        assert chosen(dialog) == (1, 3)
        words = tile.bottomRight()
        words -= type(words)(20, 12)
        QTest.mouseClick(port, left, pos=words)
        assert chosen(dialog) == (1, 3)
        assert dialog.model.form(2) is PICTURE
        buttons = {button.text(): button for button in dialog.findChildren(QPushButton)}
        buttons["As pictures"].click()
        assert forms(dialog) == [(1, PICTURE), (3, PICTURE)]
        buttons["As text"].click()
        assert forms(dialog) == [(1, TEXT), (3, PICTURE)], "a page without words has no text"
        buttons["All"].click()
        assert chosen(dialog) == (1, 2, 3)
        buttons["None"].click()
        assert chosen(dialog) == ()


async def test_the_text_that_goes_is_shown() -> None:
    pages = HeldPages([WORDS, "second page with its own words"])
    async with picker(pages) as dialog:
        dialog.resize(900, 620)
        await read(dialog)
        box = dialog.findChild(QPlainTextEdit)
        assert isinstance(box, QPlainTextEdit)
        assert box.toPlainText() == WORDS
        QTest.keyClick(dialog.view, Qt.Key.Key_Right)
        assert box.toPlainText() == "second page with its own words"
        QTest.keyClick(dialog.view, Qt.Key.Key_T)
        assert box.isHidden()
        await until(lambda: dialog.beside.has_picture)
        assert pages.drawn[-1] == 2, "a page that goes as a picture is shown as one"
        QTest.keyClick(dialog.view, Qt.Key.Key_Left)
        assert box.toPlainText() == WORDS
        assert not dialog.beside.has_picture
        dialog.resize(500, 620)
        assert not box.isVisible(), "where there is little room the pages have it"


async def test_a_page_that_cannot_be_read_harms_no_other() -> None:
    async with picker(HeldPages([WORDS] * 5, broken=(2,))) as dialog:
        await read(dialog)
        assert forms(dialog)[0:3] == [(1, TEXT), (2, PICTURE), (3, TEXT)]
        assert dialog.attach_button.isEnabled()


async def test_a_thousand_pages_draw_what_is_seen_and_keep_few() -> None:
    pages = HeldPages([WORDS] * 1000)
    async with picker(pages) as dialog:
        await read(dialog)
        await until(lambda: dialog.model.has_image(1))
        assert len(pages.drawn) < 40
        bar = dialog.view.verticalScrollBar()
        bar.setValue(bar.maximum())
        await until(lambda: dialog.model.has_image(1000))
        assert len(pages.drawn) < 80 < KEPT
        dialog.model.choose(range(1, 1001))
        assert dialog.attach_button.isEnabled()
        dialog.model.set_form(range(1, MOST_PICTURES + 2), PICTURE)
        assert "At most 100 pages go as pictures at a time." in dialog.said
        assert not dialog.attach_button.isEnabled()


async def test_small_pictures_far_away_are_let_go() -> None:
    async with picker(HeldPages([WORDS] * (KEPT + 9))) as dialog:
        await until(lambda: dialog.model.has_image(1))
        image = dialog.model.index(0).data(Qt.ItemDataRole.UserRole + 3)
        for number in range(2, KEPT + 5):
            dialog.model.set_image(number, image)
        assert not dialog.model.has_image(1)


async def test_it_speaks_chinese() -> None:
    assert unfinished("images") == []
    with chinese("images"):
        async with picker(HeldPages([WORDS, ""])) as dialog:
            await read(dialog)
            assert dialog.windowTitle() == "x.pdf 的页面"
            assert dialog.said.startswith("已选 2 页，共 2 页 · 1 页以文字发送")
            assert run_name("x.pdf", PageRun((1, 2), TEXT)) == "x.pdf，第 1–2 页"
