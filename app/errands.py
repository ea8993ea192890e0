"""What a page asks of the world beyond it: a picture opened, code saved, details shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.adapters.disk import storage_error, write_whole
from app.adapters.sheet import xlsx_bytes
from app.core.batch_table import TableFormat
from app.core.message import Message
from app.core.picture import Edits
from app.core.ports import HistoryStore, ImageCodec
from app.core.result_table import ResultTable, csv_text, for_workbook
from app.features.chat.session import ChatSession
from app.features.chat.transcript import TranscriptView
from app.features.chat.transcript.drag_out import picture_name
from app.features.images.attached import Attached
from app.features.images.attachment_strip import AttachmentStrip
from app.features.images.picture_source import PictureSource, Texts
from app.kit import error_text
from app.kit.dialogs import ask_save_path, show_text
from app.kit.icons import Icons
from app.kit.markdown.code_files import file_bytes, file_name
from app.kit.notices import Notice, NoticeKind, Notices
from app.kit.tasks import TaskScope, in_thread
from app.kit.theme import Theme
from app.smaller import smaller

BOM = b"\xef\xbb\xbf"
"""Spreadsheets take a CSV file for UTF-8 only with it."""


class Errands(QObject):
    """Runs them in a scope of the program's, over its window."""

    def __init__(
        self,
        *,
        window: QWidget,
        theme: Theme,
        icons: Icons,
        store: HistoryStore,
        codec: ImageCodec,
        texts: Texts,
        notices: Notices,
        key_in_use: Callable[[str], str | None],
        scope: TaskScope,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme, self._icons = theme, icons
        self._store = store
        self._codec = codec
        self._texts = texts
        self._notices = notices
        self._key_in_use = key_in_use
        self._scope = scope

    def show_details(self, message: Message) -> None:
        """What is known of how an answer failed."""
        if message.failure is not None:
            text = error_text.details(message.failure)
            self._scope.start(show_text(self._window, self.tr("Details"), text), name="details")

    def view_image(self, blob: str) -> None:
        """A picture at its full size, exactly as it is sent."""

        async def view() -> None:
            from app.features.images.viewer import ImageViewer

            image = await in_thread(QImage.fromData, await self._store.blob(blob))
            ImageViewer(
                image,
                source=self._source(blob),
                theme=self._theme,
                icons=self._icons,
                parent=self._window,
            ).open()

        self._scope.start(view(), name="view picture")

    def edit_picture(self, strip: AttachmentStrip, item: Attached) -> None:
        """A picture that was not sent yet: looked at, and cropped, turned or blacked out."""

        async def edit() -> None:
            from app.features.images.edited import edited_image
            from app.features.images.viewer import ImageViewer

            original = await in_thread(QImage.fromData, await strip.original(item))
            whole = len(item.parts) == 1  # else it was cut into tiles, and looked at uncut
            sent = await in_thread(QImage.fromData, await self._store.blob(item.blob))
            viewer = ImageViewer(
                sent if whole else edited_image(original, item.edits),
                original=original,
                edits=item.edits,
                source=self._source(item.blob if whole else ""),
                theme=self._theme,
                icons=self._icons,
                parent=self._window,
            )

            def take(edits: Edits) -> None:
                if isValid(strip):
                    strip.set_edits(item, edits)

            viewer.edited.connect(take)
            viewer.open()

        self._scope.start(edit(), name="edit picture")

    def _source(self, blob: str) -> PictureSource:
        return PictureSource(self._texts, blob, self._scope, error_text.sentence)

    def read_message(self, text: str) -> None:
        """All that a message says as plain text, to be read at leisure."""
        self._scope.start(show_text(self._window, self.tr("Message"), text), name="read message")

    def lend_picture(self, view: TranscriptView, blob: str) -> None:
        """Hand a picture's bytes to a transcript that it may be dragged out of."""

        async def lend() -> None:
            data = await self._store.blob(blob)
            image = await in_thread(QImage.fromData, data)
            if isValid(view):
                view.take_blob(blob, data, image)

        self._scope.start(lend(), name="lend picture")

    def save_picture(self, blob: str, name: str) -> None:
        """A picture of the conversation, where the person wants it: the bytes that are kept."""

        async def save() -> None:
            data = await self._store.blob(blob)
            proposed = picture_name(name, data)
            path = await ask_save_path(self._window, self.tr("Save picture"), proposed)
            if path:
                await in_thread(_write_bytes, Path(path), data)

        self._scope.start(save(), name="save picture")

    def show_raw(self, session: ChatSession, message: Message) -> None:
        """What went over the wire for a reply, in a window of its own."""

        async def show() -> None:
            from app.adapters.chat_api.rebuild import request_bytes, request_text
            from app.features.raw.raw_view import RawView

            asked = await session.asked_before(message.id)
            exchange = await self._store.exchange(message.id)
            key = self._key_in_use(session.info.profile)
            view = RawView(
                exchange,
                asked,
                rebuild=lambda kept, before: request_text(kept, before, self._store.blob, key),
                body=lambda kept, before: request_bytes(kept, before, self._store.blob, key),
                scope=self._scope,
                parent=self._window,
            )
            view.show()

        self._scope.start(show(), name="raw view")

    def send_smaller(self, session: ChatSession, question: Message) -> None:
        """Ask once more with pictures of half the size, as a new version of the question."""

        async def send() -> None:
            draft = await smaller(
                question,
                codec=self._codec,
                read_blob=self._store.blob,
                put_blob=self._store.put_blob,
            )
            if draft is not None:
                session.edit(question.id, draft)
                return
            text = self.tr("There is no picture in this question that could be made smaller.")
            self._notices.post(Notice(text, NoticeKind.WARNING))

        self._scope.start(send(), name="smaller pictures")

    def save_table(self, data: bytes, name: str) -> None:
        """A table of an answer as a file, where the person wants it."""

        async def save() -> None:
            path = await ask_save_path(self._window, self.tr("Save table"), name)
            if path:
                await in_thread(_write_bytes, Path(path), bytes(data))

        self._scope.start(save(), name="save table")

    def save_answer(self, kind: str, table: ResultTable | None, text: str) -> None:
        """An answer that is JSON, or a table of it, as a file where the person wants it."""

        async def save() -> None:
            path = await ask_save_path(self._window, self.tr("Save answer"), f"answer.{kind}")
            if path:
                await in_thread(_write_answer, Path(path), kind, table, text)

        self._scope.start(save(), name="save answer")

    def save_code(self, text: str, language: str) -> None:
        """Code of an answer, where the person wants it."""

        async def save() -> None:
            proposed = file_name(language)
            path = await ask_save_path(self._window, self.tr("Save code"), proposed)
            if path:
                await in_thread(_write_bytes, Path(path), file_bytes(text))

        self._scope.start(save(), name="save code")


def _write_answer(path: Path, kind: str, table: ResultTable | None, text: str) -> None:
    """Raises StorageError."""
    if table is None:
        data = text.encode("utf-8", "replace")
    elif kind == TableFormat.XLSX:
        data = xlsx_bytes(for_workbook(table))
    else:
        data = BOM + csv_text(table).encode("utf-8", "replace")
    _write_bytes(path, data)


def _write_bytes(path: Path, data: bytes) -> None:
    """The file is whole or not there at all. Raises StorageError."""
    try:
        write_whole(path, data)
    except OSError as error:
        raise storage_error(error, path) from error
