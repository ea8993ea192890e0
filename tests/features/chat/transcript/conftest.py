"""A real transcript view, shown, with pictures that are made here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QPixmap, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.message import Message
from app.core.settings import ThemeChoice
from app.features.chat.transcript import TranscriptView
from app.features.chat.transcript.actions import Intent
from app.features.chat.transcript.kinds import KINDS
from app.features.chat.transcript.part_kinds import PartKinds
from app.kit.icons import Icons
from app.kit.markdown.formulas import Formulas
from app.kit.style import style_sheet
from app.kit.theme import Theme

ICONS = Path(__file__).parents[4] / "resources" / "icons"


class Now:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def _described(message: Message) -> str:
    assert message.failure is not None
    return f"It failed: {message.failure.kind.value}."


@dataclass
class Screen:
    """A view and hands to use it with."""

    view: TranscriptView
    theme: Theme
    qtbot: Any
    now: Now
    pixmaps: dict[str, QPixmap] = field(default_factory=dict)

    @property
    def bar(self) -> int:
        return self.view.verticalScrollBar().value()

    @property
    def most(self) -> int:
        return self.view.verticalScrollBar().maximum()

    def frames(self) -> None:
        """Let everything that waits for a timer happen: flushes, layout ahead."""
        for _ in range(200):
            QApplication.processEvents()
            if not self.view._idle.isActive():
                break
        QApplication.processEvents()

    def flush(self) -> None:
        self.view._growth.flush_now()
        self.frames()

    def later(self, seconds: float) -> None:
        """Time passes, and the timers that go with it."""
        self.now.seconds += seconds
        self.view._waits.timeout.emit()
        self.flush()

    def rect_of(self, intent: Intent, label: str = "", number: int = 0) -> QRect:
        """Where an action is seen."""
        found = [
            rect
            for action, rect in self.view.actions_in_view()
            if action.intent is intent and label in action.label
        ]
        assert found, f"no {intent} in view: {self.labels()}"
        return found[number]

    def labels(self) -> list[str]:
        return [action.label for action, _rect in self.view.actions_in_view()]

    def click(self, intent: Intent, label: str = "", number: int = 0) -> None:
        point = self.rect_of(intent, label, number).center()
        self.qtbot.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, pos=point)

    def wheel(self, steps: int, at: QPoint | None = None) -> None:
        """Turn the wheel: up for positive steps."""
        viewport = self.view.viewport()
        point = QPointF(at or viewport.rect().center())
        event = QWheelEvent(
            point,
            viewport.mapToGlobal(point),
            QPoint(),
            QPoint(0, 120 * steps),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(viewport, event)

    def y_of(self, text: str) -> int:
        """Where the box that holds `text` is seen, below the view's top."""
        for box, y in self.view._column.visible(self.bar, self.view.viewport().height()):
            if text in box.plain():
                return y
        raise AssertionError(f"{text!r} is not in view")

    def clipboard(self) -> str:
        return self.copied().text()

    def copied(self) -> QMimeData:
        """What is on the clipboard once the copy is done, which takes slices if it is long."""
        self.qtbot.waitUntil(lambda: not self.view._copying.busy)
        return QApplication.clipboard().mimeData()


def turn(
    screen: Screen,
    angle: int = 0,
    pixels: int = 0,
    phase: Qt.ScrollPhase = Qt.ScrollPhase.NoScrollPhase,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """A turn of a wheel or a touch pad, with all that an event tells."""
    viewport = screen.view.viewport()
    point = QPointF(viewport.rect().center())
    event = QWheelEvent(
        point,
        viewport.mapToGlobal(point),
        QPoint(0, pixels),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        modifiers,
        phase,
        False,
    )
    QApplication.sendEvent(viewport, event)


@pytest.fixture
def make_screen(qtbot: QtBot, qapp: QApplication) -> Callable[..., Screen]:
    def make(
        width: int = 860,
        height: int = 600,
        formulas: Formulas | None = None,
        kinds: PartKinds = KINDS,
    ) -> Screen:
        theme = Theme(ThemeChoice.LIGHT)
        qapp.setStyleSheet(style_sheet(theme))
        pixmaps: dict[str, QPixmap] = {}
        now = Now()
        view = TranscriptView(
            theme=theme,
            icons=Icons(ICONS),
            blob_pixmap=pixmaps.get,
            describe=_described,
            clock=now,
            formulas=formulas,
            kinds=kinds,
        )
        qtbot.addWidget(view)
        view.resize(width, height)
        view.show()
        qtbot.waitExposed(view)
        return Screen(view, theme, qtbot, now, pixmaps)

    return make


@pytest.fixture
def screen(make_screen: Callable[..., Screen]) -> Screen:
    return make_screen()
