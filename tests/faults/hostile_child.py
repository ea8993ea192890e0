"""Reads and lays out hostile texts and tells, as JSON, how long the longest step of each kind took.

`python -m tests.faults.hostile_child FIRST COUNT`: those seeds, and with each of the first hundreds
one of the texts that are far too long.
"""

from __future__ import annotations

import gc
import json
import os
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import thread_time

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from app.core.settings import ThemeChoice
from app.kit.markdown.blocks import Block, Kind
from app.kit.markdown.document import BlockDocument, write_block
from app.kit.markdown.look import Look
from app.kit.markdown.parser import MarkdownParser
from app.kit.markdown.plain import plain_text
from app.kit.markdown.stream import BlockStream
from app.kit.markdown.whole import WholeText
from app.kit.theme import Theme
from tests.faults.hostile import BATCH, STEP_MS
from tests.kit.markdown.hostile import LARGE, hostile_text, sentinel

PIECES = (1, 20, 300, 3000, 50_000)
ELSEWHERE = (Kind.CODE, Kind.RULE, Kind.NOTICE)
"""Not laid out by `write_block`."""


class Reading:
    """Reads texts and keeps the time of each step."""

    def __init__(self) -> None:
        self.worst: dict[str, float] = {}
        self.steps = self.over = self.lost = 0
        self._parser = MarkdownParser()
        self._parser.warm()
        self._look = Look(Theme(ThemeChoice.LIGHT))

    @contextmanager
    def step(self, kind: str) -> Iterator[None]:
        begun = thread_time()
        yield
        ms = (thread_time() - begun) * 1000
        self.steps += 1
        self.over += ms > STEP_MS
        self.worst[kind] = max(self.worst.get(kind, 0), round(ms, 1))

    def read(self, text: str, count: int, rng: random.Random) -> None:
        """Both ways, with so many sentinels to be found again."""
        for way in (self._whole(text), self._arriving(text, rng)):
            shown = "\n".join(plain_text(block) for block in way)
            self.lost += sum(sentinel(number) not in shown for number in range(count))
        gc.collect()

    def _whole(self, text: str) -> Iterator[Block]:
        with self.step("split"):
            whole = WholeText(text, self._parser)
        for chunk in whole.chunks:
            with self.step("parse"):
                blocks = list(whole.blocks(chunk))
            for block in blocks:
                if block.kind not in ELSEWHERE:
                    self._lay_out(block)
            yield from blocks

    def _lay_out(self, block: Block) -> None:
        with self.step("layout"):
            document = BlockDocument(self._look)
            document.setTextWidth(700)
            write_block(document, block, self._look)
            document.size()

    def _arriving(self, text: str, rng: random.Random) -> Iterator[Block]:
        stream = BlockStream(self._parser)
        at = 0
        while at < len(text):
            size = rng.choice(PIECES)
            stream.feed(text[at : at + size])
            at += size
            behind = True
            while behind:
                with self.step("update"):
                    update = stream.update()
                yield from update.frozen
                behind = update.behind
        with self.step("finish"):
            rest = stream.finish().frozen
        yield from rest


def main() -> None:
    first, count = map(int, sys.argv[1:])
    app = QApplication([])
    reading = Reading()
    # The collector's own time is not a step's: it runs between the texts.
    gc.freeze()
    gc.disable()
    names = list(LARGE)[first // BATCH : first // BATCH + 1]
    for seed in range(first, first + count):
        rng = random.Random(seed)
        text, sentinels = hostile_text(rng)
        reading.read(text, sentinels, rng)
    for name in names:
        reading.read(LARGE[name][:200_000], 0, random.Random(1))
        with reading.step("split"):
            WholeText(LARGE[name], reading._parser)
    del app
    print(
        json.dumps(
            {
                "worst": reading.worst,
                "steps": reading.steps,
                "over": reading.over,
                "lost": reading.lost,
            }
        )
    )


if __name__ == "__main__":
    main()
