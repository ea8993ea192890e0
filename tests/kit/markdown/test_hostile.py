"""Hostile texts cost little at a time, are never lost, and are read to their end."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

import pytest

from app.kit.markdown.blocks import Block
from app.kit.markdown.budget import PARSE
from app.kit.markdown.parser import MarkdownParser
from app.kit.markdown.plain import plain_text
from app.kit.markdown.stream import SLICE, TAIL, WINDOW, BlockStream
from app.kit.markdown.whole import WholeText
from tests.kit.markdown.hostile import LARGE, hostile_text, sentinel

PIECES = (1, 20, 300, 3000, 50_000)
ONE_TEXT = PARSE + 2 * WINDOW
"""Units of work that one parse may be, with what a text's length adds."""


@pytest.fixture(scope="module")
def parser() -> MarkdownParser:
    made = MarkdownParser()
    made.warm()
    return made


def read_whole(text: str, parser: MarkdownParser) -> Iterator[Block]:
    whole = WholeText(text, parser)
    for chunk in whole.chunks:
        before = parser.work
        yield from whole.blocks(chunk)
        # A table that goes on is parsed with its first rows, to know its columns. Code costs
        # the parser nothing but its length.
        assert parser.work - before <= 2 * ONE_TEXT + len(chunk.text)


def read_arriving(text: str, parser: MarkdownParser, rng: random.Random) -> Iterator[Block]:
    stream = BlockStream(parser)
    at = 0
    while at < len(text):
        step = rng.choice(PIECES)
        stream.feed(text[at : at + step])
        at += step
        behind = True
        while behind:
            before = parser.work
            update = stream.update()
            assert parser.work - before <= SLICE + 2 * ONE_TEXT
            yield from update.frozen
            behind = update.behind
            assert sum(len(block.source) for block in update.open) < 2 * WINDOW + TAIL
    before = parser.work
    yield from stream.finish().frozen
    assert parser.work - before <= SLICE + 3 * ONE_TEXT


SEEDS, MANIFOLD = (*range(25), 151, 219, 236), "code in a list"
"""Of texts that reach as many lines as all the others, which are read untraced."""


def test_nothing_is_lost_and_no_step_is_long(parser: MarkdownParser) -> None:
    read_both_ways(SEEDS, parser)


@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize("seeds", [range(start, start + 25) for start in range(0, 300, 25)])
def test_nor_is_it_in_many_more(seeds: range, parser: MarkdownParser) -> None:
    read_both_ways(seeds, parser)


def read_both_ways(seeds: Iterable[int], parser: MarkdownParser) -> None:
    for seed in seeds:
        rng = random.Random(seed)
        text, count = hostile_text(rng, 6000)
        for way in (read_whole(text, parser), read_arriving(text, parser, rng)):
            shown = "\n".join(map(plain_text, way))
            missing = [n for n in range(count) if sentinel(n) not in shown]
            assert not missing, f"seed {seed}: {missing}"


@pytest.mark.parametrize("name", LARGE)
def test_what_is_far_too_long_is_read_step_by_step(name: str, parser: MarkdownParser) -> None:
    text = LARGE[name]
    whole = WholeText(text, parser)
    assert sum(len(chunk.text) + 1 for chunk in whole.chunks) >= text.count("a")
    for place in (0, len(whole.chunks) // 2, -1):
        before = parser.work
        chunk = whole.chunks[place]
        assert list(whole.blocks(chunk)) or not chunk.text.strip() or name == "definitions"
        assert parser.work - before <= 2 * ONE_TEXT + len(chunk.text)


def test_what_is_far_too_long_arrives_step_by_step(parser: MarkdownParser) -> None:
    read_head(MANIFOLD, parser)


@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize("name", [name for name in LARGE if name != MANIFOLD])
def test_and_so_does_what_is_long_in_other_ways(name: str, parser: MarkdownParser) -> None:
    read_head(name, parser)


def read_head(name: str, parser: MarkdownParser) -> None:
    for _ in read_arriving(LARGE[name][:60_000], parser, random.Random(1)):
        pass
