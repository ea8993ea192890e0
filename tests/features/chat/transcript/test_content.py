"""What a transcript shows of each kind of message, and what its actions ask for."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QColor, QPixmap

from app.core.errors import Failure, FailureKind
from app.core.events import TextDelta
from app.core.message import (
    FilePart,
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
from app.core.settings import ReasoningFold
from app.features.chat.transcript.actions import Intent
from app.features.chat.transcript.words import figures
from tests.features.chat.transcript.conftest import Screen
from tests.features.chat.transcript.messages import answer, ended, streaming, user
from tests.kit.markdown.corpus import ANSWER

USAGE = Usage(
    {
        "prompt_tokens": 1204,
        "completion_tokens": 500,
        "prompt_tokens_details": {"cached_tokens": 1024},
        "completion_tokens_details": {"reasoning_tokens": 412},
    }
)


def test_an_answer_is_shown_as_it_is_read(screen: Screen) -> None:
    screen.view.show_messages([user("What is wrong?"), answer(ANSWER)], {})
    text = screen.view.plain_text()
    for words in (
        "What is wrong?",
        "'80 80'. int() refuses it, so the page dies:",
        "Input\tBefore\tAfter",
        "1. Read the file with read_port",
        "  - another, see the docs",
        "- [x] done",
        "HTML <b>stays</b> text; pic; bare https://jiekou.ai/docs.",
        "中文段落：接口返回了一个错误，请检查端口设置。",
    ):
        assert words in text
    assert "**" not in text.replace("**kwargs", "")


def test_the_footer_tells_what_the_answer_took(screen: Screen) -> None:
    message = Message(
        Role.ASSISTANT,
        (TextPart("done"),),
        usage=USAGE,
        model="lab/model-1",
        first_token_after=0.84,
        took=10.84,
        cost=0.0031,
    )
    screen.view.show_messages([message], {})
    box = screen.view._column.last()
    assert box is not None
    shown = box._strip.texts()  # type: ignore[attr-defined]
    assert shown == (
        "in 1,204 (1,024 cached) · out 500 (412 reasoning) · first after 0.8 s · 50 tok/s"
        " · $0.0031 · lab/model-1"
    )


def test_figures_that_are_missing_stay_out(screen: Screen) -> None:
    counted = answer("a")
    for message, shown in (
        (counted, "lab/model-1"),
        (replace(counted, usage=USAGE), "in 1,204 (1,024 cached) · out 500 (412 reasoning)"),
        (replace(counted, usage=USAGE, took=10.0), "cost unknown · lab/model-1"),
        (replace(counted, usage=USAGE, cost=0.0), "(412 reasoning) · lab/model-1"),
        (
            replace(counted, usage=USAGE, cost=2.0, took=3.0, first_token_after=2.99),
            "first after 3.0 s · $2.00",
        ),
        (replace(counted, usage=Usage({"total_tokens": 9})), "lab/model-1"),
    ):
        told = " · ".join(figures(message))
        assert shown in told
        assert "tok/s" not in told


def test_an_answer_that_was_stopped_has_figures_too(screen: Screen) -> None:
    reply = replace(answer("half"), state=MessageState.STOPPED, usage=USAGE, cost=0.5)
    screen.view.show_messages([reply], {})
    box = screen.view._column.last()
    assert "out 500 (412 reasoning) · $0.50" in box._strip.texts()  # type: ignore[union-attr]


def test_actions_ask_with_the_messages_id(screen: Screen) -> None:
    question, reply = user("q"), answer("a")
    screen.view.show_messages([question, reply], {reply.id: (2, 3)})
    view = screen.view
    for signal, intent, expected in (
        (view.regenerate_requested, Intent.REGENERATE, [reply.id]),
        (view.edit_requested, Intent.EDIT, [question.id]),
        (view.branch_requested, Intent.BRANCH, [question.id]),
        (view.version_requested, Intent.OLDER, [reply.id, -1]),
        (view.version_requested, Intent.NEWER, [reply.id, 1]),
    ):
        with screen.qtbot.waitSignal(signal) as caught:
            screen.click(intent)
        assert caught.args == expected
    screen.click(Intent.COPY, number=1)
    assert screen.clipboard() == "a"


def test_the_first_version_has_no_older_one(screen: Screen) -> None:
    reply = answer("a")
    screen.view.show_messages([reply], {reply.id: (1, 2)})
    assert "Previous version" not in screen.labels()
    assert "Next version" in screen.labels()


@pytest.mark.parametrize(
    ("state", "reason", "sentence"),
    [
        (MessageState.STOPPED, None, "Stopped"),
        (MessageState.CUT_SHORT, "length", "Cut at max tokens"),
        (MessageState.CUT_SHORT, None, "May be cut short"),
        (MessageState.INTERRUPTED, None, "Interrupted when Porthole closed"),
    ],
)
def test_an_answer_that_did_not_end_well_says_so_and_offers_ways_on(
    screen: Screen, state: MessageState, reason: str | None, sentence: str
) -> None:
    reply = Message(Role.ASSISTANT, (TextPart("half"),), state=state, finish_reason=reason)
    screen.view.show_messages([reply], {})
    assert sentence in screen.view.plain_text()
    assert "half" in screen.view.plain_text()
    with screen.qtbot.waitSignal(screen.view.continue_requested) as caught:
        screen.click(Intent.CONTINUE)
    assert caught.args == [reply.id]
    with screen.qtbot.waitSignal(screen.view.retry_requested) as caught:
        screen.click(Intent.RETRY)
    assert caught.args == [reply.id]


def test_a_lost_connection_tells_how_much_arrived(screen: Screen) -> None:
    failure = Failure(FailureKind.CONNECTION_LOST)
    reply = Message(
        Role.ASSISTANT, (TextPart("x" * 3120),), state=MessageState.FAILED, failure=failure
    )
    screen.view.show_messages([reply], {})
    assert "Connection lost after 3,120 characters. What arrived is kept;" in (
        screen.view.plain_text()
    )


def test_a_refused_key_leads_to_the_settings_and_the_services_pages(screen: Screen) -> None:
    failure = Failure(FailureKind.AUTH, status=401, host="api.jiekou.ai")
    reply = Message(Role.ASSISTANT, (), state=MessageState.FAILED, failure=failure)
    screen.view.show_messages([user("hello"), reply], {})
    assert "It failed: auth." in screen.view.plain_text()
    with screen.qtbot.waitSignal(screen.view.settings_requested):
        screen.click(Intent.SETTINGS)
    with screen.qtbot.waitSignal(screen.view.details_requested) as caught:
        screen.click(Intent.DETAILS)
    assert caught.args == [reply.id]
    with screen.qtbot.waitSignal(screen.view.link_activated) as caught:
        screen.click(Intent.LINK)
    assert caught.args[0].startswith("https://jiekou.ai")
    assert "Continue" not in screen.labels(), "nothing arrived that could go on"


def test_code_is_copied_saved_and_wrapped(screen: Screen) -> None:
    code = "x = '" + "long " * 60 + "'\ny = 2"
    screen.view.show_messages([answer(f"Look:\n\n```python\n{code}\n```\n")], {})
    screen.click(Intent.COPY_TEXT)
    assert screen.clipboard() == code
    with screen.qtbot.waitSignal(screen.view.code_save_requested) as caught:
        screen.click(Intent.SAVE)
    assert caught.args == [code, "python"]
    box = next(b for b in screen.view._column.all() if b.plain().startswith("x ="))
    before = box.height
    screen.click(Intent.WRAP)
    assert box.height > before
    screen.click(Intent.WRAP)
    assert box.height == before


def test_reasoning_is_folded_and_opens_by_click_and_by_key(screen: Screen) -> None:
    thought = ReasoningPart("First I look.\n\nThen I decide.", 6.2)
    reply = Message(Role.ASSISTANT, (thought, TextPart("The answer.")), usage=USAGE)
    screen.view.show_messages([reply], {})
    assert "Thought for 6.2 s · 412 tokens" in screen.view.plain_text()
    assert "Then I decide." not in screen.view.plain_text()
    y = screen.rect_of(Intent.TOGGLE).y()
    screen.click(Intent.TOGGLE)
    assert "Then I decide." in screen.view.plain_text()
    assert screen.rect_of(Intent.TOGGLE).y() == y, "what was clicked stays under the pointer"
    screen.click(Intent.COPY_TEXT)
    assert screen.clipboard() == thought.text
    screen.view.setFocus()
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_Tab)
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_Return)
    assert "Then I decide." not in screen.view.plain_text()


def test_the_fold_setting_opens_reasoning_that_nobody_touched(screen: Screen) -> None:
    reply = answer("The answer.", ReasoningPart("I look.", 1.0))
    screen.view.show_messages([reply], {})
    screen.view.set_reasoning_fold(ReasoningFold.OPEN)
    assert "I look." in screen.view.plain_text()
    screen.view.set_reasoning_fold(ReasoningFold.FOLDED)
    assert "I look." not in screen.view.plain_text()


def test_a_tool_call_shows_its_arguments_state_and_result(screen: Screen) -> None:
    calls = Message(
        Role.ASSISTANT,
        (
            ToolCallPart("c1", "get_weather", '{"city":"Tokyo","days":[1,2]}'),
            ToolCallPart("c2", "run_shell", "not json"),
        ),
        finish_reason="tool_calls",
    )
    screen.view.show_messages([calls], {})
    text = screen.view.plain_text()
    assert 'get_weather: not run\n{ "city": "Tokyo", "days": [1, 2] }' in text
    assert "run_shell: not run\nnot json" in text
    screen.view.append_message(Message(Role.TOOL, (ToolResultPart("c1", "get_weather", "rain"),)))
    screen.view.append_message(
        Message(Role.TOOL, (ToolResultPart("c2", "run_shell", "no", is_error=True),))
    )
    text = screen.view.plain_text()
    assert "get_weather: done\n" in text
    assert "→ rain" in text
    assert "run_shell: failed\nnot json\nno" in text


def test_a_long_tool_result_is_folded(screen: Screen) -> None:
    calls = Message(Role.ASSISTANT, (ToolCallPart("c1", "read", "{}"),))
    result = Message(Role.TOOL, (ToolResultPart("c1", "read", "x" * 3000 + "END"),))
    screen.view.show_messages([calls, result], {})
    assert "END" not in screen.view.plain_text()
    screen.click(Intent.TOGGLE, "Show all")
    assert "END" in screen.view.plain_text()
    screen.click(Intent.COPY_TEXT)
    assert screen.clipboard().endswith("END")


def test_a_long_message_of_ones_own_is_folded(screen: Screen) -> None:
    text = "\n".join(f"line {n}" for n in range(60))
    screen.view.show_messages([user(text)], {})
    assert "line 19" in screen.view.plain_text()
    assert "line 20" not in screen.view.plain_text()
    screen.click(Intent.TOGGLE, "Show all")
    assert text in screen.view.plain_text()
    screen.view.verticalScrollBar().setValue(screen.most)
    screen.click(Intent.TOGGLE, "Show less")
    assert "line 20" not in screen.view.plain_text()


def test_pictures_keep_their_place_until_they_are_there(screen: Screen) -> None:
    picture = ImagePart("shot.png", blob="b1", width=1440, height=900)
    remote = ImagePart("far.png", url="https://example.com/far.png")
    message = user("What is this?", picture, remote, FilePart("log.txt", "x" * 1234))
    screen.view.show_messages([message, answer("a\n\n" * 30)], {})
    screen.view.verticalScrollBar().setValue(0)
    place = screen.rect_of(Intent.IMAGE, "shot.png")
    assert place.width() == 210
    before = screen.most
    pixmap = QPixmap(420, 262)
    pixmap.fill(QColor("#ff0000"))
    screen.pixmaps["b1"] = pixmap
    screen.view.image_arrived("b1")
    screen.frames()
    assert screen.most == before, "nothing moves"
    middle = screen.view.viewport().grab().toImage().pixelColor(place.center())
    assert middle == QColor("#ff0000")
    with screen.qtbot.waitSignal(screen.view.image_activated) as caught:
        screen.click(Intent.IMAGE)
    assert caught.args == ["b1", message.id]
    with screen.qtbot.waitSignal(screen.view.link_activated) as caught:
        screen.click(Intent.LINK, "far.png")
    assert caught.args == ["https://example.com/far.png"]
    with screen.qtbot.waitSignal(screen.view.file_activated) as caught:
        screen.click(Intent.FILE, "log.txt · 1,234 characters · ≈ 308 tokens")
    assert caught.args == ["log.txt", "x" * 1234]


def test_a_link_is_clicked_and_told_under_the_pointer(screen: Screen) -> None:
    screen.view.show_messages([answer("[the docs](https://example.com/docs) tell more")], {})
    point = screen.view.viewport().rect().topLeft()
    point.setX(screen.view.column_left + 15)
    point.setY(screen.y_of("the docs") + 10)
    with screen.qtbot.waitSignal(screen.view.link_hovered) as caught:
        screen.qtbot.mouseMove(screen.view.viewport(), point)
    assert caught.args == ["https://example.com/docs"]
    assert screen.view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    with screen.qtbot.waitSignal(screen.view.link_activated) as caught:
        screen.qtbot.mouseClick(screen.view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert caught.args == ["https://example.com/docs"]


def test_tab_goes_through_the_actions_in_view_and_leaves(screen: Screen) -> None:
    screen.view.show_messages([user("q"), answer("a")], {})
    screen.view.setFocus()
    names = screen.labels()
    for _ in names:
        screen.qtbot.keyClick(screen.view, Qt.Key.Key_Tab)
    assert screen.view._pointer._focused is not None
    assert screen.view._pointer._focused.action.label == names[-1]
    with screen.qtbot.waitSignal(screen.view.raw_requested):
        screen.qtbot.keyClick(screen.view, Qt.Key.Key_Space)
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_Tab)
    assert screen.view._pointer._focused is None


def test_the_view_is_named_for_screen_readers(screen: Screen) -> None:
    assert screen.view.accessibleName() == "Conversation"


def test_the_language_changes_live(screen: Screen, tmp_path: Path) -> None:
    reply = Message(
        Role.ASSISTANT,
        (ReasoningPart("hm", 6.2), TextPart("```py\nx\n```")),
        state=MessageState.STOPPED,
    )
    screen.view.show_messages([user("\n".join("abcdefghijklmnopqrstuvwxyz")), reply], {})
    translator = QTranslator()
    sources = (Path(__file__).parents[4] / "resources" / "translations").glob("*_zh_CN.ts")
    made = tmp_path / "all.qm"
    lrelease = Path(PySide6.__path__[0]) / "lrelease"
    subprocess.run([lrelease, "-silent", *sources, "-qm", made], check=True)
    assert translator.load(str(made))
    QCoreApplication.installTranslator(translator)
    try:
        screen.frames()
        text = screen.view.plain_text()
        assert "思考了 6.2 秒" in text
        assert "已停止" in text
        labels = screen.labels()
        for label in ("复制", "换行", "重新生成", "继续", "展开全部", "编辑"):
            assert label in labels
        assert screen.view.accessibleName() == "对话"
    finally:
        QCoreApplication.removeTranslator(translator)


@pytest.mark.parametrize(
    "text",
    [
        "NUL \0 and `\0`\n\n```\n\0\n```",
        "half a pair \ud800 `\udfff`\n\n```\n\ud800\n```\n",
        "bidi \u202eabc\u2066 and separators \u2028 \u2029 \ufdd0 \ufdd1",
        ">" * 300 + " deep",
        "".join("  " * depth + "- x\n" for depth in range(60)),
        "![" * 5000,
        "[a\n" * 3000,
        "a <![CDATA[" * 3000,
        "| " * 2000 + "|\n" + "|-" * 2000 + "|\n",
        "x" * 60_000,
    ],
)
def test_hostile_text_is_shown_and_harms_nothing(screen: Screen, text: str) -> None:
    text += "\n\nEND"
    screen.view.show_messages([user(text), answer(text)], {})
    screen.view.viewport().repaint()
    message = streaming()
    screen.view.append_message(message)
    for at in range(0, len(text), max(1, len(text) // 10)):
        screen.view.grow(message.id, TextDelta(text[at : at + max(1, len(text) // 10)]))
        screen.flush()
    screen.view.update_message(ended(message, TextPart(text)))
    screen.frames()
    assert screen.bar == screen.most
    assert "Regenerate" in screen.labels()
    assert screen.view.plain_text().count("END") >= 2
