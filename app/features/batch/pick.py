"""Picking a folder, or files, for a batch."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.kit.dialogs import opened

translate = QCoreApplication.translate


async def pick_folder(parent: QWidget) -> list[str]:
    """The folder that was chosen; empty if the person would rather not."""
    dialog = QFileDialog(parent, translate("Batch", "Folder of pictures and PDFs"))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return dialog.selectedFiles() if await opened(dialog) else []


async def pick_files(parent: QWidget) -> list[str]:
    """The files that were chosen; empty if the person would rather not."""
    dialog = QFileDialog(parent, translate("Batch", "Files for a batch"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return dialog.selectedFiles() if await opened(dialog) else []
