"""Objects that only hold on to each other go in pauses, and not while something runs."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from app.kit.collector import ENOUGH, TOO_MANY, Collector


class Knot:
    """Holds on to itself."""

    def __init__(self) -> None:
        self.me = self


def knot() -> weakref.ref[Knot]:
    return weakref.ref(Knot())


class Bench:
    """A collector, and what it is told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.busy = False
        self.looks = 0
        monkeypatch.setattr(gc, "get_count", lambda: (0, 0, self.looks))
        self.collector = Collector(lambda: self.busy)
        self.collector.begin()


@pytest.fixture
def bench(qapp: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    before = gc.get_threshold()
    made = Bench(monkeypatch)
    yield made
    made.collector.end()
    assert gc.get_threshold() == before


def test_what_is_new_is_collected_when_there_is_enough_of_it(bench: Bench) -> None:
    gone = knot()
    bench.looks = ENOUGH - 1
    bench.collector.look()
    assert gone() is not None
    bench.looks = ENOUGH
    bench.collector.look()
    assert gone() is None


def test_nothing_is_collected_while_an_answer_arrives(bench: Bench) -> None:
    gone = knot()
    bench.busy = True
    bench.looks = TOO_MANY - 1
    bench.collector.look()
    assert gone() is not None
    bench.looks = TOO_MANY
    bench.collector.look()
    assert gone() is None, "but it is not put off for ever"


def test_what_was_set_aside_is_looked_through_when_something_went(bench: Bench) -> None:
    held = Knot()
    gone = weakref.ref(held)
    bench.looks = ENOUGH
    bench.collector.look()
    del held
    bench.collector.look()
    assert gone() is not None
    bench.looks = 0
    bench.collector.something_went()
    bench.collector.look()
    assert gone() is None


def test_python_looks_through_everything_only_when_told(bench: Bench) -> None:
    assert gc.get_threshold()[2] > 1000
