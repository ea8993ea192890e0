"""The branch that a transcript shows: every message by its outline, the words as far as they are
there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.core.message import Message
from app.core.outline import OutlineTable


@dataclass(frozen=True, slots=True)
class ShownBranch:
    """`places` are the rows of `table` that are shown, in order; both may change later, and are
    read at once. `find` gives a message's words if they are there; `versions` tells of those that
    have siblings which one they are (from 1), and of how many.
    """

    table: OutlineTable
    places: Sequence[int]
    find: Callable[[str], Message | None]
    versions: Mapping[str, tuple[int, int]]

    @classmethod
    def of(
        cls, messages: Sequence[Message], versions: Mapping[str, tuple[int, int]]
    ) -> ShownBranch:
        """Of messages whose words are all there."""
        by_id = {message.id: message for message in messages}
        return cls(OutlineTable.of(messages), range(len(messages)), by_id.get, versions)
