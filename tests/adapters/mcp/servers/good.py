"""An MCP server with a bit of everything, on the protocol's own package; stdio or HTTP."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from typing import Any

import anyio
from mcp.server.mcpserver import Context, Image, MCPServer

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
server = MCPServer("good 好", version="1.2", instructions="Ask kindly.")


def say_cancelled(path: str) -> None:
    with open(path, "w", encoding="utf-8") as file:
        file.write("cancelled")


@server.tool()
def add(a: int, b: int) -> int:
    """Adds two numbers."""
    return a + b


@server.tool()
def variables() -> dict[str, str]:
    """The server's environment."""
    return dict(os.environ)


@server.tool(structured_output=False)
def picture() -> list[Any]:
    """A picture and a word."""
    return ["here", Image(data=PIXEL, format="png")]


@server.tool()
def broken() -> str:
    """Always fails."""
    raise ValueError("no luck 没有")


@server.tool()
def large(size: int) -> str:
    """So many characters."""
    return "x" * size


@server.tool()
async def slow(path: str, ctx: Context[Any, Any]) -> str:
    """Goes on until it is cancelled; says so in a file."""
    await ctx.report_progress(1, 4, "a quarter")
    try:
        await anyio.sleep(3600)
    finally:
        say_cancelled(path)
    return "never"


@server.tool()
def child() -> int:
    """Starts a process that leaves the session and does not end by itself."""
    code = "import signal,time;signal.signal(15,signal.SIG_IGN);time.sleep(600)"
    return subprocess.Popen([sys.executable, "-c", code], start_new_session=True).pid


@server.tool()
async def grow(ctx: Context[Any, Any]) -> str:
    """Adds a tool, and says so."""

    def added() -> str:
        return "new"

    server.add_tool(added, name="added", description="Came later")
    await ctx.session.send_tool_list_changed()
    return "done"


@server.resource("note://one", mime_type="text/plain")
def one() -> str:
    """A note."""
    return "the note 笔记"


@server.resource("note://{name}")
def by_name(name: str) -> str:
    """A note by its name."""
    return f"note {name}"


@server.prompt()
def greet(name: str) -> str:
    """Greets somebody."""
    return f"Greet {name} kindly."


if __name__ == "__main__":
    if len(sys.argv) > 1:
        server.run("streamable-http", host="127.0.0.1", port=int(sys.argv[1]))
    else:
        print("started and listening", file=sys.stderr, flush=True)
        server.run("stdio")
