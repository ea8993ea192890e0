"""A text that arrives character by character shows no marker that the whole text does not show."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from markdown_it.token import Token

from app.kit.markdown.blocks import Block, Kind
from app.kit.markdown.parser import MarkdownParser
from app.kit.markdown.plain import plain_text
from app.kit.markdown.reading import parse_units
from app.kit.markdown.stream import BlockStream, Update
from tests.kit.markdown.corpus import ANSWER
from tests.kit.markdown.manifold import MANIFOLD
from tests.kit.markdown.rich import RICH

TEXTS = {"rich": RICH, "answer": ANSWER, "manifold": MANIFOLD}
every_text = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())

FORMULA = "\u222e"
"""Stands for an inline formula, which is shown as a picture: its dollars are never seen."""


def shown(blocks: Sequence[Block]) -> str:
    """What is read of blocks, without spaces and line ends."""
    said: list[str] = []
    for block in blocks:
        if block.kind is Kind.MATH:
            said += [block.marker, *(token.content for token in block.tokens)]
        elif block.kind is not Kind.RULE:
            said.append(block.marker + plain_text(replace(block, tokens=pictured(block.tokens))))
    return "".join("".join(said).split())


def pictured(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with every inline formula as one that has no delimiters."""
    made: list[Token] = []
    for token in tokens:
        if token.type == "math_inline":
            made.append(Token("text", "", 0, content=FORMULA + token.content))
        elif token.type == "inline":
            made.append(token.copy(children=list(pictured(token.children or ()))))
        else:
            made.append(token)
    return tuple(made)


def begins_with(whole: str, words: str) -> bool:
    """Whether `words` is a beginning of `whole`, but for markers that only `whole` shows."""
    at = 0
    for char in words:
        while at < len(whole) and whole[at] != char and whole[at] in "*_~`":
            at += 1
        if at == len(whole) or whole[at] != char:
            return False
        at += 1
    return True


def frames(text: str, cuts: random.Random | None = None) -> Iterator[tuple[str, Update]]:
    """What has arrived and its update, character by character or in random pieces."""
    stream = BlockStream(MarkdownParser())
    at = 0
    while at < len(text):
        end = at + (cuts.choice((1, 2, 3, 5, 8, 40)) if cuts else 1)
        stream.feed(text[at:end])
        at = end
        yield text[:end], stream.update()
    yield text, stream.finish()


def at_once(text: str) -> list[Block]:
    return [block for unit in parse_units(text, MarkdownParser(), {}) for block in unit.blocks]


def seen(block: Block) -> tuple[object, ...]:
    code = block.code.text if block.code is not None else ""
    return block.kind, block.frames, block.marker, block.level, code, plain_text(block)


def faults(text: str, cuts: random.Random | None = None) -> list[str]:
    """The frames that show what the whole text does not, or less than the frame before."""
    whole = shown(at_once(text))
    wrong: list[str] = []
    most = 0
    frozen = ""
    for arrived, update in frames(text, cuts):
        frozen += shown(update.frozen)
        words = frozen + shown(update.open)
        if not begins_with(whole, words):
            wrong.append(f"{arrived[-40:]!r} shows {words[-40:]!r}")
        if len(words) < most:
            wrong.append(f"{arrived[-40:]!r} takes back {most - len(words)}: {words[-40:]!r}")
        most = len(words)
    return wrong


@every_text
def test_every_frame_shows_the_beginning_of_what_the_whole_text_shows(text: str) -> None:
    wrong = faults(text)
    assert not wrong, f"{len(wrong)} frames:\n" + "\n".join(wrong[:60])


@every_text
@pytest.mark.parametrize("seed", range(4))
def test_so_does_every_frame_of_a_text_in_random_pieces(text: str, seed: int) -> None:
    wrong = faults(text, random.Random(seed))
    assert not wrong, f"{len(wrong)} frames:\n" + "\n".join(wrong[:60])


WORDS = (
    "a **strong** b",
    "a __strong__ b",
    "an *em* and _em_ b",
    "***both*** b",
    "**a *b* c**",
    "*a **b** c*",
    "~~gone~~ b",
    "`co*de*` b",
    "``a ` b`` c",
    "[li*n*k](https://e.com/a_b(c)) b",
    "**[a](https://e.com)** b",
    '[**a**](https://e.com "t") b',
    "![p](https://e.com/p_q.png) b",
    "<https://e.com/a_b> b",
    "https://e.com/*a*_b_ c",
    "$a_b * c$ d",
    "\\(a_b * c\\) d",
    "note[^1] b",
    "&lt; &copy; b",
    "\\*a\\* b",
    "**注意：**请",
    "他说**“好”**了",
    "`代码`和*强调*，结束",
    "公式$x^2$在这里",
    "[链接](https://e.com/路)后面",
    "$5 for two",
    "2 * 3 * 4 and a_b_c",
    "**a** **b** *c*",
    "a\\\nb *c*",
    "**a\nb** c",
    "x **`a`** y",
    "*a*b",
    '(**a**), "*b*"',
    "**a**：b",
    "~~**a**~~ b",
    "**~~a~~** b",
    "a ~b~ c",
    "[a] b",
    "[a][b] c",
    "a [x] (y) z",
)
AROUND = (
    "{}",
    "{}\n\nnext",
    "- {}\n- next",
    "1. x\n2. {}\n\nnext",
    "> {}\n> next",
    "# {}\n\nnext",
    "- x\n  - {}\n\n    more",
    "| a | b |\n|---|---|\n| {} | x |\n\nnext",
    "a | b\n--- | ---\n{} | x\n\nnext",
    "- [ ] {}\n- [x] {}\n",
    "{}\n===\n\n{}\n---\n",
    "[^1]: {}\n\nnext",
    "> - {}\n>   1. {}\n",
)


@pytest.mark.parametrize("around", AROUND)
def test_words_arrive_well_wherever_they_stand(around: str) -> None:
    wrong: list[str] = []
    for words in WORDS:
        if "|" in around and "\n" in words:
            continue
        wrong += [f"{words!r}: {fault}" for fault in faults(around.replace("{}", words))]
    assert not wrong, f"{len(wrong)} frames:\n" + "\n".join(wrong[:40])


@every_text
def test_what_is_frozen_is_what_the_whole_text_says(text: str) -> None:
    expected = [seen(block) for block in at_once(text)]
    kept: list[Block] = []
    for _, update in frames(text):
        now = [seen(block) for block in update.frozen]
        assert now == expected[len(kept) : len(kept) + len(now)]
        kept += update.frozen
    assert [seen(block) for block in kept] == expected, "and stays so"


def test_only_a_block_whose_link_is_defined_later_is_another_when_all_is_there() -> None:
    text = f"See [the docs][d] first.\n\n{RICH}\n\n[d]: https://example.com/late\n"
    stream = BlockStream(MarkdownParser())
    frozen: list[Block] = []
    for char in text:
        stream.feed(char)
        frozen += stream.update().frozen
    frozen += stream.finish().frozen
    assert stream.must_be_read_again
    whole = at_once(text)
    different = [
        n for n, (a, b) in enumerate(zip(frozen, whole, strict=True)) if seen(a) != seen(b)
    ]
    assert different == [0]
    assert plain_text(frozen[0]) == "See [the docs][d] first."
    assert plain_text(whole[0]) == "See the docs first."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[a]: https://e.com/long "Title"\n\nSee [a].', "Seea."),
        ("[a]: <https://e.com/a b>\n[b]:\n  https://e.com/b\n  'Title'\n\n[a] [b]", "ab"),
        ("> [a]: https://e.com\n>\n> See [a]\n", "Seea"),
        ("[Note]: this is no definition\n", "[Note]:thisisnodefinition"),
        ("[a]: https://e.com\nwords\n", "words"),
        ("[1]: https://e.com/x *A title*, 2020\n", "[1]:https://e.com/xAtitle,2020"),
        ("1. [a]: https://e.com/x_y 'T'\n2. [a]\n", "1.2.a"),
        ("- item\n\n[a]: https://e.com/x\n\n- [a]\n", "•item•a"),
    ],
)
def test_a_definition_is_never_seen_and_never_known_by_half(text: str, words: str) -> None:
    assert shown(at_once(text)) == words
    assert not faults(text)
    stream = BlockStream(MarkdownParser())
    tokens: list[Token] = []
    for char in text:
        stream.feed(char)
        tokens += [token for block in stream.update().frozen for token in block.tokens]
    tokens += [token for block in stream.finish().frozen for token in block.tokens]
    links = [token.attrGet("href") for token in tokens if token.type == "link_open"]
    expected = [t.attrGet("href") for b in at_once(text) for t in b.tokens if t.type == "link_open"]
    assert links == expected
