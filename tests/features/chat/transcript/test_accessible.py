"""What assistive tools are told of the transcript, asked through Qt's own registry."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtTest import QTest
from shiboken6 import Shiboken

from app.core.errors import Failure, FailureKind
from app.core.events import ReasoningDelta, TextDelta
from app.core.message import (
    ImagePart,
    Message,
    MessageState,
    ReasoningPart,
    Role,
    TextPart,
    ToolCallPart,
    ToolResultPart,
    Usage,
)
from app.core.outline import OutlineTable
from app.features.chat.shown_branch import ShownBranch
from app.features.chat.transcript import accessible_tree
from app.features.chat.transcript.accessible_items import PRESS, SET_FOCUS
from app.features.chat.transcript.box import TextBox
from app.features.chat.transcript.column import PAD_TOP
from tests.features.chat.transcript.conftest import Screen
from tests.features.chat.transcript.messages import (
    answer,
    ended,
    long_conversation,
    streaming,
    user,
)

Told = list[tuple[Any, ...]]
Text, Kind, Event = QAccessible.Text, QAccessible.Role, QAccessible.Event
RICH = (
    "Some **bold** words and a [guide](https://example.com/guide) to read.\n\n"
    "- first\n- second\n\n```python\nprint(1)\n```"
)
READ = "Some bold words and a guide to read.\n\n- first\n- second\n\nprint(1)"


@pytest.fixture(autouse=True)
def _somebody_listens() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What was told: the event's type, and the name of what it is about."""
    heard: list[tuple[Any, ...]] = []

    def hear(event: QAccessibleEvent) -> None:
        about = event.accessibleInterface()
        heard.append((event.type(), about.text(Text.Name), event))

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return heard


def root(screen: Screen) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(screen.view)


def children(of: QAccessibleInterface) -> list[QAccessibleInterface]:
    return [of.child(place) for place in range(of.childCount())]


def names(of: QAccessibleInterface) -> list[tuple[QAccessible.Role, str]]:
    return [(child.role(), child.text(Text.Name)) for child in children(of)]


def said(of: QAccessibleInterface) -> str:
    text = of.textInterface()
    return text.text(0, text.characterCount())


def find(of: QAccessibleInterface, role: QAccessible.Role, name: str) -> QAccessibleInterface:
    found = [c for c in children(of) if c.role() == role and c.text(Text.Name) == name]
    assert found, names(of)
    return found[0]


def show(screen: Screen, *messages: Message) -> list[QAccessibleInterface]:
    screen.view.show_messages(messages)
    screen.frames()
    return children(root(screen))


def test_a_conversation_is_a_list_of_who_said_what(screen: Screen) -> None:
    question, reply = show(screen, user("What is it?"), answer(RICH))
    assert (root(screen).role(), root(screen).text(Text.Name)) == (Kind.List, "Conversation")
    assert (question.role(), question.text(Text.Name)) == (Kind.ListItem, "You")
    assert (reply.role(), reply.text(Text.Name)) == (Kind.ListItem, "lab/model-1")
    assert (said(question), said(reply)) == ("What is it?", READ)
    assert reply.text(Text.Value) == READ
    assert reply.parent() is root(screen)
    assert [root(screen).indexOfChild(child) for child in (question, reply)] == [0, 1]
    assert root(screen).child(2) is None
    assert root(screen).child(-1) is None


def test_a_reply_of_an_unnamed_model_is_the_assistants(screen: Screen) -> None:
    (reply,) = show(screen, Message(Role.ASSISTANT, (TextPart("hello"),)))
    assert reply.text(Text.Name) == "Assistant"


def test_pieces_stand_in_reading_order(screen: Screen) -> None:
    usage = Usage({"prompt_tokens": 12, "completion_tokens": 3})
    call = ToolCallPart("c1", "look_up", '{"q": 1}')
    parts = (ReasoningPart("I wonder", 6.2), call, TextPart(RICH))
    reply = Message(Role.ASSISTANT, parts, model="m/1", usage=usage)
    result = Message(Role.TOOL, (ToolResultPart("c1", "look_up", "forty-two"),))
    picture = ImagePart("cat.png", blob="a" * 64, width=100, height=80)
    question, told_reply = show(screen, user("And?", picture), reply, result)
    assert names(question) == [
        (Kind.Graphic, "cat.png"),
        (Kind.Button, "Copy"),
        (Kind.Button, "Edit"),
        (Kind.Button, "Branch"),
    ]
    assert names(told_reply) == [
        (Kind.Button, "Reasoning: Thought for 6.2 s"),
        (Kind.Grouping, "look_up: done"),
        (Kind.Button, "Copy"),
        (Kind.Link, "guide"),
        (Kind.Button, "Copy"),
        (Kind.Button, "Wrap"),
        (Kind.Button, "Save as…"),
        (Kind.Button, "Copy"),
        (Kind.Button, "Regenerate"),
        (Kind.Button, "Branch"),
        (Kind.Button, "Request and response"),
        (Kind.StaticText, "in 12 · out 3 · cost unknown · m/1"),
    ]
    abouts = [c.text(Text.Description) for c in children(told_reply) if c.role() == Kind.Button]
    assert abouts == ["", "look_up", *["Code: python"] * 3, *["m/1"] * 4]
    assert said(find(told_reply, Kind.Grouping, "look_up: done")) == '{ "q": 1 }\nforty-two'
    link = find(told_reply, Kind.Link, "guide")
    assert link.text(Text.Value) == link.text(Text.Description) == "https://example.com/guide"
    assert said(told_reply) == READ
    assert [told_reply.indexOfChild(child) for child in children(told_reply)] == list(range(12))
    assert all(child.parent() is told_reply for child in children(told_reply))


def test_reasoning_says_whether_it_is_folded(screen: Screen) -> None:
    (reply,) = show(screen, answer("Yes.", ReasoningPart("I wonder about it.", 6.2)))
    head = reply.child(0)
    assert head.state().expandable
    assert head.state().collapsed
    assert not head.state().expanded
    assert "toggle" in reply.actionInterface().actionNames()
    assert reply.actionInterface().localizedActionName("toggle") == "Show reasoning"
    head.actionInterface().doAction(PRESS)
    screen.frames()
    assert reply.child(0) is head
    assert head.state().expanded
    assert not head.state().collapsed
    assert said(find(reply, Kind.Paragraph, "Reasoning")) == "I wonder about it."
    assert reply.actionInterface().localizedActionName("toggle") == "Hide reasoning"
    reply.actionInterface().doAction("toggle")
    screen.frames()
    assert head.state().collapsed
    assert Kind.Paragraph not in [role for role, _name in names(reply)]


def test_what_the_foot_offers_can_be_done(screen: Screen) -> None:
    question, reply = user("What?"), answer(RICH)
    told_question, told_reply = show(screen, question, reply)
    can = told_reply.actionInterface()
    assert can.actionNames() == [SET_FOCUS, "copy", "regenerate", "branch", "raw"]
    assert can.localizedActionName("regenerate") == "Regenerate"
    assert told_question.actionInterface().actionNames() == [SET_FOCUS, "copy", "edit", "branch"]
    can.doAction("copy")
    QCoreApplication.processEvents()
    assert screen.clipboard() == RICH
    for name, signal in (
        ("regenerate", screen.view.regenerate_requested),
        ("branch", screen.view.branch_requested),
        ("raw", screen.view.raw_requested),
    ):
        with screen.qtbot.waitSignal(signal) as caught:
            can.doAction(name)
        assert caught.args == [reply.id]
    with screen.qtbot.waitSignal(screen.view.link_activated) as caught:
        find(told_reply, Kind.Link, "guide").actionInterface().doAction(PRESS)
    assert caught.args == ["https://example.com/guide"]


def test_how_a_message_failed_is_said_and_can_be_mended(screen: Screen) -> None:
    failure = Failure(FailureKind.SERVER, status=500)
    reply = ended(streaming(), TextPart("half"), state=MessageState.FAILED)
    reply = Message(**{**_fields(reply), "failure": failure})
    (told_reply,) = show(screen, reply)
    assert told_reply.text(Text.Description) == f"It failed: {failure.kind.value}."
    assert (Kind.StaticText, f"It failed: {failure.kind.value}.") in names(told_reply)
    with screen.qtbot.waitSignal(screen.view.retry_requested) as caught:
        told_reply.actionInterface().doAction("retry")
    assert caught.args == [reply.id]


def _fields(message: Message) -> dict[str, Any]:
    return {name: getattr(message, name) for name in Message.__slots__}


def test_messages_far_from_the_view_can_be_acted_on_too(screen: Screen) -> None:
    messages = long_conversation(300)
    listed = show(screen, *messages)
    assert len(listed) == 600
    assert not listed[1].childCount()
    assert listed[1].state().offscreen
    made = sum(1 for _ in screen.view._column.made())
    assert made < 60
    with screen.qtbot.waitSignal(screen.view.regenerate_requested) as caught:
        listed[1].actionInterface().doAction("regenerate")
    assert caught.args == [messages[1].id]
    listed[0].actionInterface().doAction(SET_FOCUS)
    screen.frames()
    assert screen.bar == PAD_TOP
    assert screen.view.hasFocus()
    assert root(screen).focusChild() is listed[0]
    assert listed[0].state().focused
    assert not listed[0].state().offscreen


def test_places_on_the_screen(screen: Screen) -> None:
    question, reply = show(screen, user("What?"), answer(RICH))
    viewport = screen.view.viewport()
    inside = QRect(viewport.mapToGlobal(viewport.rect().topLeft()), viewport.size())
    assert inside.contains(question.rect())
    assert question.rect().bottom() < reply.rect().top()
    point = reply.rect().center()
    assert root(screen).childAt(point.x(), point.y()) is reply
    for child in children(reply):
        assert reply.rect().contains(child.rect()), child.text(Text.Name)
    copy = children(reply)[-4]
    assert reply.childAt(copy.rect().center().x(), copy.rect().center().y()) is copy
    assert root(screen).childAt(inside.right() + 50, inside.top()) is None


def test_characters_stand_where_they_are_painted(screen: Screen) -> None:
    words = "a **bold word** and `code` in it " * 12
    source = f"# Title\n\n{words}\n\n- an item\n\n```\nx = 1\ny = 22\n```"
    (_question, reply) = show(screen, user("What?"), answer(source))
    text, reads = said(reply), reply.textInterface()
    for box, y in screen.view._column.visible(0, 600):
        if not isinstance(box, TextBox) or box.item is None or box.item.index == 0:
            continue
        begin, lead = text.index(box.plain()), len(box.plain()) - box.length
        for char in range(0, box.length - 1, 3):
            if box.plain()[char + lead] == "\n":
                continue
            here = screen.view.viewport().mapFromGlobal(
                reads.characterRect(begin + lead + char).topLeft()
            )
            painted = box.rect_of(char).translated(screen.view.column_left, y)
            assert abs(here.x() - painted.x()) <= 1, box.plain()
            assert painted.top() - 1 <= here.y() <= painted.bottom()
    place = text.index("y = 22") + 4
    assert reads.offsetAtPoint(reads.characterRect(place).center()) == place


def test_words_that_are_not_there_are_asked_for_and_then_told(
    screen: Screen, told: list[tuple[Any, ...]]
) -> None:
    messages = long_conversation(200)
    there: dict[str, Message] = {}
    table = OutlineTable.of(messages)
    wanted: list[str] = []
    screen.view.words_missed.connect(wanted.extend)
    screen.view.show_branch(ShownBranch(table, range(len(table)), there.get, {}))
    screen.frames()
    wanted.clear()
    far = root(screen).child(21)
    assert far.text(Text.Name) == "Assistant"
    assert far.actionInterface().actionNames() == [SET_FOCUS]
    assert said(far) == "…"
    assert messages[21].id in wanted
    there[messages[21].id] = messages[21]
    screen.view.take_words([messages[21]])
    (update,) = [event for kind, _name, event in told if kind == Event.TextUpdated]
    assert update.textRemoved() == "…"
    assert update.textInserted().startswith("paragraph 0 of answer 10")
    assert far.text(Text.Name) == "lab/model-1"
    assert said(far) == update.textInserted()


def test_fifty_thousand_messages_are_answered_for_without_items(screen: Screen) -> None:
    messages = [user("q") if n % 2 else answer("a") for n in range(50_000)]
    screen.view.show_messages(messages)
    screen.frames()
    made = sum(1 for _ in screen.view._column.made())
    conversation = root(screen)
    assert conversation.childCount() == 50_000
    for place in (0, 1, 25_000, 49_999):
        child = conversation.child(place)
        assert child.text(Text.Name) == ("You" if place % 2 else "lab/model-1")
        assert conversation.indexOfChild(child) == place
        assert not child.rect().isEmpty()
    assert said(conversation.child(12)) == "a"
    assert sum(1 for _ in screen.view._column.made()) == made


def test_interfaces_of_many_messages_are_let_go(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.view.show_messages(long_conversation(40))
    root(screen).child(0).actionInterface().doAction(SET_FOCUS)
    screen.frames()
    monkeypatch.setattr(accessible_tree, "KEPT", 20)
    listed = children(root(screen))[:80]
    ids = [QAccessible.uniqueId(child) for child in listed]
    screen.frames()
    assert screen.view.accessible_tree.count() == 20
    assert not Shiboken.isValid(listed[5])
    assert QAccessible.accessibleInterface(ids[5]) is None
    assert root(screen).focusChild() is listed[0], "what has the focus stays"
    again = root(screen).child(5)
    assert again is not listed[5]
    assert again.text(Text.Name) == "lab/model-1"


def test_another_conversation_lets_go_of_the_first(screen: Screen) -> None:
    listed = show(screen, *long_conversation(3))
    pieces = [piece for child in listed for piece in children(child)]
    ids = [QAccessible.uniqueId(each) for each in (*listed, *pieces)]
    kept = listed[0]
    (question,) = show(screen, user("else"))
    assert question.text(Text.Name) == "You"
    assert not any(Shiboken.isValid(each) for each in (*listed, *pieces))
    assert not any(QAccessible.accessibleInterface(one) for one in ids)
    assert not Shiboken.isValid(kept)


def test_a_message_that_stays_keeps_its_interface(screen: Screen) -> None:
    messages = long_conversation(3)
    listed = show(screen, *messages)
    assert show(screen, *messages[:2], user("more"))[:2] == listed[:2]
    assert [Shiboken.isValid(child) for child in listed] == [True] * 2 + [False] * 4


def test_a_view_may_go_while_its_interfaces_are_held(make_screen: Any) -> None:
    screen = make_screen()
    listed = show(screen, user("q"), answer(RICH))
    conversation = root(screen)
    said(listed[1])
    pieces = [piece for child in listed for piece in children(child)]
    doable = listed[1].actionInterface()
    ids = [QAccessible.uniqueId(each) for each in (conversation, *listed, *pieces)]
    doable.doAction("copy")
    screen.view.close()
    screen.view.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    assert not any(Shiboken.isValid(each) for each in (conversation, *listed, *pieces))
    assert not any(QAccessible.accessibleInterface(one) for one in ids)
    del listed, pieces, conversation, doable, screen
    gc.collect()


def test_slots_added_later_do_not_hide_the_list(screen: Screen) -> None:
    (question,) = show(screen, user("q"))
    screen.view.verticalScrollBar().valueChanged.connect(screen.view.go_to_end)
    assert root(screen).role() == Kind.List
    assert root(screen).child(0) is question
    assert question.parent().indexOfChild(question) == 0


def test_the_focus_is_told_as_it_goes_through_the_actions(
    screen: Screen, told: list[tuple[Any, ...]]
) -> None:
    show(screen, user("q"), answer("see [it](https://example.com/)"))
    screen.view.setFocus()
    heard: list[str] = []
    for _ in range(4):
        told.clear()
        QTest.keyClick(screen.view, Qt.Key.Key_Tab)
        heard += [name for kind, name, _event in told if kind == Event.Focus]
        focused = root(screen).focusChild()
        assert focused.state().focused
        assert focused.text(Text.Name) == heard[-1]
    assert heard == ["Copy", "Edit", "Branch", "it"]
    find(root(screen).child(1), Kind.Button, "Branch").actionInterface().doAction(SET_FOCUS)
    QCoreApplication.processEvents()
    assert heard[-1] == "it"
    assert root(screen).focusChild().parent() is root(screen).child(1)
    with screen.qtbot.waitSignal(screen.view.branch_requested):
        QTest.keyClick(screen.view, Qt.Key.Key_Return)


def test_a_streamed_answer_is_announced_once_and_only_then(
    screen: Screen, told: list[tuple[Any, ...]]
) -> None:
    message = streaming()
    screen.view.show_messages([user("q")])
    screen.view.append_message(message)
    screen.frames()
    reply = root(screen).child(1)
    assert (Event.ObjectCreated, "lab/model-1") in [event[:2] for event in told]
    told.clear()
    assert reply.state().busy
    assert reply.text(Text.Description) == "still arriving"
    screen.view.grow(message.id, ReasoningDelta("hm"))
    for word in ["Some", "**bold**", "words."]:
        screen.view.grow(message.id, TextDelta(word + " "))
        screen.flush()
    assert said(reply) == "Some bold words."
    assert not told
    parts = (ReasoningPart("hm"), TextPart("Some **bold** words. "))
    screen.view.update_message(ended(message, *parts))
    screen.frames()
    announced = [event for kind, _name, event in told if kind == Event.Announcement]
    assert [event.message() for event in announced] == ["Some bold words."]
    (change,) = [event for kind, _name, event in told if kind == Event.StateChanged]
    assert change.changedStates().busy
    assert not reply.state().busy
    assert reply.text(Text.Description) == ""


def test_nothing_is_made_before_somebody_asks(screen: Screen) -> None:
    QAccessible.setActive(False)
    message = streaming()
    screen.view.show_messages([*long_conversation(3), message])
    screen.view.append_message(user("more"))
    screen.view.grow(message.id, TextDelta("word"))
    screen.view.update_message(ended(message, TextPart("word")))
    QTest.keyClick(screen.view, Qt.Key.Key_Tab)
    screen.frames()
    assert screen.view.accessible_tree.count() == 0


def test_the_way_to_the_end_is_found_behind_the_messages(screen: Screen) -> None:
    show(screen, *long_conversation(20))
    screen.wheel(5)
    screen.frames()
    last = children(root(screen))[-1]
    assert (last.role(), last.text(Text.Name)) == (Kind.Button, "Go to the latest message")
    assert root(screen).indexOfChild(last) == 40
