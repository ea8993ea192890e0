"""What batches are given by the program: the disk, the services, and ways to ask."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from app.core.batch import Batch, BatchAction
from app.core.batch_store import BatchStore
from app.core.batch_table import TableFormat
from app.core.cost import UsageEntry
from app.core.message import ImagePart, Message
from app.core.model_info import ModelInfo
from app.core.ports import PreparedImage, ServiceSource
from app.core.request import ChatRequest


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """Files for a batch, and how many more there were than one takes."""

    title: str
    paths: tuple[str, ...]
    left_out: int = 0
    others: int = 0
    """Files in folders that are neither pictures nor PDFs by their names."""


MOST_PAGES = 20
"""Pages of a document that go with one row; of a longer one a person picks, in a conversation."""


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """All of a file that is sent: a picture, one for each page of a PDF, or a text."""

    pictures: tuple[PreparedImage, ...]
    text: str = ""

    def mark(self) -> str:
        """The same for the same, and for nothing else."""
        whole = hashlib.sha256(self.text.encode("utf-8", "replace"))
        for picture in self.pictures:
            whole.update(hashlib.sha256(picture.data).digest())
        return whole.hexdigest()[:16]


class ModelField(Protocol):
    """The field in which a batch's model is chosen."""

    @property
    def model_chosen(self) -> SignalInstance:
        """Carries the id that was chosen."""
        ...

    @property
    def current(self) -> str: ...

    def set_current(self, model_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class BatchWorld:
    """`request` makes a row's request. `settled` gives a reply its cost and keeps what it taught.

    `ready` makes a file at a path ready to be sent, and raises ImageError. `hold` lends a picture's
    bytes for as long as its request runs, and answers their blob. `tokens` guesses what a picture
    costs. `find_files` looks into folders, and blocks. `new_for` answers the service and model of a
    new batch. `model_field` makes a field and its widget. `export` asks where to save a batch's
    results, and saves them there. `close` ends what makes files ready.
    """

    store: BatchStore
    services: ServiceSource
    ready: Callable[[str], Awaitable[ReadyFile]]
    request: Callable[[Batch, Message], ChatRequest]
    settled: Callable[[Batch, Message], Message]
    hold: Callable[[bytes], AbstractContextManager[str]]
    count: Callable[[UsageEntry], Awaitable[None]]
    tokens: Callable[[ImagePart], int]
    model_info: Callable[[str, str], ModelInfo | None]
    find_files: Callable[[Sequence[str]], FoundFiles]
    actions: Callable[[], Sequence[BatchAction]]
    new_for: Callable[[], tuple[str, str]]
    model_field: Callable[[Batch], tuple[ModelField, QWidget]]
    export: Callable[[Batch, TableFormat], None]
    close: Callable[[], Awaitable[None]]
