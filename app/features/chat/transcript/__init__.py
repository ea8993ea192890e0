"""The conversation as it is read: messages, parts, blocks, painted in one scroll area."""

from app.features.chat.transcript.view import TranscriptView

__all__ = ["TranscriptView"]
