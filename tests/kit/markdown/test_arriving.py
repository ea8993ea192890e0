"""A text that arrives character by character shows no marker that the whole text does not show."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.kit.markdown.blocks import Block, Kind
from app.kit.markdown.parser import MarkdownParser
from app.kit.markdown.plain import plain_text
from app.kit.markdown.stream import BlockStream, Update
from tests.kit.markdown.corpus import ANSWER
from tests.kit.markdown.rich import RICH


def shown(blocks: list[Block]) -> str:
    """What is read of blocks, without spaces and line ends."""
    said: list[str] = []
    for block in blocks:
        if block.kind is Kind.MATH:
            said.extend(token.content for token in block.tokens)
        elif block.kind is not Kind.RULE:
            said.append(block.marker + plain_text(block))
    return "".join("".join(said).split())


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


def frames(text: str) -> Iterator[tuple[str, Update, list[Block]]]:
    """What has arrived, its update, and all blocks that are frozen by then."""
    stream = BlockStream(MarkdownParser())
    frozen: list[Block] = []
    for end, char in enumerate(text, 1):
        stream.feed(char)
        update = stream.update()
        frozen += update.frozen
        yield text[:end], update, frozen
    update = stream.finish()
    yield text, update, frozen + update.frozen


def seen(block: Block) -> tuple[object, ...]:
    code = block.code.text if block.code is not None else ""
    return block.kind, block.frames, block.marker, block.level, code, plain_text(block)


def faults(text: str) -> list[str]:
    """The frames that show what the whole text does not, or less than the frame before."""
    *_, (_, _, blocks) = frames(text)
    whole = shown(blocks)
    wrong: list[str] = []
    most = 0
    for arrived, update, frozen in frames(text):
        words = shown([*frozen, *update.open])
        if not begins_with(whole, words):
            wrong.append(f"{arrived[-40:]!r} shows {words[-40:]!r}")
        if len(words) < most:
            wrong.append(f"{arrived[-40:]!r} takes back {most - len(words)}: {words[-40:]!r}")
        most = len(words)
    return wrong


@pytest.mark.parametrize("text", [RICH, ANSWER], ids=["rich", "answer"])
def test_every_frame_shows_the_beginning_of_what_the_whole_text_shows(text: str) -> None:
    wrong = faults(text)
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


@pytest.mark.parametrize("text", [RICH, ANSWER], ids=["rich", "answer"])
def test_what_is_frozen_is_what_the_whole_text_says(text: str) -> None:
    *_, (_, _, whole) = frames(text)
    expected = [seen(block) for block in whole]
    checked = 0
    for _, _, frozen in frames(text):
        now = [seen(block) for block in frozen[checked:]]
        assert now == expected[checked : checked + len(now)]
        checked += len(now)
    assert checked > 40 or text is ANSWER
