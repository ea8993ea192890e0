"""What is too long to be read at once is cut, and every piece knows what it stands in."""

from __future__ import annotations

from itertools import pairwise

import pytest

from app.kit.markdown.blocks import Block, Frame, Kind
from app.kit.markdown.budget import COLUMNS
from app.kit.markdown.outline import cut, opened
from app.kit.markdown.parser import MarkdownParser
from app.kit.markdown.plain import plain_text
from app.kit.markdown.reading import parse_units
from app.kit.markdown.stream import BlockStream
from app.kit.markdown.whole import WholeText

OUTER, INNER = 12, 60


def arriving(text: str, step: int = 700) -> list[Block]:
    stream = BlockStream(MarkdownParser())
    made: list[Block] = []
    for at in range(0, len(text), step):
        stream.feed(text[at : at + step])
        behind = True
        while behind:
            update = stream.update()
            made += update.frozen
            behind = update.behind
    return made + stream.finish().frozen


def whole(text: str) -> list[Block]:
    read = WholeText(text, MarkdownParser())
    assert len(read.chunks) > 2
    return [block for chunk in read.chunks for block in read.blocks(chunk)]


both = pytest.mark.parametrize("read", [arriving, whole])


@both
def test_a_long_nested_list_keeps_its_depth_and_bullets(read: object) -> None:
    assert callable(read)
    lines: list[str] = []
    expected: list[tuple[str, int, str]] = []
    for outer in range(3):
        lines.append(f"- outer {outer}")
        expected.append(("•", 1, f"outer {outer}"))
        for middle in range(INNER):
            lines.append(f"  - middle {middle} **strong** with some words to make it long")
            expected.append(("◦", 2, f"middle {middle} strong with some words to make it long"))
            lines.append(f"    - inner {middle}")
            expected.append(("▪", 3, f"inner {middle}"))
    blocks = read("\n".join(lines) + "\n")
    assert [(b.marker, len(b.frames), plain_text(b)) for b in blocks] == expected


@both
def test_a_long_numbered_list_inside_an_item_goes_on_counting(read: object) -> None:
    assert callable(read)
    inner = "".join(f"   {n}. step {n} with a good many words in it\n" for n in range(1, 200))
    blocks = read(f"1. first\n{inner}2. second\n")
    assert [b.marker for b in blocks] == ["1.", *(f"{n}." for n in range(1, 200)), "2."]
    assert {b.frames for b in blocks[1:-1]} == {(Frame.LIST, Frame.LIST)}
    assert blocks[-1].frames == (Frame.LIST,)


@both
def test_a_long_item_of_paragraphs_stays_an_item(read: object) -> None:
    assert callable(read)
    paragraphs = "\n\n".join(f"  paragraph {n} of the item, with words" for n in range(300))
    blocks = read(f"- head\n\n{paragraphs}\n\nafter\n")
    assert len(blocks) == 302
    assert {b.frames for b in blocks[:-1]} == {(Frame.LIST,)}
    assert [b.marker for b in blocks[:2]] == ["•", ""]
    assert blocks[-1].frames == ()


@both
def test_a_long_quote_stays_a_quote(read: object) -> None:
    assert callable(read)
    text = "".join(f"> line {n} of the quote\n>\n" for n in range(400))
    blocks = read(text)
    assert {b.frames for b in blocks} == {(Frame.QUOTE,)}
    assert [plain_text(b) for b in blocks] == [f"line {n} of the quote" for n in range(400)]


@both
def test_a_long_table_is_one_table_in_pieces(read: object) -> None:
    assert callable(read)
    rows = "".join(f"| {n} | **row** {n} | some more words here |\n" for n in range(300))
    blocks = read("intro\n\n| a | b | c |\n|---|:-:|---|\n" + rows + "\nafter\n")
    tables = blocks[1:-1]
    assert {b.kind for b in tables} == {Kind.TABLE}
    assert len({b.widths for b in tables}) == 1
    assert tables[0].level == 0
    assert all(b.level > 0 for b in tables[1:])
    said = "\n".join(plain_text(b) for b in tables).split("\n")
    assert said == ["a\tb\tc", *(f"{n}\trow {n}\tsome more words here" for n in range(300))]


@both
@pytest.mark.parametrize("before", ["", "\n\n\n", "- words\n\n"])
def test_a_long_table_stays_where_it_stands(read: object, before: str) -> None:
    assert callable(read)
    indent = "  " if "-" in before else ""
    rows = "".join(f"{indent}| {n} | some more words in here |\n" for n in range(300))
    blocks = read(f"{before}{indent}| a | b |\n{indent}|---|---|\n{rows}")
    tables = [b for b in blocks if b.kind is Kind.TABLE]
    assert len(blocks) - len(tables) == (1 if indent else 0)
    assert {b.frames for b in tables} == {(Frame.LIST,) if indent else ()}
    assert len({b.widths for b in tables}) == 1
    said = "\n".join(plain_text(b) for b in tables).split("\n")
    assert said == ["a\tb", *(f"{n}\tsome more words in here" for n in range(300))]


def test_rows_that_arrive_are_frozen_in_pieces_as_large_as_those_of_the_whole() -> None:
    rows = "".join(f"| {n} | row |\n" for n in range(90))
    levels = [b.level for b in arriving("| a | b |\n|---|---|\n" + rows, 7)]
    assert levels == [0, 20, 40, 60, 80]


@both
def test_a_table_of_two_hundred_columns_is_plain_and_says_so_once(read: object) -> None:
    assert callable(read)
    wide = "|" + "cell|" * 200 + "\n"
    blocks = read("before\n\n" + wide + "|" + "-|" * 200 + "\n" + wide * 12 + "\n**after**\n")
    kinds = [b.kind for b in blocks]
    assert kinds[:3] == [Kind.PARAGRAPH, Kind.NOTICE, Kind.PLAIN]
    assert set(kinds[3:-1]) == {Kind.PLAIN}
    assert kinds[-1] is Kind.PARAGRAPH
    assert "\n".join(plain_text(b) for b in blocks[2:-1]).count("cell") == 13 * 200
    assert max(len(b.source) for b in blocks) < 5000


@both
def test_the_widest_table_that_is_laid_out_comes_in_few_rows(read: object) -> None:
    assert callable(read)
    wide = "|" + "cell|" * COLUMNS + "\n"
    blocks = read(wide + "|" + "-|" * COLUMNS + "\n" + wide * 80)
    assert {b.kind for b in blocks} == {Kind.TABLE}
    levels = [b.level for b in blocks]
    assert max(b - a for a, b in pairwise(levels)) <= 10
    assert "\n".join(plain_text(b) for b in blocks).count("cell") == 81 * COLUMNS
    assert {b.widths for b in blocks} == {(4,) * COLUMNS}


@both
def test_long_code_in_a_list_is_one_block(read: object) -> None:
    assert callable(read)
    code = "".join(f"   x = {n}  # **not bold**\n" for n in range(500))
    text = "intro\n\n" * 400 + f"1. step:\n\n   ```py\n{code}   ```\n\n   and then\n2. next\n"
    blocks = [b for b in read(text) if plain_text(b) != "intro"]
    assert [plain_text(b) for b in blocks if b.kind is Kind.PARAGRAPH] == [
        "step:",
        "and then",
        "next",
    ]
    assert [b.kind for b in blocks] == [
        Kind.PARAGRAPH,
        Kind.CODE,
        Kind.PARAGRAPH,
        Kind.PARAGRAPH,
    ]
    step, listing, then, following = blocks
    assert listing.code is not None
    assert listing.code.language == "py"
    assert listing.code.lines == [f"x = {n}  # **not bold**" for n in range(500)]
    assert {b.frames for b in blocks} == {(Frame.LIST,)}
    assert [b.marker for b in (step, then, following)] == ["1.", "", "2."]


def test_code_in_a_list_ends_where_the_list_does() -> None:
    code = "".join(f"  x = {n}\n" for n in range(600))
    blocks = arriving(f"- step:\n\n  ```py\n{code}\nno more of the list\n")
    assert [b.kind for b in blocks] == [Kind.PARAGRAPH, Kind.CODE, Kind.PARAGRAPH]
    assert blocks[-1].frames == ()
    assert plain_text(blocks[-1]) == "no more of the list"


@both
def test_a_long_paragraph_is_cut_where_no_marker_is_open(read: object) -> None:
    assert callable(read)
    sentence = "Words with **strong ones. And** more, `code. here`, [a. link](https://e.com). "
    blocks = read(sentence * 200)
    said = "".join(plain_text(b) for b in blocks)
    assert not any(mark in said for mark in "*`[]")
    assert len(blocks) > 3


def test_bars_that_are_no_table_are_read_to_their_end() -> None:
    text = "||\n" * 900 + "the end"
    blocks = arriving(text, 5000)
    assert "".join(plain_text(b) for b in blocks).replace("\n", "") == "||" * 900 + "the end"


def test_a_flood_of_definitions_is_read_to_its_end() -> None:
    flood = "".join(f"[a{n}]: https://e.com/{n}\n" for n in range(2000))
    blocks = arriving(flood + "\nafter the flood\n")
    assert [plain_text(b) for b in blocks] == ["after the flood"]


def test_what_is_open_is_written_again_in_short() -> None:
    lines = ["- one", "  1. two", "", "     words", "     - three", "       - four"]
    assert opened(lines, 5) == ["- x", "", "  1. x", "", "     - x", ""]
    assert opened(["> - one", ">   - two"], 1) == ["> - x", ">"]
    assert opened(["text", "", "- item"], 2) == []


def test_a_text_is_cut_before_its_last_whole_item() -> None:
    text = "- one\n  - two\n  - three\n  - fo"
    taken, context = cut(text)
    assert text[taken:] == "  - three\n  - fo"
    assert context.head == "- x\n"


LONG_LINES = "".join(f"x = {n}  # **not bold** `x`\n\n    if \x00 `` {n}\n" for n in range(700))


@pytest.mark.parametrize(
    "text",
    [
        f"```py title\n{LONG_LINES}```\n",
        f"~~~~ c\\+\\+\n{LONG_LINES}```\n~~~\n~~~~~  \n",
        f"```\n{LONG_LINES}",
        f"  ```\n{LONG_LINES}  ```",
        "1. step:\n\n   ```py\n   " + LONG_LINES.replace("\n", "\n   ") + "```\n",
        "- ```\n  " + LONG_LINES.replace("\n", "\n  ") + "```\n",
        "- step:\n\n  ```\n" + LONG_LINES.replace("x", "  \tx") + "  ```\nafter\n",
        "- step:\n\n  ```\n  first\nended the list\n" + LONG_LINES + "  ```\n",
        f"> ```\n> {LONG_LINES}> ```\n",
    ],
    ids=["fence", "tildes", "open", "indented", "item", "first", "tabs", "ended", "quote"],
)
def test_very_long_code_is_what_the_parser_makes_of_it(text: str) -> None:
    read = WholeText(text, MarkdownParser())
    blocks = [block for chunk in read.chunks for block in read.blocks(chunk)]
    expected = [b for unit in parse_units(text, MarkdownParser(), {}) for b in unit.blocks]
    if "> " in text or "ended" in text:
        assert "".join(map(plain_text, blocks)).count("not bold") == 700
        return
    assert [(b.kind, b.frames, b.marker, plain_text(b)) for b in blocks] == [
        (b.kind, b.frames, b.marker, plain_text(b)) for b in expected
    ]
    codes = [(b.code.language, b.code.lines) for b in blocks if b.code is not None]
    assert codes == [(b.code.language, b.code.lines) for b in expected if b.code is not None]
    assert any(len(lines) > 1000 for _, lines in codes)
