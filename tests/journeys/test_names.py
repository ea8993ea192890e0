"""Every widget that takes the keyboard's focus says its name and what it is, wherever one goes."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.core.settings import LanguageChoice
from app.features.parameters.fold import Fold
from app.shell.settings_tab import SettingsTab
from tests.conftest import until
from tests.journeys.world import Porthole, porthole

pytestmark = pytest.mark.usefixtures("qapp")

UNKNOWN = (QAccessible.Role.NoRole, QAccessible.Role.Client)


def told(widget: QWidget) -> tuple[QAccessible.Role, str]:
    """What a screen reader is told of a widget."""
    asked = QAccessible.queryAccessibleInterface(widget)
    return asked.role(), asked.text(QAccessible.Text.Name)


def focusable() -> list[QWidget]:
    """The widgets in sight that take the focus themselves."""
    return [
        widget
        for widget in QApplication.allWidgets()
        if widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.focusProxy() is None
    ]


def nameless() -> list[str]:
    """Those that have no name, or no role."""
    found: list[str] = []
    for widget in focusable():
        role, name = told(widget)
        if role in UNKNOWN or not name.strip():
            above = widget.parentWidget()
            found.append(f"{type(widget).__name__} in {type(above).__name__}: {role} {name!r}")
    return found


def in_sight() -> set[str]:
    return {told(widget)[1] for widget in focusable()}


async def look_around(window: Porthole) -> int:
    """Open one thing after the other; answers how many names were heard in all."""
    heard = in_sight()
    assert not nameless(), "before anything was said"
    await window.ask("/stream 60 400")
    for key in ("Ctrl+I", "Ctrl+F"):
        window.shortcut(key)
    await asyncio.sleep(0.05)
    for fold in window.program.window.findChildren(Fold):
        fold.findChildren(QAbstractButton)[0].click()
    heard |= in_sight()
    assert not nameless(), "a conversation with its parameters and what is looked for"
    for key in ("Ctrl+M", "Ctrl+Shift+P"):
        window.shortcut(key)
        heard |= in_sight()
        assert not nameless(), key
        window.program.window.setFocus()
        for opened in QApplication.topLevelWidgets():
            if opened.windowType() == Qt.WindowType.Popup:
                opened.close()
    window.shortcut("Ctrl+,")
    await until(lambda: window.program.window.findChildren(SettingsTab))
    (settings,) = window.program.window.findChildren(SettingsTab)
    for row in settings.findChildren(QAbstractButton):
        if row.isCheckable() and row.group() is not None and row.group().exclusive():
            row.click()
            heard |= in_sight()
            assert not nameless(), row.text()
    return len(heard)


@pytest.mark.parametrize("language", [LanguageChoice.ENGLISH, LanguageChoice.CHINESE])
async def test_whatever_takes_the_focus_has_a_name(
    data_dir: Path, language: LanguageChoice
) -> None:
    async with porthole(data_dir, demo=True) as window:
        window.speak(language)
        assert await look_around(window) > 70
