"""Pictures of earlier turns: which of them go to the service again with the next question.

A picture costs its tokens with every question that follows it. What stands in place of one that
does not go says so to the model, so that it neither guesses nor wonders.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.core.message import ImagePart, Message, MessageState, Part, Role, TextPart
from app.core.picture_rule import OldPictures, PictureRule
from app.core.picture_text import fenced


def as_sent(messages: Sequence[Message], rule: PictureRule) -> tuple[Message, ...]:
    """The messages with the pictures that go by the rule; those of the last question always go."""
    return with_words(messages, words_instead(messages, rule))


def words_instead(messages: Sequence[Message], rule: PictureRule) -> dict[str, tuple[str, ...]]:
    """What goes in place of pictures by the rule: by message, in the order of its pictures."""
    if rule.kind is OldPictures.ALL:
        return {}
    latest_first = (
        (place, messages[place].role, messages[place].state, bool(messages[place].parts))
        for place in range(len(messages) - 1, -1, -1)
    )
    found = {}
    for message in messages[: first_that_goes(latest_first, rule)]:
        words = rule.words.get(message.id, {}) if rule.kind is OldPictures.AS_TEXT else {}
        if message.pictures_sent:
            found[message.id] = tuple(_in_words(i, words) for i in message.pictures_sent)
    return found


def first_that_goes(
    latest_first: Iterable[tuple[int, Role, MessageState, bool]], rule: PictureRule
) -> int:
    """The place of the first message whose pictures go by the rule. Each message is told by its
    place, its role, its state, and whether it says anything.

    What was added without asking, or was asked and never answered, goes with the question after
    it: no model said anything on these pictures yet.
    """
    left = max(1, rule.turns) if rule.kind is OldPictures.LATEST else 1
    begin: int | None = None
    for place, role, state, says in latest_first if rule.kind is not OldPictures.ALL else ():
        if role is Role.USER:
            begin = place
        elif role is Role.ASSISTANT and begin is not None and (says or state in _ANSWERED):
            left -= 1
            if not left:
                return begin
            begin = None
    return 0


_ANSWERED = frozenset({MessageState.COMPLETE, MessageState.CUT_SHORT, MessageState.STREAMING})


def with_words(
    messages: Sequence[Message], instead: Mapping[str, Sequence[str]]
) -> tuple[Message, ...]:
    """The messages with these words in place of their pictures (see `words_instead`)."""
    return tuple(
        _without_pictures(message, instead[message.id]) if message.id in instead else message
        for message in messages
    )


def pictures_again(messages: Sequence[Message], rule: PictureRule) -> tuple[ImagePart, ...]:
    """The pictures of these earlier messages that would go with one more question."""
    asked = as_sent((*messages, Message(Role.USER, ())), rule)
    return tuple(image for message in asked for image in message.pictures_sent)


def _without_pictures(message: Message, words: Sequence[str]) -> Message:
    rest = iter(words)
    parts: tuple[Part, ...] = tuple(
        TextPart(next(rest, "")) if isinstance(p, ImagePart) and not p.text_only else p
        for p in message.parts
    )
    return replace(message, parts=parts)


def _in_words(image: ImagePart, words: Mapping[str, str]) -> str:
    text = (words.get(image.blob or "", "") or image.text or "").strip("\n")
    if not text.strip():
        return f"[image {image.name!r}, not sent again]"
    lead = "not sent again; text read from it by OCR on the sender's computer:"
    return f"[image {image.name!r}, {lead}]\n{fenced(text)}"
