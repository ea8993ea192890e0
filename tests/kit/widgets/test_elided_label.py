"""A label that gives way to its room, and reads no markup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.kit.widgets.elided_label import ElidedLabel


def test_it_shows_what_there_is_room_for(qtbot: QtBot) -> None:
    label = ElidedLabel("<b>a name that is rather long</b>.png")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    label.resize(label.sizeHint())
    assert label.shown == label.text()
    wide = label.grab().toImage()
    label.resize(90, label.height())
    assert label.shown.startswith("<b>")
    assert label.shown.endswith("…")
    assert label.fontMetrics().horizontalAdvance(label.shown) <= 90
    assert label.grab().toImage() != wide.copy(0, 0, 90, label.height())
    assert label.minimumSizeHint().width() < 90
