"""The formula worker, but some formulas take for ever, and some bring it down."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from app.adapters.child_frames import Header
from app.adapters.child_loop import Work, serve
from app.adapters.math import worker

MEMORY_BYTES = worker.MEMORY_BYTES


def make_work() -> Work:
    work = worker.make_work()

    def misbehave(header: Header, body: bytes) -> tuple[Header, bytes]:
        asked = json.loads(body)
        for place, (tex, *rest) in enumerate(asked):
            while tex == "slow":
                pass
            if tex == "crash":
                os.abort()
            if tex.startswith("once ") and not (mark := Path(tex[5:])).exists():
                mark.touch()
                os.abort()
            asked[place] = ["c" if tex.startswith("once ") else tex, *rest]
        return work(header, json.dumps(asked).encode())

    return misbehave


if __name__ == "__main__":
    sys.exit(serve("tests.adapters.math.slow_worker"))
