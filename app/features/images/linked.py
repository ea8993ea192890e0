"""Pictures that are given by their address: sent so, or fetched. The person is asked once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, Signal

from app.core.message import ImagePart
from app.core.picture_address import LinkedPictures
from app.features.images.attached import Attached, Reader
from app.features.images.originals import once
from app.kit.widgets.banner import Banner


@dataclass(frozen=True, slots=True)
class Linked:
    """What is done with addresses, how that is remembered, and how a picture is fetched.

    `fetch` raises PortholeError.
    """

    choice: Callable[[], LinkedPictures]
    remember: Callable[[LinkedPictures], None]
    fetch: Callable[[str], Awaitable[bytes]]


class AddressQuestion(Banner):
    """Asks what becomes of the pictures that wait for it; hidden while none does."""

    answered = Signal()

    def __init__(self, *, begin: Callable[[Attached, Reader], None]) -> None:
        """`begin` makes the parts of what was attached from bytes that are yet to come."""
        super().__init__()
        self._begin = begin
        self._waiting: dict[Attached, tuple[str, Linked]] = {}

    def take(self, item: Attached, address: str, linked: Linked) -> None:
        """Make what was attached as the person chose, or ask."""
        match linked.choice():
            case LinkedPictures.ADDRESS:
                item.show((ImagePart(item.name, url=address),))
            case LinkedPictures.FETCH:
                self._begin(item, once(partial(linked.fetch, address)))
            case LinkedPictures.ASK:
                self._waiting[item] = (address, linked)
                self._ask()

    def forget(self, item: Attached) -> None:
        """It does not go along any more."""
        if self._waiting.pop(item, None) is not None:
            self._ask()

    def _ask(self) -> None:
        if not self._waiting:
            self.say("")
            return
        fetch, send = self.tr("Fetch and send it"), self.tr("Send its address")
        self.say(
            self.tr("A picture on the web. Your choice is kept."),
            [
                (fetch, lambda: self._answer(LinkedPictures.FETCH)),
                (send, lambda: self._answer(LinkedPictures.ADDRESS)),
            ],
        )

    def _answer(self, choice: LinkedPictures) -> None:
        """It holds for all that wait, and for all that come."""
        waiting, self._waiting = self._waiting, {}
        for item, (address, linked) in waiting.items():
            linked.remember(choice)
            self.take(item, address, linked)
        self._ask()
        self.answered.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._ask()
        super().changeEvent(event)
