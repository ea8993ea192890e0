"""A dropped picture is asked about by itself, where the person set that: seen first, then sent.

Nothing goes that was not seen: the chip stands there, ready, with the question's name above it and
a way to stop, for `SEEN_MS`. Whatever the person does meanwhile stops it as well.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app.core.message import ImagePart, Part
from app.core.picture_action import PictureAction
from app.kit.widgets.banner import Banner

SEEN_MS = 2000
"""How long what is going to be sent stands there, ready, before it is."""
MOST = 4
"""More pictures than this in one drop are not in sight all at once: they wait for a click."""

translate = QCoreApplication.translate


class AskOnDrop(QObject):
    """Its banner says what is about to be asked. `due` carries the action, once it was seen."""

    due = Signal(object)  # PictureAction

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.banner = Banner()
        self._action: PictureAction | None = None
        self._parts: tuple[Part, ...] = ()
        self._seen = QTimer(self, singleShot=True, interval=SEEN_MS)
        self._seen.timeout.connect(self._ask)

    def begin(self, action: PictureAction) -> None:
        """Something was dropped: wait until it is prepared."""
        self.stop()
        self._action = action

    def follow(self, text: str, parts: Sequence[Part], *, busy: bool) -> None:
        """What stands in the composer now. Only pictures, and all of them ready, are counted down.

        What changes after that is the person's doing, and stops it.
        """
        if self._action is None or busy:
            return
        now = tuple(parts)
        if self._seen.isActive() and not text.strip() and now == self._parts:
            return
        pictures = all(isinstance(p, ImagePart) and not p.text_only for p in now)
        fits = pictures and 0 < len(now) <= MOST and not text.strip()
        if not fits or self._seen.isActive():
            self.stop()
            return
        self._parts = now
        self._seen.start()
        self._say()

    def stop(self) -> bool:
        """Ask nothing by itself; whether anything was about to be."""
        was, self._action = self._action is not None, None
        self._seen.stop()
        self.banner.say("")
        return was

    def retranslate(self) -> None:
        if self._seen.isActive():
            self._say()

    def _ask(self) -> None:
        action = self._action
        self.stop()
        if action is not None and self._in_sight():
            self.due.emit(action)

    def _in_sight(self) -> bool:
        """A tab that went to the back, or one behind a menu or a picture, sends nothing."""
        parent, window = self.banner.parentWidget(), self.banner.window()
        shown = parent is not None and parent.isVisible() and not window.isMinimized()
        covered = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        return shown and not covered

    def _say(self) -> None:
        assert self._action is not None
        text = translate("AskOnDrop", "“%1” is sent in a moment. Esc: not now.")
        self.banner.say(
            text.replace("%1", self._action.name),
            [
                (translate("AskOnDrop", "Send now"), self._ask),
                (translate("AskOnDrop", "Not now"), self.stop),
            ],
        )
