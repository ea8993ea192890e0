"""Favourites, services and the state of the list are seen and chosen while it is open."""

from __future__ import annotations

import sys

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListView, QWidget

from app.core.model_notes import ModelNotes
from app.features.models.model_picker import ModelPicker
from app.features.models.model_popup import ModelPopup
from app.features.models.model_row_delegate import MARGIN, STAR
from app.features.models.model_rows import RowRole
from app.features.models.service_chips import ServiceChips
from app.kit.widgets.card_shadow import CardShadow
from tests.features.models.popup_parts import DEEPSEEK, OLD, PLAIN, QWEN, parts, shown
from tests.look import dressed


def notes(*favourites: str, **used: float) -> dict[str, ModelNotes]:
    made = {name: ModelNotes("jiekou", name, favourite=True) for name in favourites}
    return made | {name: ModelNotes("jiekou", name, used_at=at) for name, at in used.items()}


def star_of(view: QListView, model_id: str) -> QPoint:
    """The middle of a model's star, in the viewport."""
    model = view.model()
    row = shown(view).index(model_id)
    box = view.visualRect(model.index(row, 0))
    return QPoint(box.left() + MARGIN + STAR // 2, box.center().y())


def stars(view: QListView) -> list[str]:
    model = view.model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    return [index.data(RowRole.ID) for index in rows if index.data(RowRole.STAR)]


class Owner:
    """Keeps the notes, as the program does, and hands them back when one changes."""

    def __init__(self, picker: ModelPicker) -> None:
        self.picker = picker
        self.notes = notes(PLAIN.id)
        picker.set_notes(self.notes)
        picker.favourite_toggled.connect(self.toggled)

    def toggled(self, model_id: str, on: bool) -> None:
        self.notes[model_id] = ModelNotes("jiekou", model_id, favourite=on)
        self.picker.set_notes(self.notes)


def test_favourites_and_recent_ones_stand_first(window: QWidget, picker: ModelPicker) -> None:
    picker.set_notes(notes(PLAIN.id, **{QWEN.id: 5.0}))
    picker.open_list()
    _, _, view = parts(window)
    assert shown(view) == [PLAIN.id, QWEN.id, DEEPSEEK.id, OLD.id]
    assert stars(view) == [PLAIN.id]
    assert view.currentIndex().data(RowRole.ID) == DEEPSEEK.id


def test_a_click_on_the_star_chooses_a_favourite_and_nothing_else(
    window: QWidget, picker: ModelPicker
) -> None:
    chosen: list[str] = []
    picker.model_chosen.connect(chosen.append)
    owner = Owner(picker)
    picker.open_list()
    popup, _, view = parts(window)
    before = shown(view)
    place, left = view.viewport(), Qt.MouseButton.LeftButton
    QTest.mouseClick(place, left, pos=star_of(view, QWEN.id))
    assert owner.notes[QWEN.id].favourite
    assert stars(view) == [PLAIN.id, QWEN.id]
    QTest.mouseClick(place, left, pos=star_of(view, PLAIN.id))
    assert stars(view) == [QWEN.id]
    # Rows keep their places as long as the list is open.
    assert shown(view) == before
    assert popup.isVisible()
    assert chosen == []
    picker.open_list()
    assert shown(view) == [QWEN.id, DEEPSEEK.id, PLAIN.id, OLD.id]


def test_a_key_chooses_a_favourite_too(window: QWidget, picker: ModelPicker) -> None:
    owner = Owner(picker)
    picker.open_list()
    popup, field, view = parts(window)
    QTest.keyClick(field, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert owner.notes[DEEPSEEK.id].favourite
    assert view.currentIndex().data(RowRole.ID) == DEEPSEEK.id
    QTest.keyClick(field, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert not owner.notes[DEEPSEEK.id].favourite
    assert popup.isVisible()
    assert field.text() == ""


def test_without_notes_there_are_no_stars(window: QWidget, picker: ModelPicker) -> None:
    told: list[str] = []
    picker.favourite_toggled.connect(lambda name, _on: told.append(name))
    picker.open_list()
    _, field, view = parts(window)
    QTest.keyClick(field, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert (told, stars(view)) == ([], [])


def test_a_click_on_a_row_takes_it(window: QWidget, picker: ModelPicker) -> None:
    chosen: list[str] = []
    picker.model_chosen.connect(chosen.append)
    picker.set_notes({})
    picker.open_list()
    popup, _, view = parts(window)
    at = star_of(view, QWEN.id) + QPoint(60, 0)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert chosen == [QWEN.id]
    assert not popup.isVisible()


def test_a_favourite_that_no_list_names_is_shown_so(window: QWidget, picker: ModelPicker) -> None:
    picker.set_notes(notes("acme/mine"))
    picker.open_list()
    _, _, view = parts(window)
    first = view.model().index(0, 0)
    assert first.data(RowRole.ID) == "acme/mine"
    assert first.data(RowRole.FACTS) == "not in the list"
    assert "favourite" in first.data(Qt.ItemDataRole.AccessibleTextRole)


def test_another_service_is_chosen_in_the_list(window: QWidget, picker: ModelPicker) -> None:
    told: list[str] = []
    picker.service_chosen.connect(told.append)
    services = [("jiekou", "接口AI"), ("local", "Local & llama.cpp"), ("demo", "Demo")]
    picker.set_services(services, "jiekou")
    picker.open_list()
    popup, field, view = parts(window)
    (row,) = popup.findChildren(ServiceChips)
    assert [chip.isChecked() for chip in row.chips] == [True, False, False]
    QTest.mouseClick(row.chips[0], Qt.MouseButton.LeftButton)
    assert row.chips[0].isChecked()
    QTest.mouseClick(row.chips[1], Qt.MouseButton.LeftButton)
    assert told == ["local"]
    assert [chip.isChecked() for chip in row.chips] == [False, True, False]
    assert popup.isVisible()
    picker.set_services(services, "local")
    picker.set_models([PLAIN])
    assert shown(view) == [PLAIN.id]
    assert field.hasFocus()
    picker.set_services(services[:1], "jiekou")
    assert not row.isVisible()


def test_tab_goes_round_within_the_list(window: QWidget, picker: ModelPicker) -> None:
    picker.set_services([("a", "A"), ("b", "B")], "a")
    picker.open_list()
    popup, field, _ = parts(window)
    seen = []
    for _ in range(7):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused.accessibleName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert len(set(seen)) == 7
    assert field.hasFocus()
    QTest.keyClick(field, Qt.Key.Key_Backtab)
    last = QApplication.focusWidget()
    assert last is not None
    assert last.accessibleName() == "Ask this service: B"
    QTest.keyClick(last, Qt.Key.Key_Escape)
    assert not popup.isVisible()


def footer(popup: ModelPopup) -> str:
    labels = (label for label in popup.findChildren(QLabel) if label.isVisible())
    return " | ".join(label.text() for label in labels if label.text())


def test_the_footer_says_what_the_list_is_worth(window: QWidget, qapp: QApplication) -> None:
    now = [1e9]
    theme, icons = dressed(qapp)
    picker = ModelPicker(window, theme=theme, icons=icons, clock=lambda: now[0])
    picker.set_models([DEEPSEEK], refreshing=True, loaded_at=1e9 - 240)
    picker.set_notes({})
    picker.show()
    picker.open_list()
    popup, _, _ = parts(window)
    key = "⌘D" if sys.platform == "darwin" else "Ctrl+D"
    keys = f"↑↓ choose · Enter use · {key} ★ favourite"
    assert footer(popup) == f"{keys} · list from 4 minutes ago, refreshing"
    picker.set_models([DEEPSEEK], loaded_at=1e9 - 240, problem="<b>No</b> route.")
    assert footer(popup) == (
        f"{keys} | list from 4 minutes ago, could not be refreshed: <b>No</b> route."
    )
    assert popup.rect().contains(popup.findChildren(QLabel)[-1].geometry())
    now[0] += 3600
    picker.set_models([DEEPSEEK], loaded_at=1e9 - 240)
    assert footer(popup) == f"{keys} · list from 1 hour ago"
    window.resize(300, 500)
    assert footer(popup) == "list from 1 hour ago"


def test_the_shadow_follows_the_list(window: QWidget, picker: ModelPicker) -> None:
    picker.open_list()
    popup, _, _ = parts(window)
    (shadow,) = window.findChildren(CardShadow)
    assert shadow.isVisible()
    assert shadow.geometry().contains(popup.geometry())
    picker.move(200, 100)
    window.resize(700, 500)
    assert shadow.geometry().contains(popup.geometry())
    popup.close_up()
    assert not shadow.isVisible()
