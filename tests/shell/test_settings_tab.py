"""Pages are chosen at the left, found by a word on them, and fit a narrow window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.shell.about_page import AboutPage
from app.shell.settings_tab import SettingsPage, SettingsTab
from tests.chinese import chinese, unfinished
from tests.look import dressed


def saying(words: str) -> QWidget:
    page = QWidget()
    QVBoxLayout(page).addWidget(QLabel(words))
    return page


@pytest.fixture
def tab(qtbot: QtBot, qapp: QApplication) -> SettingsTab:
    theme, icons = dressed(qapp)
    pages = (
        SettingsPage("first", lambda: "First & best", saying("A word about plums")),
        SettingsPage("second", lambda: "Second", saying("Pears")),
        SettingsPage(
            "about",
            lambda: QCoreApplication.translate("AboutPage", "About & data"),
            AboutPage(version="1.2.3", directory="/somewhere/porthole"),
        ),
    )
    made = SettingsTab(pages=pages, theme=theme, icons=icons)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    return made


def rows(tab: SettingsTab) -> dict[str, QPushButton]:
    return {b.accessibleName(): b for b in tab.findChildren(QPushButton) if b.isCheckable()}


def test_a_click_brings_a_page_to_the_front(tab: SettingsTab) -> None:
    assert tab.current == "first"
    QTest.mouseClick(rows(tab)["Second"], Qt.MouseButton.LeftButton)
    assert tab.current == "second"
    assert not rows(tab)["First & best"].isChecked()
    tab.show_page("about")
    assert tab.current == "about"
    assert rows(tab)["About & data"].isChecked()


def test_the_search_looks_at_what_pages_say(tab: SettingsTab) -> None:
    (search,) = [e for e in tab.findChildren(QLineEdit) if e.isVisible()]
    QTest.keyClicks(search, "PEAR")
    assert [name for name, row in rows(tab).items() if row.isVisible()] == ["Second"]
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert tab.current == "second"
    QTest.keyClicks(search, "zzz")
    assert not any(row.isVisible() for row in rows(tab).values())
    search.clear()
    assert all(row.isVisible() for row in rows(tab).values())


def test_a_narrow_tab_has_a_box_instead_of_a_list(tab: SettingsTab) -> None:
    (box,) = tab.findChildren(QComboBox)
    assert not box.isVisible()
    tab.resize(430, 500)
    assert box.isVisible()
    assert not rows(tab)["Second"].isVisible()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert tab.current == "second"


def test_about_says_where_data_lies_and_how_it_goes(tab: SettingsTab) -> None:
    tab.show_page("about")
    words = "\n".join(label.text() for label in tab.findChildren(QLabel))
    for part in ("Porthole 1.2.3", "/somewhere/porthole", "not encrypted", "remove it all"):
        assert part in words
    (copy,) = [b for b in tab.findChildren(QPushButton) if b.text() == "Copy path"]
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "/somewhere/porthole"


def test_it_speaks_chinese_live(tab: SettingsTab) -> None:
    with chinese("settings"):
        QApplication.sendPostedEvents()
        assert "关于与数据" in rows(tab)
    assert unfinished("settings") == []
