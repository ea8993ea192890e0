"""The start: a window that is painted and takes text before the program behind it is read in.

Only what the first paint needs is imported here. The rest is read in piece by piece, and events
are handled in between, so that what is typed meanwhile is seen at once.
"""

from __future__ import annotations

import base64
import binascii
import importlib
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.adapters import paths
from app.adapters.settings_file import SettingsFile
from app.core.settings import Settings
from app.core.wish import Start, Wish
from app.kit.i18n import Language
from app.kit.theme import Theme
from app.shell.main_window import MainWindow

TRACE_START = "PORTHOLE_TRACE_START"
"""Names a file that gets the time of the first paint, for measuring."""
PAINT_LIMIT_S = 2.0
CANNOT_START = 1
PIECES = (
    "asyncio",
    "qasync",
    "app.adapters.history_db",
    "app.features.chat.session",
    "app.kit.markdown.document",
    "app.features.chat.transcript",
    "app.features.chat.page",
    "app.features.history.history_list",
    "app.features.images.attachment_strip",
    "app.features.models.model_picker",
    "app.features.connection.connections",
    "app.program",
    "app.bootstrap",
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What is there from the first paint on."""

    theme: Theme
    language: Language
    window: MainWindow


def run(data_dir: str, files: Sequence[str], *, demo: bool = False, wish: Wish = Wish.OPEN) -> int:
    """Open the window and stay until it closes; answers the exit status.

    For a picture of the screen the window opens once there is one, if at all.
    """
    directory = paths.data_dir(data_dir or None)
    wanted = Start(tuple(str(Path(name).resolve()) for name in files), wish)
    while True:
        from app.adapters import single_instance
        from app.core.errors import StorageError, StorageProblem

        instance: single_instance.FirstInstance | None = None
        frame: Frame | None = None
        settings = SettingsFile(directory).load()
        try:
            instance = single_instance.claim(directory)
            if instance is None:
                if single_instance.hand_over(directory, wanted):
                    return 0
                raise StorageError(StorageProblem.IN_USE, str(directory))
            frame = open_frame(settings) if wish is Wish.OPEN else new_frame(settings)
            read_in(frame.window)
            from app.bootstrap import run_here

            return run_here(directory, settings, frame, instance, wanted=wanted, demo=demo)
        except StorageError as error:
            if frame is not None:
                frame.window.hide()
                frame.window.deleteLater()
            if instance is not None:
                instance.close()
            from app.shell.start_problem import ask_another

            another = ask_another(error, settings, paths.resources_dir() / "translations")
            if another is None:
                return CANNOT_START
            directory = Path(another)


def application() -> QApplication:
    """Qt's application object, made once."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
        app.setApplicationName("porthole")
        app.setApplicationDisplayName("Porthole")
        app.setDesktopFileName("porthole")
        app.setQuitOnLastWindowClosed(False)
    return app


def new_frame(settings: Settings) -> Frame:
    """The window with nothing behind it yet, not shown."""
    application()
    theme = Theme(settings.theme, settings.zoom_percent)
    language = Language(paths.resources_dir() / "translations", settings.language)
    try:
        geometry = base64.b64decode(settings.window_geometry, validate=True)
    except binascii.Error:
        geometry = b""
    window = MainWindow(theme=theme, sidebar_shown=settings.sidebar_shown, geometry=geometry)
    return Frame(theme, language, window)


def open_frame(settings: Settings) -> Frame:
    """Show the window, and come back once it is painted and takes text."""
    frame = new_frame(settings)
    frame.window.show()
    deadline = time.monotonic() + PAINT_LIMIT_S
    while not frame.window.was_painted and time.monotonic() < deadline:
        QApplication.processEvents()
    if trace := os.environ.get(TRACE_START):
        Path(trace).write_text(json.dumps({"interactive_at": time.time()}), "utf-8")
    return frame


def read_in(window: MainWindow) -> None:
    """Import the rest of the program, handling events after each piece."""
    for name in PIECES:
        if window.was_closed:
            return
        importlib.import_module(name)
        QApplication.processEvents()
