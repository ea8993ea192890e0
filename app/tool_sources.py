"""The toolbox, with the sources of tools that are there from the start, joined to the world."""

from __future__ import annotations

from app.adapters.documents.reader import ChildDocumentReader
from app.adapters.own_tools.source import OwnToolSource
from app.adapters.tools.calculator import calculator
from app.adapters.tools.clock import clock
from app.adapters.tools.files import list_folder, read_file
from app.adapters.tools.history_search import history_search
from app.adapters.tools.own_tool import SOURCE, OwnTool, ToolFault
from app.adapters.tools.running import run_command, run_python
from app.adapters.tools.source import OwnTools
from app.adapters.tools.weather import weather
from app.adapters.tools.web import Web
from app.adapters.tools.web_page import web_page
from app.core.errors import KeyStoreError
from app.core.network import Network
from app.core.network_rule import network_for
from app.core.own_tool import SOURCE as MINE
from app.core.ports import HistoryStore, ImageCodec, KeyStore
from app.kit.settings_holder import SettingsHolder
from app.program_parts import ProgramParts
from app.tool_box import Toolbox


def make_toolbox(
    parts: ProgramParts,
    settings: SettingsHolder,
    codec: ImageCodec,
    reader: ChildDocumentReader,
) -> Toolbox:
    """`reader` reads what tools find in documents and on web pages."""
    tools = own_tools(settings, parts.store, parts.keys, reader)
    mine = my_tools(settings, parts.keys)
    return Toolbox(settings, parts.store, codec, {SOURCE: OwnTools(tools), MINE: mine})


def my_tools(settings: SettingsHolder, keys: KeyStore) -> OwnToolSource:
    """The tools that the person defined, as they are at each moment."""

    async def way(address: str) -> Network:
        return await network_for(None, address, settings.value, keys)

    return OwnToolSource(lambda: settings.value.own_tools, keys, way)


def own_tools(
    settings: SettingsHolder, store: HistoryStore, keys: KeyStore, reader: ChildDocumentReader
) -> list[OwnTool]:
    """All of Porthole's own tools, in the order in which they are shown."""

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
