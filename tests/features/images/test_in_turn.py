"""Steps keep their order, and let the loop run in between."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.features.images import in_turn
from app.features.images.in_turn import InTurn
from tests.conftest import until


async def test_few_steps_are_taken_at_once(qapp: QApplication) -> None:
    owner = QObject()
    turns = InTurn(owner)
    taken: list[int] = []
    turns.add(lambda: taken.append(1))
    turns.add(lambda: taken.append(2))
    assert taken == [1, 2]
    assert not turns.waiting
    owner.deleteLater()


async def test_many_leave_room_for_others(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_turn, "SLICE_S", 1e-9)
    owner = QObject()
    turns = InTurn(owner)
    taken: list[object] = []
    for number in range(5):
        turns.add(partial(taken.append, number))
    QTimer.singleShot(0, lambda: taken.append("another"))
    assert taken == [0]
    await until(lambda: not turns.waiting)
    assert [step for step in taken if step != "another"] == [0, 1, 2, 3, 4]
    assert taken[-1] == 4
    assert "another" in taken
    for number in (5, 6, 7):
        turns.add(partial(taken.append, number))
    turns.clear()
    assert 7 not in taken
    owner.deleteLater()
