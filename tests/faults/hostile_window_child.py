"""Shows hostile texts in a real window and tells, as JSON, what the longest of its events took.

`python -m tests.faults.hostile_window_child large|seed FIRST COUNT`: those of the texts that are
far too long, or those made by so many seeds. Every text comes in every place that a message has for
one, whole and arriving.
"""

from __future__ import annotations

import gc
import json
import os
import random
import sys
from collections.abc import Callable, Iterator
from functools import partial
from time import thread_time

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from app.core.events import ReasoningDelta, TextDelta
from app.core.message import (
    Message,
    MessageState,
    ReasoningPart,
    Role,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from app.core.settings import ThemeChoice
from app.features.chat.transcript import TranscriptView
from app.kit.icons import Icons
from app.kit.markdown.parser import load_parser
from app.kit.style import style_sheet
from app.kit.theme import Theme
from tests.faults.fault import ROOT
from tests.faults.hostile_window import STEP_MS
from tests.kit.markdown.hostile import LARGE, hostile_text

ARRIVES = 60_000
"""Characters of a text that stream; what comes then is no different."""
PIECES = (3, 40, 500, 5000)
Step = Callable[[], object]


class Application(QApplication):
    """Takes the CPU time of every event that the loop hands out."""

    def __init__(self) -> None:
        super().__init__([])
        self.now = ""
        """What the window is doing."""
        self.events = 0
        self.worst = 0.0
        self.over: list[str] = []
        self._depth = 0

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        self._depth += 1
        begun = thread_time()
        try:
            return super().notify(receiver, event)
        finally:
            self._depth -= 1
            if not self._depth:
                self._take((thread_time() - begun) * 1000, event.type().name)

    def _take(self, ms: float, kind: str) -> None:
        self.events += 1
        self.worst = max(self.worst, round(ms, 1))
        if ms > STEP_MS:
            self.over.append(f"{self.now} {kind} {ms:.0f} ms")


class Run:
    """Goes through texts, a step an event, and waits after each until the view is at rest."""

    def __init__(self, app: Application) -> None:
        self._app = app
        theme = Theme(ThemeChoice.LIGHT)
        app.setStyleSheet(style_sheet(theme))
        icons = Icons(ROOT / "resources" / "icons")
        self._view = TranscriptView(theme=theme, icons=icons, blob_pixmap=lambda blob: None)
        self._window = QMainWindow()
        self._window.setCentralWidget(self._view)
        self._window.resize(900, 880)
        self._window.show()
        self.shown = 0
        self._steps: Iterator[tuple[str, Step]] = iter(())
        self._loop = QEventLoop()
        self._timer = QTimer()
        self._timer.timeout.connect(self._go_on)

    def run(self, texts: Iterator[tuple[str, str]]) -> None:
        """Show all of them in the loop."""
        self._steps = self._all(texts)
        self._timer.start(1)
        self._loop.exec()

    def _go_on(self) -> None:
        if self._view._idle.isActive() or self._view._growth._timer.isActive():
            return
        for name, step in self._steps:
            self._app.now = name
            step()
            return
        self._timer.stop()
        self._loop.quit()

    def _all(self, texts: Iterator[tuple[str, str]]) -> Iterator[tuple[str, Step]]:
        for name, text in texts:
            for way, messages in self._whole(text):
                yield f"{name}: {way}", partial(self._open, messages)
                yield from self._look_around(f"{name}: {way}")
            for way, event in (("text", TextDelta), ("thought", ReasoningDelta)):
                yield from self._arriving(f"{name}: arriving {way}", text[:ARRIVES], event)
            self.shown += 1
            yield "the collector", self._forget

    def _open(self, messages: list[Message]) -> None:
        self._view.show_messages(messages)

    def _jump(self, share: float) -> None:
        bar = self._view.verticalScrollBar()
        bar.setValue(round(bar.maximum() * share))

    def _forget(self) -> None:
        """The collector's own time is not the view's: it runs in pauses."""
        self._app._depth += 1
        gc.collect()
        self._app._depth -= 1

    def _whole(self, text: str) -> Iterator[tuple[str, list[Message]]]:
        call = ToolCallPart("c1", "look", json.dumps({"text": text}))
        code = f"````py\n{text}\n````\n"
        yield "answer", [Message(Role.USER, (TextPart("?"),)), _answer(TextPart(text))]
        yield "question", [Message(Role.USER, (TextPart(text),))]
        yield "code", [_answer(TextPart(code))]
        yield "thought", [_answer(ReasoningPart(text), TextPart("."))]
        result = Message(Role.TOOL, (ToolResultPart("c1", "look", text),))
        yield "tool", [_answer(call), result, _answer(TextPart("."))]

    def _look_around(self, name: str) -> Iterator[tuple[str, Step]]:
        rng = random.Random(1)
        for share in (0.0, 1.0, *(rng.random() for _ in range(3))):
            yield f"{name}, jump", partial(self._jump, share)
        for width in (600, 900):
            yield f"{name}, resize", partial(self._window.resize, width, 880)

    def _arriving(
        self, name: str, text: str, event: type[TextDelta] | type[ReasoningDelta]
    ) -> Iterator[tuple[str, Step]]:
        message = Message(Role.ASSISTANT, (), state=MessageState.STREAMING)
        yield name, partial(self._open, [Message(Role.USER, (TextPart("?"),))])
        yield name, partial(self._view.append_message, message)
        rng, at = random.Random(len(text)), 0
        while at < len(text):
            piece = text[at : at + rng.choice(PIECES)]
            at += len(piece)
            yield name, partial(self._view.grow, message.id, event(piece))
            yield name, self._view._growth.flush_now
        part = TextPart(text) if event is TextDelta else ReasoningPart(text)
        ended = Message(Role.ASSISTANT, (part,), id=message.id)
        yield f"{name}, end", partial(self._view.update_message, ended)


def _answer(*parts: TextPart | ReasoningPart | ToolCallPart) -> Message:
    return Message(Role.ASSISTANT, parts)


def _texts(kind: str, first: int, count: int) -> Iterator[tuple[str, str]]:
    for number in range(first, first + count):
        if kind == "large":
            yield list(LARGE.items())[number]
        else:
            yield f"seed {number}", hostile_text(random.Random(number))[0]


def main() -> None:
    kind, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    app = Application()
    load_parser()
    # What is imported late would be counted as the first text's.
    warm = "warm ```py\nx = 1\n``` $x$ **a**\n\n```py\nx = '1'\n```\n\n| a |\n|---|\n| b |\n"
    run = Run(app)
    run.run(iter([("warm", warm)]))
    gc.collect()
    gc.freeze()
    gc.disable()
    app.events, app.worst, app.over, run.shown = 0, 0.0, [], 0
    run.run(_texts(kind, first, count))
    told = {"shown": run.shown, "events": app.events, "worst": app.worst, "over": app.over}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
