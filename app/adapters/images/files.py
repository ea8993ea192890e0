"""Reads a file that a person dropped or picked: plain files of bounded size, nothing else."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from app.core.errors import ImageError, ImageProblem

MOST_BYTES = 50 * 1024 * 1024


def read_plain_file(path: str) -> tuple[str, bytes]:
    """The file's name and bytes; blocks. Raises ImageError.

    Folders, pipes, sockets and devices are refused without waiting for what they might say.
    """
    name = Path(path).name or path
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except (OSError, ValueError) as error:
        raise ImageError(ImageProblem.UNREADABLE, name) from error
    try:
        facts = os.fstat(handle)
        if not stat.S_ISREG(facts.st_mode):
            raise ImageError(ImageProblem.UNREADABLE, name)
        if facts.st_size > MOST_BYTES:
            raise ImageError(ImageProblem.TOO_LARGE, name)
        with open(handle, "rb", closefd=False) as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ImageError(ImageProblem.UNREADABLE, name) from error
    finally:
        os.close(handle)
    if len(data) > MOST_BYTES:
        raise ImageError(ImageProblem.TOO_LARGE, name)
    if not data:
        raise ImageError(ImageProblem.EMPTY, name)
    return name, data
