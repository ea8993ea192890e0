"""The reading child, where whatever asks for the network or for a file by its address is refused.

It also says, in the place of a line of text, how gladly it gives way: its niceness.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from app.adapters.child_frames import Header
from app.adapters.child_loop import Work, serve
from app.adapters.ocr import worker

MEMORY_BYTES = worker.MEMORY_BYTES
REFUSED = ("socket.", "urllib.", "http.client.", "ftplib.")


def refuse(event: str, _arguments: Any) -> None:
    if event.startswith(REFUSED):
        raise PermissionError(event)


def make_work() -> Work:
    sys.addaudithook(refuse)
    read = worker.make_work()

    def work(header: Header, body: bytes) -> tuple[Header, bytes]:
        answer, data = read(header, body)
        line = [f"niceness {os.nice(0)}", 1.0, 0.0, 0.0, 1.0, 1.0]
        return {**answer, "lines": [*answer["lines"], line]}, data

    return work


if __name__ == "__main__":
    sys.exit(serve("tests.adapters.ocr.no_network"))
