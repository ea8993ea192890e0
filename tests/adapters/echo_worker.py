"""A worker for the tests of child processes: answers, hangs, dies, burns, eats, fails."""

from __future__ import annotations

import os
import signal
import sys
import time

from app.adapters.child_frames import Header
from app.adapters.child_loop import RefusedError, Work, serve

MEMORY_BYTES = 512 * 1024 * 1024


def make_work() -> Work:
    print("a library's chatter")
    return answer


def answer(header: Header, body: bytes) -> tuple[Header, bytes]:
    match header["do"]:
        case "echo":
            print("more chatter")
            return {"pid": os.getpid(), "text": header.get("text")}, body
        case "environment":
            return {"names": sorted(os.environ)}, b""
        case "hang":
            os.write(int(header["tell"]), b"x") if "tell" in header else None
            time.sleep(600)
        case "burn":
            while True:
                pass
        case "eat":
            return {"length": len(bytearray(1024 * 1024 * 1024))}, b""
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "refuse":
            raise RefusedError("not today")
    raise KeyError(header["do"])


if __name__ == "__main__":
    sys.exit(serve("tests.adapters.echo_worker"))
