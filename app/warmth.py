"""What is loaded before it is needed: keys and models for who types, what reads and decodes."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer

from app.adapters.images.codec import ChildImageCodec
from app.features.chat.page import ChatPage
from app.features.models.catalogue import Catalogue
from app.key_look import KeyLook
from app.kit.markdown.parser import load_parser
from app.kit.tasks import TaskScope, in_thread

REST_MS = 4000
"""How long after the first paint the start is over and done with."""
APART_MS = 500
SOON = ("app.features.reader.pane", "app.answer_beside")
"""What a start does not wait for, and a key press should not either."""


class Warmth(QObject):
    """`front` answers the conversation in front, if there is one."""

    def __init__(
        self,
        keys: KeyLook,
        catalogue: Catalogue,
        codec: ChildImageCodec,
        front: Callable[[], ChatPage | None],
        scope: TaskScope,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._keys = keys
        self._catalogue = catalogue
        self._codec = codec
        self._front = front
        self._scope = scope
        self._begun = False
        self._warm = False

    def begin(self) -> None:
        """The window is painted: what was kept of the models in front may be read."""
        self._begun = True
        QTimer.singleShot(REST_MS, self, self.expect_picture)
        for number, module in enumerate(SOON, 1):
            load = partial(importlib.import_module, module)
            QTimer.singleShot(REST_MS + number * APART_MS, self, load)
        self.come_to_front(self._front())

    def come_to_front(self, page: ChatPage | None) -> None:
        """Another conversation is in front: its service's models are looked for."""
        if page is not None and self._warm:
            self._catalogue.refresh(page.session.info.profile)
        elif page is not None and self._begun:
            self._catalogue.recall(page.session.info.profile)

    def warm_up(self) -> None:
        """Look for the key and load the models while the person still types.

        Both import what is heavy: the keyring's libraries, and the client.
        """
        self._warm = True
        self._keys.now()
        self.come_to_front(self._front())

    def expect_picture(self) -> None:
        """Start the process that decodes pictures: the first one need not wait for it.

        Soon after the start one is likely; later it is started as something is dragged along.
        """
        if not self._scope.closed:
            self._scope.start(self._codec.warm(), name="expect a picture")

    def load_reading(self) -> None:
        """Load what it takes to show answers: a conversation is about to be opened."""
        self._scope.start(in_thread(load_parser), name="load the parser")
