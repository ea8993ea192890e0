"""One server inside the host: connects to it, lists what it offers, and asks it things."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from app.adapters.mcp.results import Pieces, pieces_of
from app.adapters.mcp.stdio import StdioPipe
from app.adapters.mcp.web import web_streams
from app.core.mcp import Http, McpError, McpFailure, Stdio

START_LIMIT_S = 60.0
LIST_LIMIT_S = 30.0
ASK_LIMIT_S = 120.0
CALL_LIMIT_S = 3600.0
MOST_LISTED = 2000
MOST_PAGES = 50
MOST_LIST_CHARACTERS = 1_500_000

Answer = tuple[dict[str, Any], bytes]


class ServerSession:
    """`said` hears lines for the log, `changed` that a list of the server is another now."""

    def __init__(
        self,
        way: Stdio | Http,
        secrets: Mapping[str, str],
        said: Callable[[str], None],
        changed: Callable[[], None],
    ) -> None:
        self._way = way
        self._secrets = secrets
        self._said = said
        self._changed = changed
        self._session: Any = None
        self._fault: McpError | None = None
        self._pipe: StdioPipe | None = None

    @property
    def fault(self) -> McpError | None:
        """What the transport saw, where the session only saw that no answer came."""
        return self._fault or (self._pipe.fault if self._pipe is not None else None)

    @asynccontextmanager
    async def opened(self, ended: Callable[[], None]) -> AsyncIterator[dict[str, Any]]:
        """Connect; what the server says of itself. Raises McpError, and what mcp raises."""
        import anyio
        import mcp_types as types
        from mcp import ClientSession

        async with self._streams(ended) as (read, write):
            session = ClientSession(
                read,
                write,
                client_info=types.Implementation(name="porthole", version="0.1"),
                logging_callback=self._logged,
                message_handler=self._heard,
            )
            async with session:
                self._session = session
                self._fault = None
                with anyio.fail_after(START_LIMIT_S):
                    await self._greet(session)
                about = session.server_info
                yield {
                    "server_name": about.name if about else "",
                    "server_version": about.version if about else "",
                    "protocol": session.protocol_version or "",
                    "instructions": (session.instructions or "")[:20_000],
                }

    @asynccontextmanager
    async def _streams(self, ended: Callable[[], None]) -> AsyncIterator[tuple[Any, Any]]:
        if isinstance(self._way, Stdio):
            self._pipe = StdioPipe(self._way, self._secrets, self._said)
            async with self._pipe.streams(ended) as streams:
                yield streams
            return
        async with web_streams(self._way, self._secrets, self._web_fault) as streams:
            yield streams

    @staticmethod
    async def _greet(session: Any) -> None:
        """By the handshake that every server knows; by discovery where one knows only that."""
        from mcp import MCPError

        try:
            await session.initialize()
        except MCPError:
            await session.discover()

    def _web_fault(self, fault: McpError) -> None:
        self._fault = fault

    async def _logged(self, params: Any) -> None:
        data = params.data if isinstance(params.data, str) else json.dumps(params.data)[:2000]
        self._said(f"({params.level}) {data[:2000]}")

    async def _heard(self, message: Any) -> None:
        if str(getattr(message, "method", "")).endswith("/list_changed"):
            self._changed()

    async def offer(self) -> dict[str, Any]:
        """All its lists, by "tools", "resources", "templates" and "prompts", as JSON."""
        import anyio
        import mcp_types as types

        can = self._session.server_capabilities
        asked: dict[str, tuple[Any, Any]] = {}
        if can is not None and can.tools is not None:
            asked["tools"] = (types.ListToolsRequest, types.ListToolsResult)
        if can is not None and can.resources is not None:
            asked["resources"] = (types.ListResourcesRequest, types.ListResourcesResult)
            asked["resourceTemplates"] = (
                types.ListResourceTemplatesRequest,
                types.ListResourceTemplatesResult,
            )
        if can is not None and can.prompts is not None:
            asked["prompts"] = (types.ListPromptsRequest, types.ListPromptsResult)
        found: dict[str, Any] = {}
        with anyio.fail_after(LIST_LIMIT_S):
            for key, (request, result) in asked.items():
                found[key] = await self._pages(key, request, result)
        return found

    async def _pages(self, key: str, request: Any, result: Any) -> list[Any]:
        import mcp_types as types
        from mcp import MCPError

        items: list[Any] = []
        size, cursor = 0, None
        for _ in range(MOST_PAGES):
            params = types.PaginatedRequestParams(cursor=cursor) if cursor else None
            try:
                page = await self._session.send_request(request(params=params), result)
            except MCPError as error:
                if error.code == types.METHOD_NOT_FOUND:
                    return items  # it says it can, and cannot
                raise
            told = page.model_dump(by_alias=True, mode="json", exclude_none=True)
            for item in told.get(key, []):
                size += len(json.dumps(item))
                if size > MOST_LIST_CHARACTERS or len(items) >= MOST_LISTED:
                    self._said(f"(Porthole) the list of {key} is too long; the rest was left out")
                    return items
                items.append(item)
            cursor = page.next_cursor
            if not cursor:
                break
        return items

    async def call(
        self, name: str, arguments: Mapping[str, Any], told: Callable[[float | None, str], None]
    ) -> Answer:
        """Call a tool. `told` hears how far it is. Raises what mcp raises."""
        import mcp_types as types
        from pydantic import TypeAdapter

        async def progress(done: float, total: float | None, message: str | None) -> None:
            share = min(max(done / total, 0.0), 1.0) if total and total > 0 else None
            told(share, (message or "")[:500])

        result = await self._session.send_request(
            types.CallToolRequest(
                params=types.CallToolRequestParams(name=name, arguments=dict(arguments))
            ),
            TypeAdapter(types.CallToolResult),
            request_read_timeout_seconds=CALL_LIMIT_S,
            progress_callback=progress,
        )
        dump = result.model_dump(by_alias=True, mode="json", exclude_none=True)
        pieces = pieces_of(dump.get("content", []))
        pieces.add_structured(dump.get("structuredContent"))
        header, body = pieces.packed()
        return {**header, "is_error": bool(dump.get("isError"))}, body

    async def read(self, uri: str) -> Answer:
        """Read a resource. Raises what mcp raises."""
        import mcp_types as types

        result = await self._session.send_request(
            types.ReadResourceRequest(params=types.ReadResourceRequestParams(uri=uri)),
            types.ReadResourceResult,
            request_read_timeout_seconds=ASK_LIMIT_S,
        )
        pieces = Pieces()
        for held in result.model_dump(by_alias=True, mode="json").get("contents", []):
            pieces.add_resource(held)
        return pieces.packed()

    async def prompt(self, name: str, arguments: Mapping[str, str]) -> Answer:
        """Fill in a prompt. Raises what mcp raises."""
        import mcp_types as types

        result = await self._session.send_request(
            types.GetPromptRequest(
                params=types.GetPromptRequestParams(name=name, arguments=dict(arguments))
            ),
            types.GetPromptResult,
            request_read_timeout_seconds=ASK_LIMIT_S,
        )
        dump = result.model_dump(by_alias=True, mode="json", exclude_none=True)
        messages: list[dict[str, Any]] = []
        bodies: list[bytes] = []
        for message in dump.get("messages", [])[:MOST_LISTED]:
            header, body = pieces_of([message["content"]]).packed()
            messages.append({**header, "role": message["role"]})
            bodies.append(body)
        return {"messages": messages}, b"".join(bodies)


def failure_of(error: BaseException, seen: McpError | None) -> McpError:
    """Why it did not work, in the words there are; `seen` is what the transport saw of it."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if isinstance(error, McpError):
        return error
    if seen is not None:
        return seen
    from mcp import MCPError
    from pydantic import ValidationError

    if isinstance(error, TimeoutError):
        return McpError(McpFailure.TOO_SLOW)
    if isinstance(error, MCPError):
        return McpError(McpFailure.REFUSED, str(error)[:4000])
    if isinstance(error, ValidationError):
        return McpError(McpFailure.NO_PROTOCOL, str(error)[:4000])
    if type(error).__module__.startswith(("httpx2", "httpcore")):
        return McpError(McpFailure.UNREACHABLE, str(error)[:4000])
    return McpError(McpFailure.NO_PROTOCOL, type(error).__name__)
