"""Blanks without end: no pattern looks at them more than once, or these would take for ever."""

from __future__ import annotations

import pytest

from app.kit.markdown.parser import MarkdownParser
from app.kit.markdown.stream import BlockStream
from app.kit.markdown.whole import WholeText

MANY = 300_000


@pytest.mark.parametrize("blank", [" ", "\t", "- ", "| ", "-"])
@pytest.mark.parametrize("before", ["", "| a | b |\n", "```text\n", "> a\n> "])
def test_a_line_of_blanks_is_read(blank: str, before: str) -> None:
    parser = MarkdownParser()
    text = before + (blank * MANY)[:MANY] + "x"
    whole = WholeText(text, parser)
    for chunk in whole.chunks:
        list(whole.blocks(chunk))
    stream = BlockStream(parser)
    for at in range(0, len(text), 100_000):
        stream.feed(text[at : at + 100_000])
        stream.update()
    assert stream.finish().frozen or not text.strip()
