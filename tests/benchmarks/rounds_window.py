"""A conversation whose model calls a tool that does nothing, round after round: the cost, as JSON.

`python -m tests.benchmarks.rounds_window DIRECTORY ROUNDS`. Everything is the program's own but the
service and the tool, which answer at once: what is measured is the turn, the store and the view.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import qasync

from app.core.conversation import Draft
from app.core.message import ImagePart, ToolCallPart, ToolResultPart
from app.core.tool import CallContext, Tool
from tests.faults.called_window import ANSWER, Called, GivingTools, calling, told
from tests.faults.hostile_window_child import Application


class NotedTools(GivingTools):
    """Notes when each call began: on the clock, and by the processor time used."""

    def __init__(self) -> None:
        super().__init__()
        self.starts: list[tuple[float, float]] = []

    async def run(
        self, call: ToolCallPart, tool: Tool, arguments: Mapping[str, Any], context: CallContext
    ) -> tuple[ToolResultPart | ImagePart, ...]:
        self.starts.append((time.perf_counter(), time.process_time()))
        return await super().run(call, tool, arguments, context)


async def _measured(app: Application, directory: Path, rounds: int) -> None:
    tools = NotedTools()
    called = Called(app, directory, tools)
    called.service.scripts = [calling(1, "look"), ANSWER]
    called.session.send(Draft("warm"))
    await called.until_still()
    gc.collect()
    gc.freeze()
    tools.starts.clear()
    app.worst = 0.0
    called.service.scripts = [calling(place + 2, "look") for place in range(rounds)] + [ANSWER]
    called.session.send(Draft("go"))
    await called.until_still()
    pairs = list(pairwise(tools.starts))
    wall = statistics.median((after[0] - before[0]) * 1000 for before, after in pairs)
    cpu = statistics.median((after[1] - before[1]) * 1000 for before, after in pairs)
    await called.close()
    told({"wall_ms": wall, "cpu_ms": cpu, "rounds": len(tools.starts), "worst": app.worst})


def main() -> None:
    app = Application()
    app.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(app)
    with loop:
        loop.run_until_complete(_measured(app, Path(sys.argv[1]), int(sys.argv[2])))


if __name__ == "__main__":
    main()
