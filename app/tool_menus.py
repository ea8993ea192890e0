"""The menus of tools of each page, joined to what is known of tools and models."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from app.core.model_info import Capability
from app.core.tool import Tool
from app.features.chat.session import ChatSession
from app.features.models.catalogue import Catalogue
from app.features.tool_choice.choosing import ToolChoosing
from app.features.tool_choice.tool_rows import GONE, Calls, Wording
from app.features.tools.own_words import own_words
from app.kit.settings_holder import SettingsHolder
from app.model_knowledge import ModelKnowledge
from app.tool_box import Toolbox

translate = QCoreApplication.translate


class ToolMenus:
    """Makes what a page's menus of tools show and change."""

    def __init__(
        self,
        tools: Toolbox,
        settings: SettingsHolder,
        catalogue: Catalogue,
        models: ModelKnowledge,
    ) -> None:
        self._tools = tools
        self._settings = settings
        self._catalogue = catalogue
        self._models = models

    def choosing(self, session: ChatSession) -> ToolChoosing:
        """The choice of one conversation; whoever shows it becomes its parent."""

        def calls() -> Calls:
            profile, model = session.info.profile, session.model_for()
            if "tools" in self._models.notes(profile, model).dialect.without:
                return Calls.REFUSED
            info = self._catalogue.info(profile, model)
            can = info.can(Capability.TOOLS) if info is not None else None
            if can is None:
                return Calls.UNKNOWN
            return Calls.LISTED if can else Calls.UNLISTED

        def send_again() -> None:
            notes = self._models.notes(session.info.profile, session.model_for())
            without = notes.dialect.without - {"tools"}
            self._models.put_notes(replace(notes, dialect=replace(notes.dialect, without=without)))

        wording = Wording(tool_words, self._source_title, gone_title)
        return ToolChoosing(session, self._tools, self._settings, wording, calls, send_again)

    def _source_title(self, source: str) -> str:
        """What the origin of tools is called."""
        match source:
            case "own":
                return translate("ToolMenus", "Porthole’s own")
            case "mine":
                return translate("ToolMenus", "Your own")
            case _ if source == GONE:
                return translate("ToolMenus", "Not there now")
            case _:
                names = {s.source: s.name for s in self._settings.value.mcp_servers}
                name = names.get(source) or source.removeprefix("mcp:")
                return translate("ToolMenus", "%1 (MCP)").replace("%1", name)


def tool_words(tool: Tool) -> tuple[str, str]:
    """What a tool is called, and what it does: in the person's language where it is ours."""
    ours = own_words(tool.id)
    if ours is not None:
        return ours.title, ours.sentence
    return tool.title or tool.name, tool.description


def gone_title(tool_id: str) -> str:
    """What a tool that is not there is called, by its id."""
    if tool_id.startswith("mine:"):
        return translate("ToolMenus", "A tool of your own")
    return tool_id.split(":", 2)[-1]
