"""The child process sets formulas, refuses what is none, and outlives what brings it down."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
import qasync

from app.adapters.child import ChildWorker
from app.adapters.math.setter import LONGEST, ChildFormulaSetter
from app.core.ports import FORMULA_INK, FORMULA_SIZE, Formula, FormulaPicture
from tests.adapters.math.formulas import BROKEN, GOOD, HOSTILE

SHAPES = {"svg", "path", "rect", "ellipse"}
VALUES = {"d", "x", "y", "width", "height", "rx", "ry", "cx", "cy", "viewBox"}
PAINTS = {"fill", "stroke", "stroke-width"}


@pytest.fixture
def setter(qloop: qasync.QEventLoop) -> Iterator[ChildFormulaSetter]:
    made = ChildFormulaSetter()
    yield made
    qloop.run_until_complete(made.close())


def formula(tex: str, *, display: bool = False) -> Formula:
    return Formula(tex, display)


async def one(setter: ChildFormulaSetter, tex: str) -> FormulaPicture:
    (made,) = await setter.typeset([formula(tex)])
    assert made is not None
    return made


def is_harmless(picture: FormulaPicture) -> bool:
    """Whether the picture holds shapes and numbers, and nothing else."""
    for element in fromstring(picture.svg).iter():
        bare = element.tag.removeprefix("{http://www.w3.org/2000/svg}")
        if bare not in SHAPES or (element.text or "").strip() or (element.tail or "").strip():
            return False
        for name, value in element.attrib.items():
            form = r"#?\w+(\.\d+)?" if name in PAINTS else r"[MLHVCSQTAZz\d\s.,e-]*"
            if name not in VALUES | PAINTS or re.fullmatch(form, value) is None:
                return False
    return True


async def test_every_construct_is_set_both_ways(setter: ChildFormulaSetter) -> None:
    assert len(GOOD) >= 40
    wanted = [formula(tex, display=display) for tex in GOOD for display in (False, True)]
    made = await setter.typeset(wanted)
    refused = [f.tex for f, picture in zip(wanted, made, strict=True) if picture is None]
    assert refused == []
    for picture in made:
        assert picture is not None
        assert is_harmless(picture)
        assert 0 <= picture.depth < picture.height
        assert picture.width > 5
    assert "ziamath" not in sys.modules


async def test_nothing_of_a_formula_is_left_out(setter: ChildFormulaSetter) -> None:
    pairs = [
        (r"\mathop{\mathrm{tr}}", r"\mathop{\mathrm{t}}"),
        (r"\text{a < b}", r"\text{a }"),
        (r"\text{% of}", r"\text{%}"),
        (r"x \tag{12}", "x"),
        (r"\text{速度}", r"\text{速}"),
        (r"\ce{H2O}", r"\ce{H2}"),
    ]
    for longer, shorter in pairs:
        wide, narrow = await one(setter, longer), await one(setter, shorter)
        assert wide.width > narrow.width + 4, longer


async def test_baseline_style_and_colour(setter: ChildFormulaSetter) -> None:
    letter = await one(setter, "x")
    assert 0 < letter.depth < 2
    assert FORMULA_INK.encode() in letter.svg
    assert b'"black"' not in (await one(setter, r"\color{black}{x} \rule{1em}{1em}")).svg
    deep = await one(setter, r"\frac{a}{b}")
    assert 5 < deep.depth < deep.height - 5
    display = await setter.typeset([formula(r"\sum_i^n x", display=True)])
    assert display[0] is not None
    assert display[0].height > (await one(setter, r"\sum_i^n x")).height + 8


def bars(picture: FormulaPicture) -> list[tuple[float, float]]:
    """Width and height of every rectangle."""
    shapes = fromstring(picture.svg).iter("{http://www.w3.org/2000/svg}rect")
    return [(float(one.attrib["width"]), float(one.attrib["height"])) for one in shapes]


TABLES = (
    (r"\begin{array}{cc} a & b \\ c & d \end{array}", 0, 0),
    (r"\begin{array}{c|c} a & b \\ c & d \end{array}", 1, 0),
    (r"\begin{array}{|c||c|} \hline a & b \\ \hline\hline c & d \\ \hline \end{array}", 4, 4),
    (r"\begin{array} {c c} a & b \\\hline & d \end{array}", 0, 1),
    (r"\begin{tabular}{l|r} a & b \\ c & d \end{tabular}", 1, 0),
    (r"\begin{pmatrix} a & b \\ \hline c & d \end{pmatrix}", 0, 1),
    (r"\begin{array}{c|c} a & \begin{array}{c|c} x & y \end{array} \end{array}", 2, 0),
)
"""Tables, and how many upright and level lines they have."""


async def test_tables_have_their_lines(setter: ChildFormulaSetter) -> None:
    for tex, upright, level in TABLES:
        picture = await one(setter, tex)
        assert is_harmless(picture)
        found = bars(picture)
        assert sum(high > 3 * wide for wide, high in found) == upright, tex
        assert sum(wide > 3 * high for wide, high in found) == level, tex


async def test_every_shape_has_a_colour_of_the_theme(setter: ChildFormulaSetter) -> None:
    picture = await one(setter, r"\lVert x \rVert + \left\lvert \frac{a}{b} \right\rvert")
    assert fromstring(picture.svg).attrib["fill"] == FORMULA_INK


async def test_signs_among_words_are_no_larger_than_they_must(setter: ChildFormulaSetter) -> None:
    inline = await one(setter, r"\int_0^1 x \, dx")
    (display,) = await setter.typeset([formula(r"\int_0^1 x \, dx", display=True)])
    assert display is not None
    assert inline.height < 0.7 * display.height
    floor, beside = await one(setter, r"\lfloor x \rfloor"), r"\lfloor x \rfloor \frac{a}{b}"
    assert (await one(setter, beside)).height < 2 * floor.height


async def test_tags_stand_behind_their_rows(setter: ChildFormulaSetter) -> None:
    rows = r"\begin{align} a &= b \tag{1} \\ c &= d %s \end{align}"
    with_one, with_two = await one(setter, rows % ""), await one(setter, rows % r"\tag{2}")
    assert with_two.width == pytest.approx(with_one.width, abs=1)
    plain = await one(setter, rows.replace(r"\tag{1}", "") % "")
    assert with_one.width > plain.width + 15


async def test_letters_without_a_glyph_are_left_to_the_painter(setter: ChildFormulaSetter) -> None:
    picture = await one(setter, r"\text{速度} = \frac{\text{路程}}{t}")
    assert [letter.text for letter in picture.letters] == list("速度路程")
    first, second = picture.letters[:2]
    assert second.x - first.x == pytest.approx(FORMULA_SIZE, abs=0.5)
    assert first.y == second.y == pytest.approx(picture.height - picture.depth, abs=0.01)
    assert {letter.color for letter in picture.letters} == {FORMULA_INK}
    assert picture.letters[2].size <= FORMULA_SIZE
    assert (await one(setter, r"\color{red}\text{红}")).letters[0].color == "red"


async def test_what_is_no_formula_is_refused(setter: ChildFormulaSetter) -> None:
    made = await setter.typeset([formula(tex) for tex in BROKEN])
    set_after_all = [tex for tex, picture in zip(BROKEN, made, strict=True) if picture is not None]
    assert set_after_all == []
    assert await one(setter, "x") is not None


async def test_hostile_formulas_give_shapes_or_nothing(setter: ChildFormulaSetter) -> None:
    made = await setter.typeset([formula(tex) for tex in HOSTILE])
    assert len(made) == len(HOSTILE)
    harmful = [
        tex[:60]
        for tex, picture in zip(HOSTILE, made, strict=True)
        if picture is not None and not is_harmless(picture)
    ]
    assert harmful == []
    for tex in (
        r"\input{/etc/passwd}",
        r"\includegraphics{/etc/passwd}",
        r"\url{http://192.0.2.1/}",
    ):
        assert made[HOSTILE.index(tex)] is None
    assert await one(setter, "x") is not None


async def test_a_formula_may_be_so_long(setter: ChildFormulaSetter) -> None:
    (at_limit, over) = await setter.typeset(
        [formula("x+" * (LONGEST // 20) + " " * (LONGEST * 9 // 10)), formula("x" * (LONGEST + 1))]
    )
    assert at_limit is not None
    assert over is None


@pytest.fixture
def fragile(qloop: qasync.QEventLoop) -> Iterator[ChildFormulaSetter]:
    """A setter whose child is brought down by some formulas."""
    command = [sys.executable, "-m", "tests.adapters.math.slow_worker"]
    made = ChildFormulaSetter(
        ChildWorker("math", idle_s=60, command=command), limit_s=0.8, cpu_limit_s=0
    )
    yield made
    qloop.run_until_complete(made.close())


@pytest.mark.parametrize("bad", ["slow", "crash"])
async def test_one_bad_formula_takes_none_with_it(fragile: ChildFormulaSetter, bad: str) -> None:
    made = await fragile.typeset([formula("a"), formula(bad), formula("b")])
    assert [picture is not None for picture in made] == [True, False, True]


async def test_a_child_that_died_is_started_again(
    fragile: ChildFormulaSetter, tmp_path: Path
) -> None:
    mark = tmp_path / "died"
    made = await fragile.typeset([formula("a"), formula(f"once {mark}"), formula("b")])
    assert mark.exists()
    assert None not in made


async def test_after_the_end_nothing_is_set(fragile: ChildFormulaSetter) -> None:
    await fragile.close()
    assert await fragile.typeset([formula("a"), formula("b")]) == [None, None]
