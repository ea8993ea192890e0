"""What tools gave back, by the ids of the calls: their results, and pictures that came along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.core.message import ImagePart, Message, ToolResultPart


class Results(Mapping[str, ToolResultPart]):
    """Filled by the rows as messages of results are read; cards of calls look in it."""

    def __init__(self) -> None:
        self._results: dict[str, ToolResultPart] = {}
        self._pictures: dict[str, tuple[ImagePart, ...]] = {}

    def take(self, message: Message) -> frozenset[str]:
        """Take in what a message says; answers the ids of the calls that it answers."""
        found: dict[str, list[ImagePart]] = {}
        last = ""
        for part in message.parts:
            if isinstance(part, ToolResultPart):
                last = part.call_id
                self._results[last] = part
                found[last] = []
            elif isinstance(part, ImagePart) and last:
                found[last].append(part)
        self._pictures.update({call: tuple(pictures) for call, pictures in found.items()})
        return frozenset(found)

    def clear(self) -> None:
        self._results.clear()
        self._pictures.clear()

    def pictures(self, call_id: str) -> tuple[ImagePart, ...]:
        return self._pictures.get(call_id, ())

    def __getitem__(self, call_id: str) -> ToolResultPart:
        return self._results[call_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._results)

    def __len__(self) -> int:
        return len(self._results)
