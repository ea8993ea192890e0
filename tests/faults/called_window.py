"""A real conversation in a shown transcript whose model calls scripted tools, and what that costs.

The session, the store and the view are the program's own; the service and the tools answer by
script. Every event of the loop is timed by the CPU time that it took of the window's thread.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QMainWindow

from app.adapters.history_db import History, open_history
from app.core.conversation import Conversation, ConversationInfo
from app.core.events import Ended, Finished, TextDelta, ToolCallDelta
from app.core.message import ImagePart, ToolCallPart, ToolResultPart
from app.core.message_tree import MessageTree
from app.core.settings import ThemeChoice
from app.core.tool import CallContext, Tool
from app.features.chat.session import ChatSession
from app.features.chat.transcript import TranscriptView
from app.features.chat.transcript.kinds import KINDS
from app.features.chat.transcript.tool_parts import ToolCallKind
from app.kit.icons import Icons
from app.kit.style import style_sheet
from app.kit.theme import Theme
from tests.conftest import until
from tests.faults.fault import ROOT
from tests.faults.hostile_window_child import Application
from tests.features.chat.knowledge import Knowledge
from tests.scripted import ScriptedService, Step
from tests.scripted_tools import CHANGER, READER, ScriptedTools

LIMIT_S = 120
ANSWER: Sequence[Step] = (TextDelta("done"), Finished("stop"), Ended())


def calling(number: int, *names: str, arguments: str = "{}") -> Sequence[Step]:
    """A reply that calls tools; `number` makes the calls' ids its own."""
    deltas = [
        ToolCallDelta(place, f"c{number}-{place}", name, arguments)
        for place, name in enumerate(names)
    ]
    return (*deltas, Finished("tool_calls"), Ended())


class GivingTools(ScriptedTools):
    """`look` gives the next of `results`; what else is called is as in `ScriptedTools`."""

    def __init__(self, *tools: Tool) -> None:
        super().__init__(*(tools or (READER, CHANGER)), rounds=10_000)
        self.results: list[str] = []

    async def run(
        self, call: ToolCallPart, tool: Tool, arguments: Mapping[str, Any], context: CallContext
    ) -> tuple[ToolResultPart | ImagePart, ...]:
        if tool.name != READER.name or not self.results:
            return await super().run(call, tool, arguments, context)
        self.ran.append(call)
        return (ToolResultPart(call.id, call.name, self.results.pop(0)),)


class Called:
    """A window on one conversation; `say` sends and waits until the turn is over or asks."""

    def __init__(self, app: Application, directory: Path, tools: GivingTools | None = None) -> None:
        self.store: History = open_history(directory)
        self.store.start_state()
        self.service = ScriptedService()
        self.tools = tools or GivingTools()
        self.session = ChatSession(
            Conversation(ConversationInfo(profile="p"), MessageTree()),
            store=self.store,
            services=self.service,
            models=Knowledge(),
            tools=self.tools,
            default_model=lambda _profile, _pictures: "m",
        )
        theme = Theme(ThemeChoice.LIGHT)
        app.setStyleSheet(style_sheet(theme))
        self.view = TranscriptView(
            theme=theme,
            icons=Icons(ROOT / "resources" / "icons"),
            blob_pixmap=lambda _blob: None,
            kinds=KINDS.joined_by(ToolCallKind(self.session.calling)),
        )
        session, view = self.session, self.view
        session.message_added.connect(view.append_message)
        session.message_changed.connect(view.update_message)
        session.delta_arrived.connect(view.grow)
        session.calling.call_changed.connect(view.call_changed)
        self._window = QMainWindow()
        self._window.setCentralWidget(view)
        self._window.resize(900, 880)
        self._window.show()

    async def until_still(self) -> None:
        """The turn is over, or waits for the person; and the view is at rest."""
        session, view = self.session, self.view
        await until(lambda: not session.busy or session.calling.asking, LIMIT_S)
        await until(lambda: not (view._idle.isActive() or view._growth._timer.isActive()), LIMIT_S)

    async def close(self) -> None:
        self._window.close()
        await self.session.close()
        await self.store.close()


def told(found: Mapping[str, Any]) -> None:
    """What a child found, for its parent."""
    print(json.dumps(found))
