"""The card with the chart: what its bars measure and are made of, and the figures pointed at."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout

from app.core.cost import UsageRow
from app.features.usage import words
from app.features.usage.day_chart import COLOURS, OTHERS, DayChart, Measure
from app.features.usage.legend import Legend
from app.features.usage.sums import Column, Key, Step, Sum, by_model, columns, total
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.choice_box import ChoiceBox
from app.kit.widgets.plain_label import PlainLabel

WIDEST, STACKED_BELOW, LINE = 190, 460, 19
ALL, SPLIT = "all", "split"


class ChartCard(QFrame):
    """`name` answers what a model is called, by its profile's id and its own."""

    def __init__(self, *, name: Callable[[Key], str], theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._name = name
        self._theme = theme
        self._rows: tuple[UsageRow, ...] = ()
        self._days = (datetime.date.min, datetime.date.min)
        self._columns: tuple[Column, ...] = ()
        self._step = Step.DAY
        self._models: dict[Key, Sum] = {}
        self._wanted: Measure | None = None
        self._title, self._reading = PlainLabel(), PlainLabel()
        self._measure = ChoiceBox(theme=theme, icons=icons)
        self._split = ChoiceBox(theme=theme, icons=icons)
        self._chart = DayChart(theme=theme)
        self._legend = Legend(theme=theme)
        self._build()
        self._measure.activated.connect(self._choose_measure)
        self._split.activated.connect(self._draw)
        self._chart.pointed.connect(self._read)
        self._retranslate()

    def show_days(
        self, rows: Sequence[UsageRow], first: datetime.date, last: datetime.date
    ) -> None:
        """Draw what was used from day `first` to day `last`."""
        self._rows, self._days = tuple(rows), (first, last)
        self._models = dict(by_model(rows))
        self._list_models()
        self._draw()

    @property
    def measure(self) -> Measure:
        """What was chosen; else cost where any is known, and tokens where none is."""
        if self._wanted is not None:
            return self._wanted
        return Measure.COST if total(self._rows).cost else Measure.TOKENS

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """What is read has as much room as it may need, so that nothing below it jumps."""
        narrow = self.width() < self._theme.px(STACKED_BELOW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._head.setDirection(way)
        self._split.setMaximumWidth(self._theme.px(WIDEST))
        lines = (2 if narrow else 1) * (2 if self._split.currentData() == SPLIT else 1)
        self._reading.setFixedHeight(lines * self._theme.px(LINE))

    def _build(self) -> None:
        set_kind(self, "card")
        set_kind(self._title, "secondary")
        set_kind(self._reading, "caption")
        self._reading.setTextFormat(Qt.TextFormat.PlainText)
        self._reading.setWordWrap(True)
        self._reading.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for box, choices in ((self._measure, tuple(Measure)), (self._split, ())):
            set_kind(box, "quiet")
            for choice in choices:
                box.addItem("", choice)
        choices_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        choices_row.setSpacing(2)
        choices_row.addWidget(self._measure)
        choices_row.addWidget(self._split)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(4)
        self._head.addWidget(self._title, 1)
        self._head.addLayout(choices_row)
        self._head.setAlignment(choices_row, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 12)
        column.setSpacing(4)
        column.addLayout(self._head)
        column.addWidget(self._reading)
        column.addWidget(self._chart)
        column.addWidget(self._legend)

    def _choose_measure(self) -> None:
        self._wanted = Measure(self._measure.currentData())
        self._draw()

    def _list_models(self) -> None:
        """The models in the box, behind the two ways to show all of them."""
        chosen = self._split.currentData()
        with QSignalBlocker(self._split):
            self._split.clear()
            self._split.addItem(self.tr("all models"), ALL)
            self._split.addItem(self.tr("by model"), SPLIT)
            for key in self._models:
                self._split.addItem(self._name(key), key)
            places = [i for i in range(self._split.count()) if self._same(i, chosen)]
            self._split.setCurrentIndex(places[0] if places else 0)
        # The list may be wider than the box, so that long names can be told apart.
        view = self._split.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + self._theme.px(24))

    def _same(self, place: int, chosen: object) -> bool:
        return bool(self._split.itemData(place) == chosen)

    def _draw(self) -> None:
        split, measure = self._split.currentData(), self.measure
        rows: Sequence[UsageRow] = self._rows
        if split not in (ALL, SPLIT):
            rows = [row for row in rows if (row.profile, row.model) == tuple(split)]
        self._step, self._columns = columns(rows, *self._days)
        with QSignalBlocker(self._measure):
            self._measure.setCurrentIndex(tuple(Measure).index(measure))
        series: Sequence[Key] = ()
        if split == SPLIT:
            order = sorted(self._models, key=lambda key: -measure.of(self._models[key]))
            series = order[: len(COLOURS)]
        self._legend.show_names(
            [(self._name(key), colour) for key, colour in zip(series, COLOURS, strict=False)]
            + ([(self.tr("others"), OTHERS)] if series and len(self._models) > len(series) else [])
        )
        self._title.setText(self._heading(measure))
        self._chart.setAccessibleName(self._title.text())
        self._chart.show_columns(self._columns, measure, series)
        self._fit()
        self._read(self._chart.at)

    def _read(self, column: Column | None) -> None:
        """Say the figures of the column pointed at, or of the highest one."""
        if column is None:
            said = self._summary()
        else:
            said = f"{words.span_text(column)} · {words.figures_text(column.sum)}"
            if self._split.currentData() == SPLIT and len(column.models) > 1:
                said = f"{said} · {self._shares(column)}"
        self._reading.setText(said)
        self._chart.setAccessibleDescription(said)

    def _summary(self) -> str:
        most = max(self._columns, key=lambda c: self.measure.of(c.sum), default=None)
        if most is None or not most.sum.requests:
            return ""
        text = self.tr("Most: %1", "a day and its figures")
        return text.replace("%1", f"{words.span_text(most)} · {words.figures_text(most.sum)}")

    def _shares(self, column: Column) -> str:
        """The models of a column that weigh most, with their figures."""
        measure = self.measure
        order = sorted(column.models, key=lambda key: -measure.of(column.models[key]))
        said = []
        for key in order[:3]:
            summed = column.models[key]
            cost = measure is Measure.COST
            figure = words.cost_text(summed) if cost else words.tokens_text(summed.tokens)
            said.append(f"{self._name(key)} {figure}")
        return ", ".join(said)

    def _heading(self, measure: Measure) -> str:
        match measure, self._step:
            case Measure.COST, Step.DAY:
                return self.tr("Cost per day")
            case Measure.COST, Step.WEEK:
                return self.tr("Cost per week")
            case Measure.COST, Step.MONTH:
                return self.tr("Cost per month")
            case Measure.TOKENS, Step.DAY:
                return self.tr("Tokens per day")
            case Measure.TOKENS, Step.WEEK:
                return self.tr("Tokens per week")
            case _:
                return self.tr("Tokens per month")

    def _retranslate(self) -> None:
        self._measure.setAccessibleName(self.tr("What the bars show"))
        self._measure.setItemText(0, self.tr("cost"))
        self._measure.setItemText(1, self.tr("tokens"))
        self._split.setAccessibleName(self.tr("Which models the bars show"))
        self._list_models()
        if self._columns:
            self._draw()
