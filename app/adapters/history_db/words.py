"""Text in the index's language, so that as little as one Chinese character is found.

SQLite's unicode61 tokenizer takes a run of Chinese for one word. So each run is indexed as its
pairs of neighbours and its last character: 端口号 becomes 端口 · 口号 · 号. Two characters are then
one word, more are a phrase of pairs, and one is the beginning of a word.
"""

from __future__ import annotations

import re
import unicodedata

from app.adapters.history_db import rows

INDEXED_CHARACTERS = 1_000_000
"""How much of one text is found by search; more would hold up whoever saves it."""

WORD = re.compile(r"\w+")

# Han, kana and hangul: what is written without spaces between words.
_RUN = re.compile(
    "[々〇\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
)


def spaced(text: str) -> str:
    """The text with each Chinese run as its pairs and its last character."""
    return _RUN.sub(_pairs, plain(text))


def match_of(query: str) -> str:
    """The query in the index's language; empty if there is nothing in it to look for."""
    terms: list[str] = []
    for word in WORD.findall(plain(query)):
        end = 0
        for run in _RUN.finditer(word):
            terms += _begins(word[end : run.start()])
            terms.append(_phrase(run.group()))
            end = run.end()
        terms += _begins(word[end:])
    return " AND ".join(terms)


def plain(text: str) -> str:
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
