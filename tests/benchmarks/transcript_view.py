"""A transcript on its own, run as a program: prints what one of its movements costs.

Milliseconds are CPU time of the window's thread, layout and painting included. What is told apart:
`stream` (an answer growing to 400,000 characters, beside a text browser that sets the whole text
anew), `hardest` (blocks that never end), `moves` (wheel, jump and resize among 50,000 messages)
and `anchor` (what is read stays where it is, to the pixel).
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QPixmap, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QTextBrowser, QWidget

from app.core.events import TextDelta
from app.core.message import Message, MessageState, Role
from app.core.settings import ThemeChoice
from app.features.chat.transcript import TranscriptView
from app.features.chat.transcript.actions import Intent
from app.features.chat.transcript.box import TextBox
from app.kit.collector import Collector
from app.kit.icons import Icons
from app.kit.style import style_sheet
from app.kit.theme import Theme
from tests.benchmarks.transcript_text import HARDEST, answer, conversation

WIDTH, HEIGHT = 900, 880
MESSAGES = 50_000
TOKEN = 4
"""Characters a token has, about."""
A_FLUSH = 3.4
"""Tokens that come between two updates, at 100 a second and 30 updates."""
NOTCH = 120
"""Pixels that a step of the wheel goes."""
SHADE = 2
"""How much a smoothed edge differs in brightness for where it is painted, of 255."""
ICONS = Path(__file__).parents[2] / "resources" / "icons"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in view, by its first character; `y` pixels below the view's top."""

    box: TextBox
    char: int
    y: int


class Bench:
    """A transcript in a window, and a watch that counts this thread's CPU time."""

    def __init__(self) -> None:
        self.app = QApplication.instance() or QApplication(sys.argv[:1])
        theme = Theme(ThemeChoice.LIGHT)
        assert isinstance(self.app, QApplication)
        self.app.setStyleSheet(style_sheet(theme))
        pixmaps: dict[str, QPixmap] = {}
        self.view = TranscriptView(theme=theme, icons=Icons(ICONS), blob_pixmap=pixmaps.get)
        self.window = QMainWindow()
        self.window.setCentralWidget(self.view)
        self.window.resize(WIDTH, HEIGHT)
        self.window.show()
        # As in the program: objects are collected in pauses, of which there is none here.
        self._collector = Collector(lambda: True)
        self._collector.begin()
        self.at_rest()

    def show(self, messages: list[Message]) -> None:
        self.view.show_messages(messages)
        self.at_rest()
        gc.collect()
        gc.freeze()

    def at_rest(self) -> None:
        """Let happen what waits for a timer: updates, layout ahead."""
        for _ in range(100_000):
            QCoreApplication.processEvents()
            if not self.view._idle.isActive() and not self.view._growth._timer.isActive():
                break
        QCoreApplication.processEvents()

    def paint(self) -> None:
        """Paint what is asked to be painted, and only that, as the event loop would."""
        QCoreApplication.sendEvent(self.window, QEvent(QEvent.Type.UpdateRequest))

    def cost(self, work: Callable[[], object]) -> float:
        """Milliseconds of this thread for `work` and the painting that follows."""
        begun = time.thread_time()
        work()
        self.paint()
        return (time.thread_time() - begun) * 1000

    def wheel(self, steps: int) -> None:
        viewport = self.view.viewport()
        point = QPointF(viewport.rect().center())
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
        QCoreApplication.sendEvent(viewport, event)

    @property
    def height(self) -> int:
        return self.view.viewport().height()

    def top_line(self) -> Line:
        """The first line of a text that is in view whole."""
        for box, y in self.view.seen():
            if isinstance(box, TextBox):
                for char in range(len(box.plain())):
                    top = y + box.rect_of(char).top()
                    if top >= 0:
                        return Line(box, char, top)
        raise LookupError("no text in view")

    def place_of_line(self, line: Line) -> int | None:
        """Where that line's first character is now, below the view's top."""
        found = (y for box, y in self.view.seen() if box is line.box)
        y = next(found, None)
        return None if y is None else y + line.box.rect_of(line.char).top()

    def picture(self) -> QImage:
        """What is in the viewport now."""
        viewport = self.view.viewport()
        image = QImage(viewport.size(), QImage.Format.Format_RGB32)
        viewport.render(image, QPoint(), viewport.rect(), QWidget.RenderFlag.DrawChildren)
        return image


def stream() -> dict[str, list[float]]:
    """Updates at about 20,000 and at 400,000 characters; the whole text set anew for each."""
    bench, updates = Bench(), 400
    step = round(TOKEN * A_FLUSH)
    text = answer(400_000 + updates * step + 20_000)
    figures: dict[str, list[float]] = {"bare": _bare(bench, updates)}
    message = Message(Role.ASSISTANT, (), id="a", state=MessageState.STREAMING)
    bench.show([*conversation(200), message])
    place = 0
    for name, length in (("at_20k", 20_000), ("at_400k", 400_000)):
        while place < length:
            place = _grow(bench, text, place, 2_000)
            bench.view._growth.flush_now()
            bench.paint()
        bench.at_rest()
        gc.collect()
        gc.freeze()
        costs = []
        for _ in range(updates):
            for _ in range(round(A_FLUSH)):
                place = _grow(bench, text, place, step // round(A_FLUSH))
            costs.append(bench.cost(bench.view._growth.flush_now))
            QCoreApplication.processEvents()
        figures[name] = costs
        figures[f"set_markdown_{name}"] = _set_markdown(text[:place])
    return figures


def _set_markdown(text: str) -> list[float]:
    """A text browser in a window of the same size that is given the whole text, some times."""
    window, browser = QMainWindow(), QTextBrowser()
    window.setCentralWidget(browser)
    window.resize(WIDTH, HEIGHT)
    window.show()
    QCoreApplication.processEvents()
    costs = []
    for _ in range(8):
        begun = time.thread_time()
        _set_whole(browser, text)
        QCoreApplication.sendEvent(window, QEvent(QEvent.Type.UpdateRequest))
        costs.append((time.thread_time() - begun) * 1000)
    window.close()
    return costs


def _bare(bench: Bench, updates: int) -> list[float]:
    """A bare window that paints a strip anew, as often."""
    bare = QMainWindow()
    bare.resize(WIDTH, HEIGHT)
    bare.show()
    QCoreApplication.processEvents()
    costs = []
    for _ in range(updates):
        begun = time.thread_time()
        bare.update(QRect(0, 0, WIDTH, 40))
        QCoreApplication.sendEvent(bare, QEvent(QEvent.Type.UpdateRequest))
        costs.append((time.thread_time() - begun) * 1000)
    bare.close()
    return costs


def _grow(bench: Bench, text: str, place: int, size: int) -> int:
    bench.view.grow("a", TextDelta(text[place : place + size]))
    return place + size


def _set_whole(browser: QTextBrowser, text: str) -> None:
    browser.setMarkdown(text)
    bar = browser.verticalScrollBar()
    bar.setValue(bar.maximum())


def hardest() -> dict[str, list[float]]:
    """Updates while a block that does not end grows to its length: the last fifth of it."""
    bench, figures = Bench(), dict[str, list[float]]()
    for name, (make, length) in HARDEST.items():
        text = make(length)
        begin = length - length // 5
        bench.show([Message(Role.ASSISTANT, (), id="a", state=MessageState.STREAMING)])
        place = 0
        while place < begin:
            place = _grow(bench, text, place, 2_000)
            bench.view._growth.flush_now()
            bench.paint()
        bench.at_rest()
        costs = []
        step = max(round(TOKEN * A_FLUSH), (length - begin) // 500)
        while place < length:
            place = _grow(bench, text, place, step)
            costs.append(bench.cost(bench.view._growth.flush_now))
            QCoreApplication.processEvents()
        figures[name] = costs
    return figures


def moves() -> dict[str, list[float]]:
    """Turning the wheel, jumping anywhere and resizing, in 50,000 messages."""
    bench, random = Bench(), Random(5)
    bench.show(conversation(MESSAGES))
    bar = bench.view.verticalScrollBar()
    figures: dict[str, list[float]] = {"wheel": [], "jump": [], "resize": []}
    for _ in range(40):
        bar.setValue(random.randrange(bar.maximum()))
        bench.at_rest()
        turn = random.choice((1, -1))
        for _ in range(25):
            figures["wheel"].append(bench.cost(partial(bench.wheel, turn)))
            QCoreApplication.processEvents()
    for _ in range(150):
        place = random.randrange(bar.maximum())
        figures["jump"].append(bench.cost(partial(bar.setValue, place)))
        QCoreApplication.processEvents()
    for _ in range(100):
        bar.setValue(random.randrange(bar.maximum()))
        bench.at_rest()
        width = random.randrange(420, WIDTH)
        figures["resize"].append(bench.cost(partial(bench.window.resize, width, HEIGHT)))
    return figures


def anchor(steps: int = 1000) -> dict[str, list[float]]:
    """Random steps of the wheel, folds and resizes, with layout ahead between them.

    `exact`: 1 for a step after which each pixel that still is in view stands where it should: as
    far on as the wheel was turned, or, where something above it was folded or the window's height
    changed, where it stood. After another width the line at the view's top is still there.
    """
    bench, random, exact = Bench(), Random(11), list[float]()
    bench.show(conversation(2_000))
    bar = bench.view.verticalScrollBar()
    while len(exact) < steps:
        number = len(exact)
        if number % 40 == 0:
            bar.setValue(random.randrange(5_000, bar.maximum() - 5_000))
            bench.view.viewport().repaint()
        if number % 10 == 9:
            held = _resize_width(bench, random)
        elif number % 10 == 6:
            held = _resize_height(bench, random)
        elif number % 10 == 3:
            held = _fold(bench, random)
        else:
            held = _wheel(bench, random)
        exact.append(float(held))
    return {"exact": exact}


def _some_events(random: Random) -> None:
    for _ in range(random.randrange(6)):
        QCoreApplication.processEvents()


def _wheel(bench: Bench, random: Random) -> bool:
    before, turn = bench.picture(), random.choice((1, -1, -1))
    bench.wheel(turn)
    _some_events(random)
    return _shifted(before, bench.picture(), -turn * NOTCH)


def _resize_height(bench: Bench, random: Random) -> bool:
    before = bench.picture()
    bench.window.resize(bench.window.width(), HEIGHT - random.randrange(5) * 40)
    _some_events(random)
    return _shifted(before, bench.picture(), 0)


def _resize_width(bench: Bench, random: Random) -> bool:
    """The line that stood at the top stands there still, in its new width."""
    before = bench.top_line()
    bench.window.resize(random.randrange(600, 1000), bench.window.height())
    _some_events(random)
    return bench.place_of_line(before) == before.y


def _fold(bench: Bench, random: Random) -> bool:
    """Fold or unfold something under a head, or unfold a long text: nothing above that moves."""
    view = bench.view
    folds = (Intent.TOGGLE, Intent.FOLD)
    actions = [(a, r) for a, r in view.actions_in_view() if a.intent in folds]
    spots = [rect for action, rect in actions if action.label != "Show less"]
    tops = [(rect, _top_at(bench, rect.center().y())) for rect in spots]
    tops = [(rect, top) for rect, top in tops if top >= 0 and rect.bottom() < bench.height]
    if not tops:
        return _wheel(bench, random)
    before, (spot, top) = bench.picture(), random.choice(tops)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot.center())
    QTest.mouseMove(view.viewport(), QPoint(1, 1))
    _some_events(random)
    # A message that is cut short ends in a line of its own, "…".
    return _shifted(before, bench.picture(), 0, up_to=_top_at(bench, top - 1))


def _top_at(bench: Bench, y: int) -> int:
    """Where the box begins that covers a place in the viewport."""
    return max((top for _box, top in bench.view.seen() if top <= y), default=0)


def _shifted(before: QImage, after: QImage, by: int, *, up_to: int | None = None) -> bool:
    """Whether all that is in both pictures (above `up_to`) moved up by exactly so many pixels."""
    height = min(before.height(), after.height()) - abs(by) if up_to is None else up_to
    was = before.copy(0, max(0, by), before.width(), height)
    now = after.copy(0, max(0, -by), after.width(), height)
    return was == now or all(
        abs(one - other) <= SHADE
        for one, other in zip(bytes(was.constBits()), bytes(now.constBits()), strict=True)
    )


def main() -> int:
    parts = {"stream": stream, "hardest": hardest, "moves": moves, "anchor": anchor}
    print(json.dumps(parts[sys.argv[1]]()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
