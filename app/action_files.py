"""Files of quick actions: chosen, read and written for their settings page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from app.adapters.disk import storage_error, write_whole
from app.adapters.images.files import read_plain_file
from app.features.actions.actions_page import ActionsPage
from app.kit.dialogs import ask_save_path, opened
from app.kit.notices import Notice, Notices
from app.kit.tasks import TaskScope, in_thread

NAME = "porthole-quick-actions.json"


class ActionFiles(QObject):
    """Does what the page asks for, as long as it is there. What fails is told by the scope."""

    def __init__(self, page: ActionsPage, *, notices: Notices, tasks: TaskScope) -> None:
        super().__init__(page)
        self._page, self._notices, self._tasks = page, notices, tasks
        page.import_requested.connect(lambda: tasks.start(self._import(), name="import actions"))
        page.export_requested.connect(self._save)

    async def _import(self) -> None:
        dialog = QFileDialog(self._page.window(), self.tr("Import quick actions"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("JSON files (*.json)"), self.tr("All files (*)")])
        path = dialog.selectedFiles()[0] if await opened(dialog) else ""
        if path:
            _name, data = await in_thread(read_plain_file, path)
            if isValid(self._page):
                self._page.take_file(data)

    def _save(self, data: bytes) -> None:
        async def save() -> None:
            path = await ask_save_path(self._page.window(), self.tr("Export quick actions"), NAME)
            if path:
                await in_thread(_write, Path(path), data)
                text = self.tr("The quick actions were saved as %1.")
                self._notices.post(Notice(text.replace("%1", path)))

        self._tasks.start(save(), name="export actions")


def _write(path: Path, data: bytes) -> None:
    """The file is whole or not there at all. Raises StorageError."""
    try:
        write_whole(path, data)
    except OSError as error:
        raise storage_error(error, path) from error
