"""Keys that capture whatever is in front: bound by the desktop's portal, once it was wished for."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.core.desktop_ports import HotKey, HotKeyPortal
from app.core.errors import CaptureError, CaptureProblem
from app.core.wish import Wish
from app.kit.settings_holder import SettingsHolder
from app.kit.tasks import TaskScope


class HotKeyState(Enum):
    NONE = auto()
    """This system has no way to them, as far as is known."""
    OFF = auto()
    ASKING = auto()
    """The desktop asks the person which keys."""
    ON = auto()
    REFUSED = auto()
    """The person or the desktop would not, or took the keys back."""


class HotKeys(QObject):
    """Nothing is asked of the desktop before `set_up`, and again at each start after that.

    `changed` tells of a new `state` or other `keys`; `pressed` carries what a key is for.
    """

    changed = Signal()
    pressed = Signal(object)  # Wish

    def __init__(
        self,
        *,
        portal: HotKeyPortal | None,
        settings: SettingsHolder,
        scope: TaskScope,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._portal = portal
        self._settings = settings
        self._scope = scope
        self._task: asyncio.Task[Any] | None = None
        self._state = HotKeyState.NONE if portal is None else HotKeyState.OFF
        self._keys: Mapping[str, str] = {}

    @property
    def possible(self) -> bool:
        """Whether there is anybody to ask."""
        return self._portal is not None

    @property
    def state(self) -> HotKeyState:
        return self._state

    @property
    def keys(self) -> Mapping[str, str]:
        """What each bound wish is on, in the desktop's own words; empty where it does not say."""
        return self._keys

    def begin(self) -> None:
        """Listen again, where that was set up in an earlier run."""
        if self._settings.value.hot_keys:
            self.set_up()

    def set_up(self) -> None:
        """Have the desktop bind the keys; it may ask the person first."""
        self._stop()
        if self._portal is not None and not self._scope.closed:
            self._task = self._scope.start(self._listen(self._portal), name="hot keys")
            self._tell(HotKeyState.ASKING)

    def turn_off(self) -> None:
        """Give the keys back."""
        self._stop()
        self._settings.replace(hot_keys=False)
        self._tell(HotKeyState.OFF)

    def wanted(self) -> tuple[HotKey, ...]:
        """What is asked for; the desktop and the person may choose other keys."""
        return (
            HotKey(Wish.CAPTURE, self.tr("Capture a region of the screen"), "CTRL+ALT+c"),
            HotKey(Wish.ASK, self.tr("Ask about a region of the screen"), "CTRL+ALT+q"),
        )

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _listen(self, portal: HotKeyPortal) -> None:
        me = asyncio.current_task()

        def bound(keys: Mapping[str, str]) -> None:
            if self._task is me:
                self._settings.replace(hot_keys=True)
                self._tell(HotKeyState.ON, keys)

        def press(key: str) -> None:
            if self._task is me and key in (Wish.CAPTURE, Wish.ASK):
                self.pressed.emit(Wish(key))

        try:
            await portal.listen(self.wanted(), bound, press)
        except CaptureError as error:
            if self._task is me:
                none = error.problem is CaptureProblem.NO_PORTAL
                self._tell(HotKeyState.NONE if none else HotKeyState.REFUSED)

    def _tell(self, state: HotKeyState, keys: Mapping[str, str] | None = None) -> None:
        self._state, self._keys = state, keys or {}
        self.changed.emit()
