"""A notice never covers what is being typed, and is as high as its words need."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel

from app.kit.notices import Notice, NoticeKind
from app.shell.notice_bar import NoticeBar
from tests.conftest import until
from tests.journeys.world import porthole

pytestmark = pytest.mark.usefixtures("qapp")

SHORT = "Saved."
LONG = "The disk that holds /home/someone/porthole/history.sqlite3 is full. " * 3


@pytest.mark.parametrize("text", [SHORT, LONG])
async def test_a_notice_that_stays_leaves_the_composer_free(data_dir: Path, text: str) -> None:
    async with porthole(data_dir, demo=True) as window:
        window.program.notices.post(Notice(text, NoticeKind.ERROR, stays=True))
        (bar,) = window.program.window.findChildren(NoticeBar)
        await until(bar.isVisible)
        notice = bar.rect().translated(bar.mapToGlobal(bar.rect().topLeft()))
        box = window.box.rect().translated(window.box.mapToGlobal(window.box.rect().topLeft()))
        assert not notice.intersects(box)
        (label,) = [one for one in bar.findChildren(QLabel) if one.text() == text]
        assert label.height() >= label.heightForWidth(label.width())
        assert bar.height() <= label.heightForWidth(label.width()) + 32


async def test_a_notice_is_heard(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with porthole(data_dir, demo=True) as window:
        heard: list[str] = []
        with monkeypatch.context() as patched:
            patched.setattr(
                QAccessible, "updateAccessibility", lambda event: heard.append(event.message())
            )
            window.program.notices.post(Notice(SHORT, NoticeKind.INFO))
        assert heard == [SHORT]
