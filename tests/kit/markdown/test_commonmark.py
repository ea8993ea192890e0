"""The CommonMark specification's examples, and the constructs in words of our own."""

from __future__ import annotations

import re

import pytest

from app.kit.markdown.blocks import Kind
from tests.kit.markdown.commonmark import HOW, Example, comparable, examples, html_in, ours, theirs

EXAMPLES = examples()
COUNT = 652

HTML = frozenset(
    [
        *(21, 31, 344, 475, 476, 477, 491, 524, 536, 642, 643),  # tags in the examples of others
        *range(148, 192),  # "HTML blocks", but for those below
        *(308, 309),  # a comment between two lists
        *range(613, 632),  # "Raw HTML", but for those below
    ]
) - {157, 160, 167, 168, 174, 175, 184, 188, 618, 619, 620, 621, 622, 624}
"""HTML is shown as text here. CommonMark passes it on, so these examples' blocks are others."""

FORMULAS = frozenset([14, 563])
"""`\\[` opens a formula here, as in the answers of every model; in CommonMark it is a bracket."""

DIFFERENT = HTML | FORMULAS
"""The examples whose blocks are others than CommonMark's: all the rest of the 652 are equal."""

needs_examples = pytest.mark.skipif(not EXAMPLES, reason=HOW)
EQUAL = [e for e in EXAMPLES if e.number not in DIFFERENT]
WITH_HTML = [e for e in EXAMPLES if e.number in HTML]


def name(example: Example) -> str:
    return str(example.number)


@needs_examples
def test_every_example_that_differs_is_named_and_holds_html_or_a_formula() -> None:
    assert [e.number for e in EXAMPLES] == list(range(1, COUNT + 1))
    assert len(EQUAL) == 588
    assert all(html_in(example.markdown) for example in WITH_HTML)


@needs_examples
@pytest.mark.parametrize("example", EQUAL, ids=name)
def test_an_example_gives_the_blocks_that_its_html_says(example: Example) -> None:
    assert comparable(ours(example.markdown)) == comparable(theirs(example.html))


@needs_examples
@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.number in DIFFERENT], ids=name)
def test_what_is_named_as_different_is(example: Example) -> None:
    assert comparable(ours(example.markdown)) != comparable(theirs(example.html))


@needs_examples
@pytest.mark.parametrize("example", WITH_HTML, ids=name)
def test_html_in_an_example_stays_text(example: Example) -> None:
    shown = "\n".join(seen.inside for seen in ours(example.markdown))
    for html in html_in(example.markdown):
        for tag in re.findall(r"</?[A-Za-z][A-Za-z0-9-]*|<[!?]", html):
            assert tag in shown, html


@needs_examples
@pytest.mark.parametrize("number", sorted(FORMULAS))
def test_an_opening_bracket_with_a_backslash_begins_a_formula(number: int) -> None:
    seen = ours(EXAMPLES[number - 1].markdown)
    assert Kind.MATH.value in [block.kind for block in seen]


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("# One\n\nTwo\n---\n\n###### Six ##\n", "<h1>One</h1><h2>Two</h2><h6>Six</h6>"),
        ("a **b _c_** `d`\n", "<p>a <strong>b <em>c</em></strong> <code>d</code></p>"),
        ("a\\\nb\n", "<p>a<br />\nb</p>"),
        ("- a\n- b\n  - c\n", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"),
        ("3) a\n4) b\n", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("0. a\n", '<ol start="0"><li>a</li></ol>'),
        ("- a\n\n  b\n", "<ul><li><p>a</p><p>b</p></li></ul>"),
        (
            "> a\nb\n>\n> > c\n",
            "<blockquote><p>a\nb</p><blockquote><p>c</p></blockquote></blockquote>",
        ),
        ("> - a\n>   1. b\n", "<blockquote><ul><li>a<ol><li>b</li></ol></li></ul></blockquote>"),
        ("```py x\na\n\nb\n```\n", '<pre><code class="language-py">a\n\nb\n</code></pre>'),
        ("``` c\\+\\+\na\n```\n", '<pre><code class="language-c++">a\n</code></pre>'),
        ("    a\n\n    b\n", "<pre><code>a\n\nb\n</code></pre>"),
        ("- ```\n  a\n  ```\n", "<ul><li><pre><code>a\n</code></pre></li></ul>"),
        ("a\n***\nb\n", "<p>a</p><hr /><p>b</p>"),
        ('[a](/b "c") ![d](/e)\n', '<p><a href="/b" title="c">a</a> <img src="/e" alt="d" /></p>'),
        ("[a][B]\n\n[b]: /c\n", '<p><a href="/c">a</a></p>'),
        ("<https://a.b/c>\n", '<p><a href="https://a.b/c">https://a.b/c</a></p>'),
        ("\\*a\\* &amp; &copy;\n", "<p>*a* &amp; ©</p>"),
        ("-\n- b\n", "<ul><li></li><li>b</li></ul>"),
    ],
)
def test_a_construct_gives_the_blocks_that_html_would(markdown: str, html: str) -> None:
    assert comparable(ours(markdown)) == comparable(theirs(html))


def test_a_difference_would_be_seen() -> None:
    assert comparable(ours("- a\n")) != comparable(theirs("<p>a</p>"))
    assert comparable(ours("**a**\n")) != comparable(theirs("<p>a</p>"))
    assert comparable(ours("1. a\n")) != comparable(theirs('<ol start="2"><li>a</li></ol>'))
