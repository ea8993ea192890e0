"""Each option is changed by its field, at once, and follows what others change."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QSpinBox
from pytestqt.qtbot import QtBot

from app.core.picture_address import LinkedPictures
from app.core.settings import LanguageChoice, ReasoningFold, Settings, ThemeChoice
from app.features.appearance.appearance_page import AppearancePage
from app.kit.settings_holder import SettingsHolder
from tests.chinese import chinese, unfinished
from tests.look import dressed


@pytest.fixture
def holder() -> SettingsHolder:
    return SettingsHolder(Settings(), save=lambda _settings: None)


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, holder: SettingsHolder) -> AppearancePage:
    theme, icons = dressed(qapp)
    made = AppearancePage(settings=holder, theme=theme, icons=icons)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


def box(page: AppearancePage, name: str) -> QComboBox:
    (found,) = [b for b in page.findChildren(QComboBox) if b.accessibleName() == name]
    return found


def spin(page: AppearancePage, name: str) -> QSpinBox:
    (found,) = [b for b in page.findChildren(QSpinBox) if b.accessibleName() == name]
    return found


def test_choices_are_written_as_what_they_are(page: AppearancePage, holder: SettingsHolder) -> None:
    for name, downs in (("Theme", 2), ("Language", 2), ("Reasoning pane", 1), ("Enter key", 1)):
        for _ in range(downs):
            QTest.keyClick(box(page, name), Qt.Key.Key_Down)
    assert holder.value.theme is ThemeChoice.DARK
    assert holder.value.language is LanguageChoice.CHINESE
    assert holder.value.reasoning_fold is ReasoningFold.OPEN
    assert holder.value.enter_sends is False


def test_numbers_are_written_within_their_bounds(
    page: AppearancePage, holder: SettingsHolder
) -> None:
    QTest.keyClick(spin(page, "Text size"), Qt.Key.Key_Up)
    spin(page, "Wait during an answer").setValue(1)
    spin(page, "Wait for an answer's start").setValue(120)
    assert holder.value.zoom_percent == 110
    assert holder.value.idle_limit_s == 5
    assert holder.value.first_token_limit_s == 120


def test_it_follows_what_is_changed_elsewhere(page: AppearancePage, holder: SettingsHolder) -> None:
    holder.replace(zoom_percent=150, theme=ThemeChoice.LIGHT)
    assert spin(page, "Text size").value() == 150
    assert box(page, "Theme").currentText() == "Light"


def test_a_wheel_over_a_field_changes_nothing(page: AppearancePage, holder: SettingsHolder) -> None:
    field = spin(page, "Text size")
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(field.mapToGlobal(QPoint(5, 5))),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, wheel)
    assert holder.value == Settings()


def test_it_stacks_in_a_narrow_page_and_speaks_chinese(page: AppearancePage) -> None:
    page.resize(260, 700)
    label = next(x for x in page.findChildren(QLabel) if x.text() == "Theme")
    QApplication.sendPostedEvents()
    assert label.geometry().bottom() < box(page, "Theme").geometry().top()
    with chinese("appearance"):
        QApplication.sendPostedEvents()
        assert box(page, "主题").currentText() == "跟随系统"
    assert unfinished("appearance") == []


def test_reading_pictures_is_offered_where_the_engine_is(
    page: AppearancePage, holder: SettingsHolder, qapp: QApplication
) -> None:
    field = box(page, "Text in pictures")
    assert field.currentData() is False
    field.setCurrentIndex(1)
    field.activated.emit(1)
    assert holder.value.read_pictures is True
    theme, icons = dressed(qapp)
    without = AppearancePage(settings=holder, theme=theme, icons=icons, reads_pictures=False)
    assert not [
        b for b in without.findChildren(QComboBox) if b.accessibleName() == "Text in pictures"
    ]
    without.deleteLater()


def test_what_becomes_of_pictures_on_the_web_is_chosen(
    page: AppearancePage, holder: SettingsHolder
) -> None:
    field = box(page, "Pictures on the web")
    assert field.currentData() == LinkedPictures.ASK
    field.setCurrentIndex(2)
    field.activated.emit(2)
    assert holder.value.linked_pictures is LinkedPictures.FETCH
