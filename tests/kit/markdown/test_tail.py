"""Half-arrived Markdown never shows its markers."""

import pytest

from app.kit.markdown.parser import MarkdownParser
from app.kit.markdown.stream import BlockStream
from app.kit.markdown.tail import visible


@pytest.mark.parametrize(
    ("arrived", "shown"),
    [
        ("some **bo", "some **bo**"),
        ("some **", "some "),
        ("some *", "some "),
        ("some **bold*", "some **bold**"),
        ("some **bold**", "some **bold**"),
        ("a ***both", "a ***both***"),
        ("a `co", "a `co`"),
        ("a `", "a "),
        ("a ``co`", "a ``co``"),
        ("see [the do", "see "),
        ("see [the docs](https://exa", "see "),
        ("see [the docs](https://e.com)", "see [the docs](https://e.com)"),
        ("see ![pic](https://exa", "see "),
        ("a[0] = 5", "a[0] = 5"),
        ("~~gone", "~~gone~~"),
        ("2 * 3", "2 * 3"),
        ("snake_case_na", "snake_case_na"),
        ("it costs $5", "it costs "),
        ("it costs $5 to", "it costs "),
        ("it costs $5 to b", "it costs $5 to b"),
        ("it costs $5 a day", "it costs $5 a day"),
        ("it is $5 mod 3", "it is "),
        ("name | num", "name"),
        ("a | b\n", "a"),
        ("a | b\n--- | -", "a"),
        ("a | b\n--- | ---\nc", "a | b\n--- | ---\n"),
        ("one\n| a |\n", "one\n"),
        ("see <https://e.c", "see "),
        ("a &am", "a "),
        ("a https://e.c/x*y*", "a https://e.c/x*y"),
        ("[a](b_c*d) and", "[a](b_c*d) and"),
        ("a[^1", "a"),
        ("1. a\n   ```sh\n   ls *.py `", "1. a\n   ```sh\n   ls *.py `"),
        ("$$\na_b", "$$\na_b"),
        ("$$a$$ b **c", "$$a$$ b **c**"),
        ("# Head #", "# Head"),
        ("mass $E = m", "mass "),
        ("text\n--", "text\n"),
        ("text\n-", "text\n"),
        ("text\n\n``", "text\n\n"),
        ("text\n\n1", "text\n\n"),
        ("- [", ""),
        ("| a | b |\n|--", ""),
        ("| a | b |\n|---|---|\n| 1 |", "| a | b |\n|---|---|\n"),
        ("one **two\n\nthree", "one **two\n\nthree"),
    ],
)
def test_the_open_end_is_closed_or_held_back(arrived: str, shown: str) -> None:
    assert visible(arrived) == shown


def words(text: str) -> str:
    """What is read of a text that has arrived so far."""
    stream = BlockStream(MarkdownParser())
    stream.feed(text)
    update = stream.update()
    found: list[str] = []
    for block in (*update.frozen, *update.open):
        found.extend(t.content for t in block.tokens if t.type in ("text", "code_inline"))
    return "".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "This is **bold**, *slanted*, `code` and ~~gone~~ at once.",
        "See [the docs](https://example.com/a_b), then **[more](https://example.com)**.",
        "1. **first**: do `this`\n2. **second**: do _that_\n",
        "# A **strong** head\n\nand ***both*** here",
        "| a | **b** |\n|---|---|\n| `1` | [x](https://e.com) |\n",
    ],
)
def test_no_prefix_of_a_text_shows_a_marker(text: str) -> None:
    for end in range(len(text) + 1):
        shown = words(text[:end])
        for marker in ("*", "`", "~", "[", "](", "|", "#"):
            assert marker not in shown, (text[:end], shown)


def test_a_prefix_never_takes_back_a_word() -> None:
    text = "This is **bold**, *slanted*, `code` and [a link](https://e.com) at the end."
    before = ""
    for end in range(len(text) + 1):
        shown = words(text[:end])
        assert shown.startswith(before.rstrip()), (before, shown)
        before = shown
