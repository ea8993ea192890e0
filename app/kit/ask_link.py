"""Asks before an address is opened in the browser: all of it is shown, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.kit.dialogs import opened
from app.kit.style import set_kind
from app.kit.widgets.plain_label import PlainLabel

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """Whether to open it, and whether not to ask again for its host, even after a restart."""

    opens: bool
    trusts: bool = False


async def ask_link(parent: QWidget, address: str, host: str) -> LinkAnswer:
    """Ask whether to open `address`. `host` is where it leads, in ASCII; for mail, to whom."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(translate("LinkDialog", "Open link"))
    set_kind(dialog, "canvas")
    heading = PlainLabel(translate("LinkDialog", "Open %1?").replace("%1", host))
    heading.setTextFormat(Qt.TextFormat.PlainText)
    heading.setWordWrap(True)
    set_kind(heading, "heading")
    whole = QPlainTextEdit(address)
    whole.setReadOnly(True)
    whole.setAccessibleName(translate("LinkDialog", "Whole address"))
    whole.setTabChangesFocus(True)
    whole.setFixedHeight(whole.fontMetrics().lineSpacing() * 5 + 24)
    set_kind(whole, "mono")
    again = QCheckBox(translate("LinkDialog", "Do not ask again for %1").replace("%1", host))
    box = QDialogButtonBox()
    opening = box.addButton(translate("LinkDialog", "Open"), QDialogButtonBox.ButtonRole.AcceptRole)
    cancel = box.addButton(
        translate("LinkDialog", "Cancel"), QDialogButtonBox.ButtonRole.RejectRole
    )
    set_kind(opening, "primary")
    set_kind(cancel, "secondary")
    opening.setDefault(True)
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(16, 16, 16, 16)
    column.setSpacing(12)
    for part in (heading, whole, again, box):
        column.addWidget(part)
    opening.setFocus()
    dialog.setMinimumWidth(440)
    return LinkAnswer(await opened(dialog), again.isChecked())
