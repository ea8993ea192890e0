"""Opaque reasoning details that arrived in pieces, made whole again before they go back.

A service that signs or encrypts what its model thought wants to see it again as one item, not as
the fragments it was streamed in. Nothing is understood of an item but how its pieces join.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

_GROWING = ("text", "summary", "data")
"""The fields whose pieces are added to each other; of any other the last one said holds."""
_SURE = 3
"""From how many pieces on, each beginning with the one before, they count as the whole so far."""


class _Item:
    """The pieces of one item so far."""

    def __init__(self, first: Mapping[str, Any]) -> None:
        self.pieces = [first]
        self.type = first.get("type")
        self.index = first.get("index")
        self.id = first.get("id")
        self.signed = bool(first.get("signature"))

    def continued_by(self, piece: Mapping[str, Any], *, latest: bool) -> bool:
        name, index = piece.get("id"), piece.get("index")
        if piece.get("type") != self.type or (self.id and name and self.id != name):
            return False
        if index is not None or self.index is not None:
            return bool(index == self.index or (index is None and name and name == self.id))
        if name or self.id:
            return bool(name == self.id)
        return latest and not self.signed and "data" not in piece

    def add(self, piece: Mapping[str, Any]) -> None:
        self.pieces.append(piece)
        self.id = self.id or piece.get("id")
        self.signed = self.signed or bool(piece.get("signature"))

    def whole(self) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for piece in self.pieces:
            made |= {n: v for n, v in piece.items() if v is not None or n not in made}
        for name in _GROWING:
            said = [t for piece in self.pieces if isinstance(t := piece.get(name), str) and t]
            if len(said) > 1:
                made[name] = _added(said, opaque=name == "data")
        return made


def whole_details(pieces: Iterable[Any]) -> list[Any]:
    """The items that the pieces make up, each where its first piece stood.

    Pieces belong together if they are of one type and share their index or their id; a piece of
    text that has neither continues the one just before it, until that was signed.
    """
    made: list[Any] = []
    items: list[_Item] = []
    for piece in pieces:
        if not isinstance(piece, Mapping):
            made.append(piece)
            continue
        latest = items[-1] if items else None
        found = next(
            (i for i in reversed(items) if i.continued_by(piece, latest=i is latest)), None
        )
        if found is None:
            items.append(_Item(piece))
            made.append(items[-1])
        else:
            found.add(piece)
    return [item.whole() if isinstance(item, _Item) else item for item in made]


def _added(said: list[str], *, opaque: bool) -> str:
    """The pieces added up; the last alone where each held all that came before it."""
    told_whole = all(b.startswith(a) for a, b in pairwise(said))
    sure = opaque or (len(said) >= _SURE and 1 < len(said[0]) < len(said[-1]))
    return said[-1] if told_whole and sure else "".join(said)
