"""Finding messages by words: in what they say, and in what was read in their pictures."""

from __future__ import annotations

from collections.abc import Sequence

import apsw

from app.adapters.history_db import rows, text_layers
from app.adapters.history_db.words import INDEXED_CHARACTERS, WORD, match_of, plain, spaced
from app.core.find_text import MARKS, telling_runs, variants_of
from app.core.message import FilePart, ImagePart, Message, Part, TextPart
from app.core.ports import SearchHit

_SNIPPET = 120
_LEAD = 30


def words_of(message: Message) -> str:
    """What the index is given for a message."""
    texts = (*_texts(message.parts), *_texts_read(message.parts))
    return spaced("\n".join(texts)[:INDEXED_CHARACTERS])


def find(connection: apsw.Connection, query: str, limit: int) -> Sequence[SearchHit]:
    """The latest `limit` messages that hold all of the query, or a picture that does: the latest
    first. What both a message and its picture hold is found in the message.
    """
    match = match_of(query)
    if not match or limit < 1:
        return ()
    # The index is walked from its end and yields row numbers; only what is shown is read.
    said = connection.execute(
        f"SELECT m.sequence, CAST(c.title AS BLOB), {_qualified()} FROM message_words w "  # noqa: S608 - ours
        "CROSS JOIN message m ON m.sequence = w.rowid "
        "JOIN conversation c ON c.id = m.conversation AND c.deleted_at IS NULL "
        "WHERE message_words MATCH ? ORDER BY w.rowid DESC LIMIT ?",
        (match, limit),
    )
    hits = {sequence: _hit(row, query) for sequence, *row in said}
    read = connection.execute(
        f"SELECT m.sequence, CAST(t.lines AS BLOB), CAST(c.title AS BLOB), {_qualified()} "  # noqa: S608 - ours
        "FROM picture_words w CROSS JOIN text_layer t ON t.number = w.rowid "
        "JOIN attachment a ON a.sha256 = t.sha256 JOIN message m ON m.sequence = a.message "
        "JOIN conversation c ON c.id = m.conversation AND c.deleted_at IS NULL "
        "WHERE picture_words MATCH ? ORDER BY m.sequence DESC LIMIT ?",
        (match, limit),
    )
    for sequence, lines, *row in read:
        if sequence not in hits:
            hits[sequence] = _hit(row, query, _words_in(lines))
    return tuple(hits[sequence] for sequence in sorted(hits, reverse=True)[:limit])


class Holding:
    """Which messages of a conversation may hold a query: over one connection that only reads.

    Looked for inside SQLite, which holds no lock of Python's meanwhile. Which of them have
    characters in other forms (as é is one of e) takes long to see, and is the same for any query:
    that is known until something is written.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], frozenset[bytes]] = {}
        self._version: object = None

    def find(self, connection: apsw.Connection, conversation: str, query: str) -> Sequence[str]:
        """The ids of the messages, in sequence.

        Always named are those in which characters stand as `\\u…` (lone surrogates, some tools'
        arguments), by their names in HTML, or in other forms.
        """
        runs = telling_runs(query)
        where = rows.storable(conversation)
        bare = "replace(parts, char(304), 'i')"
        for mark in MARKS:
            bare = f"replace({bare}, '{mark}', '')"
        has_all = " AND ".join(["instr(said, ?)"] * len(runs)) or "1"
        forms = (self._in_other_forms(connection, where, r) for r in variants_of(runs))
        others = frozenset[bytes]().union(*forms)
        found = connection.execute(
            f"SELECT CAST(id AS BLOB), ({has_all}) OR instr(parts, '\\u') OR instr(parts, '&') "  # noqa: S608 - ours
            f"FROM (SELECT id, sequence, parts, lower({bare}) AS said FROM message "
            "WHERE conversation = ?) ORDER BY sequence",
            (*runs, where),
        )
        return tuple(rows.text_of(key) for key, holds in found if holds or key in others)

    def _in_other_forms(
        self, connection: apsw.Connection, conversation: str, ranges: str
    ) -> frozenset[bytes]:
        version = connection.pragma("data_version")
        if version != self._version:
            self._known.clear()
            self._version = version
        known = self._known.get((conversation, ranges))
        if known is None:
            found = connection.execute(
                "SELECT CAST(id AS BLOB) FROM message WHERE conversation = ? "
                "AND octet_length(parts) > length(parts) AND parts GLOB ?",
                (conversation, f"*[{ranges}]*"),
            )
            known = self._known[conversation, ranges] = frozenset(key for (key,) in found)
        return known


def _hit(row: Sequence[object], query: str, read: str | None = None) -> SearchHit:
    """`read`: what was read in the picture that holds the query, where the message does not."""
    title, *columns = row
    assert isinstance(title, bytes)
    conversation = columns[1]
    assert isinstance(conversation, bytes)
    message, _ = rows.message_of(tuple(columns))
    text = "\n".join(_texts(message.parts))
    if read is None and _place(text, query) < 0:
        kept = "\n".join(_texts_read(message.parts))
        read = kept if _place(kept, query) >= 0 else None
    return SearchHit(
        conversation=rows.text_of(conversation),
        title=rows.text_of(title),
        message=message.id,
        snippet=snippet(text if read is None else read, query),
        created_at=message.created_at,
        in_picture=read is not None,
    )


def _words_in(lines: bytes) -> str:
    try:
        return text_layers.text_of(text_layers.lines_of(lines))
    except (ValueError, TypeError, RecursionError):
        return ""  # damaged; that it holds the words is known from the index


def snippet(text: str, query: str) -> str:
    """About 120 characters of `text` around the first place of what was looked for, on one line."""
    even = plain(text)
    if len(even) != len(text):
        text = even  # places must be the same in what is searched and what is shown
    start = max(0, _place(text, query) - _LEAD)
    piece = " ".join(text[start : start + _SNIPPET].split())
    return f"{'…' if start else ''}{piece}{'…' if start + _SNIPPET < len(text) else ''}"


def _place(text: str, query: str) -> int:
    """Where the query, or the first of its words that is there, stands; -1 if none does."""
    even = plain(text)
    lowered = even.casefold() if len(even.casefold()) == len(even) else even
    wanted = plain(query).casefold().strip()
    places = [lowered.find(wanted)]
    if places[0] < 0:
        places = [lowered.find(word) for word in WORD.findall(wanted)]
    return min((place for place in places if place >= 0), default=-1)


def _texts(parts: Sequence[Part]) -> list[str]:
    """What is said in a message, and how what came with it is called."""
    texts: list[str] = []
    for part in parts:
        match part:
            case TextPart():
                texts.append(part.text)
            case FilePart():
                texts += (part.name, part.text)
            case ImagePart():
                texts.append(part.name)
    return [rows.storable(text) for text in texts if text]


def _texts_read(parts: Sequence[Part]) -> list[str]:
    """What was read in a message's pictures on this machine, as it is kept with them."""
    read = (part.text for part in parts if isinstance(part, ImagePart))
    return [rows.storable(text) for text in read if text]


def _qualified() -> str:
    return rows.COLUMNS.replace("CAST(", "CAST(m.").replace(", hash", ", m.hash")
