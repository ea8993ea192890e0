"""The bar over a batch: which model, which action, how many at a time, and the button to begin."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.core.batch import MOST_AT_ONCE, BatchAction, RowState
from app.features.batch.batch_run import BatchRun
from app.features.batch.world import BatchWorld
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.choice_box import ChoiceBox
from app.kit.widgets.flow_layout import FlowLayout

CHOICES = (1, 2, 4, 8, MOST_AT_ONCE)


class BatchHeader(QFrame):
    """While the batch runs, model and action stay; how many at a time may change."""

    go_wanted = Signal()
    states_chosen = Signal(object)  # Collection[RowState] that are to be shown; None: all

    def __init__(self, run: BatchRun, world: BatchWorld, *, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._run, self._theme, self._icons = run, theme, icons
        self._known: Sequence[BatchAction] = ()
        self._world = world
        self._field, model = world.model_field(run.batch)
        self._model = model
        self._action = ChoiceBox(theme=theme, icons=icons)
        self._at_once = ChoiceBox(theme=theme, icons=icons)
        self._shown = ChoiceBox(theme=theme, icons=icons)
        self._go = QPushButton()
        set_kind(self, "bar")
        set_kind(self._go, "primary")
        self._field.set_current(run.batch.model)
        choices = QWidget()
        flow = FlowLayout(8)
        flow.setContentsMargins(0, 0, 0, 0)
        choices.setLayout(flow)
        for widget in (model, self._action, self._at_once, self._shown):
            flow.addWidget(widget)
        row = QHBoxLayout()
        row.setContentsMargins(16, 7, 16, 7)
        row.addWidget(choices, 1)
        row.addWidget(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        self._field.model_chosen.connect(lambda model: run.change(model=model))
        self._action.activated.connect(self._choose_action)
        self._at_once.activated.connect(
            lambda place: run.change(at_once=int(self._at_once.itemData(place)))
        )
        self._shown.activated.connect(
            lambda place: self.states_chosen.emit(self._shown.itemData(place))
        )
        self._go.clicked.connect(self.go_wanted)
        theme.changed.connect(self.refresh)
        self._retranslate()

    @property
    def go(self) -> QPushButton:
        return self._go

    @property
    def action(self) -> ChoiceBox:
        return self._action

    @property
    def at_once(self) -> ChoiceBox:
        return self._at_once

    @property
    def shown(self) -> ChoiceBox:
        """Which rows are shown."""
        return self._shown

    def refresh(self) -> None:
        """Say what can be done now."""
        run = self._run
        self._model.setEnabled(not run.running)
        self._action.setEnabled(not run.running)
        if run.pausing:
            text, icon = self.tr("Pausing…"), "pause"
        elif run.running:
            text, icon = self.tr("Pause"), "pause"
        elif run.batch.started:
            text, icon = self.tr("Resume"), "play"
        else:
            text, icon = self.tr("Start…"), "play"
        self._go.setText(text)
        size = self._theme.px(14)
        tokens = self._theme.tokens
        color = tokens.on_accent
        self._go.setIcon(self._icons.icon(icon, color, size, disabled=tokens.text_3))
        self._go.setIconSize(QSize(size, size))
        ready = bool(run.batch.model and run.batch.action.prompt)
        self._go.setEnabled(not run.pausing and ready)
        self._go.setVisible(run.running or run.tally.waiting > 0)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _choose_action(self, place: int) -> None:
        action = self._action.itemData(place)
        if isinstance(action, BatchAction):
            changes = {"model": action.model} if action.model else {}
            self._run.change(action=action, **changes)
            self._field.set_current(self._run.batch.model)

    def _show_actions(self) -> None:
        """The actions there are; the batch's own comes first where it is none of them any more."""
        own = self._run.batch.action
        known = list(self._world.actions())
        at = next((i for i, action in enumerate(known) if _same(action, own)), -1)
        if at < 0 and own.prompt:
            known.insert(0, own)
            at = 0
        self._action.clear()
        for action in known:
            self._action.addItem(action.name, action)
        self._action.setCurrentIndex(at)

    def _show_filter(self) -> None:
        left = (RowState.WAITING, RowState.ASKING)
        at = max(0, self._shown.currentIndex())
        self._shown.clear()
        for text, states in (
            (self.tr("All files"), None),
            (self.tr("Not done yet"), left),
            (self.tr("Done"), (RowState.DONE,)),
            (self.tr("Failed"), (RowState.FAILED,)),
            (self.tr("Uncertain"), (RowState.UNCERTAIN,)),
        ):
            self._shown.addItem(text, states)
        self._shown.setCurrentIndex(at)
        self._shown.setAccessibleName(self.tr("Which files are shown"))

    def _retranslate(self) -> None:
        self._show_actions()
        own = self._run.batch.at_once
        self._at_once.clear()
        for count in sorted({*CHOICES, own}):
            self._at_once.addItem(self.tr("%1 at a time").replace("%1", str(count)), count)
        self._at_once.setCurrentIndex(sorted({*CHOICES, own}).index(own))
        self._show_filter()
        self._action.setAccessibleName(self.tr("What is asked about each file"))
        self._at_once.setAccessibleName(self.tr("How many files at a time"))
        self.refresh()


def _same(one: BatchAction, other: BatchAction) -> bool:
    """Whether both ask the same; their names differ by language."""
    return (one.prompt, one.system_prompt, dict(one.parameters)) == (
        other.prompt,
        other.system_prompt,
        dict(other.parameters),
    )
