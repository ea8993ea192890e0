"""The source of the person's own tools: each call as the tool says at that moment."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.adapters.own_tools.command import run_command
from app.adapters.own_tools.request import send_request
from app.adapters.own_tools.result import without
from app.core.errors import KeyStoreError
from app.core.network import Network
from app.core.own_tool import (
    CommandAction,
    OwnTool,
    RequestAction,
    as_tool,
    lack_of,
    offered,
    origin_of,
    secret_id,
)
from app.core.ports import KeyStore
from app.core.tool import CallContext, Tool, ToolOutcome


class OwnToolSource:
    """Fulfils `core.tool_ports.ToolSource`. `network` says how an address is reached; it raises
    KeyStoreError where the password of a proxy cannot be had."""

    def __init__(
        self,
        own_tools: Callable[[], Sequence[OwnTool]],
        keys: KeyStore,
        network: Callable[[str], Awaitable[Network]],
    ) -> None:
        self._own_tools = own_tools
        self._keys = keys
        self._network = network

    def tools(self) -> Sequence[Tool]:
        return [as_tool(own) for own in offered(self._own_tools())]

    async def run(
        self, tool: Tool, arguments: Mapping[str, Any], context: CallContext
    ) -> ToolOutcome:
        own = next((one for one in offered(self._own_tools()) if one.tool_id == tool.id), None)
        if own is None:
            return ToolOutcome("This tool is gone, or was switched off.", is_error=True)
        if as_tool(own).fingerprint != tool.fingerprint:
            # What was asked about is not what would be done now.
            return ToolOutcome("This tool was changed meanwhile; call it again.", is_error=True)
        return await self.call(own, arguments)

    async def call(self, own: OwnTool, arguments: Mapping[str, Any]) -> ToolOutcome:
        """Do what a tool says, switched on or not. Never raises but for a cancellation."""
        if own.action is None or lack_of(own) is not None:
            return ToolOutcome("This tool does nothing yet.", is_error=True)
        try:
            secrets = {name: await self._secret(own, name) for name in own.action.secrets}
            outcome = await self._done(own, own.action, secrets, arguments)
        except KeyStoreError as error:
            return ToolOutcome(f"The keyring cannot be used: {error.problem.value}", is_error=True)
        except _MissingError as missing:
            return ToolOutcome(str(missing), is_error=True)
        return replace(outcome, text=without(outcome.text, secrets.values()))

    async def _done(
        self,
        own: OwnTool,
        action: CommandAction | RequestAction,
        secrets: Mapping[str, str],
        arguments: Mapping[str, Any],
    ) -> ToolOutcome:
        if isinstance(action, CommandAction):
            return await run_command(action, secrets, arguments, own.limit_s)
        network = await self._network(origin_of(action.url))
        return await send_request(action, secrets, arguments, own.limit_s, network)

    async def _secret(self, own: OwnTool, name: str) -> str:
        value = await self._keys.get(secret_id(own, name))
        if not value:
            raise _MissingError(f"The secret {name!r} of this tool is not in the keyring.")
        return value


class _MissingError(Exception):
    """A secret that a tool needs is not there."""
