"""A window while its first MCP servers start: how long its thread works at a stretch, as JSON."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

import qasync
from PySide6.QtWidgets import QApplication, QWidget

from tests.adapters.mcp.real_servers import kept, stdio
from tests.benchmarks.lateness import Lateness

SETTLE_S = 0.3


async def _measured(folder: Path) -> dict[str, float]:
    window = QWidget()
    window.show()
    async with kept(folder, stdio("good"), stdio("rude", "stderr")) as servers:
        await asyncio.sleep(SETTLE_S)
        lateness = Lateness()
        lateness.start()
        begun = time.perf_counter()
        await servers.start("good")
        start_ms = (time.perf_counter() - begun) * 1000
        await servers.start("rude")
        await asyncio.sleep(SETTLE_S)
        assert servers.tools("good")
        late = lateness.stop()
    window.close()
    return {"cpu_ms": max(lateness.cpu), "late_ms": max(late), "start_ms": start_ms}


def main() -> None:
    app = QApplication(["benchmark"])
    loop = qasync.QEventLoop(app)
    with loop:
        print(json.dumps(loop.run_until_complete(_measured(Path(sys.argv[1])))))


if __name__ == "__main__":
    main()
