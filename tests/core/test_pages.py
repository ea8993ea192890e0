"""Pages as people name them, and what is attached for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.pages import (
    PageForm,
    PageRun,
    PickedPage,
    joined_text,
    page_runs,
    page_words,
    parse_pages,
)
from app.core.text_tokens import estimated_text_tokens


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        ("1-3, 7", (1, 2, 3, 7)),
        ("7，1–3", (1, 2, 3, 7)),
        ("2", (2,)),
        ("8-", (8, 9, 10)),
        ("-2", (1, 2)),
        ("1至3、5", (1, 2, 3, 5)),
        ("2, 2-3, 3", (2, 3)),
        ("", ()),
        (" , ", ()),
        ("11", None),
        ("0", None),
        ("5-3", None),
        ("1-2-3", None),
        ("-", None),
        ("one", None),
        ("9" * 5000, None),
        ("1-" + "9" * 5000, None),
    ],
)
def test_pages_are_read_from_words(words: str, pages: tuple[int, ...] | None) -> None:
    assert parse_pages(words, 10) == pages


@given(st.sets(st.integers(1, 40)))
def test_words_name_the_pages_that_they_were_made_of(pages: set[int]) -> None:
    numbers = tuple(sorted(pages))
    assert parse_pages(page_words(numbers), 40) == numbers


def test_runs_are_said_short() -> None:
    assert page_words((1, 2, 3, 7, 9, 10)) == "1–3, 7, 9–10"


def test_text_that_follows_on_text_is_one_piece() -> None:
    text, picture = PageForm.TEXT, PageForm.PICTURE
    picked = [
        *(PickedPage(1, text), PickedPage(2, text), PickedPage(3, picture)),
        *(PickedPage(4, picture), PickedPage(7, text)),
    ]
    assert page_runs(picked) == (
        PageRun((1, 2), text),
        PageRun((3,), picture),
        PageRun((4,), picture),
        PageRun((7,), text),
    )


def test_several_pages_are_told_apart_and_one_stays_as_it_is() -> None:
    assert joined_text([(4, "words")]) == "words"
    assert joined_text([(4, "a"), (7, "b")]) == "--- page 4 ---\na\n\n--- page 7 ---\nb"


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("", 0), ("a", 1), ("word" * 100, 100), ("页" * 100, 75), ("x" * 4_000_000, 1_000_000)],
)
def test_tokens_are_estimated_by_length(text: str, tokens: int) -> None:
    assert estimated_text_tokens(text) == tokens


def test_half_a_character_does_no_harm() -> None:
    assert estimated_text_tokens("\ud800") == 1
