"""The toolbox, with the sources of tools that are there from the start, joined to the world."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from app.core.errors import KeyStoreError
from app.core.network import Network
from app.core.network_rule import network_for
from app.core.ports import HistoryStore, ImageCodec, KeyStore
from app.core.tool import CallContext, Tool, ToolOutcome
from app.core.tool_ports import ToolSource
from app.kit.settings_holder import SettingsHolder
from app.program_parts import ProgramParts
from app.tool_box import Toolbox

if TYPE_CHECKING:
    from app.adapters.documents.reader import ChildDocumentReader
    from app.adapters.own_tools.source import OwnToolSource
    from app.adapters.tools.own_tool import OwnTool

OWN, MINE = "own", "mine"
"""The sources' ids, with which those of their tools begin."""


class LaterSource:
    """A source that is made when it is first asked for: a start has no use for its libraries."""

    def __init__(self, make: Callable[[], ToolSource]) -> None:
        self._make = make

    @cached_property
    def _source(self) -> ToolSource:
        return self._make()

    def tools(self) -> Sequence[Tool]:
        return self._source.tools()

    async def run(
        self, tool: Tool, arguments: Mapping[str, Any], context: CallContext
    ) -> ToolOutcome:
        return await self._source.run(tool, arguments, context)


def make_toolbox(
    parts: ProgramParts,
    settings: SettingsHolder,
    codec: ImageCodec,
    reader: ChildDocumentReader,
) -> Toolbox:
    """`reader` reads what tools find in documents and on web pages."""

    def own() -> ToolSource:
        from app.adapters.tools.source import OwnTools

        return OwnTools(own_tools(settings, parts.store, parts.keys, reader))

    sources = {
        OWN: LaterSource(own),
        MINE: LaterSource(lambda: my_tools(settings, parts.keys)),
    }
    return Toolbox(settings, parts.store, codec, sources)


def my_tools(settings: SettingsHolder, keys: KeyStore) -> OwnToolSource:
    """The tools that the person defined, as they are at each moment."""
    from app.adapters.own_tools.source import OwnToolSource

    async def way(address: str) -> Network:
        return await network_for(None, address, settings.value, keys)

    return OwnToolSource(lambda: settings.value.own_tools, keys, way)


def own_tools(
    settings: SettingsHolder, store: HistoryStore, keys: KeyStore, reader: ChildDocumentReader
) -> list[OwnTool]:
    """All of Porthole's own tools, in the order in which they are shown."""
    from app.adapters.tools.calculator import calculator
    from app.adapters.tools.clock import clock
    from app.adapters.tools.files import list_folder, read_file
    from app.adapters.tools.history_search import history_search
    from app.adapters.tools.own_tool import ToolFault
    from app.adapters.tools.running import run_command, run_python
    from app.adapters.tools.weather import weather
    from app.adapters.tools.web import Web
    from app.adapters.tools.web_page import web_page

    async def way(address: str) -> Network:
        try:
            return await network_for(None, address, settings.value, keys)
        except KeyStoreError:
            words = "The password of the proxy could not be had from the system's keyring."
            raise ToolFault(words) from None

    web = Web(way=way, allowed=lambda: settings.value.tool_private_hosts)

    def folders() -> tuple[str, ...]:
        return settings.value.tool_folders

    return [
        clock(),
        calculator(),
        web_page(web, reader),
        weather(web),
        history_search(store),
        list_folder(folders),
        read_file(folders, reader),
        run_python(),
        run_command(),
    ]
