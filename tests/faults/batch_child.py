"""A real Porthole that works through a batch; it says how far it is until it ends or is killed.

`python -m tests.faults.batch_child DATA ADDRESS FOLDER` makes a batch of a folder and starts it;
without a FOLDER it resumes the one whose tab was open. Each line on stdout is JSON: how many rows
are how far.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from app.adapters.history_db import open_history
from app.adapters.keys import SystemKeys
from app.bootstrap import World, run_window
from app.core.settings import LanguageChoice, Profile, Settings
from app.features.batch.batch_page import BatchPage
from app.program import Program
from tests.conftest import until


def settings(address: str) -> Settings:
    profile = Profile("local", "Local", address, "test/text", "test/seeing")
    return Settings((profile,), "local", language=LanguageChoice.ENGLISH)


async def page_of(program: Program) -> BatchPage:
    """The batch's page in the window, once it is there."""
    found = await until(lambda: next(iter(program.window.findChildren(BatchPage)), None))
    assert isinstance(found, BatchPage)
    return found


async def confirmed(program: Program) -> None:
    """Say yes to what the batch may cost."""

    def button() -> QPushButton | None:
        dialogs = [d for d in program.window.findChildren(QDialog) if d.isVisible()]
        buttons = [b for d in dialogs for b in d.findChildren(QPushButton) if b.text() == "Start"]
        return buttons[0] if buttons else None

    QTest.mouseClick(await until(button), Qt.MouseButton.LeftButton)


async def work(program: Program, folder: str) -> None:
    if folder:
        program.batches.take([folder])
    page = await page_of(program)
    run = page.run

    def tell() -> None:
        tally = run.tally
        facts = {name: getattr(tally, name) for name in ("waiting", "asking", "done", "failed")}
        os.write(1, json.dumps({**facts, "uncertain": tally.uncertain}).encode() + b"\n")

    tell()
    run.changed.connect(tell)
    QTest.mouseClick(page.header.go, Qt.MouseButton.LeftButton)
    if folder:
        await confirmed(program)
    # A kill near the end may have left nothing that waits: all that is left is uncertain then.
    await until(lambda: run.running or not run.tally.left)
    await until(lambda: not run.running, limit_s=600)
    tell()


def main(directory: Path, address: str, folder: str) -> int:
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    store = open_history(directory)
    keys = SystemKeys(allow=lambda _ring: False)
    world = World(directory, settings(address), store, store.start_state(), keys)

    async def script(program: Program) -> None:
        await work(program, folder)

    return run_window(world, script=script)


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else ""))
