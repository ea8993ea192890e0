"""A program with two servers that run and a process one of them let go; ends with its input."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from app.adapters.threads import in_daemon_thread
from tests.adapters.mcp.real_servers import kept, stdio


async def main() -> None:
    folder = Path(sys.argv[1])
    async with kept(folder, stdio("good"), stdio("rude", "stays")) as servers:
        await servers.start("good")
        await servers.start("rude")
        print((await servers.call("good", "child", {})).text, flush=True)
        await in_daemon_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
