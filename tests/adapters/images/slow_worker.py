"""An image worker that misbehaves as a picture's last bytes say."""

from __future__ import annotations

import os
import sys

from app.adapters.child_frames import Header
from app.adapters.child_loop import Work, serve

MEMORY_BYTES = 512 * 1024 * 1024


def make_work() -> Work:
    return misbehave


def misbehave(_header: Header, body: bytes) -> tuple[Header, bytes]:
    if body.endswith(b"die"):
        os.abort()
    if body.endswith(b"eat"):
        return {"length": len(bytearray(1024 * 1024 * 1024))}, b""
    while True:
        pass


if __name__ == "__main__":
    sys.exit(serve("tests.adapters.images.slow_worker"))
