"""The chunks of one answer, in any dialect, settled into events: its choices, usage and errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.adapters.chat_api.choice import Choice
from app.adapters.chat_api.failures import error_in, from_error
from app.adapters.chat_api.surrogates import scrub, scrub_value
from app.adapters.chat_api.tool_calls import number
from app.core.errors import Failure
from app.core.events import Opened, StreamEvent, UsageReported
from app.core.message import Usage

MAX_CHOICES = 256


class Answer:
    """Takes chunks, or one whole completion; its events go to `tell`.

    `asked` is how many choices were asked for; `request_id` is what the headers said.
    """

    def __init__(
        self,
        asked: int,
        host: str,
        new_id: Callable[[], str],
        tell: Callable[[StreamEvent], object],
    ) -> None:
        self.request_id = ""
        self.opened = False
        self.had_choices = False
        """Whether there was anything in it that only answers have."""
        self._asked = asked
        self._host = host
        self._new_id = new_id
        self._tell = tell
        self._model = ""
        self._choices: dict[int, Choice] = {}
        self._latest: Choice | None = None
        self._only: int | None = None
        """The number of the one choice that was asked for, where it is not the first."""
        self._usage: dict[str, Any] | None = None

    @property
    def whole(self) -> bool:
        """Whether every choice that was asked for has said why it ended."""
        finished = sum(bool(choice.finish_reason) for choice in self._choices.values())
        return finished >= max(self._asked, len(self._choices), 1)

    @property
    def said(self) -> bool:
        """Whether any choice said anything, be it only why it ended."""
        return any(choice.said for choice in self._choices.values())

    @property
    def usage(self) -> Usage | None:
        """The last one so far."""
        try:
            return None if self._usage is None else Usage(scrub_value(self._usage))
        except RecursionError:
            return None

    def take(self, chunk: dict[str, Any], name: str) -> Failure | None:
        """A chunk that came in an event of that name; gives the error that it reports.

        Raises RecursionError for one that is nested beyond all sense.
        """
        if not self.opened or (not self._model and chunk.get("model")):
            model = chunk.get("model")
            self.opened = True
            self._model = scrub(model) if isinstance(model, str) else ""
            self._tell(Opened(self._model, self.request_id))
        choices = chunk.get("choices")
        if isinstance(choices, dict):
            choices = [choices]
        error: Any = None
        if choices and isinstance(choices, list):
            self.had_choices = True
            for position, choice in enumerate(choices[:MAX_CHOICES]):
                if isinstance(choice, dict):
                    self._choice(position, choice)
                    if "usage" in choice:
                        self._count(choice["usage"])
                    if "error" in choice:
                        error = choice["error"] or error
        elif "choices" in chunk:
            self.had_choices = True
        if "usage" in chunk:
            self._count(chunk["usage"])
        if "x_groq" in chunk and isinstance(chunk["x_groq"], dict):
            self._count(chunk["x_groq"].get("usage"))
            error = chunk["x_groq"].get("error") or error
        if error:
            error = error_in({"error": error})
        elif name == "error" or not choices or "error" in chunk:
            error = error_in(chunk) or (chunk if name == "error" else None)
        if error:
            return from_error(error, host=self._host, request_id=self.request_id)
        return None

    def go_on(self, field: str, text: str) -> None:
        """A chunk like the last one, but for the text in this field of its delta."""
        if self._latest is None:
            return
        if field == "content":
            self._latest.say(text)
        else:
            self._latest.delta({field: text})

    def flush(self) -> None:
        """At the end: tell what was held back, and the usage."""
        for choice in self._choices.values():
            choice.flush()
        if (usage := self.usage) is not None:
            self._tell(UsageReported(usage))

    def _choice(self, position: int, given: dict[str, Any]) -> None:
        index = given.get("index")
        if type(index) is not int:
            index = number(index)
            index = position if index is None else index
        choice = self._choices.get(index)
        if choice is None:
            if len(self._choices) >= MAX_CHOICES:
                self._latest = None
                return
            choice = self._choices[index] = self._new_choice(index)
        self._latest = choice
        delta = given.get("delta")
        if delta:
            if isinstance(delta, str):
                delta = {"content": delta}
            if isinstance(delta, dict):
                choice.delta(delta)
        message = given.get("message")
        if message and isinstance(message, dict):
            choice.message(message)
        elif not delta and isinstance(text := given.get("text"), str):
            choice.delta({"content": text})
        if reason := given.get("finish_reason"):
            choice.finish(reason)

    def _new_choice(self, index: int) -> Choice:
        """Where one was asked for, it is the first, whatever number it was given."""
        told_as = index
        if self._asked == 1 and not self._choices:
            self._only, told_as = index, 0
        elif index == 0 and self._only is not None:
            told_as = self._only
        return Choice(told_as, self._new_id, self._tell)

    def _count(self, usage: Any) -> None:
        # Some say all noughts behind the true ones.
        if isinstance(usage, dict) and usage:
            counts = (value for value in usage.values() if not isinstance(value, (dict, list)))
            if self._usage is None or any(counts):
                self._usage = usage
