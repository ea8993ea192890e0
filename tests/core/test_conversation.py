"""A conversation is a tree; one branch of it is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.core.message import Message, MessageState, Role, TextPart
from app.core.message_tree import MessageTree
from app.core.outline import Outline, OutlineTable


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


def test_forks_and_roots_are_versions_too() -> None:
    first, second = said(Role.USER, "a"), said(Role.USER, "b")
    answer = said(Role.ASSISTANT, "c", first)
    tree = MessageTree([first, answer, second])
    assert tree.versions(first.id) == (first.id, second.id)
    assert tree.branch() == (second,)
    assert tree.forked() == {second.id: (2, 2)}
    tree.show(first.id)
    assert tree.branch() == (first, answer)


def test_outlines_alone_know_the_branch_and_words_come_when_they_are_loaded() -> None:
    question = said(Role.USER, "one\ntwo")
    first = said(Role.ASSISTANT, "a1", question)
    second = said(Role.ASSISTANT, "a2", question)
    table = OutlineTable.of([question, first, second])
    tree = MessageTree(leaf=first.id, outlines=table)
    assert tree.path() == [question.id, first.id]
    assert tree.outline(question.id) == Outline(
        question.id, Role.USER, MessageState.COMPLETE, length=7, lines=1
    )
    assert tree.parent(second.id) == question.id
    assert tree.missing(tree.path()) == (question.id, first.id)
    tree.take_in([question, first])
    assert tree.branch() == (question, first)
    newer = Message(Role.ASSISTANT, (TextPart("newer"),), id=first.id, parent=question.id)
    tree.put(newer)
    tree.take_in([first])
    assert tree.get(first.id) is newer
    tree.let_go([first.id])
    assert tree.find(first.id) is None
    assert tree.outline(first.id).length == 5


def test_a_message_whose_parent_is_lost_follows_the_one_before_it() -> None:
    question = said(Role.USER, "q")
    stray = Message(Role.ASSISTANT, (TextPart("a"),), parent="gone")
    assert MessageTree([question, stray]).branch() == (question, stray)


@given(st.lists(st.integers(-2, 30), min_size=1, max_size=30), st.integers(0, 30))
def test_a_tree_is_the_same_whole_or_grown(parents: list[int], cut: int) -> None:
    """`-1`: a first message; `-2`: one whose parent is lost."""
    messages: list[Message] = []
    for place, wish in enumerate(parents):
        parent = messages[wish % place].id if place and wish >= 0 else None
        if wish == -2:
            parent = "gone"
        messages.append(Message(Role.USER, (TextPart(str(place)),), parent=parent))
    whole = MessageTree(messages)
    grown = MessageTree(messages[: min(cut, len(messages))])
    for message in messages[min(cut, len(messages)) :]:
        grown.append(message)
    for message in messages:
        assert whole.versions(message.id) == grown.versions(message.id)
        assert whole.path(message.id) == grown.path(message.id)
        assert whole.parent(message.id) == grown.parent(message.id)
        whole.show(message.id)
        grown.show(message.id)
        assert whole.leaf == grown.leaf
        assert whole.forked() == grown.forked()
