"""Tool-call deltas of every dialect, settled to the calls that were meant.

Services number calls, or give all of them number 0, or none; they repeat ids and names, change
them, leave them out; they send arguments in pieces, whole, as an object, or twice. What a piece
belongs to is decided by id first, then by index, then by what the last call still lacks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from app.adapters.chat_api.arguments import Arguments, is_object
from app.adapters.chat_api.surrogates import SurrogateJoiner, scrub
from app.core.events import ToolCallDelta

MAX_CALLS = 256
"""No answer means more calls than this; memory and time are not to be had for them."""


class _Call:
    __slots__ = ("arguments", "given", "id", "joiner", "key", "name", "place", "settled")

    def __init__(self, key: int | None) -> None:
        self.key = key
        self.place = -1
        """Its index in the events; -1 while nothing of it was told."""
        self.given = ""
        self.id = ""
        self.name = ""
        self.arguments = Arguments()
        self.settled = False
        self.joiner = SurrogateJoiner()


class ToolCallJoiner:
    """One choice's calls. `new_id` makes an id for a call that came without one of its own."""

    def __init__(self, choice: int, new_id: Callable[[], str]) -> None:
        self._choice = choice
        self._new_id = new_id
        self._calls: list[_Call] = []
        self._told = 0

    def __bool__(self) -> bool:
        return bool(self._calls)

    def feed(self, items: Any) -> Iterator[ToolCallDelta]:
        """The deltas that a `tool_calls` value of any shape means."""
        if isinstance(items, dict):
            numbered = items and all(isinstance(item, dict) for item in items.values())
            items = list(items.values()) if numbered and "function" not in items else [items]
        count = min(len(items), MAX_CALLS) if isinstance(items, list) else 0
        for position in range(count):
            if isinstance(items[position], dict):
                yield from self._item(items[position], position, count)

    def settle(self) -> Iterator[ToolCallDelta]:
        """At the end: tell what was held back, and replace arguments that came more than once."""
        for call in self._calls:
            if rest := call.joiner.flush():
                yield from self._add(call, rest)
            if call.place < 0:
                if call.name or call.arguments:
                    yield self._tell(call)
                else:
                    continue
            if not call.settled:
                call.settled = True
                last = call.arguments.last
                if last and not call.arguments.whole and is_object(last):
                    yield from self._replace(call, last)

    def _item(self, item: dict[str, Any], position: int, count: int) -> Iterator[ToolCallDelta]:
        function = next(
            (f for k in ("function", "custom") if isinstance(f := item.get(k), dict)), item
        )
        given = _word(item.get("id"))
        name = _word(function.get("name"))
        arguments = function.get("arguments", function.get("input"))
        as_object = isinstance(arguments, (dict, list))
        if arguments is None:
            arguments = ""
        elif not isinstance(arguments, str):
            arguments = json.dumps(arguments, ensure_ascii=False)
        if not (given or name or arguments):
            return
        key = number(item.get("index"))
        call = self._find(key, given, name, arguments, position, count)
        if call is None:
            if len(self._calls) >= MAX_CALLS:
                return
            yield from self._settle_unnamed()
            call = _Call(key)
            self._calls.append(call)
        call.key = key if call.key is None else call.key
        renamed = self._rename(call, name, repeated_id=bool(given))
        if given and not call.given:
            call.given = given
            taken = any(c.id == given for c in self._calls)
            call.id = call.id or (self._new_id() if taken else given)
        if call.place < 0 and call.id and call.name:
            yield self._tell(call)
        elif renamed and call.place >= 0:
            yield ToolCallDelta(call.place, name=call.name, choice=self._choice)
        if as_object:
            if arguments != "{}" or not call.arguments:
                yield from self._replace(call, scrub(arguments))
        elif arguments := call.joiner.feed(arguments):
            yield from self._add(call, arguments)

    def _find(
        self, key: int | None, given: str, name: str, arguments: str, position: int, count: int
    ) -> _Call | None:
        """The call a piece belongs to; None: a new one."""
        if not self._calls:
            return None
        last = self._calls[-1]
        at = None if key is None else self._last(lambda c: c.key == key)
        if given:
            same = self._last(lambda c: c.given == given)
            if same is not None:
                return same if key is None or same.key in (None, key) else at
            if at is None:
                # Its id came late, or changes with each piece.
                late = not name or (not last.given and last.name == name and not last.arguments)
                return last if key is None and late else None
            if not name or not at.name:
                return at
            goes_on = not at.arguments.whole and (at.arguments or not at.given)
            return at if name == at.name and goes_on else None
        if key is not None:
            if at is None:
                return last if not name and last.key is None else None
            if name and at.arguments.whole:
                said = at.arguments.text
                repeated = arguments in ("", said) or said == "{}"
                return at if name == at.name and repeated else None
            return at
        if name:
            return last if not position and name == last.name and not last.arguments.whole else None
        if count > 1 and count <= len(self._calls):
            return self._calls[position - count]
        return last

    def _last(self, fits: Callable[[_Call], bool]) -> _Call | None:
        return next((call for call in reversed(self._calls) if fits(call)), None)

    def _rename(self, call: _Call, name: str, *, repeated_id: bool) -> bool:
        if not name or name == call.name:
            return False
        if not call.name or name.startswith(call.name):
            call.name = name
        elif not call.arguments and not repeated_id:
            call.name += name
        else:
            return False
        return True

    def _settle_unnamed(self) -> Iterator[ToolCallDelta]:
        """A new call begins: those before it that lack an id will not get one any more."""
        for call in self._calls:
            if call.place < 0 and call.name:
                yield self._tell(call)

    def _tell(self, call: _Call) -> ToolCallDelta:
        call.id = call.id or self._new_id()
        call.place = self._told
        self._told += 1
        return ToolCallDelta(
            call.place, call.id, call.name, call.arguments.text, choice=self._choice
        )

    def _add(self, call: _Call, arguments: str) -> Iterator[ToolCallDelta]:
        if call.arguments.ended and arguments.lstrip()[:1] == "{":
            # They are being said again, whole.
            if arguments.strip() != call.arguments.text.strip():
                yield from self._replace(call, arguments)
            return
        call.settled = False
        if call.arguments.add(arguments) and call.place >= 0:
            yield ToolCallDelta(call.place, arguments=arguments, choice=self._choice)

    def _replace(self, call: _Call, arguments: str) -> Iterator[ToolCallDelta]:
        anew = bool(call.arguments)
        if call.arguments.replace(arguments) and call.place >= 0:
            yield ToolCallDelta(call.place, arguments=arguments, replace=anew, choice=self._choice)


def _word(value: Any) -> str:
    if isinstance(value, str):
        return scrub(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def number(value: Any) -> int | None:
    """An index as it was meant: a whole number, or one that was written as text."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value[:9])
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
