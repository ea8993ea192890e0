"""Fault: MCP servers that lie, flood, hang, die, refuse to end, or answer with mutated messages.

`lost` counts calls that ended in anything but a result or a plain reason, decent servers beside
them that then did not answer, and processes that were left; `worst_ms` is the most of its own
processor time that the window's thread spent between two ticks of its loop meanwhile.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter
from pathlib import Path

from app.adapters.mcp.keeper import descendants
from app.adapters.mcp.servers import McpServers
from app.core.mcp import McpError
from tests.adapters.mcp.real_servers import kept, stdio
from tests.faults.fault import Outcome

NAME = "mcp_hostile"
WAYS = (
    *("dies", "flood", "long", "noise", "lies", "hangs", "silent", "stays", "ten_megabytes"),
    *("no_result", "names", "schemas", "changes", "stderr"),
)
LIMIT_S = 90.0
HANGS_S = 2.0
TICK_S = 0.004


def run(directory: Path, trials: int) -> Outcome:
    trial = _Trials(directory)
    asyncio.run(trial.run(trials))
    left = len(descendants(os.getpid()))
    note = ", ".join(f"{count} {how}" for how, count in sorted(trial.ended.items()))
    return Outcome(NAME, trials, trial.lost + left, trial.worst_ms, f"{note}; {left} left")


class _Trials:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.ended: Counter[str] = Counter()
        self.lost = 0
        self.worst_ms = 0.0

    async def run(self, trials: int) -> None:
        async with kept(self._folder, stdio("good")) as decent:
            await decent.start("good")
            ticks = asyncio.create_task(self._tick())
            for number in range(trials):
                how = WAYS[number] if number < len(WAYS) else "mutate"
                async with kept(self._folder, stdio("rude", how, str(number))) as servers:
                    await self._one(servers, how)
                answer = await decent.call("good", "add", {"a": number, "b": 1})
                self.lost += answer.text != str(number + 1)
            ticks.cancel()

    async def _one(self, servers: McpServers, how: str) -> None:
        patience = HANGS_S if how in ("hangs", "silent", "mutate") else LIMIT_S
        try:
            async with asyncio.timeout(patience):
                await servers.start("rude")
                for tool in servers.tools("rude") or ():
                    await servers.call("rude", tool.name, {})
            self.ended["answered"] += 1
        except McpError as error:
            self.ended[error.failure.value] += 1
        except TimeoutError:
            self.ended["given up"] += 1
            self.lost += patience == LIMIT_S
        except Exception as error:  # this is what is looked for
            self.ended[type(error).__name__] += 1
            self.lost += 1

    async def _tick(self) -> None:
        while True:
            used = time.thread_time()
            await asyncio.sleep(TICK_S)
            self.worst_ms = max(self.worst_ms, round((time.thread_time() - used) * 1000, 1))
