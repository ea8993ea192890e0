"""A screen reader's way through Porthole: another process that knows it by AT-SPI alone.

It types, sends, hears the answer, reads it, and copies it, on a real X server and real buses.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.adapters.settings_file import SettingsFile
from app.core.settings import LanguageChoice, Settings
from app.features.chat.transcript.accessible_items import SET_FOCUS
from tests.at_spi import BUSY, FOCUSABLE, SHOWING, Desk, Node, desk, waited, what_is_missing

MISSING = what_is_missing()
pytestmark = [pytest.mark.skipif(bool(MISSING), reason=MISSING), pytest.mark.slow]

QUESTION = "/stream 150 300"
"""The demo's answer to it has a heading, prose, a list and code."""


@pytest.fixture
def porthole_language() -> LanguageChoice:
    return LanguageChoice.ENGLISH


@pytest.fixture
def screen(tmp_path: Path, porthole_language: LanguageChoice) -> Iterator[Desk]:
    """The program itself, as a person starts it, in demo mode."""
    data = tmp_path / "porthole"
    SettingsFile(data).save(Settings(language=porthole_language))
    with desk(sys.executable, "-m", "app", "--data-dir", str(data), "--demo") as shown:
        yield shown


def ask(application: Node, box: str, send: str) -> None:
    application.find("text", box).ask("EditableText", "SetTextContents", "s", QUESTION)
    application.find("push button", send).do("Press")


def test_a_conversation_is_held_by_a_screen_reader_alone(screen: Desk) -> None:
    application = screen.application()
    screen.listen("object:announcement")
    ask(application, "Message", "Send")
    conversation = application.find("list", "Conversation")
    waited(lambda: conversation.count == 2)
    question, reply = conversation.children
    assert [(node.role, node.name) for node in (question, reply)] == [
        ("list item", "You"),
        ("list item", "demo/porthole-demo"),
    ]
    assert [node.index for node in (question, reply)] == [0, 1]
    assert reply.parent == conversation
    assert question.text == QUESTION
    assert reply.has_state(BUSY)
    waited(lambda: not reply.has_state(BUSY))

    said = reply.text
    assert said.startswith("Section 1\n\n")
    assert "##" not in said
    assert len(said) == reply.length
    told = [what for event, _kind, what in screen.heard(quiet_s=0.5) if event == "Announcement"]
    assert told == [said], "the answer is heard once, whole"

    # Read as a screen reader reads: by line and word, with places on the screen.
    assert reply.ask("Text", "GetTextAtOffset", "iu", 2, LINE) == ("Section 1", 0, 9)
    assert reply.ask("Text", "GetTextAtOffset", "iu", 2, WORD)[0].strip() == "Section"
    assert reply.ask("Text", "GetAttributeRun", "ib", 2, True)[1:] == (0, 9)
    x, y, width, height = reply.extents
    left, top, _w, _h = reply.ask("Text", "GetCharacterExtents", "iu", 2, ON_SCREEN)
    assert x <= left < x + width
    assert y <= top < y + height
    assert reply.has_state(SHOWING)
    assert reply.has_state(FOCUSABLE)

    # What the reader selects is selected in the transcript, which is asked for it again.
    assert reply.ask("Text", "GetNSelections") == 0
    screen.listen("object:text-selection-changed")
    reply.ask("Text", "AddSelection", "ii", 2, 7)
    waited(lambda: reply.ask("Text", "GetNSelections") == 1)
    assert reply.ask("Text", "GetSelection", "i", 0) == (2, 7)
    assert "TextSelectionChanged" in [event for event, _kind, _what in screen.heard(quiet_s=0.5)]

    assert reply.actions == [SET_FOCUS, "copy", "regenerate", "branch", "raw"]
    buttons = [node.name for node in reply.children if node.role == "push button"]
    assert buttons[-4:] == ["Copy", "Regenerate", "Branch", "Request and response"]
    reply.do("copy")
    waited(lambda: screen.clipboard().startswith("## Section 1\n\n"))
    question.children[0].do("Press")
    waited(lambda: screen.clipboard() == QUESTION)

    # What was there stays what it was when more comes.
    ask(application, "Message", "Send")
    waited(lambda: conversation.count == 4)
    assert conversation.children[:2] == [question, reply]
    assert reply.text == said

    # Another conversation comes to the front.
    application.find("push button", "New conversation").do("Press")
    waited(lambda: not reply.has_state(SHOWING))
    assert reply.name == "demo/porthole-demo"


@pytest.mark.parametrize("porthole_language", [LanguageChoice.CHINESE])
def test_it_is_told_in_the_readers_language(screen: Desk) -> None:
    application = screen.application()
    ask(application, "消息", "发送")
    conversation = application.find("list", "对话")
    waited(lambda: conversation.count == 2)
    question, reply = conversation.children
    assert (question.name, reply.name) == ("您", "demo/porthole-demo")
    waited(lambda: not reply.has_state(BUSY))
    told = {name: about for name, about, _keys in reply.ask("Action", "GetActions")}
    assert told == {
        SET_FOCUS: "转到这条消息",
        "copy": "复制",
        "regenerate": "重新生成",
        "branch": "分支",
        "raw": "请求与响应",
    }


LINE, WORD, ON_SCREEN = 5, 1, 0
"""AT-SPI's numbers for boundaries of text, and for coordinates."""
