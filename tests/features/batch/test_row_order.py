"""Which rows are shown, and in which order, while answers come."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.batch import BatchRow, RowState
from app.features.batch.row_order import RowOrder, by_field, by_name, by_state, by_time

STATES = st.sampled_from(RowState)


def rows_in(*states: RowState) -> list[BatchRow]:
    return [BatchRow(n, f"/a/shot {n}.png", state) for n, state in enumerate(states)]


def shown(order: RowOrder) -> list[int]:
    return [order.index_at(line) for line in range(len(order))]


def test_names_sort_as_people_count_and_numbers_by_their_size() -> None:
    names = ("shot 10", "shot 9", "Shot 1")
    rows = [BatchRow(n, f"/a/{name}") for n, name in enumerate(names)]
    order = RowOrder(rows)
    assert shown(order) == [0, 1, 2]
    order.key = by_name
    order.arrange(rows)
    assert shown(order) == [2, 1, 0]
    totals = ("12.50", "1,078", "9", "none", "")
    rows = [BatchRow(n, "/a", fields=(("total", total),)) for n, total in enumerate(totals)]
    order.key = by_field("total")
    order.arrange(rows)
    assert shown(order) == [4, 2, 0, 1, 3]
    order.backwards = True
    order.arrange(rows)
    assert shown(order) == [3, 1, 0, 2, 4]
    times = [replace(rows[0], took=2.0), rows[1], replace(rows[2], took=0.5)]
    order.key, order.backwards = by_time, False
    order.arrange(times)
    assert shown(order) == [1, 2, 0]


@settings(max_examples=60)
@given(
    st.lists(STATES, min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 11), STATES), max_size=30),
    st.booleans(),
)
def test_rows_come_and_go_as_they_change_and_keep_their_rank(
    first: list[RowState], changes: list[tuple[int, RowState]], backwards: bool
) -> None:
    rows = rows_in(*first)
    order = RowOrder(rows)
    order.key, order.backwards = by_state, backwards
    order.states = (RowState.DONE, RowState.FAILED)
    order.arrange(rows)
    ranks = sorted(range(len(rows)), key=lambda n: by_state(rows[n]), reverse=backwards)
    for index, state in changes:
        index %= len(rows)
        rows[index] = replace(rows[index], state=state)
        if (line := order.coming(index)) is not None:
            order.add(line, index)
        elif order.goes(index) and (old := order.line_of(index)) is not None:
            order.drop(old)
        wanted = [n for n in ranks if rows[n].state in order.states]
        assert shown(order) == wanted
        assert [order.line_of(n) for n in wanted] == list(range(len(wanted)))
