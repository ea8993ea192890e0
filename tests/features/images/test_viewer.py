"""The viewer: the picture whole, at its own size or zoomed; one not sent yet can be changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsView, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.core.picture import NO_EDITS, Edits, Region
from app.features.images.edited import edited_image
from app.features.images.viewer import ImageViewer
from tests.features.images.world import picture
from tests.look import dressed

Make = Callable[..., ImageViewer]
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication) -> Iterator[Make]:
    theme, icons = dressed(qapp)
    made: list[ImageViewer] = []

    def open_viewer(
        image: QImage, *, original: QImage | None = None, edits: Edits = NO_EDITS
    ) -> ImageViewer:
        viewer = ImageViewer(image, theme=theme, icons=icons, original=original, edits=edits)
        viewer.resize(800, 600)
        with qtbot.waitExposed(viewer):
            viewer.open()
        made.append(viewer)
        return viewer

    yield open_viewer
    for viewer in made:
        if isValid(viewer):
            viewer.done(0)


@pytest.fixture
def viewer(make: Make) -> ImageViewer:
    return make(picture(2000, 1000))


@pytest.fixture
def editor(make: Make) -> ImageViewer:
    white = picture(400, 300, "white")
    return make(white, original=white)


def facts(viewer: ImageViewer) -> str:
    label = viewer.findChild(QLabel)
    assert label is not None
    return label.text()


def view_of(viewer: ImageViewer) -> QGraphicsView:
    view = viewer.findChild(QGraphicsView)
    assert view is not None
    return view


def drag(viewer: ImageViewer, begin: tuple[int, int], end: tuple[int, int]) -> None:
    """Drag over the picture, from one of its pixels to another."""
    view = view_of(viewer)
    start, stop = (view.mapFromScene(QPointF(*point)) for point in (begin, end))
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(view.viewport(), left, pos=start)
    for step in (1, 2, 3):
        QTest.mouseMove(view.viewport(), start + (stop - start) * step / 3)
    QTest.mouseRelease(view.viewport(), left, pos=stop)


def tool(viewer: ImageViewer, name: str) -> QToolButton:
    return next(b for b in viewer.findChildren(QToolButton) if b.accessibleName() == name)


def button(viewer: ImageViewer, text: str) -> QPushButton:
    return next(b for b in viewer.findChildren(QPushButton) if b.text() == text)


def color(image: QImage, x: int, y: int) -> str:
    return QColor(image.pixel(x, y)).name()


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
    view = view_of(viewer)
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
    across = view.horizontalScrollBar().value()
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    assert view.horizontalScrollBar().value() > across
    QTest.keyClick(viewer, Qt.Key.Key_0)
    assert viewer.scale == pytest.approx(0.4, abs=0.01)


def test_a_small_picture_is_not_enlarged(make: Make) -> None:
    assert make(picture(20, 20)).scale == pytest.approx(1)


def test_escape_ends_it(qtbot: QtBot, viewer: ImageViewer) -> None:
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(viewer))


def test_a_picture_that_was_sent_cannot_be_changed(viewer: ImageViewer) -> None:
    QTest.keyClick(viewer, Qt.Key.Key_R)
    QTest.keyClick(viewer, Qt.Key.Key_B)
    assert viewer.shown.size() == picture(2000, 1000).size()
    names = {b.accessibleName() for b in viewer.findChildren(QToolButton) if b.isVisible()}
    assert not names, "neither crop nor black-out"
    assert not button(viewer, "Done").isVisible()


def test_what_is_dragged_over_is_black_and_handed_on(qtbot: QtBot, editor: ImageViewer) -> None:
    tool(editor, "Black out").click()
    drag(editor, (10, 10), (60, 40))
    drag(editor, (200, 100), (260, 160))  # the tool stays
    assert color(editor.shown, 30, 30) == "#000000"
    assert color(editor.shown, 230, 130) == "#000000"
    assert color(editor.shown, 100, 60) == "#ffffff"
    with qtbot.waitSignal(editor.edited) as told:
        button(editor, "Done").click()
    edits = told.args[0]
    assert isinstance(edits, Edits)
    first, second = edits.black_out
    assert (first.left, first.top) == pytest.approx((10, 10), abs=1)
    assert (second.right, second.bottom) == pytest.approx((260, 160), abs=1)


def test_crop_and_turn_by_keys_alone(qtbot: QtBot, editor: ImageViewer) -> None:
    QTest.keyClick(editor, Qt.Key.Key_C)
    assert facts(editor).endswith("marked: 240 × 180")
    QTest.keyClick(editor, Qt.Key.Key_Left, SHIFT)
    QTest.keyClick(editor, Qt.Key.Key_Up)
    QTest.keyClick(editor, Qt.Key.Key_Right, ALT | SHIFT)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert facts(editor).startswith("250 × 180")
    QTest.keyClick(editor, Qt.Key.Key_R)
    assert facts(editor).startswith("180 × 250")
    with qtbot.waitSignal(editor.edited) as told:
        QTest.keyClick(editor, Qt.Key.Key_Return)
    cut = Edits(crop=Region(70, 59, 320, 239), quarter_turns=1, seen_size=(400, 300))
    assert told.args[0] == cut


def test_the_keys_are_the_tools_where_the_focus_is(editor: ImageViewer) -> None:
    """A hand's keys arrive at the picture, which has arrows of its own."""
    view = view_of(editor)
    assert editor.focusWidget() is view
    QTest.keyClick(view, Qt.Key.Key_C)
    QTest.keyClick(view, Qt.Key.Key_Left, ALT | SHIFT)
    assert facts(editor).endswith("marked: 230 × 180")
    QTest.keyClick(view, Qt.Key.Key_Left, SHIFT)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert facts(editor).startswith("230 × 180")
    assert editor.shown.width() == 230
    QTest.keyClick(view, Qt.Key.Key_C, CTRL)
    assert "marked" not in facts(editor), "with Ctrl, C copies"


def test_undo_and_redo(editor: ImageViewer) -> None:
    undo, redo = tool(editor, "Undo"), tool(editor, "Redo")
    assert not undo.isEnabled()
    tool(editor, "Turn right").click()
    tool(editor, "Black out").click()
    drag(editor, (10, 10), (60, 40))
    QTest.keyClick(editor, Qt.Key.Key_Z, CTRL)
    assert color(editor.shown, 30, 30) == "#ffffff"
    assert facts(editor).startswith("300 × 400")
    redo.click()
    assert color(editor.shown, 30, 30) == "#000000"
    undo.click()
    undo.click()
    assert not undo.isEnabled()
    assert facts(editor).startswith("400 × 300")


def test_escape_puts_the_tool_away_first_and_loses_no_change_unasked(
    qtbot: QtBot, editor: ImageViewer
) -> None:
    QTest.keyClick(editor, Qt.Key.Key_R)
    QTest.keyClick(editor, Qt.Key.Key_B)
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert "marked" not in facts(editor)
    assert editor.isVisible()
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert editor.isVisible()
    with qtbot.waitSignal(editor.edited) as told:
        button(editor, "Use it so").click()
    assert told.args[0] == Edits(quarter_turns=1)


def test_discarded_changes_are_not_handed_on(qtbot: QtBot, editor: ImageViewer) -> None:
    told: list[Edits] = []
    editor.edited.connect(told.append)
    QTest.keyClick(editor, Qt.Key.Key_R)
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    button(editor, "Discard the changes").click()
    qtbot.waitUntil(lambda: not isValid(editor))
    assert told == []


def test_done_without_a_change_hands_on_nothing(qtbot: QtBot, editor: ImageViewer) -> None:
    told: list[Edits] = []
    editor.edited.connect(told.append)
    button(editor, "Done").click()
    qtbot.waitUntil(lambda: not isValid(editor))
    assert told == []


def test_earlier_edits_are_shown_and_gone_on_from(qtbot: QtBot, make: Make) -> None:
    before = Edits(crop=Region(0, 0, 200, 300), black_out=(Region(0, 0, 50, 50),))
    white = picture(400, 300, "white")
    editor = make(edited_image(white, before), original=white, edits=before)
    assert facts(editor).startswith("200 × 300")
    assert color(editor.shown, 20, 20) == "#000000"
    assert not tool(editor, "Undo").isEnabled()
    QTest.keyClick(editor, Qt.Key.Key_R)
    with qtbot.waitSignal(editor.edited) as told:
        button(editor, "Done").click()
    assert told.args[0] == before.turned()


def test_what_is_sent_is_shown_until_something_is_changed(make: Make) -> None:
    editor = make(picture(200, 150, "red"), original=picture(400, 300, "white"))
    assert facts(editor).startswith("200 × 150")
    assert color(editor.shown, 20, 20) == "#ff0000"
    QTest.keyClick(editor, Qt.Key.Key_C)
    assert facts(editor).startswith("400 × 300")
    assert color(editor.shown, 20, 20) == "#ffffff"
