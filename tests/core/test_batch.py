"""What an answer makes of a batch's row, what comes next, and what it will cost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.batch import (
    BatchRow,
    RowState,
    Verdict,
    again,
    answered,
    fields_of,
    first_line,
    verdict,
)
from app.core.batch_plan import (
    MOST_REFUSALS,
    SPEED_FROM,
    Forecast,
    Pace,
    Speed,
    Tally,
    forecast,
    guessed_cost,
    guessed_tokens,
    tally_of,
)
from app.core.errors import Failure, FailureKind
from app.core.events import LimitsReported
from app.core.message import Message, MessageState, Part, Role, TextPart
from app.core.model_info import ModelInfo

ROW = BatchRow(3, "/shots/a.png", RowState.ASKING, asked=1)
PRICED = ModelInfo("m", input_price=2.0, output_price=10.0)


def reply(
    text: str = "", state: MessageState = MessageState.COMPLETE, failure: Failure | None = None
) -> Message:
    parts: tuple[Part, ...] = (TextPart(text),) if text else ()
    return Message(Role.ASSISTANT, parts, state=state, failure=failure, took=1.5, cost=0.01)


def failed(
    kind: FailureKind, status: int | None = None, text: str = "", *, whole: bool = True
) -> Message:
    return reply(text, MessageState.FAILED, Failure(kind, status=status, whole=whole))


def test_a_whole_answer_is_done_with_its_first_line_and_fields() -> None:
    row = answered(ROW, reply('```json\n{"merchant": "海港咖啡", "total": 78.0, "x": null}\n```'))
    assert row.state is RowState.DONE
    assert row.fields == (("merchant", "海港咖啡"), ("total", "78.0"), ("x", ""))
    assert (row.took, row.cost, row.asked, row.cut) == (1.5, 0.01, 1, False)
    assert answered(ROW, reply("\n\n  A cat.\nMore")).line == "A cat."
    assert answered(ROW, reply("half", MessageState.CUT_SHORT)).cut


def test_what_the_service_held_back_is_not_done() -> None:
    """A filter that takes all of an answer leaves an empty one that ended as if by itself."""
    held_back = answered(ROW, replace(reply(), finish_reason="content_filter"))
    assert held_back.state is RowState.UNCERTAIN
    assert answered(ROW, replace(reply("ha"), finish_reason="content_filter")).cut
    assert answered(ROW, replace(reply(), finish_reason="stop")).state is RowState.DONE


@pytest.mark.parametrize(
    ("ended", "state"),
    [
        (failed(FailureKind.RATE_LIMITED, 429), RowState.WAITING),
        (failed(FailureKind.UNAVAILABLE, 503), RowState.WAITING),
        (failed(FailureKind.AUTH, 401), RowState.WAITING),
        (failed(FailureKind.NOT_CONNECTED), RowState.WAITING),
        (failed(FailureKind.BAD_REQUEST, 400), RowState.FAILED),
        (failed(FailureKind.TOO_LARGE, 413), RowState.FAILED),
        (failed(FailureKind.UNAVAILABLE, 504), RowState.UNCERTAIN),
        (failed(FailureKind.SERVER, 500), RowState.UNCERTAIN),
        (failed(FailureKind.CONNECTION_LOST), RowState.UNCERTAIN),
        (failed(FailureKind.TIMEOUT_FIRST), RowState.UNCERTAIN),
        (failed(FailureKind.OWN_FAULT), RowState.UNCERTAIN),
        (failed(FailureKind.RATE_LIMITED, 429, whole=False), RowState.UNCERTAIN),
        (failed(FailureKind.RATE_LIMITED, 429, text="Yes"), RowState.UNCERTAIN),
        (reply("half", MessageState.STOPPED), RowState.UNCERTAIN),
    ],
)
def test_only_what_is_surely_unpaid_may_be_asked_again_by_itself(
    ended: Message, state: RowState
) -> None:
    assert answered(ROW, ended).state is state


def test_every_kind_of_failure_has_its_verdict() -> None:
    assert {verdict(Failure(kind)) for kind in FailureKind} == {
        Verdict.ALL,
        Verdict.REFUSED,
        Verdict.UNCERTAIN,
    }


def test_asked_anew_it_has_nothing_but_its_file_and_count() -> None:
    assert again(answered(ROW, failed(FailureKind.SERVER, 500))) == BatchRow(3, ROW.path, asked=1)


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", "{'a': 1}", "{" + '"a":{' * 9999, "x {}", '"{}"', "{}" * 2]
)
def test_what_is_no_json_object_has_no_fields(text: str) -> None:
    assert fields_of(text) == ()


def test_names_and_lines_are_short() -> None:
    assert BatchRow(0, "C:\\shots\\b.png").name == "b.png"
    assert BatchRow(0, "/").name == "/"
    assert len(first_line("x" * 9999)) == 200
    assert first_line("```\n\n") == ""


def test_a_tally_follows_its_rows() -> None:
    done = answered(ROW, reply("Yes"))
    rows = [BatchRow(0, "a"), ROW, done]
    tally = tally_of(rows)
    assert tally == Tally(waiting=1, asking=1, done=1, cost=0.01, priced=1, seconds=1.5, timed=1)
    assert (tally.total, tally.left, tally.settled) == (3, 2, 1)
    assert tally.moved(ROW, answered(ROW, reply("No"))) == tally_of([rows[0], done, done])
    assert tally.moved(done, None) == tally_of(rows[:2])


def test_a_forecast_goes_by_the_answers_there_were_or_says_that_it_guesses() -> None:
    assert forecast(Tally(waiting=8), 4, 0.02) == Forecast(0.16, 10.0, False)
    assert forecast(Tally(waiting=8), 4, None).cost is None
    assert forecast(Tally(waiting=1), 4, None).seconds == 5.0
    measured = Tally(waiting=6, done=2, cost=0.2, priced=2, seconds=4.0, timed=2)
    found = forecast(measured, 3, 9.0)
    assert found.cost == pytest.approx(0.8)
    assert (found.seconds, found.measured) == (4.0, True)
    assert guessed_cost(1000, PRICED) == pytest.approx(0.002 + 0.003)
    assert guessed_cost(1000, ModelInfo("m")) is None
    assert guessed_tokens("海港咖啡") == 4
    assert guessed_tokens("four") == 1


def test_a_refusal_holds_the_whole_batch_and_then_lets_one_row_try() -> None:
    pace = Pace()
    assert pace.free(1, 4, 100.0) == 3
    pace = pace.refused(99.0, 100.0, 8.0, 1.0)
    assert (pace.rest(100.0), pace.free(0, 4, 104.0)) == (8.0, 0)
    # The others that were on their way are told the same: that is one refusal, not three.
    pace = pace.refused(99.0, 100.5, 8.0, 1.0).refused(99.5, 100.6, None, 1.0)
    assert pace.refusals == 1
    assert pace.rest(100.5) == pytest.approx(8.0)
    assert pace.free(0, 4, 109.0) == 1
    assert pace.free(1, 4, 109.0) == 0
    # What was asked before the refusal says nothing on how the service is now.
    assert pace.answered(99.0) == pace
    assert pace.answered(109.0).free(0, 4, 110.0) == 4


def test_without_a_word_on_it_the_rest_doubles_up_to_a_minute() -> None:
    pace, rests = Pace(), []
    for turn in range(8):
        now = 1000.0 * (turn + 1)
        pace = pace.refused(now - 1, now, None, 1.0)
        rests.append(pace.rest(now))
    assert rests == [2, 4, 8, 16, 32, 60, 60, 60]


def test_what_a_service_still_takes_holds_for_all_rows() -> None:
    pace = Pace().told(LimitsReported(60, 2, resets_in=10.0), 100.0)
    assert (pace.free(0, 8, 100.0), pace.free(2, 8, 100.0), pace.rest(100.0)) == (2, 0, 0.0)
    assert pace.free(0, 8, 111.0) == 8
    spent = pace.told(LimitsReported(60, 0, resets_in=10.0), 101.0)
    assert (spent.rest(101.0), spent.free(0, 8, 105.0), spent.free(0, 8, 111.5)) == (10.0, 0, 8)
    by_tokens = Pace().told(LimitsReported(60, 50, 9000, 0, 4.0), 100.0)
    assert by_tokens.rest(100.0) == 4.0
    # A day's count, or one without an end, is left to the service's own refusal.
    assert Pace().told(LimitsReported(60, 0, resets_in=80_000.0), 100.0).rest(100.0) == 0.0
    assert Pace().told(LimitsReported(60, 0), 100.0).rest(100.0) == 0.0
    # A refusal meanwhile keeps what was told.
    assert pace.refused(99.0, 102.0, 1.0, 1.0).room == 2


def test_the_time_left_goes_by_what_is_seen_not_by_what_one_answer_takes() -> None:
    speed = Speed()
    for second in range(SPEED_FROM - 1):
        speed.ended(100.0 + second)
    assert speed.each_s(110.0) is None
    speed.ended(100.0 + SPEED_FROM - 1)
    assert speed.each_s(100.0 + SPEED_FROM - 1) == pytest.approx(1.0)
    assert speed.each_s(100.0 + 10 * SPEED_FROM) == pytest.approx(10.0)
    found = forecast(Tally(waiting=90, done=10, seconds=20.0, timed=10), 10, None, 3.0)
    assert found.seconds == 270.0
    speed.begin()
    assert speed.each_s(200.0) is None


def test_patience_ends() -> None:
    assert Pace(MOST_REFUSALS).given_up(0.0)
    assert Pace().refused(0.0, 1.0, 7200.0, 1.0).given_up(1.0)
    assert not Pace().refused(0.0, 1.0, 600.0, 1.0).given_up(1.0)
