"""The tools of one MCP server for the toolbox: known without a start, started by a call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.adapters.mcp.servers import McpServers
from app.core.mcp import McpError, McpFailure
from app.core.tool import CallContext, Tool, ToolOutcome

CHANGED = (
    "This tool is described differently by its server now than when it was offered, so it was not "
    "run. The person will be asked about it as it is now."
)
_WORDS = {
    McpFailure.NOT_FOUND: "the program of this tool's server was not found",
    McpFailure.NOT_RUNNABLE: "the program of this tool's server could not be started",
    McpFailure.EXITED: "the tool's server ended",
    McpFailure.TOO_SLOW: "the tool's server did not answer in time",
    McpFailure.NO_PROTOCOL: "the tool's server answered with what is not MCP",
    McpFailure.FLOODS: "the tool's server sent too much and was ended",
    McpFailure.TOO_LONG: "the tool's server sent too long a message and was ended",
    McpFailure.REFUSED: "the tool's server refused",
    McpFailure.UNREACHABLE: "the tool's server could not be reached",
    McpFailure.NEEDS_SIGN_IN: "the tool's server wants a key or a sign-in",
    McpFailure.REDIRECTS: "the tool's server points to another address, where nothing was sent",
    McpFailure.SECRET_MISSING: "a secret that the tool's server needs is not set",
    McpFailure.NOT_ALLOWED: "the person has not allowed this tool's server to start",
    McpFailure.HOST: "the process that runs MCP servers ended",
}


class McpSource:
    """Fulfils `core.tool_ports.ToolSource` for one server."""

    def __init__(self, servers: McpServers, server_id: str) -> None:
        self._servers = servers
        self._id = server_id

    def tools(self) -> Sequence[Tool]:
        return self._servers.tools(self._id)

    async def run(
        self, tool: Tool, arguments: Mapping[str, Any], context: CallContext
    ) -> ToolOutcome:
        """Start the server if need be; call the tool if it still is the one that was offered."""
        try:
            await self._servers.start(self._id)
            now = next((one for one in self.tools() if one.id == tool.id), None)
            if now is None or now.fingerprint != tool.fingerprint:
                return ToolOutcome(CHANGED, is_error=True)
            content = await self._servers.call(self._id, tool.name, arguments, context.told)
        except McpError as error:
            return ToolOutcome(failure_words(error), is_error=True)
        return ToolOutcome(content.text, content.is_error, content.pictures)


def failure_words(error: McpError) -> str:
    """For the model: why there is no result."""
    words = f"It did not work: {_WORDS[error.failure]}"
    return f"{words}: {error.detail}" if error.detail else f"{words}."
