"""What goes in place of a picture that stays here, whatever becomes of others."""

from __future__ import annotations

from app.core.message import ImagePart, Message, Role, TextPart
from app.core.message_json import parts_from_json, parts_to_json
from app.core.old_pictures import as_sent, pictures_again
from app.core.outline import outline_of
from app.core.picture_rule import OldPictures, PictureRule
from app.core.picture_text import as_text_only, text_instead
from app.core.ports import TextLine

LINES = (TextLine("total 12.50", 0.9, 10, 10, 120, 30), TextLine("thanks", 0.9, 10, 34, 80, 54))


def test_it_is_marked_as_read_here() -> None:
    image = as_text_only(ImagePart("a`\n.png", blob="ab"), LINES)
    assert image.text_only
    assert text_instead(image) == (
        "Image `a__.png` is not sent. Text read from it by OCR on the sender's computer:\n"
        "```\ntotal 12.50\nthanks\n```"
    )


def test_text_with_fences_stays_within_its_own() -> None:
    said = text_instead(ImagePart("a.png", text="```sh\nls\n```\n", text_only=True))
    assert said.endswith("\n````\n```sh\nls\n```\n````")


def test_no_text_says_so() -> None:
    said = text_instead(as_text_only(ImagePart("a.png", blob="ab"), ()))
    assert "No text was found" in said


def test_it_is_kept_with_the_message() -> None:
    image = as_text_only(ImagePart("a.png", blob="ab"), LINES)
    assert parts_from_json(parts_to_json((image, ImagePart("b.png")))) == (
        image,
        ImagePart("b.png"),
    )


def test_it_is_no_picture_that_goes_and_stays_the_same_in_later_turns() -> None:
    kept, sent = (
        ImagePart("a.png", blob="ab", text="x", text_only=True),
        ImagePart("b.png", blob="cd"),
    )
    asked = Message(Role.USER, (kept, sent, TextPart("what?")))
    assert asked.pictures_sent == (sent,)
    assert outline_of(asked).pictures == 1
    assert pictures_again([asked], PictureRule()) == (sent,)
    answer = Message(Role.ASSISTANT, (TextPart("a cat"),))
    branch = (asked, answer, Message(Role.USER, ()))
    again = as_sent(branch, PictureRule(OldPictures.AS_TEXT))
    assert again[0].parts[0] is kept
    assert again[0].pictures_sent == ()
