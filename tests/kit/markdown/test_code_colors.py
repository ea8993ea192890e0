"""Lines of code have the same colours in whatever order and portions they are asked for."""

import sys

import pytest

from app.kit.markdown.code_colors import STEP, WHOLE_LINES, CodeColors
from app.kit.markdown.highlight import is_at_hand

LINES = ['text = """begins', *["def not_code(): pass"] * (3 * STEP), '"""', "def code(): pass"]


@pytest.fixture(autouse=True)
def _at_hand() -> None:
    CodeColors("python").prepare()


@pytest.fixture
def no_lua(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if nobody had met Lua yet, whatever tests before did."""
    monkeypatch.delitem(sys.modules, "pygments.lexers.scripting", raising=False)


@pytest.mark.usefixtures("no_lua")
def test_a_language_that_is_not_at_hand_has_no_colours_before_it_is_prepared() -> None:
    assert not is_at_hand("lua")
    colors = CodeColors("lua")
    assert not colors.ready
    assert colors.of(["local x = 1"], 0, 1) == [[]]
    colors.prepare()
    assert colors.of(["local x = 1"], 0, 1) != [[]]
    assert is_at_hand("lua")
    assert CodeColors("lua").ready
    assert CodeColors("nonsense").ready


def read(colors: CodeColors) -> None:
    for _ in colors.read(LINES):
        pass


@pytest.mark.parametrize("portion", [1, 7, STEP, 2 * STEP, len(LINES)])
def test_portions_do_not_matter(portion: int) -> None:
    whole = CodeColors("python").of(LINES, 0, len(LINES))
    colors = CodeColors("python")
    found = []
    for first in range(0, len(LINES), portion):
        found += colors.of(LINES, first, min(len(LINES), first + portion))
    assert found == whole


def test_lines_that_were_coloured_can_be_asked_for_again() -> None:
    colors = CodeColors("python")
    whole = colors.of(LINES, 0, len(LINES))
    assert colors.of(LINES, STEP, STEP + 9) == whole[STEP : STEP + 9]
    assert colors.of(LINES, 2 * STEP + 5, 2 * STEP + 8) == whole[2 * STEP + 5 : 2 * STEP + 8]
    assert colors.of(LINES, 0, 2) == whole[:2]


def test_far_from_what_is_known_only_reading_all_of_it_tells() -> None:
    colors = CodeColors("python")
    far = len(LINES) - 10
    assert colors.of(LINES, far, far + 1) != [[(0, 20, "string")]]
    assert colors.may_be_read(LINES)
    read(colors)
    assert colors.of(LINES, far, far + 1) == [[(0, 20, "string")]]
    assert not colors.may_be_read(LINES)


def test_too_much_is_not_read_as_a_whole() -> None:
    assert not CodeColors("python").may_be_read(["x"] * (WHOLE_LINES + 1))
    assert not CodeColors("python").may_be_read(["x" * 5000])
    assert not CodeColors("nonsense").may_be_read(["x"])
