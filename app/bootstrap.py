"""Builds the program over a data directory, and runs it on qasync's loop until its window closes.

`opening` comes before: it has the window painted by the time this is imported.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import qasync
from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon

from app.adapters import paths, single_instance
from app.adapters.history_db import open_history
from app.adapters.keys import SystemKeys
from app.adapters.log import Log
from app.core.errors import StorageError
from app.core.ports import HistoryStore, KeyStore, StartState
from app.core.settings import Settings
from app.core.wish import OPEN, Start
from app.kit.icons import Icons
from app.opening import Frame, application, new_frame
from app.program import Program
from app.program_parts import ProgramParts

LOG = logging.getLogger("porthole")
SIGNAL_LOOK_MS = 250
Script = Callable[[Program], Awaitable[None]]
"""Something played on a running program: the tour."""


def run_here(
    directory: Path,
    settings: Settings,
    frame: Frame,
    instance: single_instance.FirstInstance,
    *,
    wanted: Start = OPEN,
    demo: bool = False,
) -> int:
    """Run the program in the window that is open; answers the exit status.

    Raises StorageError where the history cannot be opened; nothing was changed then.
    """
    store = open_history(directory)
    try:
        start = store.start_state()
    except StorageError:
        store.close_now()
        raise
    logging_here = Log(directory)
    try:
        world = World(directory, settings, store, start, SystemKeys())
        return run_window(world, frame=frame, instance=instance, wanted=wanted, demo=demo)
    finally:
        logging_here.close()
        instance.close()


@dataclass(frozen=True, slots=True)
class World:
    """What a window stands on: where it lives, what lies there, and where its keys are."""

    directory: Path
    settings: Settings
    store: HistoryStore
    start: StartState
    keys: KeyStore


def run_window(
    world: World,
    *,
    frame: Frame | None = None,
    instance: single_instance.FirstInstance | None = None,
    wanted: Start = OPEN,
    demo: bool = False,
    script: Script | None = None,
) -> int:
    """Run the window on qasync's loop until it is closed and all is saved.

    With a `script` that is played on the program, and its end is the window's.
    """
    loop = qasync.QEventLoop(application())
    asyncio.set_event_loop(loop)
    sys.set_asyncgen_hooks(
        firstiter=loop._asyncgen_firstiter_hook, finalizer=loop._asyncgen_finalizer_hook
    )
    loop.set_exception_handler(_log_fault)
    with loop:
        program = new_program(world, frame, demo=demo)
        loop.run_until_complete(_window(program, world, instance, wanted, script))
    return 0


def new_program(world: World, frame: Frame | None = None, *, demo: bool = False) -> Program:
    """The program over that world, in a frame of its own where none is given."""
    frame = frame or new_frame(world.settings)
    application().setWindowIcon(QIcon(str(paths.resources_dir() / "icons" / "porthole.svg")))
    parts = ProgramParts(
        directory=world.directory,
        settings=world.settings,
        store=world.store,
        keys=world.keys,
        theme=frame.theme,
        icons=Icons(paths.resources_dir() / "icons"),
        language=frame.language,
        window=frame.window,
    )
    return Program(parts, demo=demo)


async def _window(
    program: Program,
    world: World,
    instance: single_instance.FirstInstance | None,
    wanted: Start,
    script: Script | None,
) -> None:
    ended = asyncio.get_running_loop().create_future()

    def end() -> None:
        if not ended.done():
            ended.set_result(None)

    program.window.closing.connect(end)
    if program.window.was_closed:
        end()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: end())
    # Python hears of a signal only when it runs: an idle Qt loop would not let it.
    looks = QTimer()
    looks.timeout.connect(lambda: None)
    looks.start(SIGNAL_LOOK_MS)
    if instance is not None:
        loop = asyncio.get_running_loop()

        def second_start(start: Start) -> None:
            loop.call_soon_threadsafe(program.incoming.take, start)

        instance.listen(second_start)
    program.show(world.start, wanted)
    try:
        await (ended if script is None else script(program))
    finally:
        looks.stop()
        await program.finish()
    await asyncio.get_running_loop().shutdown_asyncgens()


def _log_fault(_loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    error = context.get("exception")
    info = error if isinstance(error, BaseException) else None
    LOG.error("%s", context.get("message", "a task failed"), exc_info=info)
