"""Finding messages by words, by beginnings of words, and by as little as one Chinese character.

SQLite's unicode61 tokenizer takes a run of Chinese for one word. So each run is indexed as its
pairs of neighbours and its last character: 端口号 becomes 端口 · 口号 · 号. Two characters are then
one word, more are a phrase of pairs, and one is the beginning of a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import apsw

from app.adapters.history_db import rows
from app.core.find_text import MARKS, telling_runs, variants_of
from app.core.message import FilePart, ImagePart, Message, Part, TextPart
from app.core.ports import SearchHit

INDEXED_CHARACTERS = 1_000_000
"""How much of one message is found by search; more would hold up whoever saves it."""

_SNIPPET = 120
_LEAD = 30

# Han, kana and hangul: what is written without spaces between words.
_RUN = re.compile(
    "[々〇\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_WORD = re.compile(r"\w+")


def words_of(message: Message) -> str:
    """What the index is given for a message."""
    return spaced("\n".join(_texts(message.parts))[:INDEXED_CHARACTERS])


def spaced(text: str) -> str:
    """The text with each Chinese run as its pairs and its last character."""
    return _RUN.sub(_pairs, _plain(text))


def match_of(query: str) -> str:
    """The query in the index's language; empty if there is nothing in it to look for."""
    terms: list[str] = []
    for word in _WORD.findall(_plain(query)):
        end = 0
        for run in _RUN.finditer(word):
            terms += _begins(word[end : run.start()])
            terms.append(_phrase(run.group()))
            end = run.end()
        terms += _begins(word[end:])
    return " AND ".join(terms)


def find(connection: apsw.Connection, query: str, limit: int) -> Sequence[SearchHit]:
    """The latest `limit` messages that hold all of the query, the latest first."""
    match = match_of(query)
    if not match or limit < 1:
        return ()
    # The index is walked from its end and yields row numbers; only what is shown is read.
    found = connection.execute(
        f"SELECT CAST(c.title AS BLOB), {_qualified()} FROM message_words w "  # noqa: S608 - ours
        "CROSS JOIN message m ON m.sequence = w.rowid "
        "JOIN conversation c ON c.id = m.conversation AND c.deleted_at IS NULL "
        "WHERE message_words MATCH ? ORDER BY w.rowid DESC LIMIT ?",
        (match, limit),
    )
    return tuple(_hit(row, query) for row in found)


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


def _hit(row: tuple[object, ...], query: str) -> SearchHit:
    title, *columns = row
    assert isinstance(title, bytes)
    conversation = columns[1]
    assert isinstance(conversation, bytes)
    message, _ = rows.message_of(tuple(columns))
    return SearchHit(
        conversation=rows.text_of(conversation),
        title=rows.text_of(title),
        message=message.id,
        snippet=snippet("\n".join(_texts(message.parts)), query),
        created_at=message.created_at,
    )


def snippet(text: str, query: str) -> str:
    """About 120 characters of `text` around the first place of what was looked for, on one line."""
    plain = _plain(text)
    if len(plain) != len(text):
        text = plain  # places must be the same in what is searched and what is shown
    lowered = plain.casefold() if len(plain.casefold()) == len(plain) else plain
    wanted = _plain(query).casefold().strip()
    places = [lowered.find(wanted)]
    if places[0] < 0:
        places = [lowered.find(word) for word in _WORD.findall(wanted)]
    first = min((place for place in places if place >= 0), default=0)
    start = max(0, first - _LEAD)
    piece = " ".join(text[start : start + _SNIPPET].split())
    return f"{'…' if start else ''}{piece}{'…' if start + _SNIPPET < len(text) else ''}"


def _texts(parts: Sequence[Part]) -> list[str]:
    texts: list[str] = []
    for part in parts:
        match part:
            case TextPart():
                texts.append(part.text)
            case FilePart():
                texts += (part.name, part.text)
            case ImagePart():
                texts += (part.name, part.text or "")
    return [rows.storable(text) for text in texts if text]


def _plain(text: str) -> str:
    """Full-width letters and the like as plain ones; a NUL, which ends a text, as a space."""
    return rows.storable(unicodedata.normalize("NFKC", text)).replace("\0", " ")


def _pairs(run: re.Match[str]) -> str:
    text = run.group()
    return f" {' '.join(map(str.__add__, text, text[1:]))} {text[-1]} "


def _phrase(run: str) -> str:
    if len(run) == 1:
        return f'"{run}" *'
    return f'"{" ".join(map(str.__add__, run, run[1:]))}"'


def _begins(word: str) -> list[str]:
    return [f'"{word}" *'] if word else []


def _qualified() -> str:
    return rows.COLUMNS.replace("CAST(", "CAST(m.").replace(", hash", ", m.hash")
