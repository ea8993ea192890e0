"""A conversation, tools and settings for tests of the menus of tools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.core.conversation import ConversationInfo
from app.core.settings import Settings
from app.core.tool import Effect, Tool
from app.core.tool_choice import ToolChoice
from app.features.tool_choice.choosing import ToolChoosing
from app.features.tool_choice.tool_rows import Calls, Wording
from app.kit.settings_holder import SettingsHolder

CLOCK = Tool("own:clock", "clock", "own", "Tells the time", effect=Effect.COMPUTES)
SHELL = Tool("own:shell", "shell", "own", "Runs commands", effect=Effect.RUNS)
READ = Tool("mcp:files:read", "read", "mcp:files", "Reads a file")
WRITE = Tool("mcp:files:write", "write", "mcp:files", "Writes a file")
ALL = (CLOCK, SHELL, READ, WRITE)


class Conversation(QObject):
    """Keeps its heading as an open conversation does."""

    info_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.info = ConversationInfo()

    def set_tools(self, tools: ToolChoice) -> None:
        info = replace(self.info, tools=tools)
        if info != self.info:
            self.info = info
            self.info_changed.emit(info)


class Tools(QObject):
    changed = Signal()

    def __init__(self, tools: Sequence[Tool]) -> None:
        super().__init__()
        self.tools = list(tools)

    def all(self) -> Sequence[Tool]:
        return self.tools

    def put(self, *tools: Tool) -> None:
        self.tools = list(tools)
        self.changed.emit()


class World(QObject):
    """`calls`: what is known of the model."""

    def __init__(self, *tools: Tool, settings: Settings | None = None) -> None:
        super().__init__()
        self.calls = Calls.UNKNOWN
        self.conversation = Conversation()
        self.tools = Tools(tools or ALL)
        self.settings = SettingsHolder(settings or Settings(), save=lambda _settings: None)
        wording = Wording(lambda t: (t.title or t.name, t.description), lambda s: s or "gone", str)
        self.choosing = ToolChoosing(
            self.conversation, self.tools, self.settings, wording, lambda: self.calls, self.forget
        )

    def forget(self) -> None:
        self.calls = Calls.UNKNOWN

    def on(self) -> tuple[str, ...] | None:
        """What was chosen for the conversation."""
        return self.conversation.info.tools.on
