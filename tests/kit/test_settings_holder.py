"""Options change at once and are saved a moment later, the latest value only."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.core.settings import Settings, ThemeChoice
from app.kit.settings_holder import SettingsHolder


def test_each_change_is_told_and_the_last_is_saved(qtbot: QtBot) -> None:
    saved: list[Settings] = []
    told: list[Settings] = []
    holder = SettingsHolder(Settings(), save=saved.append)
    holder.changed.connect(told.append)
    holder.replace(theme=ThemeChoice.DARK)
    holder.replace(zoom_percent=9000)
    holder.replace(zoom_percent=300)
    assert [s.zoom_percent for s in told] == [100, 300]
    assert saved == []
    qtbot.waitUntil(lambda: bool(saved))
    assert saved == [holder.value]
    assert holder.value.theme is ThemeChoice.DARK


def test_what_waits_is_saved_at_the_end(qtbot: QtBot) -> None:
    saved: list[Settings] = []
    holder = SettingsHolder(Settings(), save=saved.append)
    holder.flush()
    assert saved == []
    holder.replace(sidebar_shown=False)
    holder.flush()
    holder.flush()
    assert saved == [holder.value]
