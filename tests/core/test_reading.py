"""Which answers stand beside which pictures."""

from __future__ import annotations

from app.core.message import ImagePart, Message, Part, Role, TextPart
from app.core.ports import TextLine
from app.core.reading import lines_for, readings

ONE, TWO = ImagePart("one.png", blob="1"), ImagePart("two.png", blob="2")


def said(role: Role, text: str, *parts: Part) -> Message:
    return Message(role, (*parts, TextPart(text)))


def test_an_answer_is_about_the_latest_pictures_asked_about() -> None:
    before = [said(Role.USER, "hello"), said(Role.ASSISTANT, "hello")]
    first, answer = said(Role.USER, "read it", ONE), said(Role.ASSISTANT, "56.00")
    on, more = said(Role.USER, "and in euro?"), said(Role.ASSISTANT, "7.20")
    other = said(Role.USER, "and this?", TWO, ONE)
    made = readings([*before, first, answer, on, more, other])
    assert [(r.pictures, r.question, r.reply) for r in made] == [
        ((ONE,), first, answer),
        ((ONE,), on, more),
        ((TWO, ONE), other, None),
    ]
    assert readings(before) == ()


def test_the_words_between_tool_calls_are_no_answer_of_their_own() -> None:
    question = said(Role.USER, "read it", ONE)
    look, tool = said(Role.ASSISTANT, "I will look"), Message(Role.TOOL, ())
    last = said(Role.ASSISTANT, "56.00")
    assert [r.reply for r in readings([question, look, tool, last])] == [last]


def read_at(text: str, left: float, top: float) -> TextLine:
    return TextLine(text, 0.99, left, top, left + 60, top + 16)


def test_a_row_is_found_where_its_cells_were_read() -> None:
    croissant, price = read_at("可颂 ×1", 0, 40), read_at("¥22.00", 90, 42)
    lines = [
        read_at("美式咖啡 ×2", 0, 10),
        read_at("¥56.00", 90, 10),
        croissant,
        price,
        read_at("折扣 22.00", 0, 90),
    ]
    assert lines_for(("可颂", "1", "22.00"), lines) == (croissant, price)
    assert lines_for(("22.00",), lines) == ()  # at two places: a guess would be one
    assert lines_for(("茶", "1"), lines) == ()
