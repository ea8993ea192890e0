"""Which tools one conversation may use: the one place that both its menus show and change."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from app.core.conversation import ConversationInfo
from app.core.text_tokens import estimated_text_tokens
from app.core.tool import Tool
from app.core.tool_choice import ToolChoice
from app.features.tool_choice.tool_rows import Calls, ToolGroup, Wording, tool_groups
from app.kit.settings_holder import SettingsHolder


class Chooser(Protocol):
    """A conversation, as far as its tools go."""

    info_changed: SignalInstance

    @property
    def info(self) -> ConversationInfo: ...

    def set_tools(self, tools: ToolChoice) -> None: ...


class AllTools(Protocol):
    """Every tool that could be switched on."""

    changed: SignalInstance

    def all(self) -> Sequence[Tool]: ...


class ToolChoosing(QObject):
    """Keeps nothing itself: what is chosen stands in the conversation and in the settings.

    `calls` answers what is known of the model, `send_again` forgets that it refused tools.
    """

    changed = Signal()

    def __init__(
        self,
        conversation: Chooser,
        tools: AllTools,
        settings: SettingsHolder,
        wording: Wording,
        calls: Callable[[], Calls],
        send_again: Callable[[], None],
    ) -> None:
        super().__init__()
        self._conversation = conversation
        self._tools = tools
        self._settings = settings
        self._wording = wording
        self._calls, self._send_again = calls, send_again
        self._costs: dict[str, tuple[Tool, int]] = {}
        self._shown = self._state()
        conversation.info_changed.connect(self._look)
        settings.changed.connect(self._look)
        tools.changed.connect(self.changed)

    def groups(self) -> tuple[ToolGroup, ...]:
        """All tools as they are now."""
        info, settings = self._conversation.info, self._settings.value
        granted, always = info.tools.granted, settings.tool_grants
        return tool_groups(self._tools.all(), self.on, granted, always, self._wording)

    @property
    def on(self) -> tuple[str, ...]:
        """The ids of the tools that are switched on, there or not."""
        chosen = self._conversation.info.tools.on
        return self._settings.value.tools_on if chosen is None else chosen

    def told(self) -> list[Tool]:
        """The tools that the model is told of."""
        on = frozenset(self.on)
        return [tool for tool in self._tools.all() if tool.id in on] if on else []

    @property
    def tokens(self) -> int:
        """About how many tokens each request costs more for them."""
        return sum(self._cost(tool) for tool in self.told())

    @property
    def model_calls(self) -> Calls:
        """What is known of whether the model calls tools."""
        return self._calls()

    @property
    def as_for_new(self) -> bool:
        """Whether new conversations begin with the same tools."""
        return set(self.on) == set(self._settings.value.tools_on)

    def switch(self, tools: Iterable[str], on: bool) -> None:
        """Switch tools on or off for this conversation, by their ids."""
        ids = tuple(tools)
        before = self.on
        now = (
            tuple(dict.fromkeys((*before, *ids)))
            if on
            else tuple(id_ for id_ in before if id_ not in ids)
        )
        if now != before:
            self._conversation.set_tools(replace(self._conversation.info.tools, on=now))

    def use_for_new(self) -> None:
        """New conversations begin with these tools from now on; this one keeps them."""
        on = self.on
        self._conversation.set_tools(replace(self._conversation.info.tools, on=on))
        self._settings.replace(tools_on=on)

    def withdraw(self, tool: str) -> None:
        """Take back the leaves of that tool, here and everywhere: it asks again."""
        choice = self._conversation.info.tools
        granted = tuple(grant for grant in choice.granted if grant.tool != tool)
        self._conversation.set_tools(replace(choice, granted=granted))
        always = self._settings.value.tool_grants
        self._settings.replace(tool_grants=tuple(g for g in always if g.tool != tool))

    def send_again(self) -> None:
        """Tell the model of tools again, though it refused them."""
        self._send_again()
        self.changed.emit()

    def refresh(self) -> None:
        """What is known of the model may have changed."""
        self.changed.emit()

    def _look(self, _what: object) -> None:
        """A conversation and the settings change for many reasons that are not ours."""
        state = self._state()
        if state != self._shown:
            self._shown = state
            self.changed.emit()

    def _state(self) -> tuple[object, ...]:
        info, settings = self._conversation.info, self._settings.value
        here = info.tools, info.model, info.profile
        return *here, settings.tools_on, settings.tool_grants, settings.own_tools

    def _cost(self, tool: Tool) -> int:
        kept = self._costs.get(tool.id)
        if kept is None or kept[0] is not tool:
            kept = self._costs[tool.id] = (tool, tool_tokens(tool))
        return kept[1]


def tool_tokens(tool: Tool) -> int:
    """About how many tokens a request costs more for that tool."""
    function = {"name": tool.name, "description": tool.description, "parameters": tool.parameters}
    said = json.dumps({"type": "function", "function": function}, ensure_ascii=False, default=str)
    return estimated_text_tokens(said)
