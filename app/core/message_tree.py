"""All messages of a conversation, in sequence, and the branch that is shown.

Every message is known by its outline; its words may be there or still on the disk. Whoever needs
them asks `missing`, loads those, and hands them in with `take_in`.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

from app.core.message import Message
from app.core.outline import Outline, OutlineTable, outline_of


class MessageTree:
    """Owned by whoever owns the open conversation; not thread-safe."""

    def __init__(
        self,
        messages: Iterable[Message] = (),
        leaf: str | None = None,
        *,
        outlines: OutlineTable | None = None,
    ) -> None:
        given = tuple(messages)
        self._table = outlines if outlines is not None else OutlineTable.of(given)
        self._messages: dict[str, Message] = {m.id: m for m in given}
        self._place = {key: place for place, key in enumerate(self._table.ids)}
        # Each follows the one before it, but for the odd ones, which are linked one by one.
        count = len(self._table)
        self._parent = array("l", range(-1, count - 1))
        self._last_child = array("l", range(1, count + 1))
        if count:
            self._last_child[-1] = -1
        self._roots: list[int] = []
        self._forks: dict[int, list[int]] = {}
        """All that follow a message, for messages that more than one follows."""
        self._puts = 0
        self._pictured: tuple[object, bool] = (None, False)
        odd = sorted(self._table.odd_parents)
        for place in odd:
            if place:
                self._last_child[place - 1] = -1
        for place in odd:
            self._link(place)
        if leaf is not None and leaf in self._place:
            self.leaf: str | None = leaf
        else:
            latest = self._latest_below(self._roots[-1]) if self._roots else None
            self.leaf = None if latest is None else self._table.ids[latest]

    def __len__(self) -> int:
        return len(self._table)

    def __contains__(self, message_id: object) -> bool:
        return message_id in self._place

    def __iter__(self) -> Iterator[Message]:
        """All messages whose words are there, in sequence."""
        return (self._messages[key] for key in self._table.ids if key in self._messages)

    # What is known

    def outline(self, message_id: str) -> Outline:
        """What is known of a message; KeyError if there is none of that id."""
        return self._table[self._place[message_id]]

    def parent(self, message_id: str) -> str | None:
        """The id of the message it follows; KeyError if there is none of that id."""
        above = self._parent[self._place[message_id]]
        return None if above < 0 else self._table.ids[above]

    def get(self, message_id: str) -> Message:
        """The message; KeyError if there is none of that id, or its words are not there."""
        return self._messages[message_id]

    def find(self, message_id: str) -> Message | None:
        """The message, if its words are there."""
        return self._messages.get(message_id)

    def missing(self, message_ids: Iterable[str]) -> tuple[str, ...]:
        """Those of them whose words are not there."""
        return tuple(key for key in message_ids if key not in self._messages)

    @property
    def table(self) -> OutlineTable:
        """The outlines of all messages, in sequence."""
        return self._table

    def places(self, to: str | None = None) -> Sequence[int]:
        """The branch as rows of `table`."""
        return self._path(to)

    def has_pictures(self) -> bool:
        """Whether pictures are in the branch."""
        known_for = (self.leaf, self._puts)
        if self._pictured[0] != known_for:
            places = self._path(None)
            found = any(self._table.pictures[place] for place in places)
            self._pictured = (known_for, found)
        return self._pictured[1]

    def there(self) -> Iterator[str]:
        """The ids of messages whose words are there, the ones that came first before others."""
        return iter(self._messages)

    # Changing

    def take_in(self, messages: Iterable[Message]) -> None:
        """Words that were loaded. Those that are there already are newer, and stay."""
        for message in messages:
            if message.id in self._place:
                self._messages.setdefault(message.id, message)

    def let_go(self, message_ids: Iterable[str]) -> None:
        """Forget words that can be loaded again."""
        for key in message_ids:
            self._messages.pop(key, None)

    def put(self, message: Message) -> None:
        """Add a message, or replace the one that has its id (its place in the tree stays)."""
        self._messages[message.id] = message
        self._puts += 1
        place = self._place.get(message.id)
        if place is not None:
            self._table.replace(place, outline_of(message))
            return
        self._place[message.id] = len(self._table)
        self._table.add(outline_of(message), message.parent)
        self._parent.append(-1)
        self._last_child.append(-1)
        self._link(len(self._table) - 1)

    def append(self, message: Message) -> None:
        """Add a message and show the branch that it ends."""
        self.put(message)
        self.leaf = message.id

    # The branch

    def path(self, to: str | None = None) -> Sequence[str]:
        """The ids of the messages shown, first to last, or of those down to `to`. O(length)."""
        return [self._table.ids[place] for place in self._path(to)]

    def tail(self, count: int) -> Sequence[str]:
        """The ids of the last so many messages shown."""
        return [self._table.ids[place] for place in self._path(None)[-count:]]

    def outlines(self, to: str | None = None) -> list[Outline]:
        """The same as outlines."""
        return [self._table[place] for place in self._path(to)]

    def branch(self, to: str | None = None) -> tuple[Message, ...]:
        """The same as messages; KeyError where the words of one are not there."""
        return tuple(self._messages[key] for key in self.path(to))

    def versions(self, message_id: str) -> tuple[str, ...]:
        """The ids of all versions of this message, itself included, oldest first."""
        return self._ids(self._siblings(self._place[message_id]))

    def versions_of(self, parent: str | None) -> tuple[str, ...]:
        """The ids of all messages that follow `parent` directly, oldest first."""
        if parent is None:
            return self._ids(self._roots)
        place = self._place.get(parent)
        return () if place is None else self._ids(self._children(place))

    def forked(self) -> dict[str, tuple[int, int]]:
        """For each message shown that has siblings: which it is (from 1), and how many."""
        found: dict[str, tuple[int, int]] = {}
        if not self._forks and len(self._roots) < 2:
            return found
        for place in self._path(None):
            among = self._siblings(place)
            if len(among) > 1:
                found[self._table.ids[place]] = (among.index(place) + 1, len(among))
        return found

    def show(self, message_id: str) -> None:
        """Show the branch through this message, down to its latest descendant."""
        self.leaf = self._table.ids[self._latest_below(self._place[message_id])]

    # Within

    def _link(self, place: int) -> None:
        """Count a message in with what it follows: the one before it, where its own is lost."""
        above = place - 1
        parent = self._table.odd_parents.get(place, "")
        if parent is None:
            above = -1
        elif parent and self._place.get(parent, place) < place:
            above = self._place[parent]
        self._parent[place] = above
        if above < 0:
            self._roots.append(place)
            return
        first = self._last_child[above]
        if first >= 0:
            self._forks.setdefault(above, [first]).append(place)
        self._last_child[above] = place

    def _children(self, place: int) -> Sequence[int]:
        if place in self._forks:
            return self._forks[place]
        last = self._last_child[place]
        return () if last < 0 else (last,)

    def _siblings(self, place: int) -> Sequence[int]:
        above = self._parent[place]
        return self._roots if above < 0 else self._children(above)

    def _latest_below(self, place: int) -> int:
        while (below := self._last_child[place]) >= 0:
            place = below
        return place

    def _path(self, to: str | None) -> Sequence[int]:
        leaf = to or self.leaf
        if leaf is None or leaf not in self._place:
            return ()
        place = self._place[leaf]
        if not self._forks and len(self._roots) == 1:
            return range(place + 1)
        chain = []
        while place >= 0:
            chain.append(place)
            place = self._parent[place]
        chain.reverse()
        return chain

    def _ids(self, places: Sequence[int]) -> tuple[str, ...]:
        return tuple(self._table.ids[place] for place in places)
