"""Favourites stand first, then what was used lately, and what is retired stands last."""

from __future__ import annotations

from app.core.model_info import ModelInfo
from app.core.model_notes import ModelNotes
from app.features.models.model_order import MOST_RECENT, ordered

CATALOGUE = [
    ModelInfo("old", retired=True),
    ModelInfo("bge", model_type="embedding"),
    ModelInfo("codex", endpoints=("/v1/responses",)),
    *(ModelInfo(name) for name in "abcdefgh"),
]


def names(*notes: ModelNotes) -> list[str]:
    return [m.id for m in ordered(CATALOGUE, {note.model: note for note in notes})]


def used(model: str, at: float, *, favourite: bool = False) -> ModelNotes:
    return ModelNotes("jiekou", model, favourite=favourite, used_at=at)


def test_without_notes_the_catalogues_order_holds() -> None:
    assert names() == [*"abcdefgh", "bge", "codex", "old"]


def test_favourites_then_the_latest_used() -> None:
    found = names(used("c", 5), used("a", 9), used("g", 1, favourite=True), used("e", 0))
    assert found == ["g", "a", "c", *"bdefh", "bge", "codex", "old"]


def test_only_a_few_count_as_recent() -> None:
    found = names(*(used(name, at) for at, name in enumerate("abcdefgh", start=1)))
    assert found[: MOST_RECENT + 3] == [*"hgfed", *"abc"]


def test_a_retired_favourite_is_still_last() -> None:
    assert names(used("old", 9, favourite=True), used("h", 1)) == [
        *("h", "a", "b", "c", "d", "e", "f", "g"),
        *("bge", "codex", "old"),
    ]


def test_what_the_catalogue_does_not_list_is_found_again() -> None:
    found = names(used("mine", 0, favourite=True), used("typed", 3), used("never", 0))
    assert found[:3] == ["mine", "typed", "a"]
    assert "never" not in found
