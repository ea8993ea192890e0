"""A conversation is a tree; one branch of it is shown."""

from __future__ import annotations

from app.core.conversation import MessageTree
from app.core.message import Message, Role, TextPart


def said(role: Role, text: str, after: Message | None = None) -> Message:
    return Message(role, (TextPart(text),), parent=after.id if after else None)


def test_versions_are_siblings_and_one_branch_is_shown() -> None:
    question = said(Role.USER, "q")
    first = said(Role.ASSISTANT, "a1", question)
    more = said(Role.USER, "more", first)
    second = said(Role.ASSISTANT, "a2", question)
    tree = MessageTree([question, first, more])
    assert tree.branch() == (question, first, more)
    tree.append(second)
    assert tree.branch() == (question, second)
    assert tree.versions(second.id) == (first.id, second.id)
    tree.show(first.id)
    assert tree.branch() == (question, first, more)
    assert tree.branch(question.id) == (question,)


def test_an_unknown_leaf_shows_the_latest_branch() -> None:
    question = said(Role.USER, "q")
    answer = said(Role.ASSISTANT, "a", question)
    assert MessageTree([question, answer], leaf="gone").branch() == (question, answer)


def test_replacing_a_message_keeps_its_place() -> None:
    question = said(Role.USER, "q")
    tree = MessageTree([question])
    tree.put(Message(Role.USER, (TextPart("new"),), id=question.id))
    assert [m.text for m in tree.branch()] == ["new"]
    assert len(tree) == 1
