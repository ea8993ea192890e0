"""What is copied: formats, however much it is, and from messages that are not there."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.message import Message, Role, TextPart, ToolCallPart, ToolResultPart
from app.core.outline import OutlineTable
from app.features.chat.shown_branch import ShownBranch
from app.features.chat.transcript.box import Box, TextBox
from app.features.chat.transcript.selecting_view import quoted
from app.features.chat.transcript.selection import Place
from app.features.chat.transcript.sight import place_in
from tests.features.chat.transcript.conftest import Screen
from tests.features.chat.transcript.messages import answer, long_conversation, user

CONTROL = Qt.KeyboardModifier.ControlModifier


def copy_all(screen: Screen) -> tuple[str, str, str]:
    """Select and copy everything; plain text, Markdown and HTML."""
    screen.view.setFocus()
    QTest.keyClick(screen.view, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(screen.view, Qt.Key.Key_C, CONTROL)
    data = screen.copied()
    return data.text(), data.data("text/markdown").toStdString(), data.html()


def shelved(screen: Screen, messages: Sequence[Message]) -> list[tuple[str, ...]]:
    """Show a branch none of whose words are there; answers who was asked for."""
    by_id = {message.id: message for message in messages}
    asked: list[tuple[str, ...]] = []

    def give(ids: tuple[str, ...]) -> None:
        asked.append(ids)
        screen.view.take_wanted(ids, [by_id[key] for key in ids if key in by_id])

    screen.view.words_wanted.connect(give)
    table = OutlineTable.of(messages)
    nothing: dict[str, Message] = {}
    screen.view.show_branch(ShownBranch(table, range(len(table)), nothing.get, {}))
    screen.frames()
    return asked


def test_all_forms_are_on_the_clipboard_at_once(screen: Screen) -> None:
    screen.view.show_messages([answer("# Head\n\nsome **bold** words\n\n- one\n- two")])
    plain, markdown, html = copy_all(screen)
    assert plain == "Head\n\nsome bold words\n\n- one\n- two"
    assert markdown == "# Head\n\nsome **bold** words\n\n- one\n- two"
    assert "<h1>Head</h1><p>some <b>bold</b> words</p><ul><li><p>one</p></li>" in html


def test_five_thousand_messages_that_are_on_the_disk_are_copied(screen: Screen) -> None:
    messages: list[Message] = []
    for number in range(5000):
        role = Role.ASSISTANT if number % 2 else Role.USER
        messages.append(Message(role, (TextPart(f"message **{number}**"),)))
    asked = shelved(screen, messages)
    told: list[str] = []
    screen.view._copying.progressed.connect(lambda _share: told.append(screen.view.status))
    plain, markdown, html = copy_all(screen)
    assert plain.split("\n\n")[1::2] == [f"message {n}" for n in range(1, 5000, 2)]
    assert markdown.count("message **") == 5000
    assert html.count("<b>") == 2500
    assert len(asked) == 25, "words are read in batches"
    assert any("Copying" in text for text in told)
    assert screen.view.status == "", "the notice goes when it is done"
    assert sum(1 for _ in screen.view._column.made()) < 300, "nothing of it is kept"


def test_a_message_that_is_gone_from_the_disk_is_left_out(screen: Screen) -> None:
    messages = long_conversation(10)
    by_id = {message.id: message for message in messages[1:]}
    shelved(screen, messages)
    screen.view.words_wanted.disconnect()
    screen.view.words_wanted.connect(
        lambda ids: screen.view.take_wanted(ids, [by_id[key] for key in ids if key in by_id])
    )
    plain, _markdown, _html = copy_all(screen)
    assert "question 0" not in plain
    assert "question 9" in plain


def test_the_results_of_tools_are_copied_with_their_calls(screen: Screen) -> None:
    messages = [
        user("q"),
        Message(Role.ASSISTANT, (ToolCallPart("c1", "look", "{}"),)),
        Message(Role.TOOL, (ToolResultPart("c1", "look", "what was found"),)),
        answer("done"),
    ]
    shelved(screen, messages)
    plain, _markdown, html = copy_all(screen)
    assert "what was found" in plain
    assert "what was found" in html


def test_very_much_is_copied_as_it_came(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.features.chat.transcript.copying.AS_IT_CAME", 50)
    screen.view.show_messages([user("first"), answer("**" + "x" * 90 + "**"), answer("last")])
    plain, markdown, html = copy_all(screen)
    assert "**x" in plain
    assert markdown.startswith("first")
    assert html == ""


def test_another_copy_takes_the_place_of_one_that_goes_on(screen: Screen) -> None:
    shelved(screen, long_conversation(400))
    screen.view.words_wanted.disconnect()
    screen.view.select_all()
    screen.view.copy_selection()
    copying = screen.view._copying
    assert copying.busy
    screen.view.show_messages([answer("something else")])
    assert (copying.busy, screen.view.status) == (False, "")
    assert copy_all(screen)[0] == "something else"


def test_part_of_a_block_keeps_its_emphasis(screen: Screen) -> None:
    message = answer("plain **bold** more")
    screen.view.show_messages([message])
    screen.view._selection.begin(Place(message.id, (1, 0, 0), 3))
    screen.view._selection.lead(Place(message.id, (1, 0, 0), 8))
    screen.view.copy_selection()
    data = screen.copied()
    assert data.text() == "in bo"
    assert "<p>in <b>bo</b></p>" in data.html()


def test_code_is_copied_as_code(screen: Screen) -> None:
    screen.view.show_messages([answer("before\n\n```python\nif x:\n    y()\n```")])
    plain, markdown, html = copy_all(screen)
    assert plain == "before\n\nif x:\n    y()"
    assert markdown.endswith("```python\nif x:\n    y()\n```")
    assert "if x:\n    y()</pre>" in html


def test_what_is_selected_can_be_copied_as_markdown_and_quoted(screen: Screen) -> None:
    screen.view.show_messages([answer("some **bold** words\n\nand more")])
    screen.view.select_all()
    screen.view.copy_as_markdown()
    assert screen.clipboard() == "some **bold** words\n\nand more"
    with screen.qtbot.waitSignal(screen.view.quote_requested) as caught:
        screen.view.quote_selection()
    assert caught.args == ["> some **bold** words\n>\n> and more\n\n"]


def test_a_quote_stands_by_itself() -> None:
    assert quoted("\na\n\nb\n") == "> a\n>\n> b\n\n"


def test_a_message_is_read_with_what_is_folded_away(screen: Screen) -> None:
    message = user("\n".join(f"line {n}" for n in range(100)))
    screen.view.show_messages([message])
    text = screen.view.message_text(message.id)
    assert "line 99" in text
    assert "line 99" not in screen.view.plain_text()


TABLE = "| Name | Qty |\n|---|--:|\n| *Apple* | 1 |\n| Pe\\|ar | 22 |\n| Plum |  |"


def copy_span(screen: Screen, start: tuple[str, int], end: tuple[str, int]) -> tuple[str, str, str]:
    """Select from a place in one text to a place in another, both given by their words."""
    boxes = [box for box, _y in screen.view.seen() if isinstance(box, TextBox)]
    places = []
    for words, char in (start, end):
        box = next(box for box in boxes if words in box.document().toRawText())
        places.append(place_in(box, box.document().toRawText().index(words) + char))
    screen.view._selection.begin(places[0])
    screen.view._selection.lead(places[1])
    screen.view.copy_selection()
    data = screen.copied()
    return data.text(), data.data("text/markdown").toStdString(), data.html()


def test_rows_of_a_table_are_copied_as_a_table(screen: Screen) -> None:
    screen.view.show_messages([answer(f"before\n\n{TABLE}\n\nafter")])
    plain, markdown, html = copy_span(screen, ("Pe|ar", 1), ("after", 3))
    assert plain == "Pe|ar\t22\nPlum\t\n\naft"
    assert markdown == "| Pe\\|ar | 22 |\n| --- | --: |\n| Plum |  |\n\naft"
    assert html.count("<tr>") == 2
    assert copy_span(screen, ("before", 0), ("Apple", 2))[0] == "before\n\nName\tQty\nApple\t1"


def test_cells_are_copied_as_far_as_they_are_selected(screen: Screen) -> None:
    screen.view.show_messages([answer(TABLE)])
    plain, markdown, html = copy_span(screen, ("Name", 1), ("Apple", 2))
    assert (plain, markdown) == ("Name\nApple", "| Name |\n| --- |\n| *Apple* |")
    assert "<i>Apple</i>" in html
    assert copy_span(screen, ("Apple", 1), ("Apple", 4))[0] == "ppl", "within one cell, its letters"


def test_cells_that_are_copied_are_seen_as_selected(screen: Screen) -> None:
    screen.view.show_messages([answer(TABLE)])
    box = screen.view.seen()[0][0]
    copy_span(screen, ("Apple", 1), ("22", 1))
    shot = screen.view.viewport().grab().toImage()
    accent, edge = screen.theme.tokens.accent, screen.view.column_left
    y = {words: _middle_of(screen, box, words) for words in ("Name", "Apple", "Plum")}
    left = range(edge + 10, edge + 16)
    rows = {
        words: accent in {shot.pixelColor(x, at).name() for x in left} for words, at in y.items()
    }
    assert rows == {"Name": False, "Apple": True, "Plum": False}


def _middle_of(screen: Screen, box: Box, words: str) -> int:
    assert isinstance(box, TextBox)
    line = box.rect_of(box.document().toRawText().index(words))
    return screen.view.seen()[0][1] + line.center().y()


def test_a_long_table_stays_one_table(screen: Screen) -> None:
    rows = "".join(f"\n| row {n} | {n} |" for n in range(50))
    table = f"| a | b |\n|---|---|{rows}"
    screen.view.show_messages([answer(table)])
    plain, markdown, html = copy_all(screen)
    assert plain.splitlines() == ["a\tb", *(f"row {n}\t{n}" for n in range(50))]
    assert markdown == table
    assert html.count("<table") == 1
    assert screen.view.plain_text() == plain
