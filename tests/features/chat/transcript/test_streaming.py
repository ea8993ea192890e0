"""An answer that arrives: a frame at a time, settled text untouched, the end without flicker."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.core.events import Finished, ReasoningDelta, TextDelta, ToolCallDelta
from app.core.message import (
    MessageState,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    Usage,
)
from app.core.settings import ReasoningFold
from app.features.chat.transcript.actions import Intent
from tests.features.chat.transcript.conftest import Screen
from tests.features.chat.transcript.messages import answer, ended, streaming, user
from tests.kit.markdown.corpus import ANSWER


@pytest.mark.parametrize("seed", range(4))
def test_an_answer_in_random_pieces_ends_as_if_it_had_come_at_once(
    screen: Screen, seed: int
) -> None:
    cuts = random.Random(seed)
    message = streaming()
    screen.view.show_messages([user("q"), message], {})
    at = 0
    while at < len(ANSWER):
        step = cuts.randint(1, 12)
        screen.view.grow(message.id, TextDelta(ANSWER[at : at + step]))
        at += step
        if cuts.random() < 0.5:
            screen.flush()
    whole = ended(message, TextPart(ANSWER))
    screen.view.update_message(whole)
    grown = screen.view.plain_text()
    screen.view.show_messages([user("q"), whole], {})
    assert grown == screen.view.plain_text()


def test_deltas_wait_for_the_frame(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([message], {})
    for word in ("one ", "two ", "three"):
        screen.view.grow(message.id, TextDelta(word))
    assert "one" not in screen.view.plain_text()
    screen.qtbot.waitUntil(lambda: "one two three" in screen.view.plain_text())


def test_settled_blocks_keep_their_documents(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([message], {})
    screen.view.grow(message.id, TextDelta("first\n\n```py\nx = 1\n```\n\nthird is "))
    screen.flush()
    boxes = list(screen.view._column.all())
    documents = [box._document for box in boxes]  # type: ignore[attr-defined]
    assert len(boxes) == 3
    screen.view.grow(message.id, TextDelta("going on\n\nfourth"))
    screen.flush()
    after = list(screen.view._column.all())
    assert after[:3] == boxes, "the open paragraph, too, grows in its box"
    assert [box._document for box in after[:2]] == documents[:2]  # type: ignore[attr-defined]
    assert after[2].plain() == "third is going on"


def test_open_code_only_gets_the_lines_that_came(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([message], {})
    screen.view.grow(message.id, TextDelta("```python\ndef f():\n    ret"))
    screen.flush()
    (box,) = screen.view._column.all()
    document = box._document  # type: ignore[attr-defined]
    for piece in ("urn 1\n", "\n\nx = ", "2\n", "```", "\n\nafter"):
        screen.view.grow(message.id, TextDelta(piece))
        screen.flush()
    first, second = screen.view._column.all()
    assert first is box
    assert box._document is document  # type: ignore[attr-defined]
    assert box.plain() == "def f():\n    return 1\n\n\nx = 2"
    assert second.plain() == "after"
    assert document is not None
    assert document.firstBlock().layout().formats(), "coloured"


def test_the_end_brings_the_footer_and_moves_nothing(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([user("q"), message], {})
    screen.view.grow(message.id, TextDelta(ANSWER))
    screen.flush()
    boxes = list(screen.view._column.all())
    assert "Regenerate" not in screen.labels()
    screen.view.update_message(ended(message, TextPart(ANSWER)))
    screen.frames()
    kept = list(screen.view._column.all())
    assert sum(a is b for a, b in zip(boxes, kept, strict=False)) >= len(boxes) - 1
    assert "Regenerate" in screen.labels()


def test_reasoning_is_live_and_folds_when_the_answer_starts(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([message], {})
    screen.view.grow(message.id, ReasoningDelta("I wonder "))
    screen.view.grow(message.id, ReasoningDelta("about it."))
    screen.flush()
    assert "Thinking… 0 s" in screen.view.plain_text()
    assert "I wonder about it." in screen.view.plain_text()
    screen.view.grow(message.id, TextDelta("So: "))
    screen.flush()
    text = screen.view.plain_text()
    assert "Thought for 0.0 s" in text
    assert "I wonder" not in text
    usage = Usage({"completion_tokens": 9, "completion_tokens_details": {"reasoning_tokens": 7}})
    parts = (ReasoningPart("I wonder about it.", 6.2), TextPart("So: "))
    screen.view.update_message(replace(ended(message, *parts), usage=usage))
    assert "Thought for 6.2 s · 7 tokens" in screen.view.plain_text()


def test_a_live_pane_is_bounded_and_follows_its_end(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([message], {})
    for n in range(80):
        screen.view.grow(message.id, ReasoningDelta(f"thought number {n}\n"))
    screen.flush()
    _head, pane = screen.view._column.all()
    assert pane.height < 250
    assert "thought number 79" in pane.plain()
    screen.click(Intent.TOGGLE)
    assert "thought number 79" not in screen.view.plain_text()


def test_reasoning_starts_folded_where_that_is_set(screen: Screen) -> None:
    screen.view.set_reasoning_fold(ReasoningFold.FOLDED)
    message = streaming()
    screen.view.show_messages([message], {})
    screen.view.grow(message.id, ReasoningDelta("hidden"))
    screen.flush()
    assert "Thinking…" in screen.view.plain_text()
    assert "hidden" not in screen.view.plain_text()


def test_reasoning_opened_while_it_arrives_stays_open(screen: Screen) -> None:
    screen.view.set_reasoning_fold(ReasoningFold.FOLDED)
    message = streaming()
    screen.view.show_messages([message], {})
    screen.view.grow(message.id, ReasoningDelta("hidden"))
    screen.flush()
    screen.click(Intent.TOGGLE)
    screen.view.grow(message.id, ReasoningDelta(" no more"))
    screen.view.grow(message.id, TextDelta("answer"))
    screen.flush()
    assert "hidden no more" in screen.view.plain_text()


def test_tool_calls_arrive_live(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([message], {})
    screen.view.grow(message.id, TextDelta("Let me look."))
    screen.view.grow(message.id, ToolCallDelta(0, "c1", "read", '{"pa'))
    screen.view.grow(message.id, ToolCallDelta(1, "c2", "list", "{}"))
    screen.view.grow(message.id, ToolCallDelta(0, arguments='th": "x"}'))
    screen.flush()
    text = screen.view.plain_text()
    assert text.startswith("Let me look.\n")
    assert 'read: arriving…\n{"path": "x"}' in text
    screen.view.grow(message.id, ToolCallDelta(1, arguments='{"a": 1}', replace=True))
    screen.flush()
    parts = (
        TextPart("Let me look."),
        ToolCallPart("c1", "read", '{"path": "x"}'),
        ToolCallPart("c2", "list", '{"a": 1}'),
    )
    boxes = list(screen.view._column.all())
    screen.view.update_message(ended(message, *parts))
    assert list(screen.view._column.all())[:3] == boxes
    assert 'list: not run\n{ "a": 1 }' in screen.view.plain_text()


def test_a_stopped_answer_keeps_what_arrived(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([message], {})
    screen.view.grow(message.id, TextDelta("as far as **it ca"))
    stopped = ended(message, TextPart("as far as **it ca"), state=MessageState.STOPPED)
    screen.view.update_message(stopped)
    assert "as far as **it ca" in screen.view.plain_text()
    assert "Stopped" in screen.view.plain_text()


def test_a_reference_defined_last_serves_what_came_first(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([message], {})
    text = "See [the docs][d].\n\nMore.\n\n[d]: https://example.com\n"
    for piece in text.splitlines(keepends=True):
        screen.view.grow(message.id, TextDelta(piece))
        screen.flush()
    screen.view.update_message(ended(message, TextPart(text)))
    assert screen.view.plain_text().startswith("See the docs.\n")


def test_a_message_that_streams_already_goes_on_where_it_is(screen: Screen) -> None:
    message = replace(streaming(), parts=(ReasoningPart("hm", 1.0), TextPart("```\nhalf a li")))
    screen.view.show_messages([message], {})
    screen.view.grow(message.id, TextDelta("ne\nnext"))
    screen.flush()
    assert "half a line\nnext" in screen.view.plain_text()


def test_other_events_and_unknown_messages_are_passed_over(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([message], {})
    screen.view.grow(message.id, Finished("stop"))
    screen.view.grow("unknown", TextDelta("x"))
    screen.flush()
    assert screen.view.plain_text() == "Waiting for the answer…"


def test_a_hundred_thousand_characters_are_whole(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([message], {})
    text = (ANSWER.removesuffix("last line without an end") + "\n") * 120
    assert len(text) > 100_000
    for at in range(0, len(text), 5000):
        screen.view.grow(message.id, TextDelta(text[at : at + 5000]))
        screen.flush()
    screen.view.update_message(ended(message, TextPart(text)))
    assert screen.view.plain_text().count("The port holds a space") == 120
    assert screen.view._surface.live_documents <= 300


def test_a_selection_survives_what_arrives(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([answer("an earlier answer"), message], {})
    screen.view.grow(message.id, TextDelta("words that stay"))
    screen.flush()
    screen.view.setFocus()
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    screen.view.grow(message.id, TextDelta(" and more\n\nanother"))
    screen.flush()
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "an earlier answer" in screen.clipboard()
    assert "words that stay" in screen.clipboard()
    assert "another" not in screen.clipboard()


def test_what_arrives_in_a_tab_that_is_not_in_front_is_there_when_it_comes(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([user("q"), message], {})
    screen.view.hide()
    for n in range(30):
        screen.view.grow(message.id, TextDelta(f"paragraph {n}\n\n"))
        screen.flush()
    screen.view.update_message(
        ended(message, TextPart("".join(f"paragraph {n}\n\n" for n in range(30))))
    )
    screen.view.show()
    assert screen.bar == screen.most > 0
    assert "paragraph 29" in screen.view.visible_text()
    assert "Regenerate" in screen.labels()
