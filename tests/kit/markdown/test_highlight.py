"""Code is coloured line by line, as if it had been coloured whole."""

from collections.abc import Generator

import pytest

from app.kit.markdown import highlight
from app.kit.markdown.highlight import BEGIN, LONGEST_LINE, ROOM, Highlighter, Span, knows


def colors(language: str, lines: list[str]) -> list[dict[str, str]]:
    """For each line: coloured text → token."""
    spans = Highlighter(language).lines(lines)
    return [
        {line[start : start + length]: color for start, length, color in found}
        for line, found in zip(lines, spans, strict=True)
    ]


def drained(steps: Generator[None, None, list[list[Span]]]) -> list[list[Span]]:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: list[list[Span]] = end.value
            return found


def test_python() -> None:
    (found,) = colors("python", ['def read(x): return "a" + 1  # why'])
    assert found["def"] == "keyword"
    assert found["read"] == "function"
    assert found["1"] == "number"
    assert found["# why"] == "comment"


def test_whole_code_is_coloured_with_what_ends_lines_below() -> None:
    lines = ["int a; /* one", "two", "three */ int b;", "", "int c;"]
    spans = drained(Highlighter("c").whole(lines))
    assert spans[1] == [(0, 3, "comment")]
    assert (0, 8, "comment") in spans[2]
    assert (9, 3, "keyword") in spans[2]
    assert spans[3] == []
    assert (0, 3, "keyword") in spans[4]


def test_a_string_over_several_lines_goes_on() -> None:
    found = colors("python", ['x = """one', "def not_code", '"""', "def f(): pass"])
    assert found[1] == {"def not_code": "string"}
    assert found[3]["def"] == "keyword"


@pytest.mark.parametrize("language", ["", "pyth", "nonsense", "text"])
def test_a_name_that_is_not_known_has_no_colours(language: str) -> None:
    assert not knows(language)
    assert colors(language, ["def f(): pass"]) == [{}]


@pytest.mark.parametrize("language", ["python", "yaml", "sql"])
def test_what_is_no_code_is_left_alone_after_a_while(language: str) -> None:
    lines = ["= 1 ? $ ` ~ \u4e2d" * 100] * 50
    highlighter = Highlighter(language)
    spans = highlighter.lines(lines)
    assert len(spans) == 50
    assert spans[-1] == []
    assert highlighter.state == BEGIN
    assert highlighter.room <= 0
    highlighter.room = ROOM
    assert highlighter.lines(["x = '1'"]) != [], "and what comes later is read again"


def test_ordinary_code_is_coloured_to_its_last_line() -> None:
    line = "    result = self.read(path, 'utf-8', count=12) or {'a': [1, 2, 3]}  # why it is so"
    spans = Highlighter("python").lines([line] * 50)
    assert spans[-1] == spans[0] != []


def test_a_very_long_line_is_left_alone() -> None:
    assert Highlighter("python").lines(["x = 1 " * LONGEST_LINE, "def f(): pass"])[0] == []


@pytest.mark.parametrize("language", sorted(highlight._LEXERS))
def test_every_language_listed_is_there(language: str) -> None:
    lines = ['a = "b" // c', "/* d", "*/ <e>", "'''", "# f", "$ g", ""]
    assert len(Highlighter(language).lines(lines)) == len(lines)
