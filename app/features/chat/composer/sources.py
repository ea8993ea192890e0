"""What the composer asks of what stands in it: attachments and ready-made questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QMimeData, SignalInstance
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.core.message import Part
from app.core.picture_action import PictureAction


class AttachmentSource(Protocol):
    """What goes with a message: shown by `widget`, given by `parts`."""

    changed: SignalInstance
    refused: SignalInstance

    @property
    def widget(self) -> QWidget: ...

    @property
    def busy(self) -> bool:
        """Whether something is still being prepared."""
        ...

    def parts(self) -> tuple[Part, ...]: ...

    def set_parts(self, parts: Sequence[Part]) -> None: ...

    def add_paths(self, paths: Sequence[str]) -> None: ...

    def add_mime(self, mime: QMimeData) -> bool:
        """Take pictures and files from it; False if it holds none."""
        ...

    def add_text(self, name: str, text: str) -> None: ...

    def way_to_read(self) -> Callable[[], None] | None:
        """Reads the pictures on this computer, so that only their text goes; None if none can."""
        ...

    def let_go(self, parts: Sequence[Part]) -> None:
        """Remove these; what came since stays."""
        ...


class QuickActionSource(Protocol):
    """Ready-made questions about pictures: shown by `widget`.

    `chosen` carries the `PictureAction`, `picked` its id.
    """

    chosen: SignalInstance
    picked: SignalInstance

    @property
    def widget(self) -> QWidget: ...

    @property
    def actions_shown(self) -> Sequence[PictureAction]: ...

    @property
    def on_drop(self) -> PictureAction | None:
        """The one that is asked by itself about what is dropped, if one is."""
        ...

    def action(self, action: str) -> PictureAction | None:
        """An action by its id."""
        ...

    def button(self, action: str) -> QAbstractButton: ...
