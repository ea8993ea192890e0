"""Private files and folders, whole writes, and locks that end with their process."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path

from app.core.errors import StorageError, StorageProblem

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


def problem_of(number: int | None) -> StorageProblem:
    """What an `errno` means to the reader."""
    if number in _FULL:
        return StorageProblem.FULL
    if number in _READ_ONLY:
        return StorageProblem.READ_ONLY
    return StorageProblem.FAILED


def storage_error(error: OSError, path: Path) -> StorageError:
    """The operating system's refusal as a StorageError about `path`."""
    return StorageError(problem_of(error.errno), str(path), os.strerror(error.errno or 0))


def make_private_folder(path: Path) -> None:
    """Make `path` (and what lies above it) for its owner alone; one that exists stays as it is.

    Raises OSError.
    """
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)
        with contextlib.suppress(OSError):  # one that we may write to, but not list
            sync_folder(folder.parent)
    if not path.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path`, mode 0600: after a crash the old file is there or the new, never half.

    Raises OSError, and then leaves nothing of its own behind.
    """
    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}.tmp")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def sync_folder(path: Path) -> None:
    """Put the folder's own entries on the disk. Windows does so by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class FileLock:
    """A lock on a file, held until `release` or the end of the process, however it ends."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def take_lock(path: Path) -> FileLock | None:
    """The lock at `path`, or None while another process (or part of this one) holds it.

    The file stays when the lock ends: taking it away would let two processes lock two files of the
    same name. Raises OSError if the file cannot be opened.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor)
    except OSError:
        os.close(descriptor)
        return None
    return FileLock(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
