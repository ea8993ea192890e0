"""The settings page of the tools joined to the world: what runs them, files, folders."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from app.adapters.disk import storage_error, write_whole
from app.adapters.images.files import read_plain_file
from app.adapters.json_schema import schema_fault
from app.adapters.tools.own_tool import SOURCE
from app.features.tools.mine import MyTools
from app.features.tools.tool_secrets import ToolSecrets
from app.features.tools.tools_page import ToolsPage
from app.kit.dialogs import ask_save_path, opened
from app.kit.notices import Notice, Notices
from app.kit.settings_holder import SettingsHolder
from app.kit.tasks import TaskScope, in_thread
from app.program_parts import ProgramParts
from app.tool_box import Toolbox
from app.tool_sources import my_tools

NAME = "tools.json"


def make_tools_page(
    parts: ProgramParts,
    settings: SettingsHolder,
    toolbox: Toolbox,
    notices: Notices,
    tasks: TaskScope,
) -> ToolsPage:
    mine = MyTools(settings)
    page = ToolsPage(
        mine=mine,
        settings=settings,
        built_in=[tool for tool in toolbox.all() if tool.source == SOURCE],
        all_tools=toolbox.all,
        secrets=ToolSecrets(keys=parts.keys, tasks=tasks),
        call=my_tools(settings, parts.keys).call,
        check_schema=schema_fault,
        notices=notices,
        tasks=tasks,
        theme=parts.theme,
        icons=parts.icons,
    )
    mine.setParent(page)
    ToolFiles(page, settings=settings, notices=notices, tasks=tasks)
    return page


class ToolFiles(QObject):
    """Does what the page asks for, as long as it is there. What fails is told by the scope."""

    def __init__(
        self, page: ToolsPage, *, settings: SettingsHolder, notices: Notices, tasks: TaskScope
    ) -> None:
        super().__init__(page)
        self._page, self._settings = page, settings
        self._notices, self._tasks = notices, tasks
        page.import_requested.connect(lambda: tasks.start(self._import(), name="import tools"))
        page.export_requested.connect(self._save)
        for wanted, mode in (
            (page.reach.folder_wanted, QFileDialog.FileMode.Directory),
            (page.reach.file_wanted, QFileDialog.FileMode.ExistingFile),
        ):
            wanted.connect(lambda mode=mode: tasks.start(self._pick(mode), name="pick for tools"))

    async def _import(self) -> None:
        dialog = QFileDialog(self._page.window(), self.tr("Import tools"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("JSON files (*.json)"), self.tr("All files (*)")])
        path = dialog.selectedFiles()[0] if await opened(dialog) else ""
        if path:
            _name, data = await in_thread(read_plain_file, path)
            if isValid(self._page):
                self._page.take_list(data)

    async def _pick(self, mode: QFileDialog.FileMode) -> None:
        dialog = QFileDialog(self._page.window(), self.tr("What tools may read"))
        dialog.setFileMode(mode)
        if not await opened(dialog):
            return
        path = str(await in_thread(Path(dialog.selectedFiles()[0]).resolve))
        known = self._settings.value.tool_folders
        if path not in known:
            self._settings.replace(tool_folders=(*known, path))

    def _save(self, data: bytes) -> None:
        async def save() -> None:
            path = await ask_save_path(self._page.window(), self.tr("Export tools"), NAME)
            if path:
                await in_thread(_write, Path(path), data)
                text = self.tr("The tools were saved as %1, without their actions.")
                self._notices.post(Notice(text.replace("%1", path)))

        self._tasks.start(save(), name="export tools")


def _write(path: Path, data: bytes) -> None:
    """The file is whole or not there at all. Raises StorageError."""
    try:
        write_whole(path, data)
    except OSError as error:
        raise storage_error(error, path) from error
