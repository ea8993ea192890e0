"""Labels and tool tips show what they are given as it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocumentFragment
from pytestqt.qtbot import QtBot

from app.kit.widgets.plain_label import PlainLabel, plain_tip

HOSTILE = '<b>x</b><img src="file:///etc/hostname">\n&amp; <br>'


def test_a_label_shows_markup_as_it_is(qtbot: QtBot) -> None:
    label = PlainLabel(HOSTILE)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == HOSTILE


def test_a_tip_reads_as_what_it_was_made_of() -> None:
    read = QTextDocumentFragment.fromHtml
    assert read(HOSTILE).toPlainText() != HOSTILE
    assert read(plain_tip(HOSTILE)).toPlainText() == HOSTILE
    assert plain_tip("") == ""
