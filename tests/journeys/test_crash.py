"""A Porthole that is killed in mid-stream: the next start has the question and what had come."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.message import MessageState, Role
from app.core.settings import LanguageChoice, Settings
from app.kit.tasks import in_thread
from tests.conftest import until
from tests.faults.fault import start
from tests.journeys.talking_child import QUESTION
from tests.journeys.world import porthole

pytestmark = pytest.mark.usefixtures("qapp")

ENOUGH = 600
"""Characters on the screen when it is killed; at 200 tokens a second some are checkpointed."""


def talk_and_kill(directory: Path) -> int:
    """Kill -9 in mid-stream; answers how many characters it had shown when it last said so."""
    child = start("tests.journeys.talking_child", str(directory))
    assert child.stdout is not None
    shown = 0
    try:
        while shown < ENOUGH:
            line = child.stdout.readline()
            assert line, "it ended by itself"
            shown = int(line)
    finally:
        child.kill()
        child.communicate()
    return shown


async def test_what_had_come_is_there_after_a_kill(data_dir: Path) -> None:
    shown = await in_thread(talk_and_kill, data_dir)
    settings = Settings(language=LanguageChoice.CHINESE)
    async with porthole(data_dir, demo=True, settings=settings) as window:
        assert window.notice == "上次舷窗退出时回答还没有接收完。已收到的内容都保留着。"
        await until(lambda: "Section 1" in window.shown)
        question, reply = window.page.session.branch()
        assert (question.role, question.text) == (Role.USER, QUESTION)
        assert reply.state is MessageState.INTERRUPTED
        assert len(reply.text) >= shown // 2
        assert "舷窗关闭时中断" in window.shown
        window.speak(LanguageChoice.ENGLISH)
        assert "Interrupted when Porthole closed" in window.shown
        assert {"Continue", "Retry"} <= set(window.ways_on)
        assert not window.page.draft()
    async with porthole(data_dir, demo=True) as window:
        assert window.notice == ""
        await until(lambda: "Interrupted when Porthole closed" in window.shown)
