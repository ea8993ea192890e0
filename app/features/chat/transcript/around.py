"""What stands around a reply's parts: how it was asked, what it waits for, how it ended."""

from __future__ import annotations

from collections.abc import Container

from app.core.message import Message, MessageState
from app.features.chat.transcript import words
from app.features.chat.transcript.box import Box
from app.features.chat.transcript.footer import FooterBox, NoticeBox, needs_footer, needs_notice
from app.features.chat.transcript.surface import Surface
from app.features.chat.transcript.wait_box import NoteBox, WaitBox
from app.features.chat.transcript.waiting import Wait


def head_boxes(surface: Surface, plainer_format: str) -> list[Box]:
    """What is said before the answer: that it was asked for in a plainer format."""
    sentence = words.fell_back(plainer_format)
    return [NoteBox(surface, sentence)] if sentence else []


def tail_boxes(
    surface: Surface,
    message: Message,
    version: tuple[int, int],
    wait: Wait | None,
    results: Container[str],
) -> list[Box]:
    """What stands below the parts. `results` knows the ids of calls that gave something back."""
    if message.state is MessageState.STREAMING:
        line = wait.line(surface.clock()) if wait is not None else None
        return [WaitBox(surface, line)] if line is not None else []
    made: list[Box] = []
    footed = surface.footers and _wants_footer(message, version, results)
    if needs_notice(message):
        made.append(NoticeBox(surface, message, footed=footed))
    if footed:
        made.append(FooterBox(surface, message, version))
    return made


def _wants_footer(message: Message, version: tuple[int, int], results: Container[str]) -> bool:
    """A reply that only called tools, and goes on below, has none."""
    if not needs_footer(message, version):
        return False
    calls = message.tool_calls
    return not (calls and not message.text and all(call.id in results for call in calls))
