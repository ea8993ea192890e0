"""What the ways without a window share: Qt's core for the reader's language, and clean output."""

from __future__ import annotations

import argparse
import json
import os
import sys

from PySide6.QtCore import QCoreApplication

from app.adapters import paths
from app.adapters.settings_file import SettingsFile
from app.ask import ask, models
from app.ask_args import read_ask
from app.ask_parser import WrongUse
from app.ask_print import wrong_use
from app.kit.i18n import Language

WRONG_USE, INTERRUPTED = 2, 130
NO_DISPLAY = 1


def run(given: argparse.Namespace) -> int:
    """Run `ask` or `models`; answers the exit status."""
    write_utf8()
    core = QCoreApplication.instance() or QCoreApplication([])
    data_dir = paths.data_dir(given.data_dir or None)
    settings = SettingsFile(data_dir).load()
    language = Language(paths.resources_dir() / "translations", settings.language)
    try:
        if given.command == "models":
            return models(given.base_url, data_dir, demo=given.demo, as_json=given.json)
        return ask(read_ask(given), data_dir)
    except WrongUse as error:
        if given.json:
            print_wrong_use(str(error))
        print(f"porthole: {error}", file=sys.stderr)
        return WRONG_USE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output went away (`| head`): nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    finally:
        del language, core


def say_no_display() -> int:
    """Tell why there can be no window; answers the exit status."""
    write_utf8()
    core = QCoreApplication.instance() or QCoreApplication([])
    settings = SettingsFile(paths.data_dir(None)).load()
    language = Language(paths.resources_dir() / "translations", settings.language)
    text = QCoreApplication.translate(
        "Ask",
        "There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set). "
        "“porthole ask” works without one.",
    )
    print(f"porthole: {text}", file=sys.stderr)
    del language, core
    return NO_DISPLAY


def print_wrong_use(text: str) -> None:
    """The one object of `--json`, where nothing could be asked."""
    print(json.dumps(wrong_use(text), ensure_ascii=False))


def write_utf8() -> None:
    """Answers are Unicode whatever the terminal's locale is."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
