"""The Usage page: what it counts, how it is read, and what it says where it cannot know."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Awaitable, Callable, Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.core.cost import UsageRow
from app.core.errors import StorageError, StorageProblem
from app.core.settings import ThemeChoice
from app.features.usage.day_chart import DayChart
from app.features.usage.figure_card import FigureCard
from app.features.usage.model_table import ModelTable
from app.features.usage.sums import start_of_day
from app.features.usage.usage_page import UsagePage
from app.kit.tasks import TaskScope
from tests.chinese import chinese
from tests.conftest import until
from tests.look import dressed

Load = Callable[[float], Awaitable[Sequence[UsageRow]]]
Open = Callable[..., UsagePage]


def ago(days: int) -> datetime.date:
    return datetime.datetime.now().astimezone().date() - datetime.timedelta(days=days)


def row(
    days: int,
    model: str = "m/1",
    *,
    cost: float = 0.5,
    unpriced: int = 0,
    requests: int = 2,
    profile: str = "p",
) -> UsageRow:
    return UsageRow(ago(days), profile, model, requests, 1000, 610, 400, 100, 3, cost, unpriced)


class Store:
    """What was used, as the history would give it."""

    def __init__(self, *rows: UsageRow) -> None:
        self.rows = rows
        self.asked: list[float] = []
        self.fails = False

    async def usage(self, since: float) -> Sequence[UsageRow]:
        self.asked.append(since)
        if self.fails:
            raise StorageError(StorageProblem.DAMAGED, "/data")
        return [row for row in self.rows if start_of_day(row.day) >= since]


@pytest.fixture
def open_page(qtbot: QtBot, qapp: QApplication) -> Open:
    def make(load: Load, choice: ThemeChoice = ThemeChoice.LIGHT) -> UsagePage:
        theme, icons = dressed(qapp, choice)
        page = UsagePage(
            load=load,
            service_name={"p": "接口AI", "q": "Here"}.__getitem__,
            theme=theme,
            icons=icons,
            tasks=TaskScope(),
        )
        qtbot.addWidget(page)
        page.resize(760, 800)
        page.show()
        return page

    return make


def cards(page: UsagePage) -> list[tuple[str, ...]]:
    found = [card for card in page.findChildren(FigureCard) if card.isVisible()]
    return [tuple(label.text() for label in card.labels) for card in found]


def table(page: UsagePage) -> list[list[str]]:
    model = page.findChildren(ModelTable)[0].model()
    return [
        [model.index(at, column).data() for column in range(model.columnCount())]
        for at in range(model.rowCount())
    ]


def box(page: UsagePage, name: str) -> QComboBox:
    (found,) = [b for b in page.findChildren(QComboBox) if b.accessibleName() == name]
    return found


def choose(page: UsagePage, name: str, text: str) -> None:
    """Choose by keyboard, as a person may."""
    field = box(page, name)
    field.setFocus()
    way = field.findText(text) - field.currentIndex()
    for _ in range(abs(way)):
        QTest.keyClick(field, Qt.Key.Key_Down if way > 0 else Qt.Key.Key_Up)
    assert field.currentText() == text


def chart(page: UsagePage) -> DayChart:
    return page.findChildren(DayChart)[0]


def read(bars: DayChart) -> datetime.date | None:
    """The first day of the column that is being read."""
    return bars.at.first if bars.at is not None else None


def says(page: UsagePage, text: str) -> bool:
    return any(text in label.text() for label in page.findChildren(QLabel) if label.isVisible())


async def test_it_counts_the_last_30_days_when_it_is_shown(open_page: Open) -> None:
    store = Store(row(0), row(29, "m/2", cost=0.25), row(30, cost=100.0))
    page = open_page(store.usage)
    await until(lambda: cards(page))
    assert store.asked == [start_of_day(ago(29))]
    assert cards(page) == [
        ("Cost, 30 days", "$0.75", "4 requests"),
        ("Tokens in", "2.0 k", "61 % from cache"),
        ("Tokens out", "800", "25 % reasoning"),
        ("Pictures read", "6", "sent with questions"),
    ]
    assert table(page) == [
        ["m/1", "2", "1.0 k", "400", "$0.50"],
        ["m/2", "2", "1.0 k", "400", "$0.25"],
    ]
    page.hide()
    store.rows = (*store.rows, row(0, cost=1.0))
    page.show()
    await until(lambda: cards(page)[0][1] == "$1.75")


async def test_what_is_unknown_is_said_and_never_zero(open_page: Open) -> None:
    store = Store(
        row(0, "known"),
        row(0, "mixed", unpriced=1, cost=0.25),
        row(0, "unknown", unpriced=2, cost=0.0),
        row(0, "free", cost=0.0),
    )
    page = open_page(store.usage)
    await until(lambda: cards(page))
    assert cards(page)[0] == ("Cost, 30 days", "≥ $0.75", "3 of unknown price")
    assert [(name, cost) for name, *_, cost in table(page)] == [
        ("known", "$0.50"),
        ("mixed", "≥ $0.25"),
        ("free", "$0.00"),
        ("unknown", "unknown price"),
    ]
    assert says(page, "Cost per day")
    store.rows = (row(0, "unknown", unpriced=2, cost=0.0),)
    page.refresh()
    await until(lambda: cards(page)[0] == ("Cost, 30 days", "unknown", "2 requests"))
    assert says(page, "Tokens per day"), "bars of unknown height would show nothing"


async def test_the_period_is_chosen(open_page: Open) -> None:
    store = Store(row(0), row(60), row(400, cost=2.0))
    page = open_page(store.usage)
    await until(lambda: cards(page))
    choose(page, "Period", "90 days")
    await until(lambda: cards(page)[0][:2] == ("Cost, 90 days", "$1.00"))
    choose(page, "Period", "All time")
    await until(lambda: cards(page)[0][:2] == ("Cost, all time", "$3.00"))
    assert store.asked[-1] == 0.0
    assert says(page, "Cost per week")
    choose(page, "Period", "7 days")
    await until(lambda: cards(page)[0][:2] == ("Cost, 7 days", "$0.50"))


async def test_a_period_without_anything_says_so(open_page: Open) -> None:
    store = Store(row(60))
    page = open_page(store.usage)
    await until(lambda: says(page, "Nothing was asked in the last 30 days."))
    assert cards(page) == []
    store.rows = ()
    choose(page, "Period", "All time")
    await until(lambda: says(page, "Nothing was asked yet."))


async def test_a_bar_is_read_by_pointing_and_by_keys(open_page: Open) -> None:
    store = Store(row(0, cost=0.25), row(1, cost=4.0, unpriced=1), row(3, cost=0.5))
    page = open_page(store.usage)
    await until(lambda: cards(page))
    bars = chart(page)
    assert bars.accessibleName() == "Cost per day"
    assert bars.accessibleDescription().startswith("Most: ")
    assert "$4.00 + 1 of unknown price" in bars.accessibleDescription()
    QTest.mouseMove(bars, bars.place_of(29).toPoint() - QPoint(0, 20))
    await until(lambda: says(page, "$0.25 · 1.0 k in · 400 out · 2 requests"))
    bars.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(3):
        QTest.keyClick(bars, Qt.Key.Key_Left)
    assert "$0.50" in bars.accessibleDescription()
    QTest.keyClick(bars, Qt.Key.Key_Home)
    assert read(bars) == ago(29)
    QTest.keyClick(bars, Qt.Key.Key_Left)
    assert read(bars) == ago(29)
    QTest.keyClick(bars, Qt.Key.Key_End)
    assert read(bars) == ago(0)
    QTest.keyClick(bars, Qt.Key.Key_Escape)
    assert read(bars) is None
    assert says(page, "Most: ")


async def test_tokens_or_cost_of_all_models_or_one(open_page: Open) -> None:
    store = Store(row(0, "a", cost=3.0), row(0, "b", cost=1.0), row(1, "b", cost=0.5))
    page = open_page(store.usage)
    await until(lambda: cards(page))
    choose(page, "What the bars show", "tokens")
    assert says(page, "Tokens per day")
    choose(page, "What the bars show", "cost")
    choose(page, "Which models the bars show", "b")
    bars = chart(page)
    QTest.keyClick(bars, Qt.Key.Key_End)
    assert "$1.00" in bars.accessibleDescription()
    page.refresh()
    await until(lambda: len(store.asked) == 2)
    await until(lambda: box(page, "Which models the bars show").currentText() == "b")
    choose(page, "Which models the bars show", "by model")
    QTest.keyClick(bars, Qt.Key.Key_End)
    assert bars.accessibleDescription().endswith("a $3.00, b $1.00")
    assert says(page, "a"), "the legend"
    store.rows = (row(0, "c"),)
    page.refresh()
    await until(lambda: table(page)[0][0] == "c")


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
async def test_bars_stand_where_something_was_used(open_page: Open, choice: ThemeChoice) -> None:
    store = Store(row(0, "a", cost=1.0), row(2, "b", cost=0.0, unpriced=2), row(4, "b", cost=0.5))
    page = open_page(store.usage, choice)
    await until(lambda: cards(page))
    bars = chart(page)
    accent = "#0f766e" if choice is ThemeChoice.LIGHT else "#2dd4bf"

    def high(index: int, colour: str) -> int:
        image = bars.grab().toImage()
        at = bars.place_of(index).toPoint()
        return sum(image.pixelColor(at.x(), y).name() == colour for y in range(at.y()))

    whole = high(29, accent)
    assert whole > 100
    assert abs(high(25, accent) - whole / 2) <= 2
    assert high(28, accent) == high(27, accent) == 0, "unknown is no height"
    choose(page, "Which models the bars show", "by model")
    assert high(29, accent) > 100
    assert high(25, accent) == 0, "another model, another colour"


async def test_models_of_several_services_say_whose_they_are(open_page: Open) -> None:
    page = open_page(Store(row(0), row(0, profile="q", cost=0.1), row(0, "", cost=0.0)).usage)
    await until(lambda: cards(page))
    assert [name for name, *_ in table(page)] == [
        "m/1 · 接口AI",
        "m/1 · Here",
        "unnamed model · 接口AI",
    ]


async def test_a_name_like_markup_stays_a_name(open_page: Open) -> None:
    name = "<img src='/etc/passwd'>" * 3
    page = open_page(Store(row(0, name)).usage)
    await until(lambda: cards(page))
    index = page.findChildren(ModelTable)[0].model().index(0, 0)
    assert index.data() == name
    assert "<img" not in index.data(Qt.ItemDataRole.ToolTipRole)
    choose(page, "Which models the bars show", "by model")
    QTest.keyClick(chart(page), Qt.Key.Key_End)
    formats = {label.textFormat() for label in page.findChildren(QLabel) if "<img" in label.text()}
    assert formats == {Qt.TextFormat.PlainText}


async def test_a_store_that_cannot_be_read_is_said_and_tried_again(open_page: Open) -> None:
    store = Store(row(0))
    store.fails = True
    page = open_page(store.usage)

    def again() -> list[QPushButton]:
        return [b for b in page.findChildren(QPushButton) if b.isVisible()]

    (button,) = await until(again)
    assert button.text() == "Try again"
    store.fails = False
    button.click()
    await until(lambda: cards(page))
    assert again() == []


async def test_it_may_be_closed_while_it_reads(qapp: QApplication) -> None:
    asked = asyncio.Event()
    done: list[str] = []

    async def load(_since: float) -> Sequence[UsageRow]:
        asked.set()
        try:
            await asyncio.Event().wait()
        finally:
            done.append("ended")
        return ()

    theme, icons = dressed(qapp)
    scope = TaskScope()
    page = UsagePage(load=load, service_name=str, theme=theme, icons=icons, tasks=scope)
    page.show()
    await asked.wait()
    page.close()
    page.deleteLater()
    await until(lambda: done)
    await scope.drain()


async def test_it_is_narrow_when_it_must_be(open_page: Open) -> None:
    page = open_page(Store(row(0)).usage)
    await until(lambda: cards(page))
    tops = {card.y() for card in page.findChildren(FigureCard)}
    assert len(tops) == 1
    page.resize(340, 900)
    await until(lambda: len({card.y() for card in page.findChildren(FigureCard)}) == 2)
    shown = page.findChildren(ModelTable)[0]
    assert [shown.isColumnHidden(column) for column in range(5)] == [
        False,
        False,
        True,
        True,
        False,
    ]
    for frame in page.findChildren(QFrame):
        if frame.isVisible() and frame.parentWidget() is not None:
            assert frame.mapTo(page, QPoint(frame.width(), 0)).x() <= page.width()


async def test_it_speaks_chinese_at_once(open_page: Open) -> None:
    page = open_page(Store(row(0, unpriced=1, cost=0.25)).usage)
    await until(lambda: cards(page))
    with chinese("usage"):
        await until(lambda: cards(page)[0] == ("费用，30 天", "≥ $0.25", "1 次价格未知"))
        assert page.title() == "用量"
        assert says(page, "每日费用")
        assert table(page)[0][-1] == "≥ $0.25"
    await until(lambda: says(page, "Cost per day"))
