"""Check boxes and radio buttons are seen on their ground, ticked or not, in both themes."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QRadioButton
from pytestqt.qtbot import QtBot

from app.core.settings import ThemeChoice
from app.kit.style import TICKS
from tests.look import dressed


def _light(color: QColor) -> float:
    """Relative luminance, as WCAG has it."""
    parts = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _contrast(one: QColor, other: QColor) -> float:
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)


def _frame(button: QAbstractButton) -> QColor:
    """The colour at the middle of the indicator's upper edge: the strongest of the column."""
    image = button.grab().toImage()
    ground = image.pixelColor(image.width() - 1, 0)
    column = [image.pixelColor(8, y) for y in range(image.height() // 2 - 4)]
    return max(column, key=lambda color: _contrast(color, ground))


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
@pytest.mark.parametrize("checked", [False, True])
def test_the_frame_is_seen(
    qtbot: QtBot,
    qapp: QApplication,
    choice: ThemeChoice,
    kind: type[QCheckBox] | type[QRadioButton],
    checked: bool,
) -> None:
    theme, _icons = dressed(qapp, choice)
    button = kind("Ask me again")
    qtbot.addWidget(button)
    button.setChecked(checked)
    button.resize(button.sizeHint())
    assert _contrast(_frame(button), QColor(theme.tokens.canvas)) >= 3


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_a_tick_is_drawn_in_what_is_read_on_the_accent(
    qtbot: QtBot, qapp: QApplication, choice: ThemeChoice
) -> None:
    theme, _icons = dressed(qapp, choice)
    assert theme.tokens.on_accent in (TICKS / f"tick-{choice.value}.svg").read_text("utf-8")
    box = QCheckBox("Ask me again")
    qtbot.addWidget(box)
    box.setChecked(True)
    box.resize(box.sizeHint())
    image = box.grab().toImage()
    inside = [image.pixelColor(x, y) for x in range(4, 13) for y in range(4, image.height() - 4)]
    wanted = QColor(theme.tokens.on_accent)
    assert max(_contrast(color, QColor(theme.tokens.accent)) for color in inside) >= 3
    assert any(abs(c.lightness() - wanted.lightness()) < 40 for c in inside)
