"""The one place that builds the program's objects and joins them.

Read from the top it is the order of a start: the store, the window, the first paint; then, in idle
time and in threads, all that is heavy.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import qasync
from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app.adapters import paths, single_instance
from app.adapters.history_db import History, open_history
from app.adapters.keys import SystemKeys
from app.adapters.log import Log
from app.adapters.settings_file import SettingsFile
from app.core.errors import StorageError, StorageProblem
from app.core.ports import HistoryStore, KeyStore, StartState
from app.core.settings import LanguageChoice, Settings
from app.kit.i18n import Language
from app.kit.icons import Icons
from app.kit.theme import Theme
from app.program import Program
from app.program_parts import ProgramParts
from app.shell.start_problem import StartProblem

LOG = logging.getLogger("porthole")
SIGNAL_LOOK_MS = 250
CANNOT_START = 1
Script = Callable[[Program], Awaitable[None]]
"""Something played on a running program: the tour."""


def run(data_dir: str, files: Sequence[str], *, demo: bool = False) -> int:
    """Open the window and stay until it closes; answers the exit status."""
    directory = paths.data_dir(data_dir or None)
    wanted = [str(Path(name).resolve()) for name in files]
    while True:
        instance: single_instance.FirstInstance | None = None
        store: History | None = None
        settings = SettingsFile(directory).load()
        try:
            instance = single_instance.claim(directory)
            if instance is None:
                if single_instance.hand_over(directory, wanted):
                    return 0
                raise StorageError(StorageProblem.IN_USE, str(directory))
            store = open_history(directory)
            start = store.start_state()
        except StorageError as error:
            if store is not None:
                store.close_now()
            if instance is not None:
                instance.close()
            another = _another_directory(error, settings)
            if another is None:
                return CANNOT_START
            directory = Path(another)
            continue
        logging_here = Log(directory)
        try:
            world = World(directory, settings, store, start, SystemKeys())
            return run_window(world, instance=instance, files=wanted, demo=demo)
        finally:
            logging_here.close()
            instance.close()


def _another_directory(error: StorageError, settings: Settings) -> str | None:
    """Say why this one cannot be used; answers the one that the person chose instead."""
    app = application()
    language = Language(paths.resources_dir() / "translations", settings.language)
    try:
        return StartProblem(error, settings=settings).ask(app)
    finally:
        language.choose(LanguageChoice.ENGLISH)


def application() -> QApplication:
    """Qt's application object, made once."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
        app.setApplicationName("porthole")
        app.setApplicationDisplayName("Porthole")
        app.setDesktopFileName("porthole")
        app.setWindowIcon(QIcon(str(paths.resources_dir() / "icons" / "porthole.svg")))
        app.setQuitOnLastWindowClosed(False)
        app.setStyle("Fusion")
    return app


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
    instance: single_instance.FirstInstance | None = None,
    files: Sequence[str] = (),
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
        loop.run_until_complete(_window(world, instance, files, demo=demo, script=script))
    return 0


def new_program(world: World, *, demo: bool = False) -> Program:
    """The program over that world, its window not shown yet."""
    settings, resources = world.settings, paths.resources_dir()
    parts = ProgramParts(
        directory=world.directory,
        settings=settings,
        store=world.store,
        keys=world.keys,
        theme=Theme(settings.theme, settings.zoom_percent),
        icons=Icons(resources / "icons"),
        language=Language(resources / "translations", settings.language),
    )
    return Program(parts, demo=demo)


async def _window(
    world: World,
    instance: single_instance.FirstInstance | None,
    files: Sequence[str],
    *,
    demo: bool,
    script: Script | None,
) -> None:
    program = new_program(world, demo=demo)
    ended = asyncio.get_running_loop().create_future()

    def end() -> None:
        if not ended.done():
            ended.set_result(None)

    program.window.closing.connect(end)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: end())
    # Python hears of a signal only when it runs: an idle Qt loop would not let it.
    looks = QTimer()
    looks.timeout.connect(lambda: None)
    looks.start(SIGNAL_LOOK_MS)
    if instance is not None:
        loop = asyncio.get_running_loop()

        def second_start(paths: list[str]) -> None:
            take = partial(program.take_files, paths, bring_forward=True)
            loop.call_soon_threadsafe(take)

        instance.listen(second_start)
    program.show(world.start, files)
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
