"""Finding words in the conversation: everywhere, as it is read, and going there."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from app.core.events import TextDelta
from app.core.find_text import bare, may_hold, telling_runs
from app.core.message import (
    Message,
    MessageState,
    ReasoningPart,
    Role,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from app.core.outline import OutlineTable
from app.features.chat.shown_branch import ShownBranch
from app.features.chat.transcript.box import TextBox
from tests.features.chat.transcript.conftest import Screen
from tests.features.chat.transcript.messages import answer, long_conversation, streaming, user


class Disk:
    """The words of a conversation that are not there yet, and who asked for them."""

    def __init__(self, screen: Screen, messages: Sequence[Message], there: int = 0) -> None:
        self.messages = {message.id: message for message in messages}
        self.there = dict(list(self.messages.items())[-there:]) if there else {}
        self.read = 0
        self._screen = screen
        table = OutlineTable.of(messages)
        view = screen.view
        view.words_wanted.connect(self._give)
        view.words_missed.connect(self._load)
        view.finding.candidates_wanted.connect(self._name)
        view.show_branch(ShownBranch(table, range(len(table)), self.there.get, {}))
        screen.frames()

    def _give(self, ids: tuple[str, ...]) -> None:
        self.read += len(ids)
        self._screen.view.take_wanted(ids, [self.messages[key] for key in ids])

    def _load(self, ids: tuple[str, ...]) -> None:
        self.there.update({key: self.messages[key] for key in ids})
        self._screen.view.take_words([self.messages[key] for key in ids])

    def _name(self, query: str) -> None:
        runs = telling_runs(query)
        texts = ((key, message.text) for key, message in self.messages.items())
        found = [key for key, text in texts if may_hold(bare(text), runs)]
        self._screen.view.finding.take_candidates(query, found)


def find(screen: Screen, query: str, *, match_case: bool = False) -> tuple[int, int]:
    """Look for it to the end; the number of the place gone to, and how many there are."""
    finding = screen.view.finding
    finding.look_for(query, match_case=match_case)
    done(screen)
    return finding.number, finding.total


def done(screen: Screen) -> None:
    finding = screen.view.finding
    screen.qtbot.waitUntil(lambda: finding.complete or finding.rests)
    screen.frames()


def current(screen: Screen) -> str:
    """The words that stand out most in what is seen."""
    for box, _y in screen.view.seen():
        if isinstance(box, TextBox):
            now = screen.view.finding.ranges_in(box)[1]
            if now is not None:
                return box.plain(*now)
    return ""


def test_every_place_is_counted_in_the_order_of_reading(screen: Screen) -> None:
    screen.view.show_messages([user("the Port"), answer("a port\n\n- port **port**"), user("x")])
    assert find(screen, "port") == (1, 4)
    assert current(screen) == "Port"
    numbers = []
    for _ in range(5):
        screen.view.finding.step(1)
        numbers.append(screen.view.finding.number)
    assert numbers == [2, 3, 4, 1, 2]
    screen.view.finding.step(-1)
    screen.view.finding.step(-1)
    assert screen.view.finding.number == 4


def test_what_is_read_is_found_whatever_its_source_is(screen: Screen) -> None:
    screen.view.show_messages(
        [answer("first **words** here, `x_y` and a&amp;b\n\n| k | v |\n|-|-|")]
    )
    for query in ("first words", "x_y", "a&b", "k"):
        assert find(screen, query)[1] >= 1, query
        assert current(screen) == query
    assert find(screen, "**")[1] == 0


@pytest.mark.parametrize("query", ["端", "端口", "口号是"])
def test_chinese_is_found_by_any_part_of_it(screen: Screen, query: str) -> None:
    screen.view.show_messages([answer("服务的**端口号**是 8080。")])
    assert find(screen, query) == (1, 1)
    assert current(screen) == query


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("Un **ca**fé noir", "cafe NOIR", "café noir"),
        ("ｶﾞｿﾘﾝと`ＰＯＲＴ`", "ガソリンとport", "ｶﾞｿﾘﾝとＰＯＲＴ"),
        (
            "two\nlines, [a *li*nk](https://a.example) on",
            "two lines, a link on",
            "two\nlines, a link on",
        ),
        ("x ½ cup", "1", "½"),
        ("| Apple *pie*<br>hot | 1 |\n|---|---|\n| Plum | 2 |", "pie hot", "pie\nhot"),
    ],
)
def test_what_reads_the_same_is_the_same(screen: Screen, text: str, query: str, shown: str) -> None:
    screen.view.show_messages([answer("nothing"), answer(text)])
    assert find(screen, query) == (1, 1)
    assert current(screen) == shown


def test_cells_are_searched_each_by_itself(screen: Screen) -> None:
    screen.view.show_messages([answer("| Apple pie | 1 |\n|---|---|\n| Plum | 2 |")])
    assert [find(screen, query)[1] for query in ("pie 1", "1 plum", "pie", "plum")] == [0, 0, 1, 1]


def test_case_matters_where_it_is_asked(screen: Screen) -> None:
    screen.view.show_messages([answer("Port port PORT")])
    assert find(screen, "Port") == (1, 3)
    assert find(screen, "Port", match_case=True) == (1, 1)
    assert find(screen, "Port") == (1, 3)


def test_letters_beyond_the_first_plane_do_not_shift_places(screen: Screen) -> None:
    screen.view.show_messages([answer("𝔘𝔘 😀 word 𝔘 word")])
    assert find(screen, "word") == (1, 2)
    assert current(screen) == "word"
    screen.view.finding.step(1)
    assert current(screen) == "word"


def test_it_goes_on_from_where_the_reader_is(screen: Screen) -> None:
    screen.view.show_messages(long_conversation(60))
    screen.view.verticalScrollBar().setValue(screen.most // 2)
    screen.frames()
    number, total = find(screen, "question")
    assert total == 60
    assert 20 < number < 45
    assert current(screen) == "question"


def test_typing_on_narrows_and_taking_back_widens(screen: Screen) -> None:
    screen.view.show_messages(long_conversation(40))
    totals = [find(screen, query)[1] for query in ("q", "question", "question 3", "question 39")]
    assert totals == [40, 40, 11, 1]
    assert find(screen, "question 3")[1] == 11
    assert find(screen, "question 3x") == (0, 0)


def test_a_place_far_away_is_brought_into_view(screen: Screen) -> None:
    messages = [*long_conversation(100), answer("the needle is here"), *long_conversation(100)]
    screen.view.show_messages(messages)
    screen.view.verticalScrollBar().setValue(0)
    screen.frames()
    assert find(screen, "needle") == (1, 1)
    assert current(screen) == "needle"
    assert "needle" in screen.view.visible_text()


def test_words_on_the_disk_are_found_and_loaded(screen: Screen) -> None:
    messages = [user("a needle at the start"), *long_conversation(300)]
    disk = Disk(screen, messages, there=20)
    assert find(screen, "needle") == (1, 1)
    screen.qtbot.waitUntil(lambda: current(screen) == "needle")
    assert disk.read == 1, "only the message that may hold it is read"


def test_counting_is_whole_over_the_disk(screen: Screen) -> None:
    disk = Disk(screen, long_conversation(300), there=20)
    assert find(screen, "question 2")[1] == sum(
        f"question {n}".count("question 2") for n in range(300)
    )
    assert 0 < disk.read < 150


def test_what_tools_gave_back_is_found_in_the_card_of_the_call(screen: Screen) -> None:
    call = ToolCallPart("c1", "look", '{"q": "x"}')
    result = ToolResultPart("c1", "look", "found a needle")
    messages = [
        user("q"),
        Message(Role.ASSISTANT, (call,)),
        Message(Role.TOOL, (result,)),
        answer("done"),
    ]
    screen.view.show_messages(messages)
    assert find(screen, "needle") == (1, 1)
    assert current(screen) == "needle"


def test_folded_reasoning_is_unfolded_where_it_holds_the_place(screen: Screen) -> None:
    thought = ReasoningPart("line\n" * 40 + "a needle of thought", 1.0)
    screen.view.show_messages([user("q"), answer("the answer", thought), *long_conversation(20)])
    assert "needle" not in screen.view.plain_text()
    assert find(screen, "needle") == (1, 1)
    assert current(screen) == "needle"


def test_a_long_question_is_unfolded_where_it_holds_the_place(screen: Screen) -> None:
    text = "\n".join(f"line {n}" for n in range(200)) + "\nneedle"
    screen.view.show_messages([user(text), *long_conversation(20)])
    assert find(screen, "needle") == (1, 1)
    assert current(screen) == "needle"


def test_a_long_result_is_unfolded_where_it_holds_the_place(screen: Screen) -> None:
    call = ToolCallPart("c1", "look", "{}")
    result = ToolResultPart("c1", "look", "filler " * 1000 + "needle")
    messages = [Message(Role.ASSISTANT, (call,)), Message(Role.TOOL, (result,)), user("next")]
    screen.view.show_messages(messages)
    assert find(screen, "needle") == (1, 1)
    assert current(screen) == "needle"


def test_wide_code_is_moved_sideways_to_the_place(screen: Screen) -> None:
    screen.view.show_messages([answer("```\n" + "x" * 400 + " needle\n```")])
    assert find(screen, "needle") == (1, 1)
    box = next(b for b, _y in screen.view.seen() if isinstance(b, TextBox))
    _spans, now = screen.view.finding.ranges_in(box)
    assert now is not None
    assert 0 < box.rect_of(now[0]).x() < screen.view._column.width


def test_it_counts_along_while_an_answer_arrives(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([user("port"), message])
    assert find(screen, "port") == (1, 1)
    screen.view.grow(message.id, TextDelta("port one\n\nport two\n\nport three"))
    screen.flush()
    screen.qtbot.waitUntil(lambda: screen.view.finding.total == 4)
    ended = Message(
        Role.ASSISTANT,
        (TextPart("port one\n\nport two"),),
        id=message.id,
        state=MessageState.STOPPED,
    )
    screen.view.update_message(ended)
    screen.qtbot.waitUntil(lambda: screen.view.finding.total == 3)
    assert screen.view.finding.number == 1


def test_a_place_is_kept_by_another_width_and_theme(screen: Screen) -> None:
    screen.view.show_messages([*long_conversation(30), answer("needle " + "word " * 200)])
    find(screen, "needle")
    screen.view.resize(480, 500)
    screen.theme.set_zoom(150)
    screen.frames()
    screen.view.finding.step(1)
    assert current(screen) == "needle"


def test_places_are_seen_and_the_current_one_more(screen: Screen) -> None:
    screen.view.show_messages([answer("needle and needle")])
    find(screen, "needle")
    y = screen.y_of("needle")
    shot = screen.view.viewport().grab().toImage()
    line = range(screen.view.column_left, screen.view.column_left + 200)
    colors = {shot.pixelColor(x, y + 6).name() for x in line}
    assert {screen.theme.tokens.found, screen.theme.tokens.found_now} <= colors
    screen.view.finding.stop()
    shot = screen.view.viewport().grab().toImage()
    colors = {shot.pixelColor(x, y + 6).name() for x in line}
    assert not {screen.theme.tokens.found, screen.theme.tokens.found_now} & colors


def test_it_stops_at_very_many_and_goes_on_beyond(screen: Screen) -> None:
    screen.view.show_messages([answer("x " * 5000), answer("x " * 600)])
    screen.view.verticalScrollBar().setValue(0)
    finding = screen.view.finding
    finding.look_for("x")
    screen.qtbot.waitUntil(lambda: finding.rests)
    known = finding.total
    assert known < 5600
    finding.step(-1)
    assert finding.number == known
    finding.step(1)
    done(screen)
    assert (finding.number, finding.total) == (known + 1, 5600)


def test_from_behind_the_last_of_very_many_places_the_first_is_gone_to(screen: Screen) -> None:
    """It goes somewhere also where so many are known that the search stops for now."""
    screen.view.show_messages([answer("x " * 6000), answer("line\n\n" * 60)])
    screen.view.go_to_end()
    screen.frames()
    finding = screen.view.finding
    finding.look_for("x")
    screen.qtbot.waitUntil(lambda: finding.rests)
    screen.frames()
    assert finding.number == 1
    assert current(screen) == "x"


def test_a_keystroke_only_begins_the_search_of_a_long_answer(screen: Screen) -> None:
    """What it takes is done in slices, between which the window goes on."""
    paragraph = (
        "Some **words** about a `port`, and more of them, to fill a paragraph. " * 6 + "\n\n"
    )
    screen.view.show_messages([user("q"), answer(paragraph * 900 + "the last needle")])
    finding = screen.view.finding
    for end in range(1, len("needle") + 1):
        finding.look_for("needle"[:end])
        assert (finding.complete, finding.total) == (False, 0)
    done(screen)
    assert finding.total == 1
    assert current(screen) == "needle"
    item = screen.view._column.get(screen.view._column.rows.id_of(1))
    assert item is not None
    assert len(item.boxes) < 400, "text without the words is not made to blocks"
