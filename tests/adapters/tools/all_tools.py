"""Every tool of Porthole's own, as the program has them, over a store and a keyring of nobody."""

from __future__ import annotations

from typing import Any, cast

from app.adapters.documents.reader import ChildDocumentReader
from app.core.settings import Settings
from app.core.tool import Tool
from app.kit.settings_holder import SettingsHolder
from app.tool_sources import own_tools


def every_tool() -> list[Tool]:
    settings = SettingsHolder(Settings(), save=lambda _settings: None)
    nothing = cast(Any, None)  # making the tools asks nothing of either
    made = own_tools(settings, nothing, nothing, ChildDocumentReader())
    return [own.tool for own in made]
