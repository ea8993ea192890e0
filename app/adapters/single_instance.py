"""One Porthole for each data directory: a second start hands its files to the first and ends.

The first holds a lock for its life, which the system takes back however it ends, and listens on a
socket that only its owner can reach (on Windows a named pipe). What is handed over is one JSON
object, a `Start`, answered by one byte.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from app.adapters.disk import FileLock, make_private_folder, storage_error, take_lock
from app.core.wish import Start, Wish

Hear = Callable[[Start], None]

_LONGEST_ADDRESS = 100
"""In bytes; the system's own limit is 104 to 108."""
_LONGEST_MESSAGE = 1 << 20
_PATIENCE_S = 3.0


class FirstInstance:
    """This process is the one that runs here, until `close`."""

    def __init__(self, lock: FileLock, door: _Door) -> None:
        self._lock = lock
        self._door = door
        self._thread: threading.Thread | None = None

    def listen(self, callback: Hear) -> None:
        """Call `callback` with each further start, on a thread of ours.

        Starts that came before are not lost: they wait at the door.
        """
        self._thread = threading.Thread(
            target=self._door.serve, args=(callback,), name="second-starts", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop listening and let another process be the first. Once is enough."""
        self._door.close()
        if self._thread is not None:
            self._thread.join(_PATIENCE_S)
        self._lock.release()


def claim(directory: Path) -> FirstInstance | None:
    """Become the first instance of this data directory; None if there is one.

    What a killed process left is swept aside. Raises StorageError where the folder cannot be used.
    """
    try:
        make_private_folder(directory)
        lock = take_lock(directory / "instance.lock")
        if lock is None:
            return None
        try:
            return FirstInstance(lock, _open_door(directory))
        except BaseException:
            lock.release()
            raise
    except OSError as error:
        raise storage_error(error, directory) from error


def hand_over(directory: Path, start: Start) -> bool:
    """Give a start to the first instance, which does as it says; False if it does not answer.

    Relative paths are made absolute here, for the first stands in another folder. Blocks for up to
    three seconds.
    """
    paths = [os.path.abspath(path) for path in start.paths]
    message = json.dumps({"paths": paths, "wish": start.wish.value}).encode()
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            return _knock(directory, message)
        except (OSError, EOFError):
            # It may be between its lock and its door.
            if time.monotonic() > until:
                return False
            time.sleep(0.05)


def _start_in(message: bytes) -> Start | None:
    try:
        told = json.loads(message)
        paths, wish = told["paths"], Wish(told["wish"])
    except (ValueError, RecursionError, LookupError, TypeError):
        return None
    if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
        return None
    return Start(tuple(paths), wish)


class _Door(Protocol):
    """Where further starts knock."""

    def serve(self, callback: Hear) -> None:
        """Answer each knock until `close`."""
        ...

    def close(self) -> None: ...


if sys.platform == "win32":
    from multiprocessing.connection import Client, Listener

    class _Pipe:
        def __init__(self, address: str) -> None:
            self._address = address
            self._listener = Listener(address, "AF_PIPE")
            self._closed = False

        def serve(self, callback: Hear) -> None:
            while not self._closed:
                with suppress(OSError, EOFError), self._listener.accept() as knock:
                    start = _start_in(knock.recv_bytes(_LONGEST_MESSAGE))
                    if start is not None and not self._closed:
                        callback(start)
                        knock.send_bytes(b"k")

        def close(self) -> None:
            self._closed = True
            with suppress(OSError, EOFError), Client(self._address, "AF_PIPE") as knock:
                knock.send_bytes(b"")
            self._listener.close()

    def _address(directory: Path) -> str:
        import hashlib

        name = hashlib.sha256(os.fsencode(directory.resolve())).hexdigest()[:32]
        return rf"\\.\pipe\porthole-{name}"

    def _open_door(directory: Path) -> _Door:
        return _Pipe(_address(directory))

    def _knock(directory: Path, message: bytes) -> bool:
        with Client(_address(directory), "AF_PIPE") as first:
            first.send_bytes(message)
            return first.poll(_PATIENCE_S) and first.recv_bytes(1) == b"k"

else:

    class _Socket:
        def __init__(self, address: Path) -> None:
            self._address = address
            address.unlink(missing_ok=True)
            self._listener = socket.socket(socket.AF_UNIX)
            try:
                self._listener.bind(str(address))
                address.chmod(0o600)
                self._listener.listen(8)
            except BaseException:
                self._listener.close()
                raise

        def serve(self, callback: Hear) -> None:
            while True:
                try:
                    knock, _ = self._listener.accept()
                except OSError:
                    return  # closed
                with knock, suppress(OSError):
                    knock.settimeout(_PATIENCE_S)
                    start = _start_in(_read_all(knock))
                    if start is not None:
                        callback(start)
                        knock.sendall(b"k")

        def close(self) -> None:
            self._address.unlink(missing_ok=True)
            with suppress(OSError):
                # Closing alone would leave a thread that waits in `accept` waiting.
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()

    def _address(directory: Path) -> Path:
        """In the data directory, or in a private one where that is too deep for a socket."""
        plain = directory / "instance.sock"
        if len(os.fsencode(plain)) <= _LONGEST_ADDRESS:
            return plain
        folder = Path(tempfile.gettempdir()) / f"porthole-{os.getuid()}"
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        if status.st_uid != os.getuid() or status.st_mode & 0o077:
            raise PermissionError(1, "not a folder of ours alone", str(folder))
        import hashlib

        name = hashlib.sha256(os.fsencode(directory.resolve())).hexdigest()[:24]
        return folder / f"{name}.sock"

    def _open_door(directory: Path) -> _Door:
        return _Socket(_address(directory))

    def _knock(directory: Path, message: bytes) -> bool:
        with socket.socket(socket.AF_UNIX) as first:
            first.settimeout(_PATIENCE_S)
            first.connect(str(_address(directory)))
            first.sendall(message)
            first.shutdown(socket.SHUT_WR)
            return first.recv(1) == b"k"

    def _read_all(knock: socket.socket) -> bytes:
        """Up to the other's end of speaking; longer than a start can be is none."""
        read = b""
        while len(read) <= _LONGEST_MESSAGE and (piece := knock.recv(65536)):
            read += piece
        return read
