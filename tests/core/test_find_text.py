"""What counts as found and where it stands, and which sources need not be looked at."""

from __future__ import annotations

import re

import pytest

from app.core.find_text import (
    FOR_ASCII,
    FOR_OTHERS,
    bare,
    folded,
    may_hold,
    places,
    spans,
    telling_runs,
    variants_of,
)


def found(text: str, query: str, *, match_case: bool = False) -> list[str]:
    wanted = folded(query, match_case=match_case)
    return [text[start:end] for start, end in spans(text, wanted, match_case=match_case)]


@pytest.mark.parametrize(
    ("text", "query", "places"),
    [
        ("The PORT, a Port", "port", ["PORT", "Port"]),
        ("İstanbul", "istanbul", ["İstanbul"]),
        ("ΟΔΟΣ οδός", "οδος", ["ΟΔΟΣ"]),
        (
            "a\xa0b a\nb a\tb a\u2028b a\u3000b",
            "A B",
            ["a\xa0b", "a\nb", "a\tb", "a\u2028b", "a\u3000b"],
        ),
        ("café, cafe\u0301s and CAFÉ", "cafe", ["café", "cafe\u0301", "CAFÉ"]),
        ("a cafe", "café", ["cafe"]),
        ("Việt Nam, Vie\u0323\u0302t", "viet", ["Việt", "Vie\u0323\u0302t"]),
        ("Ｈａｌｆ ｗｉｄｔｈ", "half width", ["Ｈａｌｆ ｗｉｄｔｈ"]),
        ("端口：８０８０，好", "口:8080,", ["口：８０８０，"]),
        ("ｶﾞｿﾘﾝ ガソリン", "ガソリン", ["ｶﾞｿﾘﾝ", "ガソリン"]),
        ("\u304b\u3099 が か", "が", ["\u304b\u3099", "が"]),
        ("\ufb01nal ½ x² 𝐱", "final", ["\ufb01nal"]),
        ("½ x² 𝐱2", "x2", ["x²", "𝐱2"]),
        ("½", "1", ["½"]),
        ("й и", "и", ["и"]),
        ("端口号 𝔘 端", "端", ["端", "端"]),
    ],
)
def test_what_counts_as_the_same(text: str, query: str, places: list[str]) -> None:
    assert found(text, query) == places


def test_every_character_that_is_written_for_another_is_known_as_such() -> None:
    """Or the database would not name the messages that hold it."""
    for char in (chr(n) for n in range(0x80, 0x30000) if not 0xD800 <= n < 0xE000):
        plain = folded(char)
        runs = telling_runs(plain) if plain != char.lower() else ()
        if runs:
            assert re.match(f"[{''.join(variants_of(runs))}]", char), f"{char} {ord(char):x}"
    assert variants_of(("a", "端")) == (FOR_ASCII, FOR_OTHERS)
    assert variants_of(("a",)) == (FOR_ASCII,)


def test_places_do_not_overlap() -> None:
    assert places("aaaa", "aa") == [0, 2]
    assert places("端口端口", "端口") == [0, 2]
    assert places("anything", "") == []


def test_case_may_matter() -> None:
    assert found("Port port", "port", match_case=True) == ["port"]
    assert found("Pórt pórt", "port", match_case=True) == ["pórt"]


@pytest.mark.parametrize(
    ("query", "runs"),
    [
        ("first words", ("first", "words")),
        ("snake_case(x)", ("snake", "case", "x")),
        ("端口号 8080", ("端", "口", "号", "8080")),
        ("Größe", ("gro", "e")),
        ("**", ()),
    ],
)
def test_what_tells_of_a_query_stands_in_any_source_of_it(
    query: str, runs: tuple[str, ...]
) -> None:
    assert telling_runs(query) == runs


@pytest.mark.parametrize(
    ("source", "query", "may"),
    [
        ("First **words**", "first words", True),
        ("first **word**", "first words", False),
        ("fi**rst** `words`", "first words", True),
        ("服务的**端口**[号](https://a.example)是", "端口号是", True),
        ("un **ca**fé", "cafe", True),
        ("caf&eacute;", "cafe", True),
    ],
)
def test_a_source_that_has_all_that_tells_may_hold_it(source: str, query: str, may: bool) -> None:
    assert may_hold(bare(source), telling_runs(query)) is may
