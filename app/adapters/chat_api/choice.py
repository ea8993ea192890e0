"""One choice of an answer: its deltas, in any dialect, made into events in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from app.adapters.chat_api.reasoning import ReasoningJoiner, content_parts, plain_text
from app.adapters.chat_api.surrogates import SurrogateJoiner, scrub, scrub_value
from app.adapters.chat_api.think_tags import ThinkSplitter
from app.adapters.chat_api.tool_calls import ToolCallJoiner
from app.core.events import Finished, ReasoningDelta, StreamEvent, TextDelta

_REASONING = frozenset({"reasoning_content", "reasoning", "thinking", "reasoning_details"})
_CALLS = frozenset({"tool_calls", "function_call"})
_LENGTH = frozenset({"max_tokens", "MAX_TOKENS", "max_output_tokens", "model_length"})
_NO_REASON = frozenset({"", "null", "None", "none"})
_LASTING = frozenset({"length", "content_filter", "error"})
"""Reasons that a later, general one (`stop`) does not undo."""


class _Growing:
    """A field of successive whole messages, which hold either all so far or only what is new."""

    def __init__(self) -> None:
        self._last = ""
        self._adds: bool | None = None

    def new(self, text: str) -> str:
        if not text:
            return ""
        if self._adds is None and self._last:
            self._adds = not text.startswith(self._last)
        if self._adds:
            return text
        fresh = text.removeprefix(self._last)
        self._last = text
        return fresh


class Choice:
    """Settles one choice; feed it deltas or messages, then `flush` it."""

    def __init__(self, index: int, new_id: Callable[[], str]) -> None:
        self.index = index
        self.finish_reason = ""
        self._text = SurrogateJoiner()
        self._thought = SurrogateJoiner()
        self._think = ThinkSplitter()
        self._reasoning = ReasoningJoiner()
        self._calls = ToolCallJoiner(index, new_id)
        self._by_delta: set[str] = set()
        self._growing: dict[str, _Growing] = {}

    def delta(self, delta: dict[str, Any]) -> Iterator[StreamEvent]:
        """The events of a `delta`."""
        if not _REASONING.isdisjoint(delta):
            text, details = self._reasoning.take(delta)
            if text or details:
                self._by_delta.add("reasoning")
                yield from self._reason(text, details)
        content = delta.get("content")
        if content:
            self._by_delta.add("content")
            if isinstance(content, str):
                yield from self._say(content)
            else:
                for thought, text in content_parts(content):
                    if thought:
                        yield from self._reason(self._reasoning.take_tagged(text), ())
                    else:
                        yield from self._say(text)
        if refusal := delta.get("refusal"):
            yield from self._say(plain_text(refusal))
        if not _CALLS.isdisjoint(delta):
            for name in _CALLS:
                if calls := delta.get(name):
                    self._by_delta.add("calls")
                    yield from self._calls.feed(calls)

    def message(self, message: dict[str, Any]) -> Iterator[StreamEvent]:
        """The events of a whole `message`: what it says beyond the deltas before it."""
        if self._by_delta:
            seen = set(self._by_delta)
            message = {
                name: value
                for name, value in message.items()
                if not (
                    (name in _REASONING and "reasoning" in seen)
                    or (name in ("content", "refusal") and "content" in seen)
                    or (name in _CALLS and "calls" in seen)
                )
            }
        else:
            message = {
                name: self._growing.setdefault(name, _Growing()).new(value)
                if isinstance(value, str)
                else value
                for name, value in message.items()
            }
        before = set(self._by_delta)
        yield from self.delta(message)
        self._by_delta = before

    def finish(self, reason: Any) -> Iterator[StreamEvent]:
        """Why it ended; said once, however often it comes."""
        reason = scrub(reason) if isinstance(reason, str) else ""
        if reason in _NO_REASON:
            return
        reason = "length" if reason in _LENGTH else reason
        if reason == self.finish_reason or self.finish_reason in _LASTING:
            return
        yield from self.flush()
        self.finish_reason = reason
        yield Finished(reason, self.index)

    def flush(self) -> Iterator[StreamEvent]:
        """Whatever was held back for what might have followed."""
        if rest := self._text.flush():
            yield from self._split(rest)
        for thought, text in self._think.flush():
            if thought:
                yield from self._reason(self._reasoning.take_tagged(text), ())
            else:
                yield TextDelta(text, self.index)
        if rest := self._thought.flush():
            yield ReasoningDelta(rest, (), self.index)
        yield from self._calls.settle()

    def _say(self, text: str) -> Iterator[StreamEvent]:
        text = self._text.feed(text)
        if text:
            if rest := self._thought.flush():
                yield ReasoningDelta(rest, (), self.index)
            yield from self._split(text)

    def _split(self, text: str) -> Iterator[StreamEvent]:
        for thought, piece in self._think.feed(text):
            if thought:
                yield from self._reason(self._reasoning.take_tagged(piece), ())
            else:
                yield TextDelta(piece, self.index)

    def _reason(self, text: str, details: tuple[Any, ...]) -> Iterator[StreamEvent]:
        text = self._thought.feed(text)
        if text or details:
            yield ReasoningDelta(text, tuple(map(scrub_value, details)), self.index)
