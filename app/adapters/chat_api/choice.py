"""One choice of an answer: its deltas, in any dialect, made into events in their order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.adapters.chat_api.reasoning import ReasoningJoiner, content_parts, plain_text
from app.adapters.chat_api.surrogates import SurrogateJoiner, scrub
from app.adapters.chat_api.think_tags import ThinkSplitter
from app.adapters.chat_api.tool_calls import ToolCallJoiner
from app.core.events import Finished, ReasoningDelta, StreamEvent, TextDelta
from app.core.reply import is_cut

_REASONING = frozenset({"reasoning_content", "reasoning", "thinking", "reasoning_details"})
_SAYING = frozenset({"content", "refusal", "audio"})
_CALLS = ("tool_calls", "function_call")
_RARE = frozenset({"refusal", "audio", *_CALLS})
_MORE = _REASONING | _RARE
_LENGTH = frozenset({"length", "max_tokens", "max_output_tokens", "max_length", "model_length"})
_NO_REASON = frozenset({"", "null", "None", "none"})
_LASTING = "content_filter"
"""Besides cuts, the reason that a later, general one (`stop`) does not undo."""


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
    """Settles one choice; feed it deltas or messages, then `flush` it. Its events go to `tell`."""

    def __init__(
        self, index: int, new_id: Callable[[], str], tell: Callable[[StreamEvent], object]
    ) -> None:
        self.index = index
        self.finish_reason = ""
        self.said = False
        """Whether it said anything, be it only why it ended."""
        self._tell = tell
        self._text = SurrogateJoiner()
        self._thought = SurrogateJoiner()
        self._think = ThinkSplitter()
        self._reasoning = ReasoningJoiner()
        self._calls = ToolCallJoiner(index, new_id)
        self._old_call = True
        """Whether `function_call` counts: some services say each call there as well."""
        self._by_delta: set[str] = set()
        self._growing: dict[str, _Growing] = {}

    def delta(self, delta: dict[str, Any]) -> None:
        """A `delta`."""
        if _MORE.isdisjoint(delta) and isinstance(text := delta.get("content"), str):
            self.say(text)
        else:
            self._take_all(delta)

    def _take_all(self, delta: dict[str, Any]) -> None:
        if not _REASONING.isdisjoint(delta):
            text, details = self._reasoning.take(delta)
            if text or details:
                self._mark("reasoning")
                self._reason(text, details)
        if content := delta.get("content"):
            if isinstance(content, str):
                self.say(content)
            else:
                self._say_parts(content)
        if not _RARE.isdisjoint(delta):
            self._take_rare(delta)

    def say(self, text: str) -> None:
        """A delta with nothing but this as its content."""
        if not text:
            return
        if "content" not in self._by_delta:
            self._mark("content")
        if self._text.pending or not text.isascii():
            text = self._text.feed(text)
        if text:
            self._end_thought()
            if self._think.plain:
                self._tell(TextDelta(text, self.index))
            else:
                self._split(text)

    def _take_rare(self, delta: dict[str, Any]) -> None:
        audio = delta.get("audio")
        spoken = audio.get("transcript") if isinstance(audio, dict) else None
        for words in (delta.get("refusal"), spoken):
            self.say(plain_text(words))
        if calls := delta.get("tool_calls"):
            self._old_call = False
        elif self._old_call:
            calls = delta.get("function_call")
        if calls:
            self._mark("calls")
            self._settle_text()
            for call in self._calls.feed(calls):
                self._tell(call)

    def message(self, message: dict[str, Any]) -> None:
        """A whole `message`: what it says beyond the deltas before it."""
        before = set(self._by_delta)
        if before:
            message = {k: v for k, v in message.items() if _kind(k) not in before}
        else:
            message = {
                name: self._growing.setdefault(name, _Growing()).new(value)
                if isinstance(value, str)
                else value
                for name, value in message.items()
                if _kind(name)
            }
        self.delta(message)
        self._by_delta = before

    def finish(self, reason: Any) -> None:
        """Why it ended; said once, however often it comes."""
        reason = scrub(reason) if isinstance(reason, str) else ""
        if reason in _NO_REASON:
            return
        reason = "length" if reason.lower() in _LENGTH else reason
        before = self.finish_reason
        if reason == before or before == _LASTING or (before and is_cut(before)):
            return
        self.flush()
        self.said = True
        self.finish_reason = reason
        self._tell(Finished(reason, self.index))

    def flush(self) -> None:
        """Tell whatever was held back for what might have followed."""
        self._settle_text()
        for call in self._calls.settle():
            self._tell(call)

    def _settle_text(self) -> None:
        if rest := self._text.flush():
            self._split(rest)
        for thought, text in self._think.flush():
            if thought:
                self._reason(self._reasoning.take_tagged(text), ())
            else:
                self._tell(TextDelta(text, self.index))
        self._end_thought()

    def _mark(self, kind: str) -> None:
        self.said = True
        self._by_delta.add(kind)

    def _say_parts(self, content: Any) -> None:
        self._mark("content")
        for thought, text in content_parts(content):
            if thought:
                self._reason(self._reasoning.take_tagged(text), ())
            else:
                self.say(text)

    def _split(self, text: str) -> None:
        for thought, piece in self._think.feed(text):
            if thought:
                self._reason(self._reasoning.take_tagged(piece), ())
            else:
                self._tell(TextDelta(piece, self.index))

    def _reason(self, text: str, details: tuple[Any, ...]) -> None:
        text = self._thought.feed(text) if text else text
        if text or details:
            self._tell(ReasoningDelta(text, details, self.index))

    def _end_thought(self) -> None:
        if self._thought.pending:
            self._tell(ReasoningDelta(self._thought.flush(), (), self.index))


def _kind(name: str) -> str:
    """What a message's field brings; empty for one that brings nothing."""
    if name in _REASONING:
        return "reasoning"
    if name in _SAYING:
        return "content"
    return "calls" if name in _CALLS else ""
