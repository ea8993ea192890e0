"""Conversations for the transcript's tests."""

from __future__ import annotations

from dataclasses import replace

from app.core.message import Message, MessageState, Part, Role, TextPart


def user(text: str, *parts: Part) -> Message:
    return Message(Role.USER, (*parts, TextPart(text)))


def answer(text: str, *before: Part) -> Message:
    return Message(Role.ASSISTANT, (*before, TextPart(text)), model="lab/model-1")


def streaming() -> Message:
    return Message(Role.ASSISTANT, (), state=MessageState.STREAMING, model="lab/model-1")


def ended(message: Message, *parts: Part, state: MessageState = MessageState.COMPLETE) -> Message:
    return replace(message, parts=parts, state=state)


def long_conversation(turns: int) -> list[Message]:
    """Turns of very different heights."""
    made: list[Message] = []
    for turn in range(turns):
        made.append(user(f"question {turn}"))
        lines = "\n\n".join(
            f"paragraph {n} of answer {turn}, " + "word " * (n * 7 % 50)
            for n in range(turn % 9 + 1)
        )
        code = "\n\n```python\n" + "x = 1\n" * (turn % 13) + "```\n" if turn % 3 == 0 else ""
        table = "\n\n| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * (turn % 7) if turn % 4 == 0 else ""
        made.append(answer(lines + code + table))
    return made
