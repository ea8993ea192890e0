"""What counts as found, and which sources need not be looked at."""

from __future__ import annotations

import pytest

from app.core.find_text import folded, may_hold, places, telling_runs


@pytest.mark.parametrize("text", ["Straße ΟΔΟΣ İstanbul", "a\xa0b\u2028c\u2029d", "端口号 𝔘"])
def test_folding_keeps_every_place(text: str) -> None:
    assert len(folded(text)) == len(text)
    assert len(folded(text, match_case=True)) == len(text)


@pytest.mark.parametrize(
    ("text", "query"),
    [("The PORT", "port"), ("İstanbul", "istanbul"), ("ΟΔΟΣ", "οδος"), ("a\xa0b", "A B")],
)
def test_capitals_and_kinds_of_spaces_are_alike(text: str, query: str) -> None:
    assert places(folded(text), folded(query))


def test_places_do_not_overlap() -> None:
    assert places("aaaa", "aa") == [0, 2]
    assert places("端口端口", "端口") == [0, 2]
    assert places("anything", "") == []


def test_case_may_matter() -> None:
    assert not places(folded("Port", match_case=True), folded("port", match_case=True))


@pytest.mark.parametrize(
    ("query", "runs"),
    [
        ("first words", ("first", "words")),
        ("snake_case(x)", ("snake", "case", "x")),
        ("端口号 8080", ("端", "口", "号", "8080")),
        ("Größe", ("gr", "e")),
        ("**", ()),
    ],
)
def test_what_tells_of_a_query_stands_in_any_source_of_it(
    query: str, runs: tuple[str, ...]
) -> None:
    assert telling_runs(query) == runs


def test_a_source_that_has_all_that_tells_may_hold_it() -> None:
    assert may_hold("First **words**", telling_runs("first words"))
    assert not may_hold("first **word**", telling_runs("first words"))
    assert may_hold("fi**rst** `words`", telling_runs("first words"))
    assert may_hold("服务的**端口**[号](https://a.example)是", telling_runs("端口号是"))
