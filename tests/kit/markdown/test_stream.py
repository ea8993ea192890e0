"""Markdown in pieces gives what it gives at once, and what is settled is never touched again."""

import random
from typing import Any

import pytest

from app.kit.markdown.blocks import Block, Frame, Kind
from app.kit.markdown.parser import MarkdownParser
from app.kit.markdown.plain import plain_text
from app.kit.markdown.reading import parse_units
from app.kit.markdown.split import CHUNK, chunks
from app.kit.markdown.stream import TAIL, BlockStream
from app.kit.markdown.whole import WholeText
from tests.kit.markdown.corpus import ANSWER

FRAGMENTS = (
    "# h\n", "para text\n", "\n", "- a\n", "- b\n", "  - c\n", "1. x\n", "2. y\n", "1. z\n",
    "   cont\n", "    code\n", "```py\n", "x = 1\n", "```\n", "> q\n", "---\n", "===\n", "***\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n", "$$\na\n$$\n", "text **bold**\nmore\n", "~~~\n", "* z\n",
    "\n\n", "  \n", "a `b` [c](http://x.y)\n", "- [ ] t\n", "\r\n", "*", "`", "[", "\\(a_b\\)\n",
)  # fmt: skip


def seen(block: Block) -> tuple[Any, ...]:
    """Everything that is seen of a block."""
    inside = block.code.text if block.code else [(t.type, t.content) for t in block.tokens]
    return block.kind, block.frames, block.marker, block.level, inside, block.widths


def at_once(text: str) -> list[tuple[Any, ...]]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return [seen(b) for unit in parse_units(text, MarkdownParser(), {}) for b in unit.blocks]


def in_pieces(text: str, cuts: random.Random, longest: int) -> list[tuple[Any, ...]]:
    stream = BlockStream(MarkdownParser())
    blocks: list[Block] = []
    at = 0
    while at < len(text):
        step = cuts.randint(1, longest)
        stream.feed(text[at : at + step])
        at += step
        blocks += stream.update().frozen
    blocks += stream.finish().frozen
    return [seen(block) for block in blocks]


@pytest.mark.parametrize("seed", range(8))
def test_an_answer_in_any_pieces_gives_the_same_blocks(seed: int) -> None:
    assert in_pieces(ANSWER, random.Random(seed), 1 + seed * 7) == at_once(ANSWER)


def test_random_texts_in_random_pieces_give_the_same_blocks() -> None:
    rng = random.Random(5)
    for _ in range(700):
        text = "".join(rng.choice(FRAGMENTS) for _ in range(rng.randint(1, 14)))
        assert in_pieces(text, rng, 6) == at_once(text), text


def test_a_frozen_block_is_told_once_and_is_not_among_the_open_ones() -> None:
    stream = BlockStream(MarkdownParser())
    stream.feed("first paragraph\n\nsecond ")
    assert stream.update().frozen == []
    stream.feed("goes on\nand on")
    update = stream.update()
    assert [b.source for b in update.frozen] == ["first paragraph"]
    assert [b.source for b in update.open] == ["second goes on\nand on"]
    stream.feed("\n\nthird\n")
    assert [b.source for b in stream.update().frozen] == ["second goes on\nand on"]


def test_an_open_fence_is_code_from_its_first_line_and_grows_in_place() -> None:
    stream = BlockStream(MarkdownParser())
    stream.feed("```py")
    assert stream.update().open == [], "the fence's own line is not shown half"
    stream.feed("thon\nx = 1\ny =")
    (block,) = stream.update().open
    assert block.kind is Kind.CODE
    assert block.code is not None
    assert (block.code.language, block.code.lines, block.code.partial) == (
        "python",
        ["x = 1"],
        "y =",
    )
    stream.feed(" 2\n``")
    (same,) = stream.update().open
    assert same.code is block.code
    assert same.code.text == "x = 1\ny = 2", "a closing fence that arrives is no code"
    stream.feed("`\n")
    (frozen,) = stream.update().frozen
    assert frozen.code is block.code
    assert frozen.code.closed


def test_the_numbers_of_a_list_go_on_where_its_head_was_frozen() -> None:
    stream = BlockStream(MarkdownParser())
    found: list[Block] = []
    for number in range(5):
        stream.feed(f"1. item {number}\n")
        found += stream.update().frozen
    found += stream.finish().frozen
    assert [block.marker for block in found] == ["1.", "2.", "3.", "4.", "5."]


def test_lists_and_quotes_are_frames_of_what_stands_in_them() -> None:
    text = "- a\n  > quoted\n  - [x] done\n    ```sh\n    ls\n    ```\n"
    (unit,) = parse_units(text, MarkdownParser(), {})
    told = [(b.kind, b.frames, b.marker) for b in unit.blocks]
    assert told == [
        (Kind.PARAGRAPH, (Frame.LIST,), "•"),
        (Kind.PARAGRAPH, (Frame.LIST, Frame.QUOTE), ""),
        (Kind.PARAGRAPH, (Frame.LIST, Frame.LIST), "☑"),
        (Kind.CODE, (Frame.LIST, Frame.LIST), ""),
    ]


def test_a_long_table_is_several_blocks_with_the_same_columns() -> None:
    rows = "".join(f"| {n} | row number {n} |\n" for n in range(45))
    (unit,) = parse_units("| a | b |\n|---|---|\n" + rows, MarkdownParser(), {})
    assert [block.level for block in unit.blocks] == [0, 20, 40]
    assert len({block.widths for block in unit.blocks}) == 1
    assert unit.blocks[1].source.splitlines()[0] == "| 20 | row number 20 |"
    assert unit.blocks[2].source.splitlines()[-1] == "| 44 | row number 44 |"


def all_of(stream: BlockStream) -> list[Block]:
    """All blocks of what was fed, in as many updates as it takes."""
    frozen: list[Block] = []
    behind = True
    while behind:
        update = stream.update()
        frozen += update.frozen
        behind = update.behind
    return frozen + stream.finish().frozen


def test_far_more_than_can_be_read_at_once_is_read_in_several_updates() -> None:
    text = "word **word** " * 4000
    stream = BlockStream(MarkdownParser())
    stream.feed(text)
    assert stream.update().behind
    assert {block.kind for block in all_of(stream)} == {Kind.PARAGRAPH}
    hurried = BlockStream(MarkdownParser())
    hurried.feed(text)
    blocks = hurried.finish().frozen
    assert hurried.must_be_read_again
    assert "".join(b.source for b in blocks).split() == text.split()


def test_a_paragraph_that_never_ends_is_cut_into_several() -> None:
    stream = BlockStream(MarkdownParser())
    sentence = "Some words with **strong** ones and a [link](https://e.com). "
    count = 8 * TAIL // len(sentence)
    stream.feed(sentence * count)
    frozen = all_of(stream)
    assert {block.kind for block in frozen} == {Kind.PARAGRAPH}
    assert len(frozen) > 4
    assert all(block.source.endswith(". ") for block in frozen[:-1])
    assert "".join(block.source for block in frozen).split() == (sentence * count).split()


@pytest.mark.parametrize(
    "text",
    ["![" * 1500, "[a\n" * 900, "![" * 900 + "]" * 900, "[](" * 1300, ("> " * 130 + "a\n") * 3],
    ids=["pictures", "brackets", "closed", "addresses", "quotes"],
)
def test_what_would_take_the_parser_too_long_is_shown_as_it_is_and_said_so(text: str) -> None:
    blocks = [b for unit in parse_units(text, MarkdownParser(), {}) for b in unit.blocks]
    assert [block.kind for block in blocks[:2]] == [Kind.NOTICE, Kind.PLAIN]
    assert {block.kind for block in blocks[1:]} == {Kind.PLAIN}
    assert "\n".join(plain_text(b) for b in blocks[1:]).strip() == text.strip()


def test_only_the_paragraph_that_is_too_much_is_plain() -> None:
    text = "# Head\n\n- one\n- " + "![" * 1500 + "\n\n**after**\n"
    blocks = [b for unit in parse_units(text, MarkdownParser(), {}) for b in unit.blocks]
    told = [(b.kind, b.frames, b.marker) for b in blocks]
    assert told == [
        (Kind.HEADING, (), ""),
        (Kind.PARAGRAPH, (Frame.LIST,), "•"),
        (Kind.NOTICE, (Frame.LIST,), ""),
        (Kind.PLAIN, (Frame.LIST,), "•"),
        (Kind.PARAGRAPH, (), ""),
    ]


def test_a_table_with_a_cell_that_is_too_much_says_so_above_it() -> None:
    text = "| a |\n|---|\n| " + "![" * 1500 + " |\n"
    blocks = [b for unit in parse_units(text, MarkdownParser(), {}) for b in unit.blocks]
    assert [block.kind for block in blocks] == [Kind.NOTICE, Kind.TABLE]
    assert "![" * 1500 in plain_text(blocks[1])


def test_a_note_that_begins_with_code_is_told_by_its_number_above_it() -> None:
    text = "see[^1]\n\n[^1]:\n    ```\n    code\n    ```\n"
    blocks = [b for unit in parse_units(text, MarkdownParser(), {}) for b in unit.blocks]
    assert [block.kind for block in blocks] == [Kind.PARAGRAPH, Kind.NOTE, Kind.CODE]
    assert [plain_text(block).strip() for block in blocks] == ["see[1]", "[1]", "code"]


def test_a_whole_text_in_chunks_gives_the_same_blocks() -> None:
    text = "\n\n".join([ANSWER.removesuffix("last line without an end")] * 12)
    whole = WholeText(text, MarkdownParser())
    assert len(whole.chunks) > 3
    assert [seen(b) for c in whole.chunks for b in whole.blocks(c)] == at_once(text)


def test_chunks_are_the_text() -> None:
    text = "\n\n".join([ANSWER] * 9)
    assert "\n".join(chunk.text for chunk in chunks(text)) == text
    assert all(len(chunk.text) < 3 * CHUNK for chunk in chunks(text))


def test_a_reference_defined_at_the_end_serves_every_chunk() -> None:
    text = "See [the docs][d].\n\n" + "filler paragraph\n\n" * 400 + "[d]: https://example.com\n"
    whole = WholeText(text, MarkdownParser())
    first = next(iter(whole.blocks(whole.chunks[0])))
    assert "link_open" in [token.type for token in first.tokens]
