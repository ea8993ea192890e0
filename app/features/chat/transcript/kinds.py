"""All kinds of parts that a transcript shows, one line each."""

from __future__ import annotations

from app.features.chat.transcript.part_kinds import PartKinds
from app.features.chat.transcript.picture_part import PictureKind
from app.features.chat.transcript.reasoning_parts import ReasoningKind
from app.features.chat.transcript.text_parts import TextKind
from app.features.chat.transcript.tool_parts import ToolCallKind
from app.features.chat.transcript.user_parts import UserBoxes

KINDS = PartKinds(
    (
        TextKind(),
        ReasoningKind(),
        ToolCallKind(),
        PictureKind(),
    ),
    question=UserBoxes,
)
