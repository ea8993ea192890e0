"""Dialogs that are awaited: opened, never run in a loop of their own, so that streams go on."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.kit.style import set_kind
from app.kit.widgets.plain_label import PlainLabel

translate = QCoreApplication.translate


async def opened(dialog: QDialog) -> bool:
    """Open a dialog over its parent and wait until it is closed; whether it was accepted."""
    closed: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def settle(result: int) -> None:
        if not closed.done():
            closed.set_result(result)

    dialog.finished.connect(settle)
    dialog.open()
    try:
        return await closed == QDialog.DialogCode.Accepted.value
    finally:
        dialog.close()
        dialog.deleteLater()


async def ask_text(parent: QWidget, title: str, text: str) -> str | None:
    """Ask for a line of text; None if the person would rather not."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    field = QLineEdit(text)
    field.setAccessibleName(title)
    field.setMinimumWidth(360)
    field.selectAll()
    box = _buttons(dialog, QDialogButtonBox.StandardButton.Ok)
    _fill(dialog, PlainLabel(title), field, box)
    return field.text() if await opened(dialog) else None


async def ask_save_path(parent: QWidget, title: str, name: str) -> str:
    """Ask where to save; empty if the person would rather not."""
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(name)
    return dialog.selectedFiles()[0] if await opened(dialog) else ""


async def show_text(parent: QWidget, title: str, text: str) -> None:
    """Show text that can be read at leisure and copied."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    view = QPlainTextEdit(text)
    view.setReadOnly(True)
    view.setAccessibleName(title)
    _fill(dialog, PlainLabel(title), view, _buttons(dialog, QDialogButtonBox.StandardButton.Close))
    dialog.resize(560, 360)
    await opened(dialog)


def _fill(dialog: QDialog, heading: QLabel, *parts: QWidget) -> None:
    heading.setTextFormat(Qt.TextFormat.PlainText)
    set_kind(heading, "heading")
    set_kind(dialog, "canvas")
    column = QVBoxLayout(dialog)
    column.setContentsMargins(16, 16, 16, 16)
    column.setSpacing(12)
    column.addWidget(heading)
    for part in parts:
        column.addWidget(part)


def _buttons(dialog: QDialog, main: QDialogButtonBox.StandardButton) -> QDialogButtonBox:
    box = QDialogButtonBox(main)
    if main is QDialogButtonBox.StandardButton.Ok:
        box.addButton(QDialogButtonBox.StandardButton.Cancel)
        box.button(QDialogButtonBox.StandardButton.Ok).setText(translate("Dialogs", "OK"))
        box.button(QDialogButtonBox.StandardButton.Cancel).setText(translate("Dialogs", "Cancel"))
    else:
        box.button(main).setText(translate("Dialogs", "Close"))
    for button in box.buttons():
        is_main = box.standardButton(button) == QDialogButtonBox.StandardButton.Ok
        set_kind(button, "primary" if is_main else "secondary")
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box
