"""Code in a card: laid out where it is seen, coloured as it comes, folded where there is much."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextDocument

from app.core.events import TextDelta
from app.core.message import TextPart
from app.core.settings import ThemeChoice
from app.features.chat.transcript.actions import Intent
from app.features.chat.transcript.addresses import address_of
from app.features.chat.transcript.code_box import CodeBox
from app.features.chat.transcript.code_card import FOLDS, LINES, SHOWN
from app.features.chat.transcript.selection import Place
from tests.features.chat.transcript.conftest import Screen
from tests.features.chat.transcript.messages import answer, ended, streaming


def code_boxes(screen: Screen) -> list[CodeBox]:
    return [box for box in screen.view._column.all() if isinstance(box, CodeBox)]


def fenced(lines: list[str], language: str = "python") -> str:
    return "\n".join([f"```{language}", *lines, "```"])


def shown_colors(box: CodeBox) -> list[set[str]]:
    """For each line of a box, the colours in it."""
    found = []
    block = box.document().begin()
    while block.isValid():
        formats = block.layout().formats()
        found.append({entry.format.foreground().color().name() for entry in formats})
        block = block.next()
    return found


def text_of(document: QTextDocument) -> str:
    return document.toPlainText()


def test_long_code_is_laid_out_where_it_is_seen(screen: Screen) -> None:
    lines = [f"value_{n} = {n}" for n in range(LINES * 20 + 7)]
    screen.view.show_messages([answer(f"Before.\n\n{fenced(lines)}\n\nAfter.")])
    screen.frames()
    boxes = code_boxes(screen)
    assert len(boxes) == 21
    assert sum(box._document is not None for box in boxes) < 8
    assert "\n".join(box.plain() for box in boxes) == "\n".join(lines)
    assert all(box.gap == 0 for box in boxes[1:])
    line = boxes[1].height
    assert [box.height for box in boxes[1:-1]] == [line] * 19
    screen.view.verticalScrollBar().setValue(0)
    screen.click(Intent.COPY_TEXT)
    assert screen.clipboard() == "\n".join(lines)


def test_code_that_arrives_grows_at_its_end_only(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([message])
    lines = [f"value_{n} = {n}" for n in range(LINES * 3)]
    text = "```python\n" + "\n".join(lines)
    documents: dict[CodeBox, object] = {}
    for at in range(0, len(text), 333):
        screen.view.grow(message.id, TextDelta(text[at : at + 333]))
        screen.flush()
        for box in code_boxes(screen)[:-2]:
            assert documents.setdefault(box, box._document) is box._document
    boxes = code_boxes(screen)
    assert len(boxes) == 3
    assert [text_of(box.document()) for box in boxes] == [box.plain() for box in boxes]
    screen.view.grow(message.id, TextDelta("\n```\n\nAfter."))
    screen.flush()
    assert code_boxes(screen) == boxes
    assert "\n".join(text_of(box.document()) for box in boxes) == "\n".join(lines)
    screen.view.update_message(ended(message, TextPart(text + "\n```\n\nAfter.")))
    screen.frames()
    assert code_boxes(screen) == boxes


def test_a_box_that_only_waited_for_a_line_goes_when_the_code_ends(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([message])
    lines = [f"value_{n} = {n}" for n in range(LINES)]
    screen.view.grow(message.id, TextDelta("```python\n" + "\n".join(lines) + "\n"))
    screen.flush()
    assert len(code_boxes(screen)) == 2
    screen.view.grow(message.id, TextDelta("```\n\nAfter."))
    screen.flush()
    (box,) = code_boxes(screen)
    assert text_of(box.document()) == "\n".join(lines)
    assert screen.view.plain_text().endswith("After.")


def test_the_empty_line_that_waits_for_more_goes_when_the_code_ends(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([message])
    screen.view.grow(message.id, TextDelta("```python\na = 1\nb = 2\n"))
    screen.flush()
    (box,) = code_boxes(screen)
    assert text_of(box.document()) == "a = 1\nb = 2\n"
    screen.view.grow(message.id, TextDelta("```\n"))
    screen.flush()
    assert text_of(box.document()) == "a = 1\nb = 2"


def test_colours_are_kept_between_boxes(screen: Screen) -> None:
    lines = ['text = """begins', *["def not_code(): pass"] * (LINES * 2), '"""', "def code(): pass"]
    screen.view.show_messages([answer(fenced(lines))])
    screen.view.verticalScrollBar().setValue(0)
    screen.frames()
    for _ in range(12):
        screen.wheel(-3)
        screen.frames()
    string = shown_colors(code_boxes(screen)[0])[0]
    assert shown_colors(code_boxes(screen)[1])[5] <= string
    assert len(shown_colors(code_boxes(screen)[2])[-1]) > 1


def test_code_is_coloured_anew_once_its_end_is_known(screen: Screen) -> None:
    """A comment of C is known for one only when its end is."""
    message = streaming()
    screen.view.show_messages([message])
    screen.view.grow(message.id, TextDelta("```c\nint a; /* one\nint two;\n"))
    screen.flush()
    (box,) = code_boxes(screen)
    before = shown_colors(box)[1]
    screen.view.grow(message.id, TextDelta("three */ int b;\n```\n\n"))
    screen.flush()
    screen.frames()
    comment = screen.theme.tokens.comment
    assert shown_colors(box)[1] == {comment} != before
    assert comment in shown_colors(box)[2]


def test_a_difference_has_colours_of_its_own(screen: Screen) -> None:
    screen.view.show_messages([answer(fenced(["-old", "+new", " same"], "diff"))])
    screen.frames()
    tokens = screen.theme.tokens
    (box,) = code_boxes(screen)
    assert shown_colors(box)[:3] == [{tokens.error}, {tokens.ok}, set()]


def test_diagrams_stay_code(screen: Screen) -> None:
    screen.view.show_messages([answer(fenced(["graph TD; A-->B"], "mermaid"))])
    (box,) = code_boxes(screen)
    assert box.plain() == "graph TD; A-->B"
    assert shown_colors(box) == [set()]


def test_very_much_code_is_folded_and_opens(screen: Screen) -> None:
    lines = [f"value_{n} = {n}" for n in range(FOLDS)]
    screen.view.show_messages([answer(f"{fenced(lines)}\n\nAfter.")])
    screen.frames()
    (box,) = code_boxes(screen)
    assert text_of(box.document()) == "\n".join(lines[:SHOWN])
    assert "Show all 10,000 lines" in screen.labels()
    screen.view.verticalScrollBar().setValue(0)
    screen.frames()
    y = screen.rect_of(Intent.FOLD).y()
    screen.click(Intent.FOLD)
    screen.frames()
    assert screen.rect_of(Intent.FOLD).y() == y, "what was clicked stays under the pointer"
    assert len(code_boxes(screen)) == FOLDS // LINES
    assert sum(box._document is not None for box in code_boxes(screen)) < 8
    screen.click(Intent.COPY_TEXT)
    assert screen.clipboard() == "\n".join(lines)
    screen.click(Intent.FOLD, "Fold")
    screen.frames()
    assert len(code_boxes(screen)) == 1
    screen.click(Intent.COPY_TEXT)
    assert screen.clipboard() == "\n".join(lines)


def test_code_that_arrived_does_not_fold_under_the_eyes(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([message])
    text = fenced([f"value_{n} = {n}" for n in range(FOLDS + 9)])
    for piece in (text[:-4], text[-4:], "\n\nAfter."):
        screen.view.grow(message.id, TextDelta(piece))
        screen.flush()
    screen.view.update_message(ended(message, TextPart(text + "\n\nAfter.")))
    screen.frames()
    assert len(code_boxes(screen)) == FOLDS // LINES + 1
    assert screen.bar == screen.most


def test_all_lines_scroll_sideways_together(screen: Screen) -> None:
    lines = ["short"] * LINES + ["x" * 300] + ["short"] * 10
    screen.view.show_messages([answer(fenced(lines))])
    screen.view.verticalScrollBar().setValue(screen.most)
    screen.frames()
    first, last = code_boxes(screen)
    assert first.scroll_sideways(100)
    assert first._scroll_x == last._scroll_x == 100
    assert last.scroll_sideways(10**6)
    assert not last.scroll_sideways(10)
    assert first._scroll_x == last._scroll_x > 100


def test_wrapped_code_has_no_more_to_the_side(screen: Screen) -> None:
    lines = ["x" * 300] * (LINES + 10)
    screen.view.show_messages([answer(fenced(lines))])
    screen.view.verticalScrollBar().setValue(0)
    screen.frames()
    before = [box.height for box in code_boxes(screen)]
    screen.click(Intent.WRAP)
    screen.frames()
    for box, height in zip(code_boxes(screen), before, strict=True):
        assert box.document() is not None
        assert box.height > 2 * height
        assert not box.scroll_sideways(10)
    screen.click(Intent.WRAP)
    screen.frames()
    assert [box.height for box in code_boxes(screen)] == before


def test_the_card_is_whole(screen: Screen) -> None:
    """Its sides run through all boxes; only its ends are round."""
    screen.view.show_messages([answer(fenced(["x"] * (LINES + 5)))])
    screen.view.verticalScrollBar().setValue(screen.most)
    screen.frames()
    picture = screen.view.viewport().grab().toImage()
    last = code_boxes(screen)[-1]
    top = screen.view._column.top_of(last) - screen.bar
    left = screen.view.column_left
    for y in range(top - 20, top + last.height - 12):
        assert picture.pixelColor(left, y).name() == screen.theme.tokens.line
    corner = QPoint(left, top + last.height - 1)
    assert picture.pixelColor(corner).name() == screen.theme.tokens.canvas


def test_prompts_are_not_copied(screen: Screen) -> None:
    screen.view.show_messages([answer(fenced(["$ ls *.py", "one.py", "$ cd .."], "console"))])
    screen.click(Intent.COPY_TEXT)
    assert screen.clipboard() == "ls *.py\ncd .."
    screen.view.setFocus()
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "$ ls *.py\none.py" in screen.clipboard(), "what is selected is copied as it stands"


def test_code_in_several_boxes_is_copied_as_one(screen: Screen) -> None:
    text = f"Before.\n\n{fenced([f'value_{n} = {n}' for n in range(3 * LINES)])}\n\nAfter."
    screen.view.show_messages([answer(text)])
    screen.frames()
    screen.view.select_all()
    screen.view.copy_selection()
    mime = screen.copied()
    assert text.replace("```python\n", "").replace("\n```", "") in mime.text()
    assert text in bytes(mime.data("text/markdown").data()).decode()
    assert mime.html().count("<pre") == 1


def test_some_lines_of_it_are_copied_as_they_stand(screen: Screen) -> None:
    lines = [f"value_{n} = {n}" for n in range(3 * LINES)]
    screen.view.show_messages([answer(fenced(lines))])
    screen.frames()
    boxes = code_boxes(screen)
    message = boxes[0].item.message.id  # type: ignore[union-attr]
    first = Place(message, address_of(boxes[0]), len("value_0 = 0\nval"))
    last = Place(message, address_of(boxes[2]), len(lines[2 * LINES]))
    screen.view._selection.begin(first, last)
    screen.view.copy_selection()
    copied = "\n".join(["ue_1 = 1", *lines[2 : 2 * LINES + 1]])
    assert screen.clipboard() == copied


def test_folded_code_is_copied_whole(screen: Screen) -> None:
    text = f"Before.\n\n{fenced([f'value_{n} = {n}' for n in range(FOLDS)])}\n\nAfter."
    screen.view.show_messages([answer(text)])
    screen.frames()
    screen.view.select_all()
    screen.view.copy_selection()
    mime = screen.copied()
    assert text in bytes(mime.data("text/markdown").data()).decode()
    assert len(code_boxes(screen)) == 1


def test_what_is_found_in_folded_code_unfolds_it(screen: Screen) -> None:
    lines = [f"value_{n} = {n}" for n in range(FOLDS)]
    screen.view.show_messages([answer(f"{fenced(lines)}\n\nvalue_7777 was after it.")])
    screen.frames()
    finding = screen.view.finding
    finding.look_for("value_7777")
    screen.qtbot.waitUntil(lambda: finding.complete)
    screen.frames()
    assert finding.total == 2
    if finding.number == 1:
        finding.step(1)
    screen.frames()
    assert "value_7777 was after" in screen.view.visible_text()
    finding.step(-1)
    screen.frames()
    assert finding.number == 1
    assert "value_7777 = 7777" in screen.view.visible_text()
    assert len(code_boxes(screen)) == FOLDS // LINES


def rows_of(screen: Screen, box: CodeBox, shift: int = 5) -> list[str]:
    """The colour behind each line, near the card's left edge, and near its right one."""
    picture = screen.view.viewport().grab().toImage()
    top = screen.view._column.top_of(box) - screen.bar
    count = box.document().blockCount()
    line = screen.view._surface.look.line(13, 155)
    found = []
    for number in range(count):
        y = top + box.margins.top() + number * line + line // 2
        x = screen.view.column_left
        left = picture.pixelColor(x + shift, y).name()
        assert picture.pixelColor(x + screen.view._column.width - shift, y).name() == left
        found.append(left)
    return found


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_lines_that_came_and_went_stand_on_grounds_of_their_own(
    screen: Screen, choice: ThemeChoice
) -> None:
    screen.theme.set_choice(choice)
    lines = [
        "--- a/x.sql",
        "+++ b/x.sql",
        "@@ -1,2 +1,2 @@",
        " same",
        "-old",
        "--- a comment",
        "+new",
    ]
    screen.view.show_messages([answer(fenced(lines, "diff"))])
    screen.frames()
    (box,) = code_boxes(screen)
    tokens = screen.theme.tokens
    plain, removed, added = tokens.code, tokens.removed, tokens.added
    assert rows_of(screen, box) == [plain] * 4 + [removed, removed, added]
    picture = screen.view.viewport().grab().toImage()
    y = screen.view._column.top_of(box) - screen.bar + box.height - box.margins.bottom()
    near = [picture.pixelColor(screen.view.column_left + 5, y - n).name() for n in range(1, 55)]
    assert set(near) == {added, removed}, "they leave no gap"


def test_left_and_right_move_what_is_wide(screen: Screen) -> None:
    wide = fenced(["x" * 300])
    screen.view.show_messages(
        [answer(f"{wide}\n\nbetween\n\n{wide}\n\nmore\n\n{fenced(['short'])}")]
    )
    screen.frames()
    first, second, short = code_boxes(screen)
    screen.view.setFocus()
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_Right)
    assert [first._scroll_x, second._scroll_x] == [0, 48], "the one nearest to the middle"
    for _ in range(2):
        screen.qtbot.keyClick(screen.view, Qt.Key.Key_Tab)
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_Right)
    assert [first._scroll_x, second._scroll_x] == [48, 48], "the one that has the focus"
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_Left)
    assert first._scroll_x == 0
    assert short._scroll_x == 0


def test_code_begins_at_the_left_whatever_it_is_written_in(screen: Screen) -> None:
    hebrew = "\u05e9\u05dc\u05d5\u05dd"
    screen.view.show_messages([answer(fenced([f"{hebrew} = 1", "x = 2" + " # more" * 9]))])
    screen.click(Intent.WRAP)
    screen.frames()
    (box,) = code_boxes(screen)
    line = box.document().begin().layout().lineAt(0)
    assert line.naturalTextRect().left() < 1


@pytest.mark.parametrize("piece", [1, 3, 1000])
def test_what_ends_lines_elsewhere_is_no_part_of_code(screen: Screen, piece: int) -> None:
    text = "```c\r\nint a;\r\n\tint b;\r\n```\r\n\r\nAfter."
    message = streaming()
    screen.view.show_messages([message])
    for at in range(0, len(text), piece):
        screen.view.grow(message.id, TextDelta(text[at : at + piece]))
        screen.flush()
    (box,) = code_boxes(screen)
    assert box.plain() == "int a;\n\tint b;"
    screen.view.update_message(ended(message, TextPart(text)))
    screen.frames()
    (box,) = code_boxes(screen)
    assert box.plain() == "int a;\n\tint b;"
    assert text_of(box.document()) == "int a;\n\tint b;"


def test_what_a_terminal_would_obey_is_shown_and_copied_as_it_came(screen: Screen) -> None:
    code = "\x1b[31mred\x1b[0m \x07 plain \x08\x7f"
    screen.view.show_messages([answer(fenced([code], "console"))])
    screen.frames()
    screen.click(Intent.COPY_TEXT)
    assert screen.clipboard() == code


def test_a_name_that_is_half_typed_is_not_looked_for(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pygments would look through all installed packages."""
    asked: list[object] = []

    def entry_points(**kinds: object) -> tuple[object, ...]:
        asked.append(kinds)
        return ()

    monkeypatch.setattr("importlib.metadata.entry_points", entry_points)
    message = streaming()
    screen.view.show_messages([message])
    for letter in "```pythonx-unknown\nx = 1\n```\n\n```pyth\ny\n```\n":
        screen.view.grow(message.id, TextDelta(letter))
        screen.flush()
    assert [box.language for box in code_boxes(screen)] == ["pythonx-unknown", "pyth"]
    assert not asked


@pytest.mark.parametrize("piece", [700, 333_333])
def test_a_line_that_is_far_too_long_is_laid_out_in_parts(screen: Screen, piece: int) -> None:
    long = "".join(f"{n:06d} " for n in range(40_000))
    code = f"first = 1\n{long[:280_000] if piece > 999 else long[:9_000]}\n\tlast = 2"
    text = f"```python\n{code}\n```\n\nAfter."
    message = streaming()
    screen.view.show_messages([message])
    for at in range(0, len(text), piece):
        screen.view.grow(message.id, TextDelta(text[at : at + piece]))
        screen.flush()
    screen.view.update_message(ended(message, TextPart(text)))
    screen.frames()
    boxes = code_boxes(screen)
    assert max(box.document().characterCount() for box in boxes) < 60_000
    assert (
        "".join(
            box.plain() if box.continues_line or not box.number else "\n" + box.plain()
            for box in boxes
        )
        == code
    )
    assert code in screen.view.plain_text()
    assert [text_of(box.document()) for box in boxes] == [box.searched() for box in boxes]
    screen.view.verticalScrollBar().setValue(0)
    screen.click(Intent.COPY_TEXT)
    assert screen.clipboard() == code
    screen.view.select_all()
    screen.view.copy_selection()
    screen.qtbot.waitUntil(lambda: "After." in screen.clipboard())
    assert screen.clipboard() == f"{code}\n\nAfter."
    message_id = boxes[0].item.message.id  # type: ignore[union-attr]
    start = Place(message_id, address_of(boxes[0]), 3)
    screen.view._selection.begin(start, Place(message_id, address_of(boxes[0]), 1600))
    screen.view.copy_selection()
    within = code[3 : 1600 - len(range(500, 1600 - 10, 500))]
    assert screen.clipboard() == within


def test_lines_beside_a_long_one_keep_their_colours(screen: Screen) -> None:
    lines = ['text = """begins', "inside", '"""', "x" * 3000, "def code(): pass"]
    screen.view.show_messages([answer(fenced(lines))])
    screen.frames()
    (box,) = code_boxes(screen)
    colors = shown_colors(box)
    assert colors[1] == colors[2] == {screen.theme.tokens.string}
    assert colors[3:9] == [set()] * 6
    assert screen.theme.tokens.keyword in colors[9]
