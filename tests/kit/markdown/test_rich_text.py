"""Rich text for other programs: what it says, and that it loads nothing."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from app.kit.markdown.parser import MarkdownParser
from app.kit.markdown.rich_fragment import fragment_html
from app.kit.markdown.rich_text import RichText, code_html, plain_html
from app.kit.markdown.whole import WholeText

TAGS = {
    *("p", "h1", "h2", "h3", "b", "i", "s", "a", "sup", "br", "hr", "code", "pre"),
    *("ul", "ol", "li", "blockquote", "table", "tr", "th", "td"),
}


class Reader(HTMLParser):
    """Notes which tags and attributes there are."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.given: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.given += [(name, value or "") for name, value in attrs]


def rich(text: str) -> str:
    whole = WholeText(text, MarkdownParser())
    made = RichText()
    for chunk in whole.chunks:
        for block in whole.blocks(chunk):
            made.add(block)
    return made.html()


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("a **b** *c* ~~d~~", "<p>a <b>b</b> <i>c</i> <s>d</s></p>"),
        ("## Head", "<h2>Head</h2>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("one\ntwo", "<p>one<br>two</p>"),
        ("- a\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("3. a\n4. b", '<ol><li value="3"><p>a</p></li><li value="4"><p>b</p></li></ol>'),
        (
            "- a\n  - b\n- c",
            "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li><li><p>c</p></li></ul>",
        ),
        ("- a\n\n1. b", '<ul><li><p>a</p></li></ul><ol><li value="1"><p>b</p></li></ol>'),
        ("---", "<hr>"),
    ],
)
def test_blocks_become_what_they_are(source: str, html: str) -> None:
    assert rich(source) == html


def test_a_table_is_one_table_however_long() -> None:
    html = rich("| a | b |\n|---|--:|\n" + "| 1 | 2 |\n" * 50)
    assert html.count("<table") == html.count("</table>") == 1
    assert html.count("<tr>") == html.count("</tr>") == 51
    assert html.count("<th ") == 2
    assert "text-align:right" in html


def test_code_keeps_its_lines_and_loses_nothing() -> None:
    html = rich('```html\n<b x="1">\n  y\n```')
    assert "&lt;b x=&quot;1&quot;&gt;\n  y</pre>" in html


def test_a_quote_stands_in_a_quote() -> None:
    html = rich("> said\n>\n> more\n\nafter")
    assert html.count("<blockquote") == html.count("</blockquote>") == 1
    assert html.endswith("</blockquote><p>after</p>")


@pytest.mark.parametrize(
    "source",
    [
        "![x](https://a.example/p.png)",
        "![x](file:///etc/passwd)",
        "<img src=https://a.example/p.png>",
        "[x](javascript:alert(1))",
        '[x](https://a.example/"onload="y)',
        "<style>@import url(https://a.example/x)</style>",
        "| ![x](https://a.example/p.png) |\n|---|\n| <script src=//a.example></script> |",
    ],
)
def test_nothing_in_it_is_ever_loaded(source: str) -> None:
    reader = Reader()
    reader.feed(rich(source))
    assert reader.tags <= TAGS
    assert {name for name, _value in reader.given} <= {"href", "style", "value"}
    for name, value in reader.given:
        assert name != "href" or value.startswith(("https://", "http://", "mailto:"))
        assert name != "style" or "url" not in value


def test_links_of_the_web_stay_links() -> None:
    assert rich("[x](https://a.example/?a=1&b=2)") == (
        '<p><a href="https://a.example/?a=1&amp;b=2">x</a></p>'
    )


def test_plain_text_keeps_its_spaces() -> None:
    assert plain_html("a   b\nc") == "<p>a&nbsp;&nbsp; b<br>c</p>"
    assert "&lt;" in code_html("<")


def test_a_part_of_a_document_keeps_its_emphasis(qapp: QApplication) -> None:
    document = QTextDocument()
    document.setHtml('<p>plain <b>bold</b> <a href="https://a.example">link</a></p>')
    assert fragment_html(document, 3, 8) == "<p>in <b>bo</b></p>"
    assert fragment_html(document, 11, 13) == '<p><a href="https://a.example">li</a></p>'
