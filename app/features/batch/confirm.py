"""What is asked before a batch spends: what it may cost, and what may be paid a second time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.core.batch import Batch, BatchRow
from app.core.batch_plan import Forecast, Tally
from app.features.batch import words
from app.features.batch.world import MOST_PAGES
from app.kit.dialogs import opened
from app.kit.style import set_kind
from app.kit.widgets.plain_label import PlainLabel

translate = QCoreApplication.translate
WIDTH = 440


async def confirm_start(
    parent: QWidget,
    batch: Batch,
    rows: Sequence[BatchRow],
    tally: Tally,
    found: Forecast,
    service: str,
) -> bool:
    """Whether to begin, with what it is about to cost and take."""
    files = words.files_text(tally.left)
    heading = translate("Batch", "Ask about %1?").replace("%1", files)
    lines = [
        translate("Batch", "Each is sent to %1 (%2) and answered once.")
        .replace("%1", batch.model)
        .replace("%2", service),
        *_forms(rows),
        _cost(found),
        translate("Batch", "Time: about %1, with %2 at a time.")
        .replace("%1", words.duration_text(found.seconds))
        .replace("%2", str(batch.at_once)),
    ]
    if not found.measured:
        lines.append(
            translate(
                "Batch",
                "These are guesses from a few of the files; they become better with each answer.",
            )
        )
    return await _asked(parent, heading, lines, translate("Batch", "Start"))


async def confirm_again(parent: QWidget, count: int) -> bool:
    """Whether to ask once more about files that may have been paid already."""
    files = words.files_text(count)
    heading = translate("Batch", "Ask about %1 once more?").replace("%1", files)
    lines = [
        translate(
            "Batch",
            "They were asked about before, and the answer did not come to its end. "
            "If the service counted that, it is paid twice.",
        )
    ]
    return await _asked(parent, heading, lines, translate("Batch", "Ask again"))


async def confirm_delete(parent: QWidget, title: str) -> bool:
    """Whether to remove a batch with its results."""
    heading = translate("Batch", "Remove the batch “%1”?").replace("%1", title)
    lines = [translate("Batch", "Its results go with it. The files themselves stay.")]
    return await _asked(parent, heading, lines, translate("Batch", "Remove"))


async def offer_batch(parent: QWidget, count: int) -> str:
    """What to do with so many dropped files: "batch", "message", or nothing."""
    dialog = QDialog(parent)
    files = words.files_text(count)
    one = translate("Batch", "One action over each")
    heading = translate("Batch", "What is to be done with %1?").replace("%1", files)
    chosen: list[str] = []
    box = _buttons(dialog, one)
    message = box.addButton(
        translate("Batch", "All in this message"), QDialogButtonBox.ButtonRole.AcceptRole
    )
    set_kind(message, "secondary")
    message.clicked.connect(lambda: chosen.append("message"))
    line = translate(
        "Batch", "A batch asks about each file by itself. Nothing is sent before you start it."
    )
    _fill(dialog, heading, [line], box)
    if not await opened(dialog):
        return ""
    return chosen[0] if chosen else "batch"


def _forms(rows: Sequence[BatchRow]) -> list[str]:
    """How files go that are no pictures by their names; nothing where all are."""
    if any(row.name.lower().endswith(".pdf") for row in rows):
        words_ = translate(
            "Batch", "A PDF goes as pictures of its pages, up to %1; text goes as text."
        )
        return [words_.replace("%1", str(MOST_PAGES))]
    return []


def _cost(found: Forecast) -> str:
    if found.cost is None:
        return translate(
            "Batch", "Cost: not known, as the service's catalogue names no price for this model."
        )
    return translate("Batch", "Cost: %1.").replace("%1", words.cost_text(found))


async def _asked(parent: QWidget, heading: str, lines: list[str], yes: str) -> bool:
    dialog = QDialog(parent)
    _fill(dialog, heading, lines, _buttons(dialog, yes))
    return await opened(dialog)


def _fill(dialog: QDialog, heading: str, lines: list[str], box: QDialogButtonBox) -> None:
    dialog.setWindowTitle(heading)
    set_kind(dialog, "canvas")
    title = PlainLabel(heading)
    title.setWordWrap(True)
    set_kind(title, "heading")
    column = QVBoxLayout(dialog)
    column.setContentsMargins(16, 16, 16, 16)
    column.setSpacing(10)
    column.addWidget(title)
    for line in lines:
        label = PlainLabel(line)
        label.setWordWrap(True)
        set_kind(label, "secondary")
        column.addWidget(label)
    column.addWidget(box)
    dialog.setMinimumWidth(WIDTH)


def _buttons(dialog: QDialog, yes: str) -> QDialogButtonBox:
    box = QDialogButtonBox()
    main = box.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
    cancel = box.addButton(translate("Batch", "Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
    set_kind(main, "primary")
    set_kind(cancel, "secondary")
    main.setDefault(True)
    main.setFocus()
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box
