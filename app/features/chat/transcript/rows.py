"""The messages of a transcript by their place: cheap for those that nobody looks at.

A message that was never near the view is a few numbers: its height is guessed from how much it
says. One that comes near gets an item with boxes. Items far from the view go again, and leave their
height; a message whose words are still on the disk stands as an empty space, and is asked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set

from app.core.message import Message, MessageState, Role
from app.core.outline import ROLE_CODES, STATE_CODES, Outline, OutlineTable, outline_of
from app.features.chat.shown_branch import ShownBranch
from app.features.chat.transcript.guessed_heights import GuessedHeights
from app.features.chat.transcript.message_item import MESSAGE_GAP, MessageItem
from app.features.chat.transcript.results import Results
from app.features.chat.transcript.surface import Surface

FOOTER, PICTURES = 60, 160
"""Guessed pixels for what stands below a message, and for its pictures."""
KEPT_ITEMS = 240
"""Items kept with their boxes; those least recently near the view go first."""
AROUND = 24
"""How many messages before and behind a missing one are asked for with it."""


class Rows:
    """Owned by a column. `width` is the reading column's."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._width = 700
        self._facts = OutlineTable()
        self._find: Callable[[str], Message | None] = lambda _id: None
        self._versions: Mapping[str, tuple[int, int]] = {}
        self._places: dict[str, int] | None = None
        self._items: dict[int, MessageItem] = {}
        self._results = Results()
        self._wanted: dict[str, None] = {}
        self._told: set[str] = set()
        self._heights: GuessedHeights | None = None

    def __len__(self) -> int:
        return len(self._facts)

    def show(self, shown: ShownBranch) -> None:
        """Replace everything."""
        self._facts = _rows_of(shown)
        self._find, self._versions = shown.find, shown.versions
        self._places = None
        self._items.clear()
        self._results.clear()
        self._wanted.clear()
        self._told.clear()
        self._heights = None

    @property
    def _place(self) -> dict[str, int]:
        """Where each message stands; not needed for a first look at the end."""
        if self._places is None:
            self._places = dict(zip(self._facts.ids, range(len(self._facts)), strict=True))
        return self._places

    # Items

    def __getitem__(self, place: int) -> MessageItem:
        """The item at a place, made now if it was not there."""
        item = self._items.pop(place, None)
        if item is None:
            item = self._make(place)
        self._items[place] = item  # last: the one that was used latest
        self.freshen(item)
        return item

    def freshen(self, item: MessageItem) -> None:
        """Give an item the width that there is now, if it had another when it was last used."""
        if item.width != self._width:
            item.set_width(self._width)
            if self.is_current(item):
                self.heights.set(item.index, item.height)

    def made(self) -> Iterator[MessageItem]:
        """The items there are, in no order."""
        return iter(tuple(self._items.values()))

    def find(self, message_id: str) -> MessageItem | None:
        """The item of a message, made now if it was not there; None for one that is not shown."""
        place = self._place.get(message_id)
        return None if place is None else self[place]

    def id_of(self, place: int) -> str:
        """Whose place that is."""
        return self._facts.ids[place]

    def place_of(self, message_id: str) -> int | None:
        """The place of a message; None for one that is not shown."""
        return self._place.get(message_id)

    def role_of(self, place: int) -> Role:
        return self._facts.role(place)

    def results_behind(self, place: int) -> range:
        """The places of what the tools gave back to the calls of the reply at a place."""
        end = place + 1
        while end < len(self._facts) and self._facts.role(end) is Role.TOOL:
            end += 1
        return range(place + 1, end)

    def length_of(self, place: int) -> int:
        """About how many characters a message has."""
        return self._facts.lengths[place]

    def words_of(self, place: int) -> Message | None:
        """The message at a place, if its words are there."""
        item = self._items.get(place)
        if item is None or item.absent:
            return self._find(self._facts.ids[place])
        return item.message

    def with_words(self, place: int, message: Message) -> tuple[MessageItem, bool]:
        """An item to read from: the one that is there, or one for this alone.

        True: it is for this alone; whoever got it unmakes it.
        """
        item = self._items.get(place)
        if item is not None and item.made and not item.absent:
            return item, False
        return self._item(message, place), True

    def note_results(self, message: Message) -> None:
        """What tools gave back, for the cards of their calls."""
        self._note_results(message)

    def is_shown(self, place: int) -> bool:
        """Tool results stand in the card of their call; system messages in the inspector."""
        return self._facts.role(place) in (Role.USER, Role.ASSISTANT)

    @property
    def has_pictures(self) -> bool:
        """Whether pictures are among what is shown."""
        return any(self._facts.pictures)

    def shown_places(self) -> array[int]:
        """The places of those that are shown, in order."""
        return array("L", (p for p, role in enumerate(self._facts.roles) if role in _SHOWN))

    def miss(self, place: int) -> None:
        """Ask for the words of a message, and of those around it."""
        self._miss(place)

    def streaming(self) -> Iterator[MessageItem]:
        """The items of messages that are still arriving."""
        place = -1
        while (place := self._facts.states.find(_STREAMING, place + 1)) >= 0:
            yield self[place]

    def append(self, message: Message) -> MessageItem:
        """One more at the end."""
        place, places = len(self._facts), self._place
        self._facts.add(outline_of(message), message.parent)
        places[message.id] = place
        self._take_results(message)
        item = self._items[place] = self._item(message, place)
        self.heights.append(item.height)
        return item

    def put(self, message: Message) -> None:
        """Other words for a message, or the words that were missing."""
        place = self._place[message.id]
        self._facts.replace(place, outline_of(message))
        self._told.discard(message.id)
        self._wanted.pop(message.id, None)
        self._take_results(message)
        item = self._items.get(place)
        if item is None:
            self.heights.set(place, self._guess(place))
            return
        item.guess = self._guess(place)
        item.update(message, item.version)
        self.heights.set(place, item.height)

    def let_go(self, keep: Iterable[MessageItem]) -> None:
        """Drop the items that were not used for long, but for those given; their heights stay."""
        kept = set(map(id, keep))
        for place, item in tuple(self._items.items()):
            if len(self._items) <= KEPT_ITEMS:
                return
            if id(item) in kept or item.message.state is MessageState.STREAMING:
                continue
            del self._items[place]
            item.unmake()

    def is_current(self, item: MessageItem) -> bool:
        """Whether that is the item that stands at its place."""
        return self._items.get(item.index) is item

    # Words that are not there

    def take_wanted(self) -> tuple[str, ...]:
        """The ids of messages whose words are missed, each told once."""
        wanted = tuple(self._wanted)
        self._told.update(wanted)
        self._wanted.clear()
        return wanted

    # Heights

    @property
    def heights(self) -> GuessedHeights:
        """The height of each message, a guess until it is made; guessed when first asked for."""
        if self._heights is None:
            self._heights = self._guess_all()
        return self._heights

    @property
    def width(self) -> int:
        return self._width

    def set_width(self, width: int) -> None:
        """Take a new width; guesses until things are used again."""
        self._width = width
        self._heights = None

    def restyle(self) -> None:
        """Fonts, colours or the language changed."""
        for item in self._items.values():
            item.restyle()
        self._heights = None

    def _guess_all(self) -> GuessedHeights:
        heights = GuessedHeights(len(self._facts), self._guess_sum, self._guesses)
        for place, item in self._items.items():
            item.guess = heights[place]
            if item.width == self._width:
                heights.set(place, item.height)
        return heights

    def _guess_sum(self, begin: int, end: int) -> int:
        """What the messages from one place to before another are high, guessed."""
        facts, line = self._facts, self._surface.look.line()
        if facts.roles[begin:end].translate(None, _SHOWN_BYTES) or any(facts.pictures[begin:end]):
            return sum(self._guesses(begin, end))
        text = sum(facts.lengths[begin:end]) * self._per_character(line) >> 16
        return (
            (MESSAGE_GAP + FOOTER + line) * (end - begin)
            + line * sum(facts.lines[begin:end])
            + text
        )

    def _guesses(self, begin: int, end: int) -> list[int]:
        """The same, one by one: what is left of a pixel counts for the next."""
        facts, line = self._facts, self._surface.look.line()
        each, bare = self._per_character(line), MESSAGE_GAP + FOOTER + line
        heights, rest = [], 0
        for place in range(begin, end):
            if not self.is_shown(place):
                heights.append(0)
                continue
            rest += facts.lengths[place] * each
            pictures = PICTURES if facts.pictures[place] else 0
            heights.append(bare + line * facts.lines[place] + (rest >> 16) + pictures)
            rest &= 0xFFFF
        return heights

    def _guess(self, place: int) -> int:
        return self._guesses(place, place + 1)[0]

    def _per_character(self, line: int) -> int:
        """What a character adds to the height of a text, in pixels by 65,536."""
        return round(line / _per_line(self._width, line) * 65536)

    # Within

    def _make(self, place: int) -> MessageItem:
        key = self._facts.ids[place]
        message = self._find(key)
        if message is None:
            self._miss(place)
            return self._item(_absent(self._facts[place]), place, absent=True)
        if message.tool_calls:
            self._find_results(place)
        return self._item(message, place)

    def _item(self, message: Message, place: int, *, absent: bool = False) -> MessageItem:
        item = MessageItem(
            self._surface,
            message,
            version=self._versions.get(message.id, (1, 1)),
            results=self._results,
            absent=absent,
        )
        item.index = place
        known = self._heights is not None and place < len(self._heights)
        item.guess = self.heights[place] if known else self._guess(place)
        item.set_width(self._width)
        return item

    def _miss(self, place: int) -> None:
        """Ask for a message, and for those around it: they are read next."""
        for near in range(max(0, place - AROUND), min(len(self._facts), place + AROUND)):
            key = self._facts.ids[near]
            if key not in self._told and self._find(key) is None:
                self._wanted[key] = None

    def _find_results(self, place: int) -> None:
        """The results of a reply's calls stand in the messages right behind it."""
        for behind in self.results_behind(place):
            message = self._find(self._facts.ids[behind])
            if message is None:
                self._miss(behind)
            else:
                self._note_results(message)

    def _note_results(self, message: Message) -> frozenset[str]:
        return self._results.take(message) if message.role is Role.TOOL else frozenset()

    def _take_results(self, message: Message) -> None:
        """A tool gave something back: the card of its call shows it."""
        self.calls_changed(self._note_results(message))

    def calls_changed(self, calls: Set[str]) -> Sequence[MessageItem]:
        """Those calls stand elsewhere: their cards say so. Answers the replies they are in."""
        changed = []
        for place, item in self._items.items():
            if calls and any(call.id in calls for call in item.message.tool_calls):
                item.result_changed()
                self.heights.set(place, item.height)
                changed.append(item)
        return changed


_STREAMING = STATE_CODES[MessageState.STREAMING]
_SHOWN = frozenset((ROLE_CODES[Role.USER], ROLE_CODES[Role.ASSISTANT]))
_SHOWN_BYTES = bytes(_SHOWN)


def _per_line(width: int, line: int) -> float:
    """Characters that fit in a line, about; what a wrapped line leaves free counts as well."""
    return max(8.0, max(width, 100) / (line * 0.34)) / 0.85


def _absent(outline: Outline) -> Message:
    return Message(outline.role, (), id=outline.id, state=outline.state)


def _rows_of(shown: ShownBranch) -> OutlineTable:
    """The rows of a branch as a table of their own."""
    table, places = shown.table, shown.places
    if isinstance(places, range) and places == range(len(table)):
        return OutlineTable(
            list(table.ids),
            bytearray(table.roles),
            bytearray(table.states),
            table.lengths[:],
            table.lines[:],
            table.pictures[:],
        )
    return OutlineTable(
        [table.ids[place] for place in places],
        bytearray(table.roles[place] for place in places),
        bytearray(table.states[place] for place in places),
        array("L", (table.lengths[place] for place in places)),
        array("L", (table.lines[place] for place in places)),
        array("L", (table.pictures[place] for place in places)),
    )
