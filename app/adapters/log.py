"""The log file: what happened, never what was said; anything like a key is blotted out.

Whoever logs gives codes and counts, not a person's text. Redaction is the second line: it goes over
every finished line, tracebacks included, before it is written.
"""

from __future__ import annotations

import copy
import logging
import logging.handlers
import os
import re
import sys
import threading
import traceback
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType

from app.adapters.disk import make_private_folder
from app.adapters.paths import LOGS_FOLDER

FILE_NAME = "porthole.log"
BLOT = "[redacted]"

_LONGEST_LINE = 300
_ROTATE_AT = 1_000_000
_OLDER_FILES = 3

# A name that announces a secret, whatever stands between it and the secret (": ", "=", quotes).
_NAMED = re.compile(
    r"""(?ix)
    ( (?<![A-Za-z]) (?: authorization | key | (?:x-)?api[-_ ]?key | access[-_]?token | token
        | secret | password | passwd | [A-Z0-9_]+_(?:key|token|secret) )
      \b ["']? \s* (?: [:=] | => ) \s* (?: [br](?=["']) )? ["']? (?: (?:bearer|basic) \s+ )? )
    [^\s"',;&)}\]]+
    """
)
_BEARER = re.compile(r"(?i)\b(bearer|basic)(\s+)[\w.~+/=-]{6,}")
_IN_ADDRESS = re.compile(r"(?i)(://)[^/\s:@]+:[^/\s@]+@")
# sk-…, sk_…, pk-…, ghp_…, AIza…, and JSON web tokens.
_SHAPED = re.compile(
    r"\b(?:[sp]k[-_][\w-]{6,}|gh[pousr]_\w{16,}|AIza[\w-]{20,}|eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?)"
)
# Long runs of letters and digits mixed, but for plain hashes, which are ours.
_LONG = re.compile(r"(?<![\w/.-])(?=[\w-]*[A-Za-z])(?=[\w-]*\d)[A-Za-z0-9_-]{32,}(?![\w/.-])")
_OURS = re.compile(r"[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_Facts = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
_Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def redact(text: str) -> str:
    """The text with everything blotted out that looks like a key, a token or a password."""
    text = _IN_ADDRESS.sub(rf"\1{BLOT}@", text)
    text = _NAMED.sub(rf"\1{BLOT}", text)
    text = _BEARER.sub(rf"\1\2{BLOT}", text)
    text = _SHAPED.sub(BLOT, text)
    return _LONG.sub(lambda m: m[0] if _OURS.fullmatch(m[0]) else BLOT, text)


class RedactingFormatter(logging.Formatter):
    """Finished lines, each cut at 300 characters, without secrets.

    Of an exception they tell its kind and its place in the code, never its words: those may quote
    what it tripped over, which may be a person's.
    """

    def formatException(self, ei: _Facts) -> str:  # noqa: N802 - logging's name
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            place = traceback.format_tb(error.__traceback__)
            lines[:0] = [*place, f"{type(error).__module__}.{type(error).__qualname__}\n"]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "".join(lines).rstrip()

    def format(self, record: logging.LogRecord) -> str:
        record = copy.copy(record)
        record.exc_text = None  # another handler may have put the exception's words there
        lines = redact(super().format(record)).split("\n")
        return "\n".join(line[:_LONGEST_LINE] for line in lines)


class Log:
    """Logging to one data directory's `logs/porthole.log` until `close`.

    Where the file cannot be made (no room, for one) nothing is logged: a log must not keep the
    program from starting.
    """

    def __init__(self, directory: Path, level: int = logging.INFO) -> None:
        folder = directory / LOGS_FOLDER
        self._handler: logging.Handler
        try:
            make_private_folder(folder)
            self._handler = _PrivateFile(folder / FILE_NAME)
        except OSError:
            self._handler = logging.NullHandler()
        self._handler.setFormatter(
            RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
        )
        root = logging.getLogger()
        self._level_before = root.level
        root.setLevel(level)
        root.addHandler(self._handler)
        for chatty in ("openai", "httpx", "httpx2", "httpcore", "httpcore2"):
            # Below a warning they write down addresses, headers and bodies.
            logging.getLogger(chatty).setLevel(logging.WARNING)
        self._hook_before = sys.excepthook
        self._thread_hook_before = threading.excepthook
        sys.excepthook = _logging(self._hook_before)
        threading.excepthook = _logging_thread(self._thread_hook_before)

    def close(self) -> None:
        """Stop logging; hooks and level are as they were."""
        sys.excepthook = self._hook_before
        threading.excepthook = self._thread_hook_before
        root = logging.getLogger()
        root.removeHandler(self._handler)
        root.setLevel(self._level_before)
        self._handler.close()


class _PrivateFile(logging.handlers.RotatingFileHandler):
    """A rotating file that its owner alone can read."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path, maxBytes=_ROTATE_AT, backupCount=_OLDER_FILES, encoding="utf-8", errors="replace"
        )

    def _open(self) -> TextIOWrapper:
        os.close(os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT, 0o600))
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """A full disk must not turn every warning into a traceback on the terminal."""


def _logging(after: _Hook) -> _Hook:
    def hook(
        kind: type[BaseException], error: BaseException, traceback: TracebackType | None
    ) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            logging.getLogger("app").critical("uncaught", exc_info=(kind, error, traceback))
        after(kind, error, traceback)

    return hook


def _logging_thread(
    after: Callable[[threading.ExceptHookArgs], object],
) -> Callable[[threading.ExceptHookArgs], object]:
    def hook(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            facts = (args.exc_type, args.exc_value, args.exc_traceback)
            logging.getLogger("app").critical("uncaught in a thread", exc_info=facts)
        after(args)

    return hook
