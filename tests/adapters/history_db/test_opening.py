"""Opening a history: from nothing, from every schema there was, and where it cannot be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import apsw
import pytest

from app.adapters.history_db import open_history
from app.adapters.history_db.migrations import MIGRATIONS
from app.adapters.sqlite.database import connect
from app.adapters.sqlite.migrate import Migration, migrate, schema_number
from app.core.conversation import ConversationInfo, Draft, ScrollAnchor, TabState
from app.core.errors import StorageError, StorageProblem
from app.core.message import Message, MessageState, Role, TextPart
from app.core.outline import outline_of

ROOT = Path(__file__).parents[3]
FIXTURES = Path(__file__).parent / "schemas"
FILE = "history.sqlite3"


def problem(directory: Path) -> tuple[StorageProblem, str]:
    with pytest.raises(StorageError) as caught:
        open_history(directory)
    return caught.value.problem, caught.value.path


def schema(path: Path) -> list[tuple[str, str, str]]:
    connection = apsw.Connection(str(path))
    found = connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").fetchall()
    connection.close()
    return [(str(kind), str(name), str(sql)) for kind, name, sql in found]


def make_old(directory: Path, number: int) -> None:
    """A history as the schema of that number left it."""
    directory.mkdir()
    old = apsw.Connection(str(directory / FILE))
    old.execute((FIXTURES / f"{number}.sql").read_text("utf-8")).fetchall()
    old.close()


@pytest.fixture
def _few_pages() -> Iterator[None]:
    """Databases opened meanwhile cannot grow."""

    def hook(connection: apsw.Connection) -> None:
        connection.pragma("max_page_count", 1)

    apsw.connection_hooks.append(hook)
    yield
    apsw.connection_hooks.remove(hook)


def test_sqlite_is_new_enough_and_the_log_is_synced(data_dir: Path) -> None:
    data_dir.mkdir()
    connection = connect(data_dir / FILE)
    assert connection.pragma("journal_mode") == "wal"
    assert connection.pragma("synchronous") == 2
    assert connection.pragma("journal_size_limit") == 16 * 1024 * 1024
    connection.close()


@pytest.mark.parametrize("number", range(1, len(MIGRATIONS) + 1))
async def test_every_schema_that_was_ever_in_use_comes_up_to_date(
    data_dir: Path, tmp_path: Path, number: int
) -> None:
    make_old(data_dir, number)
    open_history(tmp_path / "fresh").close_now()
    history = open_history(data_dir)
    state = history.start_state()
    assert state.interrupted == 1
    assert [(info.title, info.message_count) for info in state.conversations] == [("端口占用", 2)]
    info = state.conversations[0]
    assert (info.parameters, info.pinned) == ({"temperature": 0.5}, True)
    assert info.tools.on == (("own:clock",) if number >= 5 else None)
    loaded = await history.load(info.id)
    assert loaded is not None
    assert loaded.damaged == frozenset()
    question, reply = loaded.tree.branch()
    assert question.images[0].name == "shot.png"
    assert question.text == "8080 端口号被占用"
    assert (reply.text, reply.state) == ("Try `lsof`", MessageState.INTERRUPTED)
    opened = await history.open(info.id)
    assert opened is not None
    assert opened.tree.outline(question.id) == outline_of(question)
    assert opened.tree.outline(reply.id) == outline_of(reply)
    assert loaded.draft == Draft("and then?")
    assert state.tabs == (TabState(info.id, ScrollAnchor(reply.id, 12)),)
    assert len(await history.search("端口")) == 1
    assert len(await history.search("lso")) == 1
    await history.close()
    assert schema(data_dir / FILE) == schema(tmp_path / "fresh" / FILE)


def test_a_migration_is_whole_or_not_at_all_and_backed_up_first(data_dir: Path) -> None:
    open_history(data_dir).close_now()
    path, backups = data_dir / FILE, data_dir / "backups"
    assert not backups.exists(), "there was nothing to back up"
    good = Migration("a table", "CREATE TABLE added (x); INSERT INTO added VALUES (1)")
    bad = Migration("half", "CREATE TABLE half (x); INSERT INTO nowhere VALUES (1)")
    connection = connect(path)
    with pytest.raises(apsw.SQLError):
        migrate(connection, path, backups, (*MIGRATIONS, bad))
    assert schema_number(connection) == len(MIGRATIONS)
    assert not connection.table_exists("main", "half")
    for left in backups.iterdir():
        left.unlink()

    backup = migrate(connection, path, backups, (*MIGRATIONS, good))
    assert backup is not None
    assert schema_number(connection) == len(MIGRATIONS) + 1
    assert connection.execute("SELECT name FROM migration ORDER BY number").fetchall() == [
        (step.name,) for step in (*MIGRATIONS, good)
    ]
    assert migrate(connection, path, backups, (*MIGRATIONS, good)) is None
    connection.close()
    assert [entry.name for entry in backups.iterdir()] == [backup.name]
    assert backup.stat().st_mode & 0o777 == 0o600
    assert not any(name == "added" for _, name, _ in schema(backup))
    assert problem(data_dir) == (StorageProblem.NEWER, str(path))


def test_it_is_open_once_only(data_dir: Path) -> None:
    first = open_history(data_dir)
    assert problem(data_dir) == (StorageProblem.IN_USE, str(data_dir))
    first.close_now()
    open_history(data_dir).close_now()


@pytest.mark.parametrize("content", [b"not a database " * 20, b"short", b"SQLite format 3\x00"])
def test_what_is_no_database_stays_as_it_is(data_dir: Path, content: bytes) -> None:
    data_dir.mkdir()
    (data_dir / FILE).write_bytes(content)
    assert problem(data_dir) == (StorageProblem.DAMAGED, str(data_dir / FILE))
    assert (data_dir / FILE).read_bytes() == content
    (data_dir / FILE).unlink()
    open_history(data_dir).close_now()


def test_an_empty_file_is_a_new_history(data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / FILE).touch()
    open_history(data_dir).close_now()


async def test_damaged_pages_are_said_to_be_damaged(data_dir: Path) -> None:
    history = open_history(data_dir)
    info = ConversationInfo()
    await history.append(info, [Message(Role.USER, (TextPart("x" * 100_000),))])
    await history.close()
    path = data_dir / FILE
    connection = apsw.Connection(str(path))
    roots: list[tuple[Any, ...]] = connection.execute(
        "SELECT rootpage FROM sqlite_schema WHERE tbl_name IN ('conversation', 'message')"
    ).fetchall()
    connection.close()
    data = bytearray(path.read_bytes())
    for (root,) in roots:
        data[(root - 1) * 4096 : root * 4096] = bytes(4096)
    path.write_bytes(data)
    history = open_history(data_dir)
    for read in (history.conversations(), history.load(info.id)):
        with pytest.raises(StorageError) as caught:
            await read
        assert caught.value.problem is StorageProblem.DAMAGED
    with pytest.raises(StorageError):
        history.start_state()
    await history.close()


OPEN_HERE = """
import os
from pathlib import Path
from app.adapters.history_db import open_history
from app.core.errors import StorageError
os.chdir(os.environ["PLACE"])
if os.getuid() == 0:  # modes do not bind root: be somebody else
    os.setgid(65534)
    os.setuid(65534)
try:
    open_history(Path())
except StorageError as error:
    print(error.problem.value, error.path)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.parametrize("made_before", [True, False])
def test_a_read_only_place_is_said_to_be_read_only(tmp_path: Path, made_before: bool) -> None:
    place = tmp_path / "locked"
    if made_before:
        open_history(place).close_now()
    else:
        place.mkdir()
    for entry in place.iterdir():
        entry.chmod(0o444)
    place.chmod(0o555)
    said = subprocess.run(
        [sys.executable, "-c", OPEN_HERE],
        env={**os.environ, "PLACE": str(place)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    place.chmod(0o700)
    assert said.stdout == "read_only .\n", said.stderr


@pytest.mark.usefixtures("_few_pages")
def test_no_room_for_a_new_history(data_dir: Path) -> None:
    assert problem(data_dir)[0] is StorageProblem.FULL


async def test_a_full_disk_does_not_keep_the_history_from_being_read(
    data_dir: Path, request: pytest.FixtureRequest
) -> None:
    history = open_history(data_dir)
    info = ConversationInfo(title="there")
    text = " ".join(f"word{n}" for n in range(20_000))
    reply = Message(Role.ASSISTANT, (TextPart(text),), state=MessageState.STREAMING)
    await history.append(info, [reply])
    await history.close()
    request.getfixturevalue("_few_pages")
    history = open_history(data_dir)
    state = history.start_state()
    assert ([heading.title for heading in state.conversations], state.interrupted) == (["there"], 1)
    loaded = await history.load(info.id)
    assert loaded is not None
    assert loaded.tree.get(reply.id) == replace(reply, state=MessageState.INTERRUPTED)
    await history.close()


@pytest.mark.parametrize(
    ("sql", "text"),
    [
        ("UPDATE message SET parts = replace(parts, 'whole', 'whore')", "the whore text"),
        ("UPDATE message SET parts = CAST(replace(parts, 'whole', x'80') AS TEXT)", "the � text"),
        ("UPDATE message SET parts = substr(parts, 2)", '{"type":"text","text":"the whole text"}]'),
        ("UPDATE message SET facts = 'null'", "the whole text"),
        ("UPDATE message SET role = 'usfr', state = 'x'", "the whole text"),
        ("UPDATE message SET hash = x'00'", "the whole text"),
    ],
)
async def test_a_damaged_message_keeps_its_text_and_is_marked(
    data_dir: Path, sql: str, text: str
) -> None:
    history = open_history(data_dir)
    info = ConversationInfo()
    message = Message(Role.USER, (TextPart("the whole text"),))
    await history.append(info, [message])
    await history.close()
    connection = apsw.Connection(str(data_dir / FILE))
    connection.execute(sql)
    connection.close()
    history = open_history(data_dir)
    loaded = await history.load(info.id)
    assert loaded is not None
    assert loaded.damaged == {message.id}
    assert [m.text for m in loaded.tree.branch()] == [text]
    await history.close()


async def test_a_lost_parent_does_not_hide_what_follows(data_dir: Path) -> None:
    history = open_history(data_dir)
    first = Message(Role.USER, (TextPart("one"),))
    second = Message(Role.ASSISTANT, (TextPart("two"),), parent=first.id)
    third = Message(Role.USER, (TextPart("three"),), parent=second.id)
    info = ConversationInfo(leaf=third.id)
    await history.append(info, [first, second, third])
    await history.close()
    connection = apsw.Connection(str(data_dir / FILE))
    connection.execute("UPDATE message SET id = 'flipped' WHERE sequence = 2")
    connection.close()
    history = open_history(data_dir)
    loaded = await history.load(info.id)
    assert loaded is not None
    assert [m.text for m in loaded.tree.branch()] == ["one", "two", "three"]
    assert loaded.damaged == {"flipped"}
    await history.close()
