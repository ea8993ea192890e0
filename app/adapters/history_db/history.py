"""The HistoryStore: each wish becomes work for the writer's thread, or for the reader's.

Writes are done in the order in which they were asked for, one transaction each, and every call
returns once its own is done. Reads have a connection of their own, so that a long one holds up no
write; a read sees all writes that were asked for before it.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import apsw

from app.adapters.disk import FileLock, make_private_folder, storage_error, take_lock
from app.adapters.history_db import exchanges, headings, purge, search, text_layers, usage
from app.adapters.history_db import messages as stored
from app.adapters.history_db.blobs import BlobFolder
from app.adapters.history_db.migrations import MIGRATIONS
from app.adapters.sqlite.database import connect, snapshot, transaction, translated
from app.adapters.sqlite.migrate import open_database
from app.adapters.sqlite.worker import StoppedError, Worker
from app.core.conversation import Conversation, ConversationInfo, Draft, TabState
from app.core.cost import UsageEntry, UsageRow
from app.core.errors import StorageError, StorageProblem
from app.core.exchange import Exchange
from app.core.message import Message
from app.core.message_tree import MessageTree
from app.core.ports import SearchHit, StartState, TextLine

T = TypeVar("T")

FILE_NAME = "history.sqlite3"
SEEN_FIRST = 40
"""How many messages come with a conversation that is opened: more than two screens hold."""


def open_history(directory: Path) -> History:
    """Open the history in `directory`, making what is missing. Blocks; a few milliseconds.

    Raises StorageError: READ_ONLY, FULL, NEWER (nothing was touched), DAMAGED, IN_USE (another
    process has it open), FAILED; its `path` is the folder or file concerned.
    """
    try:
        make_private_folder(directory)
        lock = take_lock(directory / "lock")
    except OSError as error:
        raise storage_error(error, directory) from error
    if lock is None:
        raise StorageError(StorageProblem.IN_USE, str(directory))
    try:
        path = directory / FILE_NAME
        connection = open_database(path, directory / "backups", MIGRATIONS)
        return History(directory, connection, lock)
    except BaseException:
        lock.release()
        raise


class History:
    """See `app.core.ports.HistoryStore`. Made by `open_history`; owned by one event loop."""

    def __init__(self, directory: Path, connection: apsw.Connection, lock: FileLock) -> None:
        self._directory = directory
        self._path = directory / FILE_NAME
        self._connection = connection
        self._reading: apsw.Connection | None = None
        self._lock = lock
        self._blobs = BlobFolder(directory / "attachments")
        self._kept_blobs: Counter[str] = Counter()
        self._dropped_blobs: set[str] = set()
        self._doomed: list[str] = []
        self._ended_up_to = 0
        self._newest: dict[str, Message] = {}
        self._writer = Worker("history-writer")
        self._reader = Worker("history-reader")
        self._holding = search.Holding()

    def start_state(self) -> StartState:
        return self._writer.call(self._start_state)

    def _start_state(self) -> StartState:
        with translated(self._path, self._connection):
            connection = self._connection
            self._ended_up_to = stored.last_sequence(connection)
            self._doomed = purge.doomed(connection)
            self._kept_blobs.update(headings.blobs_in_drafts(connection))
            interrupted = stored.streaming_count(connection)
            tabs, current = headings.tabs(connection)
            state = StartState(headings.shown(connection), tabs, current, interrupted)
        if interrupted:
            self._mark_interrupted()
        return state

    def _mark_interrupted(self) -> None:
        try:
            with translated(self._path, self._connection), transaction(self._connection):
                stored.mark_interrupted(self._connection)
        except StorageError:
            # A full disk must not keep the history from being read: `load` marks them as well,
            # and the next start tries again. The failure is in the log.
            return

    async def conversations(self) -> Sequence[ConversationInfo]:
        return await self._read(headings.shown)

    async def load(self, conversation_id: str) -> Conversation | None:
        """As the port says; the messages in `damaged` are not what was once written."""

        def work(connection: apsw.Connection) -> Conversation | None:
            with snapshot(connection):
                info = headings.one(connection, conversation_id)
                found, damaged = stored.load(connection, conversation_id, self._ended_up_to)
                draft = headings.draft_of(connection, conversation_id)
            if info is None:
                return None
            return Conversation(info, MessageTree(found, info.leaf), draft, damaged)

        return await self._read(work)

    async def open(self, conversation_id: str, at: str | None = None) -> Conversation | None:
        """As the port says; `damaged` speaks of the words that are there."""

        def work(connection: apsw.Connection) -> Conversation | None:
            with snapshot(connection):
                info = headings.one(connection, conversation_id)
                if info is None:
                    return None
                table = stored.outlines(connection, conversation_id, self._ended_up_to)
                tree = MessageTree(leaf=info.leaf, outlines=table)
                seen = _around(tree.path(), at)
                found, damaged = stored.some(connection, seen, self._ended_up_to)
                draft = headings.draft_of(connection, conversation_id)
            tree.take_in(found)
            return Conversation(info, tree, draft, damaged)

        return await self._read(work)

    async def messages(self, message_ids: Sequence[str]) -> Sequence[Message]:
        def work(connection: apsw.Connection) -> Sequence[Message]:
            with snapshot(connection):
                return stored.some(connection, message_ids, self._ended_up_to)[0]

        return await self._read(work)

    async def save_info(self, info: ConversationInfo) -> None:
        await self._write(lambda connection: headings.save(connection, info))

    async def append(self, info: ConversationInfo, messages: Sequence[Message]) -> None:
        """As the port says. A message that is there already is replaced: a retry does no harm."""

        def work(connection: apsw.Connection) -> None:
            headings.save(connection, info)
            stored.add(connection, info.id, messages)

        await self._write(work)

    async def update(self, message: Message, *, durable: bool = True) -> None:
        """As the port says. A checkpoint that a later update overtook is not written at all.

        Raises StorageError (FAILED) if the message was never added.
        """
        self._newest[message.id] = message

        def work(connection: apsw.Connection) -> None:
            if not durable and self._newest.get(message.id, message) is not message:
                return
            if not stored.update(connection, message):
                raise StorageError(StorageProblem.FAILED, str(self._path), "no such message")

        try:
            await self._write(work, durable=durable)
        finally:
            if self._newest.get(message.id) is message:
                del self._newest[message.id]

    async def delete(self, conversation_id: str) -> None:
        await self._write(lambda c: headings.hide(c, conversation_id, time.time()))

    async def restore(self, conversation_id: str) -> None:
        await self._write(lambda c: headings.hide(c, conversation_id, None))

    async def save_draft(self, info: ConversationInfo, draft: Draft) -> None:
        """As the port says; what was dropped and stood in this draft alone goes with it."""

        def work(connection: apsw.Connection) -> None:
            headings.save_draft(connection, info, draft)
            self._purge_dropped(connection)

        await self._write(work)

    async def save_tabs(self, tabs: Sequence[TabState], current: int) -> None:
        await self._write(lambda connection: headings.save_tabs(connection, tabs, current))

    async def put_blob(self, data: bytes) -> str:
        """As the port says; on the disk when this returns."""

        def work(connection: apsw.Connection) -> str:
            sha256 = self._blobs.put(data)
            self._kept_blobs[sha256] += 1
            connection.execute(
                "INSERT OR IGNORE INTO blob (sha256, size) VALUES (?, ?)", (sha256, len(data))
            )
            return sha256

        return await self._write(work)

    async def drop_blob(self, sha256: str) -> None:
        """As the port says."""

        def work(connection: apsw.Connection) -> None:
            self._kept_blobs[sha256] -= 1
            if self._kept_blobs[sha256] <= 0:
                del self._kept_blobs[sha256]
                self._dropped_blobs.add(sha256)
                self._purge_dropped(connection)

        await self._write(work)

    def _purge_dropped(self, connection: apsw.Connection) -> None:
        """Remove what was dropped as soon as nothing names it any more."""
        self._dropped_blobs -= self._kept_blobs.keys()
        if self._dropped_blobs:
            unused = purge.unused_among(connection, self._dropped_blobs)
            purge.purge_blobs(connection, self._blobs, unused)
            self._dropped_blobs.difference_update(unused)

    async def blob(self, sha256: str) -> bytes:
        """As the port says; DAMAGED if the file is gone or changed."""
        return await self._read(lambda _connection: self._blobs.get(sha256))

    async def put_text_layer(self, sha256: str, lines: Sequence[TextLine]) -> None:
        """As the port says; what a power cut takes is read again."""
        await self._write(lambda c: text_layers.save(c, sha256, lines), durable=False)

    async def text_layer(self, sha256: str) -> Sequence[TextLine] | None:
        """As the port says; DAMAGED if it is not what was once written."""
        return await self._read(lambda c: text_layers.load(c, sha256, str(self._path)))

    async def read_pictures(self, conversation_id: str) -> Mapping[str, Sequence[str]]:
        return await self._read(lambda c: text_layers.read_in(c, conversation_id))

    async def unread_pictures(self, limit: int) -> Sequence[str]:
        return await self._read(lambda connection: text_layers.unread(connection, limit))

    async def search(self, query: str, limit: int = 50) -> Sequence[SearchHit]:
        """Messages that hold all words (or beginnings of words) of the query, the latest first."""
        return await self._read(lambda connection: search.find(connection, query, limit))

    async def find_in(self, conversation_id: str, query: str) -> Sequence[str]:
        return await self._read(
            lambda connection: self._holding.find(connection, conversation_id, query)
        )

    async def save_exchange(self, message_id: str, exchange: Exchange) -> None:
        """As the port says; a checkpoint that a power cut may lose.

        Raises StorageError (FAILED) if the message was never added.
        """

        def work() -> None:
            row = exchanges.row_of(exchange)
            with (
                translated(self._path, self._connection),
                transaction(self._connection, durable=False),
            ):
                if not exchanges.save(self._connection, message_id, row):
                    raise StorageError(StorageProblem.FAILED, str(self._path), "no such message")

        await self._run(self._writer, work)

    async def exchange(self, message_id: str) -> Exchange | None:
        """As the port says; DAMAGED if it is not what was once written."""
        return await self._read(lambda c: exchanges.load(c, message_id, str(self._path)))

    async def usage(self, since: float, conversation: str = "") -> Sequence[UsageRow]:
        return await self._read(lambda connection: usage.since(connection, since, conversation))

    async def count(self, entry: UsageEntry) -> None:
        """As the port says."""
        await self._write(lambda connection: usage.add(connection, entry))

    async def purge(self) -> None:
        """Remove for good what earlier runs deleted, and attachments that nothing names any more.

        For an idle moment after the start; other writes get in between.
        """
        while self._doomed:
            if await self._write(lambda c: purge.purge_some(c, self._doomed[-1])):
                self._doomed.pop()

        def blobs(connection: apsw.Connection) -> None:
            unused = purge.unused_blobs(connection, self._kept_blobs)
            purge.purge_blobs(connection, self._blobs, unused)

        await self._write(blobs)

    async def close(self) -> None:
        """Finish what is queued, then close. A second call does nothing."""
        if not self._reader.stopped:
            await self._reader.run(self._close_reader, last=True)
            await self._writer.run(self._close_writer, last=True)

    def close_now(self) -> None:
        """The same, blocking: for where no loop runs."""
        if not self._reader.stopped:
            self._reader.call(self._close_reader, last=True)
            self._writer.call(self._close_writer, last=True)

    def _close_reader(self) -> None:
        if self._reading is not None:
            self._reading.close()

    def _close_writer(self) -> None:
        try:
            with translated(self._path):
                self._connection.close()
        finally:
            self._lock.release()

    async def _write(self, work: Callable[[apsw.Connection], T], *, durable: bool = True) -> T:
        def whole() -> T:
            with (
                translated(self._path, self._connection),
                transaction(self._connection, durable=durable),
            ):
                return work(self._connection)

        return await self._run(self._writer, whole)

    async def _read(self, work: Callable[[apsw.Connection], T]) -> T:
        asked_before = self._writer.last

        def whole() -> T:
            if asked_before is not None:
                asked_before.wait()
            with translated(self._path, self._reading):
                if self._reading is None:
                    self._reading = connect(self._path, read_only=True)
                return work(self._reading)

        return await self._run(self._reader, whole)

    async def _run(self, worker: Worker, work: Callable[[], T]) -> T:
        try:
            return await worker.run(work)
        except StoppedError as error:
            raise StorageError(StorageProblem.FAILED, str(self._path), "closed") from error


def _around(path: Sequence[str], at: str | None) -> Sequence[str]:
    """The ids of the messages that are seen first."""
    if at is None or at not in path:
        return path[-SEEN_FIRST:]
    place = path.index(at)
    return path[max(0, place - SEEN_FIRST // 4) : place + SEEN_FIRST]
