"""Quick actions over files of the disk: exported, imported, and refused in words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from shiboken6 import isValid

from app.core.action_file import read_action_file, write_action_file
from app.core.picture_action import PictureAction
from app.features.actions.actions_page import ActionsPage
from app.features.images.quick_actions import QuickActions
from tests.conftest import until
from tests.journeys.world import Porthole, porthole

pytestmark = pytest.mark.usefixtures("qapp")


async def page_of(window: Porthole) -> ActionsPage:
    """The page, in front in the settings tab."""
    hints = next(w for w in window.page.findChildren(QuickActions) if w.isVisible())
    hints.manage_requested.emit()
    tab = window.program.workspace.show_settings()
    page = tab.findChild(ActionsPage)
    assert isinstance(page, ActionsPage)
    await until(page.isVisible)
    return page


async def choose(window: Porthole, path: Path) -> None:
    dialog = await until(lambda: window.program.window.findChild(QFileDialog))
    field = dialog.findChild(QLineEdit)
    assert field is not None
    field.setText(str(path))
    dialog.done(1)
    await until(lambda: not isValid(dialog))


async def test_what_is_exported_can_be_imported(data_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "actions.json"
    async with porthole(data_dir, demo=True) as window:
        page = await page_of(window)
        page.button("export").click()
        await choose(window, path)
        await until(path.exists)
        await until(lambda: str(path) in window.notice)
        assert [a.name for a in read_action_file(path.read_bytes())][:2] == [
            "Describe",
            "Extract text",
        ]
        path.write_bytes(write_action_file([PictureAction("Mine", "?")]))
        page.button("import").click()
        await choose(window, path)
        await until(lambda: window.notice == "One quick action was added.")
        kept = window.program.settings.value.picture_actions
        assert kept[-1].name == "Mine"
        window.program.window.act_on_notice()
        assert window.program.settings.value.picture_actions == kept[:-1]


async def test_a_pipe_is_refused_without_waiting(data_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "pipe.json"
    os.mkfifo(path)
    async with porthole(data_dir, demo=True) as window:
        before = window.program.settings.value.picture_actions
        page = await page_of(window)
        page.button("import").click()
        await choose(window, path)
        await until(lambda: "pipe.json" in window.notice)
        assert window.program.settings.value.picture_actions == before


async def test_a_file_of_something_else_is_refused_in_words(data_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text('{"profiles": []}')
    async with porthole(data_dir, demo=True) as window:
        page = await page_of(window)
        page.button("import").click()
        await choose(window, path)
        await until(lambda: "holds no quick actions" in window.notice)
