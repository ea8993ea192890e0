"""What a conversation's page is given: widgets of other features, and ways to ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from app.core.conversation import ConversationInfo
from app.core.message import Message
from app.core.reading import Reading
from app.features.chat.composer import AttachmentSource, QuickActionSource
from app.features.chat.structured_answers import SchemaChecker
from app.kit.markdown.formulas import Formulas
from app.kit.tasks import TaskScope


class ModelChoice(Protocol):
    """The model picker as a page needs it: a widget that stands in the header."""

    def set_current(self, model_id: str) -> None: ...

    def open_list(self) -> None: ...


class ParameterPane(Protocol):
    """The inspector as a page needs it: a widget that stands at the right."""

    @property
    def system_prompt_changed(self) -> SignalInstance: ...

    @property
    def parameters_changed(self) -> SignalInstance: ...

    @property
    def reasoning_changed(self) -> SignalInstance:
        """The person set reasoning switches; the parameters that hold them were told before."""
        ...

    def show_info(self, info: ConversationInfo) -> None: ...

    def set_model(self, model_id: str) -> None: ...


class PresetChoice(Protocol):
    """The preset picker as a page needs it: a widget that stands in the header."""

    def show_values(self, system_prompt: str, parameters: Mapping[str, Any]) -> None: ...


class ReadingPane(Protocol):
    """The reader as a page needs it: a widget that stands in the transcript's place."""

    @property
    def again_requested(self) -> SignalInstance:
        """Carries the id of the reply that is asked for anew."""
        ...

    @property
    def widget(self) -> QWidget: ...

    def show_readings(self, readings: Sequence[Reading], *, busy: bool) -> None: ...

    def grow(self, message_id: str, text: str) -> None: ...


@dataclass(frozen=True, slots=True)
class PageParts:
    """Widgets made for one page alone, and ways to ask.

    `describe` words how a reply failed; `hints` makes the ready-made questions of an empty
    conversation, `reader` the reader when it is first wished for.
    """

    attachments: AttachmentSource
    quick_actions: QuickActionSource
    hints: Callable[[], QuickActionSource]
    earlier_pictures: QWidget
    tools: QWidget
    picker: ModelChoice
    picker_widget: QWidget
    presets: PresetChoice
    presets_widget: QWidget
    inspector: ParameterPane
    inspector_widget: QWidget
    reader: Callable[[], ReadingPane]
    picture_model: Callable[[str], str]
    thumbnail: Callable[[str], QPixmap | None]
    formulas: Formulas
    describe: Callable[[Message], str]
    checker: SchemaChecker
    tasks: TaskScope
