"""The Usage page of the settings: what was used and what it cost, counted on this computer."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Awaitable, Callable, Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.cost import UsageRow
from app.core.errors import StorageError
from app.features.usage import words
from app.features.usage.chart_card import ChartCard
from app.features.usage.figure_card import FigureCard
from app.features.usage.model_table import ModelRow, ModelTable
from app.features.usage.sums import Key, Sum, by_model, first_day, start_of_day, total
from app.kit.error_text import sentence
from app.kit.icons import Icons
from app.kit.money import money_text
from app.kit.style import set_kind
from app.kit.tasks import TaskScope
from app.kit.theme import Theme
from app.kit.widgets.banner import Banner
from app.kit.widgets.choice_box import ChoiceBox
from app.kit.widgets.plain_label import PlainLabel

PERIODS = (7, 30, 90, 0)
"""Days, today included; 0 is all there is."""
USUAL = 30
TWO_BY_TWO_BELOW = 560


class UsagePage(QWidget):
    """Reads anew whenever it is shown, and when `refresh` is called.

    `load` gives what was used since a time in seconds since the epoch, and raises StorageError;
    `service_name` answers what a profile is called, by its id.
    """

    def __init__(
        self,
        *,
        load: Callable[[float], Awaitable[Sequence[UsageRow]]],
        service_name: Callable[[str], str],
        theme: Theme,
        icons: Icons,
        tasks: TaskScope,
    ) -> None:
        super().__init__()
        self._load = load
        self._service_name = service_name
        self._theme = theme
        self._tasks = tasks
        self._reading: list[asyncio.Task[None]] = []
        self._rows: tuple[UsageRow, ...] | None = None
        self._today = datetime.date.min
        self._shown_days = USUAL
        self._title, self._intro, self._nothing = PlainLabel(), PlainLabel(), PlainLabel()
        self._period = ChoiceBox(theme=theme, icons=icons)
        self._problem = Banner()
        self._cards = [FigureCard() for _ in range(4)]
        self._chart = ChartCard(name=self._name, theme=theme, icons=icons)
        self._table_card, self._table = QFrame(), ModelTable(theme=theme)
        self._body, self._empty = QWidget(), QFrame()
        self._build()
        self._period.activated.connect(self.refresh)
        reading = self._reading
        self.destroyed.connect(lambda: [task.cancel() for task in reading])
        self._retranslate()

    def title(self) -> str:
        """The page's name in the list of settings."""
        return self.tr("Usage")

    def refresh(self) -> None:
        """Read the figures anew; what is shown stays until they are there."""
        for task in self._reading:
            task.cancel()
        if not self._tasks.closed:
            self._reading[:] = [self._tasks.start(self._read(), name="read usage")]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        # Less than its cards need side by side, so that it can become narrow and stack them.
        return QSize(self._theme.px(220), super().minimumSizeHint().height())

    def _build(self) -> None:
        set_kind(self._title, "title")
        for label in (self._intro, self._nothing):
            set_kind(label, "secondary")
            label.setWordWrap(True)
        for days in PERIODS:
            self._period.addItem("", days)
        self._period.setCurrentIndex(PERIODS.index(USUAL))
        for frame, inside, side, edge in (
            (self._table_card, self._table, 8, 6),
            (self._empty, self._nothing, 18, 16),
        ):
            set_kind(frame, "card")
            box = QVBoxLayout(frame)
            box.setContentsMargins(side, edge, side, edge)
            box.addWidget(inside)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._period)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._intro)
        column.addWidget(self._problem)
        column.addSpacing(12)
        column.addWidget(self._body)
        column.addWidget(self._empty)
        column.addStretch(1)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(18)
        body.addLayout(self._grid)
        body.addWidget(self._chart)
        body.addWidget(self._table_card)
        self._arrange()
        self._body.hide()
        self._empty.hide()

    def _arrange(self) -> None:
        across = 2 if self.width() < self._theme.px(TWO_BY_TWO_BELOW) else len(self._cards)
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // across, place % across)
        for column in range(len(self._cards)):
            self._grid.setColumnStretch(column, 1 if column < across else 0)

    async def _read(self) -> None:
        days = int(self._period.currentData())
        today = datetime.datetime.now().astimezone().date()
        first = today - datetime.timedelta(days=max(days - 1, 0))
        try:
            rows = await self._load(start_of_day(first) if days else 0.0)
        except StorageError as error:
            self._problem.say(sentence(error), [(self.tr("Try again"), self.refresh)])
            return
        self._problem.say("")
        self._rows, self._today, self._shown_days = tuple(rows), today, days
        self._show()

    def _show(self) -> None:
        """Show what was read; before that, nothing."""
        if self._rows is None:
            return
        some = bool(self._rows)
        self._body.setVisible(some)
        self._empty.setVisible(not some)
        if self._shown_days:
            text = self.tr("Nothing was asked in the last %1 days.")
            self._nothing.setText(text.replace("%1", str(self._shown_days)))
            first = self._today - datetime.timedelta(days=self._shown_days - 1)
        else:
            self._nothing.setText(self.tr("Nothing was asked yet. What is will be counted here."))
            first = first_day(self._rows, self._today)
        if some:
            self._show_figures(total(self._rows))
            self._chart.show_days(self._rows, first, self._today)
            models = by_model(self._rows)
            self._table.show_rows([ModelRow(self._name(key), s) for key, s in models.items()])

    def _show_figures(self, summed: Sum) -> None:
        cost, tokens_in, tokens_out, pictures = self._cards
        note = words.requests_text(summed.requests)
        if summed.unpriced and summed.cost:
            said, note = words.cost_text(summed), self.tr("%1 of unknown price", "requests")
            note = note.replace("%1", words.number(summed.unpriced))
        else:
            said = money_text(None if summed.unpriced else summed.cost)
        cost.say(self._cost_name(), said, note, in_full=words.cost_in_full(summed))
        cached = words.percent(summed.cached_tokens, summed.prompt_tokens)
        tokens_in.say(
            self.tr("Tokens in"),
            words.tokens_text(summed.prompt_tokens),
            self.tr("%1 % from cache").replace("%1", str(cached)),
            in_full=words.number(summed.prompt_tokens),
        )
        reasoned = words.percent(summed.reasoning_tokens, summed.completion_tokens)
        tokens_out.say(
            self.tr("Tokens out"),
            words.tokens_text(summed.completion_tokens),
            self.tr("%1 % reasoning").replace("%1", str(reasoned)),
            in_full=words.number(summed.completion_tokens),
        )
        pictures.say(
            self.tr("Pictures read"), words.number(summed.pictures), self.tr("sent with questions")
        )

    def _cost_name(self) -> str:
        if self._shown_days:
            return self.tr("Cost, %1 days").replace("%1", str(self._shown_days))
        return self.tr("Cost, all time")

    def _name(self, key: Key) -> str:
        """The model's name; with its service's, where several were asked."""
        profile, model = key
        model = model or self.tr("unnamed model")
        if len({row.profile for row in self._rows or ()}) > 1:
            return f"{model} · {self._service_name(profile)}"
        return model

    def _retranslate(self) -> None:
        self._title.setText(self.title())
        self._intro.setText(self.tr("Counted on this computer from what the service reported."))
        self._period.setAccessibleName(self.tr("Period"))
        for place, days in enumerate(PERIODS):
            text = self.tr("%1 days").replace("%1", str(days)) if days else self.tr("All time")
            self._period.setItemText(place, text)
        self._show()
