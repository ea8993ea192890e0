"""The sidebar keeps its words legible at every text size."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.adapters.history_db import open_history
from app.adapters.paths import resources_dir
from app.core.settings import ThemeChoice
from app.features.history.history_list import HistoryList
from app.kit.icons import Icons
from app.kit.style import style_sheet
from app.kit.theme import Theme
from app.shell.sidebar import Sidebar


@pytest.mark.parametrize(("zoom", "shown"), [(100, True), (150, False), (300, False)])
def test_the_key_of_the_search_never_covers_its_words(
    qtbot: QtBot, qapp: QApplication, data_dir: Path, zoom: int, shown: bool
) -> None:
    theme = Theme(ThemeChoice.LIGHT, zoom)
    before = qapp.styleSheet()
    qapp.setStyleSheet(style_sheet(theme))
    store = open_history(data_dir)
    history = HistoryList(theme=theme, store=store, language=lambda: "en")
    sidebar = Sidebar(theme=theme, icons=Icons(resources_dir() / "icons"), history=history)
    qtbot.addWidget(sidebar)
    sidebar.resize(248, 600)
    sidebar.show()
    qapp.processEvents()
    hint = next(label for label in sidebar.findChildren(QLabel) if label.text() == "Ctrl K")
    field = sidebar.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    words = field.fontMetrics().horizontalAdvance(field.placeholderText())
    assert hint.isVisible() is shown
    if shown:
        assert words < hint.x()
    larger = Theme(ThemeChoice.LIGHT, 150)
    qapp.setStyleSheet(style_sheet(larger))
    qtbot.waitUntil(lambda: not hint.isVisible())
    qapp.setStyleSheet(style_sheet(theme))
    qtbot.waitUntil(lambda: hint.isVisible() is shown)
    field.setText("x")
    assert not hint.isVisible()
    field.clear()  # so that nothing is looked for, which takes a loop
    sidebar.close()
    qapp.setStyleSheet(before)
    store.close_now()
