"""From stream events to a message's parts, and the verdict whether the reply is whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from app.core.errors import Failure
from app.core.events import (
    Ended,
    Failed,
    FellBack,
    Finished,
    Opened,
    ReasoningDelta,
    Sent,
    StreamEvent,
    TextDelta,
    ToolCallDelta,
    UsageReported,
)
from app.core.exchange import Tape
from app.core.message import (
    Message,
    MessageState,
    Part,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    Usage,
)

_CUT = re.compile(
    r"length|limit|exceed|(?:max|total)\w*token|truncat|incomplete|malformed|insufficient|overload"
    r"|error|fail|abort|cancel|interrupt|disconnect|unavailable|timed?_?out"
)
"""What a service says, in whatever words, when the answer stopped before its end."""


def is_cut(reason: str | None) -> bool:
    """Whether an answer that ended for this reason, or for none, may not be all there was to be."""
    return not reason or _CUT.search(re.sub(r"[\s-]", "_", reason.lower())) is not None


@dataclass(slots=True)
class _Call:
    id: str = ""
    name: str = ""
    pieces: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Run:
    """Text or reasoning that grows until something of another kind comes."""

    reasoning: bool
    pieces: list[str] = field(default_factory=list)
    details: list[object] = field(default_factory=list)
    started: float = 0.0
    ended: float = 0.0


class ReplyBuilder:
    """Collects one choice's events. Adding costs O(1); `parts()` joins what is there.

    `clock` gives seconds, for how long the model thought.
    """

    def __init__(self, choice: int = 0, clock: Callable[[], float] = monotonic) -> None:
        self.choice = choice
        self.model = ""
        self.request_id = ""
        self.usage: Usage | None = None
        self.finish_reason: str | None = None
        self.failure: Failure | None = None
        self.first_token_after: float | None = None
        self.ended = False
        self.stopped = False
        self.fell_back = ""
        self.tape: Tape | None = None
        """Of the last request that was sent for this reply."""
        self._without_key: Callable[[str], str] = str
        self._clock = clock
        self._start = clock()
        self._order: list[_Run | _Call] = []
        self._calls: dict[int, _Call] = {}

    def add(self, event: StreamEvent) -> None:
        """Take one event; events of other choices are passed over."""
        match event:
            case TextDelta(choice=c) | ReasoningDelta(choice=c) | ToolCallDelta(choice=c) if (
                c != self.choice
            ):
                return
            case TextDelta():
                self._run(reasoning=False).pieces.append(event.text)
            case ReasoningDelta():
                run = self._run(reasoning=True)
                run.pieces.append(event.text)
                run.details.extend(event.details)
            case ToolCallDelta():
                self._call(event)
            case Finished():
                if event.choice == self.choice:
                    self.finish_reason = event.reason
            case UsageReported():
                self.usage = event.usage
            case Opened():
                self.model = event.model or self.model
                self.request_id = event.request_id or self.request_id
            case Sent():
                self.tape = event.tape
                self._without_key = event.tape.without_key
                # Waiting for a busy service is no thinking time of the model.
                self._start = self._clock()
            case FellBack():
                self.fell_back = event.format.value
            case Ended():
                self._close_run()
                self.ended = True
            case Failed():
                self._close_run()
                self.failure = event.failure

    def beside(self, choice: int) -> ReplyBuilder:
        """A builder for another choice of the same answer."""
        other = ReplyBuilder(choice, self._clock)
        other.model, other.request_id, other._start = self.model, self.request_id, self._start
        other._without_key = self._without_key
        return other

    def stop(self) -> None:
        """The person stopped it: what is there stays."""
        self._close_run()
        if self.usage is None and self.tape is not None:
            self.usage = self.tape.usage
        self.stopped = True

    def _touch(self) -> float:
        now = self._clock()
        if self.first_token_after is None:
            self.first_token_after = now - self._start
        return now

    def _run(self, *, reasoning: bool) -> _Run:
        now = self._touch()
        last = self._order[-1] if self._order else None
        if isinstance(last, _Run) and last.reasoning == reasoning:
            last.ended = now
            return last
        self._close_run()
        run = _Run(reasoning, started=now, ended=now)
        self._order.append(run)
        return run

    def _close_run(self) -> None:
        if self._order and isinstance(self._order[-1], _Run):
            self._order[-1].ended = self._clock()

    def _call(self, delta: ToolCallDelta) -> None:
        self._touch()
        call = self._calls.get(delta.index)
        if call is None:
            self._close_run()
            call = self._calls[delta.index] = _Call()
            self._order.append(call)
        call.id = delta.id or call.id
        call.name = delta.name or call.name
        if delta.replace:
            call.pieces.clear()
        if delta.arguments:
            call.pieces.append(delta.arguments)

    def parts(self) -> tuple[Part, ...]:
        """The parts so far, in the order in which they began; a key that was echoed is not kept."""
        clean = self._without_key
        made: list[Part] = []
        for item in self._order:
            if isinstance(item, _Call):
                made.append(
                    ToolCallPart(clean(item.id), clean(item.name), clean("".join(item.pieces)))
                )
            elif item.reasoning:
                made.append(
                    ReasoningPart(
                        clean("".join(item.pieces)), item.ended - item.started, tuple(item.details)
                    )
                )
            else:
                made.append(TextPart(clean("".join(item.pieces))))
        return tuple(made)

    def _usage_kept(self) -> Usage | None:
        if self.usage is None or self.tape is None:
            return self.usage
        return Usage(self.tape.value_without_key(self.usage.raw))

    @property
    def empty(self) -> bool:
        return not self._order

    @property
    def state(self) -> MessageState:
        """Complete only if the service said a finish that is not a cut, and nothing failed."""
        if self.failure is not None:
            return MessageState.FAILED
        if self.stopped:
            return MessageState.STOPPED
        if not self.ended:
            return MessageState.STREAMING
        if is_cut(self.finish_reason):
            return MessageState.CUT_SHORT
        return MessageState.COMPLETE

    @property
    def complete(self) -> bool:
        return self.state is MessageState.COMPLETE

    def finish(self, message: Message) -> Message:
        """`message` with what arrived so far."""
        return Message(
            role=message.role,
            parts=self.parts(),
            id=message.id,
            parent=message.parent,
            state=self.state,
            model=self._without_key(self.model) or message.model,
            finish_reason=self.finish_reason and self._without_key(self.finish_reason),
            usage=self._usage_kept(),
            failure=self.failure,
            created_at=message.created_at,
            first_token_after=self.first_token_after,
            took=self._clock() - self._start,
            fell_back=self.fell_back,
        )
