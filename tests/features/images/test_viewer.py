"""The viewer shows the picture whole, at its own size or zoomed, and Esc ends it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPixmap, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsView, QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.features.images.viewer import ImageViewer
from tests.features.images.world import picture
from tests.look import dressed


@pytest.fixture
def viewer(qtbot: QtBot, qapp: QApplication) -> Iterator[ImageViewer]:
    theme, _ = dressed(qapp)
    made = ImageViewer(QPixmap.fromImage(picture(2000, 1000)), theme=theme)
    made.resize(800, 600)
    with qtbot.waitExposed(made):
        made.open()
    yield made
    if isValid(made):
        made.close()


def facts(viewer: ImageViewer) -> str:
    label = viewer.findChild(QLabel)
    assert label is not None
    return label.text()


def test_it_opens_fitted_and_follows_its_size(viewer: ImageViewer) -> None:
    assert viewer.scale == pytest.approx(0.4, abs=0.01)
    assert facts(viewer).startswith("2000 × 1000 · ")
    viewer.resize(1200, 900)
    QApplication.processEvents()
    assert viewer.scale == pytest.approx(0.6, abs=0.01)


def test_keys_and_wheel_zoom(viewer: ImageViewer) -> None:
    QTest.keyClick(viewer, Qt.Key.Key_1)
    assert viewer.scale == pytest.approx(1)
    assert facts(viewer).endswith("100 %")
    QTest.keyClick(viewer, Qt.Key.Key_Plus)
    assert viewer.scale == pytest.approx(1.25)
    QTest.keyClick(viewer, Qt.Key.Key_Minus)
    assert viewer.scale == pytest.approx(1)
    view = viewer.findChild(QGraphicsView)
    assert view is not None
    turn = QWheelEvent(
        QPointF(50, 50),
        view.mapToGlobal(QPointF(50, 50)),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), turn)
    assert viewer.scale == pytest.approx(1.25)
    QTest.keyClick(viewer, Qt.Key.Key_0)
    assert viewer.scale == pytest.approx(0.4, abs=0.01)


def test_a_small_picture_is_not_enlarged(qtbot: QtBot, qapp: QApplication) -> None:
    theme, _ = dressed(qapp)
    small = ImageViewer(QPixmap.fromImage(picture(20, 20)), theme=theme)
    with qtbot.waitExposed(small):
        small.show()
    assert small.scale == pytest.approx(1)
    small.close()


def test_escape_ends_it(qtbot: QtBot, viewer: ImageViewer) -> None:
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(viewer))
