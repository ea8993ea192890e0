"""One turn with everything: calls beside each other, one that asks, and a structured answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.core.message import Role, ToolResultPart
from app.core.schema_verdict import Verdict
from app.core.settings import Settings
from app.features.chat.transcript.structured_card import StructuredCard
from tests.conftest import until
from tests.journeys.world import porthole

pytestmark = pytest.mark.usefixtures("qapp", "memory_keyring")

SCHEMA = {
    "type": "object",
    "properties": {"total": {"type": "number"}},
    "required": ["total"],
}
FORMAT = {"type": "json_schema", "json_schema": {"name": "advice", "schema": SCHEMA}}
TOOLS = ("own:history", "own:calculator", "own:python")


async def test_two_calls_run_one_asks_and_the_answer_fits_its_schema(data_dir: Path) -> None:
    settings = Settings(tools_on=TOOLS)
    async with porthole(data_dir, settings=settings, demo=True) as window:
        session = window.page.session
        session.set_parameters({"response_format": FORMAT})
        window.box.insertPlainText(
            'Calculate "40 + 2", search the history for it, and run it in Python.\ntotal: 42'
        )
        window.press(Qt.Key.Key_Return)
        await until(lambda: session.calling.asking)
        assert len(session.calling.asking) == 1
        await until(lambda: "wants to run a command" in window.shown)
        window.click("Allow once")
        await until(lambda: not session.busy)
        results = [
            part
            for message in session.branch()
            if message.role is Role.TOOL
            for part in message.parts
            if isinstance(part, ToolResultPart)
        ]
        assert [(r.name, r.is_error) for r in results] == [
            ("calculate", False),
            ("search_history", False),
            ("run_python", False),
        ]
        assert results[0].text == "42"
        await until(lambda: window.program.window.findChildren(StructuredCard))
        last = session.last()
        assert last is not None
        answer = session.message(last.id)
        assert answer is not None
        assert json.loads(answer.text)["total"] == 42
        found = await until(lambda: window.page.answers.verdict(last.id))
        assert found.verdict is Verdict.MATCHES
