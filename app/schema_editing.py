"""The schema editor joined to conversations, settings and files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from app.adapters.disk import storage_error, write_whole
from app.adapters.images.files import read_plain_file
from app.adapters.json_schema import schema_fault
from app.core.named_schema import NamedSchema, schema_in
from app.features.chat.session import ChatSession
from app.features.structured.schema_editor import SchemaEditor
from app.kit.dialogs import ask_save_path, opened
from app.kit.settings_holder import SettingsHolder
from app.kit.tasks import TaskScope, in_thread
from app.kit.theme import Theme

FORMAT = "response_format"


class SchemaEditing(QObject):
    """Opens the editor over a page. What fails is told by the scope."""

    def __init__(self, settings: SettingsHolder, tasks: TaskScope, theme: Theme) -> None:
        super().__init__()
        self._settings, self._tasks, self._theme = settings, tasks, theme

    def open(self, session: ChatSession, over: QWidget) -> SchemaEditor:
        """Edit what a conversation's answers are asked for as."""
        editor = SchemaEditor(
            schema_in(session.parameters().get(FORMAT)) if self._has(session) else None,
            self._settings.value.schemas,
            check=schema_fault,
            scope=self._tasks,
            theme=self._theme,
            parent=over,
        )
        editor.used.connect(lambda made: _use(session, made))
        editor.kept_changed.connect(lambda kept: self._settings.replace(schemas=kept))
        editor.import_requested.connect(
            lambda: self._tasks.start(self._import(editor), name="import a schema")
        )
        editor.export_requested.connect(
            lambda data, name: self._tasks.start(
                self._export(editor, bytes(data), name), name="export a schema"
            )
        )
        editor.finished.connect(editor.deleteLater)
        editor.open()
        return editor

    def _has(self, session: ChatSession) -> bool:
        said = session.parameters().get(FORMAT)
        return isinstance(said, dict) and said.get("type") == "json_schema"

    async def _import(self, editor: SchemaEditor) -> None:
        dialog = QFileDialog(editor, self.tr("Import a schema"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("JSON files (*.json)"), self.tr("All files (*)")])
        path = dialog.selectedFiles()[0] if await opened(dialog) else ""
        if path:
            _name, data = await in_thread(read_plain_file, path)
            if isValid(editor):
                editor.take_file(data)

    async def _export(self, editor: SchemaEditor, data: bytes, name: str) -> None:
        path = await ask_save_path(editor, self.tr("Export the schema"), name)
        if path:
            await in_thread(_write, Path(path), data)


def _use(session: ChatSession, made: NamedSchema) -> None:
    session.set_parameters({**session.info.parameters, FORMAT: made.response_format()})


def _write(path: Path, data: bytes) -> None:
    """The file is whole or not there at all. Raises StorageError."""
    try:
        write_whole(path, data)
    except OSError as error:
        raise storage_error(error, path) from error
