"""A batch of 10,000 files on its page: what it costs to open, to scroll, and to follow.

Run as a program with a directory: prints JSON, milliseconds of the window's thread by what was
done. Each step is an event of its own, painting included.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import qasync
from PySide6.QtWidgets import QApplication

from app.core.batch import BatchRow, RowState
from app.features.batch.batch_page import BatchPage
from app.features.batch.batch_run import BatchRun
from app.kit.tasks import TaskScope
from tests.features.batch.world import BATCH, thumbnail, world_of
from tests.look import dressed
from tests.scripted import ScriptedService

FILES, STEPS, STEP_PX = 10_000, 300, 330
FIELDS = (("merchant", "海港咖啡"), ("total", "78.00"), ("date", "2026-04-12"))


def rows() -> tuple[BatchRow, ...]:
    """Half of them answered."""
    made = [BatchRow(n, f"/receipts/2026/IMG_{n:05}.png") for n in range(FILES)]
    for n in range(0, FILES, 2):
        made[n] = replace(made[n], state=RowState.DONE, fields=FIELDS, took=1.4, cost=0.001)
    return tuple(made)


async def measure(app: QApplication, folder: Path) -> dict[str, list[float]]:
    theme, icons = dressed(app)
    world = world_of(folder, ScriptedService(), theme, icons, price=1.0)
    await world.store.add(BATCH, rows())
    small = thumbnail()
    for place in range(0, 200, 2):
        await world.store.put_thumbnail(BATCH.id, place, small)
    found = await world.store.rows(BATCH.id)
    scope, took = TaskScope(), dict[str, list[float]]()

    def timed(name: str, work: Callable[[], object]) -> None:
        began = time.thread_time()
        work()
        took.setdefault(name, []).append((time.thread_time() - began) * 1000)

    opened: list[BatchPage] = []

    def open_page() -> None:
        run = BatchRun(BATCH, found, world)
        page = BatchPage(
            run, world, theme=theme, icons=icons, scope=scope, service_name=lambda key: key
        )
        page.resize(1000, 780)
        page.show()
        page.grab()
        opened.append(page)

    for _ in range(5):
        timed("open", open_page)
        await asyncio.sleep(0.05)
        for old in opened[:-1]:
            old.close()
            old.deleteLater()
        del opened[:-1]
    page = opened[0]
    bar = page.table.verticalScrollBar()
    for step in range(STEPS):
        to = step * STEP_PX if step % 3 else (step * 7919 * STEP_PX) % bar.maximum()
        timed("scroll", lambda to=to: _scroll(page, to))  # type: ignore[misc]  # a default, bound now
        await asyncio.sleep(0)
    bar.setValue(0)
    for n in range(1, 2 * STEPS, 2):
        done = replace(page.run.rows[n], state=RowState.DONE, fields=FIELDS, took=1.5, cost=0.001)
        timed("answer", lambda done=done: _answer(page, done))  # type: ignore[misc]  # as above
        await asyncio.sleep(0)
    page.close()
    await scope.close()
    await page.run.close()
    await world.store.close()
    return took


def _scroll(page: BatchPage, to: int) -> None:
    page.table.verticalScrollBar().setValue(to)
    page.table.viewport().repaint()


def _answer(page: BatchPage, row: BatchRow) -> None:
    page.run._replace(row)
    page.refresh()
    page.table.viewport().repaint()


def main() -> None:
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    with loop:
        print(json.dumps(loop.run_until_complete(measure(app, Path(sys.argv[1])))))


if __name__ == "__main__":
    main()
