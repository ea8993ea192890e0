"""Which pictures of earlier turns go again, by the person's choice."""

from __future__ import annotations

import pytest

from app.core.message import ImagePart, Message, MessageState, Role, TextPart
from app.core.old_pictures import as_sent, pictures_again
from app.core.picture_rule import OldPictures, PictureRule

TURNS = 5


def conversation() -> list[Message]:
    """Questions with a picture each, answered; the third picture was read here."""
    messages: list[Message] = []
    for turn in range(TURNS):
        text = "total 12.50" if turn == 2 else None
        image = ImagePart(f"shot {turn}.png", blob=str(turn), width=800, height=600, text=text)
        messages.append(Message(Role.USER, (image, TextPart(f"question {turn}"))))
        messages.append(Message(Role.ASSISTANT, (TextPart(f"answer {turn}"),)))
    return messages[:-1]


def names(messages: tuple[Message, ...]) -> list[str]:
    return [image.name for message in messages for image in message.images]


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        (PictureRule(), [0, 1, 2, 3, 4]),
        (PictureRule(OldPictures.LATEST, 1), [4]),
        (PictureRule(OldPictures.LATEST, 3), [2, 3, 4]),
        (PictureRule(OldPictures.LATEST, 99), [0, 1, 2, 3, 4]),
        (PictureRule(OldPictures.LATEST, 0), [4]),
        (PictureRule(OldPictures.AS_TEXT, 3), [4]),
    ],
)
def test_the_pictures_that_go(rule: PictureRule, kept: list[int]) -> None:
    assert names(as_sent(conversation(), rule)) == [f"shot {turn}.png" for turn in kept]


def test_a_picture_that_stays_behind_says_so_in_its_place() -> None:
    sent = as_sent(conversation(), PictureRule(OldPictures.AS_TEXT))
    assert [part.text for part in sent[0].parts if isinstance(part, TextPart)] == [
        "[image 'shot 0.png', not sent again]",
        "question 0",
    ]
    assert "by OCR on the sender's computer:]\n```\ntotal 12.50\n```" in sent[4].text
    assert sent[1].text == "answer 0"


def test_what_was_read_in_idle_time_goes_in_the_pictures_place() -> None:
    messages = conversation()
    words = {messages[0].id: {"0": "``` from above", "9": "of another"}, "m": {"2": "not here"}}
    sent = as_sent(messages, PictureRule(OldPictures.AS_TEXT, words=words))
    assert "not sent again; text read from it by OCR" in sent[0].text
    assert "````\n``` from above\n````" in sent[0].text
    assert "another" not in sent[0].text
    assert "[image 'shot 1.png', not sent again]" in sent[2].text
    kept = as_sent(messages, PictureRule(OldPictures.LATEST, 1, words))
    assert "from above" not in kept[0].text, "only where text was chosen"


def test_nothing_is_changed_where_all_go_or_there_is_none() -> None:
    messages = conversation()
    sent = as_sent(messages, PictureRule())
    assert all(one is other for one, other in zip(sent, messages, strict=True))
    bare = [Message(Role.USER, (TextPart("a"),)), Message(Role.USER, (TextPart("b"),))]
    sent = as_sent(bare, PictureRule(OldPictures.AS_TEXT))
    assert all(one is other for one, other in zip(sent, bare, strict=True))


def test_a_conversation_without_questions_has_nothing_to_keep_back() -> None:
    assert as_sent((), PictureRule(OldPictures.LATEST, 2)) == ()


def test_what_would_go_with_one_more_question() -> None:
    earlier = conversation()[:-1]
    assert len(pictures_again(earlier, PictureRule())) == 4
    assert len(pictures_again(earlier, PictureRule(OldPictures.LATEST, 3))) == 2
    assert pictures_again(earlier, PictureRule(OldPictures.AS_TEXT)) == ()


@pytest.mark.parametrize(
    "rule", [PictureRule(OldPictures.AS_TEXT), PictureRule(OldPictures.LATEST, 1)]
)
@pytest.mark.parametrize("silent", [None, MessageState.FAILED, MessageState.STOPPED])
def test_pictures_that_no_answer_was_given_to_go_with_the_next_question(
    rule: PictureRule, silent: MessageState | None
) -> None:
    """Added without asking, or asked where nothing came back: no model has seen them yet."""
    before = conversation()
    after = [Message(Role.USER, (TextPart("and now?"),))]
    if silent is not None:
        after.insert(0, Message(Role.ASSISTANT, (), state=silent))
    sent = as_sent([*before, *after], rule)
    assert names(sent) == [f"shot {TURNS - 1}.png"]
    assert "not sent again" not in sent[len(before) - 1].text
    half = Message(Role.ASSISTANT, (TextPart("It sh"),), state=MessageState.FAILED)
    assert names(as_sent([*before, half, after[-1]], rule)) == []
