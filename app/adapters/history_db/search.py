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


def holding(connection: apsw.Connection, conversation: str, query: str) -> Sequence[str]:
    """The ids of a conversation's messages that may hold a query, in sequence.

    Looked for inside SQLite, which holds no lock of Python's meanwhile. A message is always named
    in which characters stand as `\\u…` (lone surrogates, some tools' arguments), by their names in
    HTML, or in other forms, as é does for e.
    """
    runs = telling_runs(query)
    bare = "replace(parts, char(304), 'i')"
    for mark in MARKS:
        bare = f"replace({bare}, '{mark}', '')"
    has_all = " AND ".join(["instr(said, ?)"] * len(runs)) or "1"
    found = connection.execute(
        "SELECT CAST(id AS BLOB) FROM (SELECT id, sequence, parts, "  # noqa: S608 - ours
        f"lower({bare}) AS said FROM message WHERE conversation = ?) "
        f"WHERE ({has_all}) OR instr(parts, '\\u') OR instr(parts, '&') "
        "OR (octet_length(parts) > length(parts) AND parts GLOB ?) ORDER BY sequence",
        (rows.storable(conversation), *runs, f"*[{variants_of(runs)}]*"),
    )
    return tuple(rows.text_of(row[0]) for row in found)


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
