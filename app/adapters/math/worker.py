"""Sets formulas with ziamath, in pure Python and with its own font; runs in a child process."""

from __future__ import annotations

import json
import logging
import re
from typing import Any

from app.adapters.child_frames import Header
from app.adapters.child_loop import Work
from app.adapters.math.glyphs import lend_glyphs
from app.adapters.math.lined_table import lend_lines, tell_lines
from app.adapters.math.svg import tidy
from app.adapters.math.tex import prepared
from app.core.ports import FORMULA_INK, FORMULA_SIZE

MEMORY_BYTES = 384 * 1024 * 1024
MARGIN = 1
"""Pixels left free around a formula, so that no edge is cut."""
SMALLEST = 0.5
"""How small an index of an index is, of the formula's size; deeper ones stay at that."""
WIDEST, HIGHEST = 16_000, 4_000
_SIGNS, _CLOSING = "+-−±∓", ")]}|⟩⌋⌉!′"
_BRACES = re.compile(r">\\(\{|\}|lbrace|rbrace)<")
_NAMES = {"lbrace": "{", "rbrace": "}"}


_ROOM = {
    **dict.fromkeys("∪∩∨∧⊔⊓⊎⊕⊖⊗⊙∘⋅·⋆∗⧵∖×÷", "0.2em"),
    **dict.fromkeys("⟹⟸⟺⇒⇐⇔→←↔⟶⟵⟷↦⟼⊢⊨⟂∣", "0.28em"),
}
"""How much room stands at both sides of a sign."""
_LARGE = tuple("∫∬∭∮∯∰∑∏∐⋃⋂⋁⋀⨁⨂⨀⨆")
"""They are large by themselves, where they are: not as high as what stands beside them."""
_STILL = ("(", ")", "⌊", "⌋", "⌈", "⌉", "‖")


class UnknownError(Exception):
    """A command that nobody knows."""


def make_work() -> Work:
    """Import the library and its font; answers what sets formulas."""
    from ziamath.config import config
    from ziamath.zmath import loadedfonts

    logging.disable(logging.CRITICAL)
    config.minsizefraction = SMALLEST
    config.svg2 = False  # outlines rather than references to them, which Qt does not draw
    lend_glyphs(loadedfonts["default"])
    lend_lines()

    def work(_header: Header, body: bytes) -> tuple[Header, bytes]:
        pictures: list[bytes] = []
        answers: list[dict[str, Any]] = []
        for tex, display in json.loads(body):
            try:
                picture, facts = typeset(tex, display=display)
            except Exception as error:  # whatever a library may raise at what is no formula
                picture, facts = b"", {"refused": type(error).__name__}
            pictures.append(picture)
            answers.append({**facts, "bytes": len(picture)})
        return {"formulas": answers}, b"".join(pictures)

    return work


def typeset(tex: str, *, display: bool) -> tuple[bytes, dict[str, Any]]:
    """The SVG; its width, height and depth below the baseline in pixels; characters left to draw.

    Raises whatever the libraries do, and UnknownError.
    """
    from ziamath.zmath import Math

    math = Math(_mathml(tex, display=display), size=FORMULA_SIZE, margin=MARGIN)
    drawn = math.svgxml()
    left, top, width, height = (float(value) for value in drawn.attrib["viewBox"].split())
    if not (0 < width <= WIDEST and 0 < height <= HIGHEST):
        raise UnknownError
    shapes, texts = tidy(drawn, FORMULA_INK)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="{left} {top} {width} {height}" fill="{FORMULA_INK}">{"".join(shapes)}</svg>'
    )
    placed = [[char, x - left, y - top, s, c] for char, x, y, s, c in texts]
    facts = {"width": width, "height": height, "depth": height + top, "texts": placed}
    return svg.encode(), facts


def _mathml(tex: str, *, display: bool) -> Any:
    """The formula as MathML elements, all of whose parts are known."""
    from xml.etree.ElementTree import fromstring

    from ziamath.escapes import unescape
    from ziamath.tex import tex2mml

    written, lines = prepared(tex)
    text = tex2mml(written, inline=not display)
    text = _BRACES.sub(lambda match: f">{_NAMES.get(match[1], match[1])}<", text)
    made = fromstring(unescape(text))  # noqa: S314 - made by the converter; expat knows its limits
    for element in made.iter():
        if element.text and "\\" in element.text and element.text.strip() != "\\":
            raise UnknownError
    tell_lines(made, lines)
    _tell_signs(made)
    made.attrib["mathcolor"] = FORMULA_INK
    return made


def _tell_signs(element: Any) -> None:
    """A plus or minus behind another operator is a sign: no room is left behind it.

    There is room around signs that the library takes for letters, and brackets that were not said
    to grow do so for tables only.
    """
    before, children = "", list(element)
    for place, child in enumerate(children):
        text = (child.text or "").strip()
        if text in _ROOM and not child.attrib and child.tag.endswith(("}mi", "}mo")):
            child.tag = child.tag.replace("}mi", "}mo")
            child.attrib.update(lspace=_ROOM[text], rspace=_ROOM[text])
        if text in _LARGE:
            child.attrib.setdefault("stretchy", "false")
        beside = children[max(0, place - 1) : place + 2]
        if text in _STILL and not any(one.tag.endswith("}mtable") for one in beside):
            child.attrib.setdefault("stretchy", "false")
        sign = text if child.tag.endswith("}mo") else ""
        if sign and sign in _SIGNS and before and before not in _CLOSING:
            child.set("form", "prefix")
        before = sign
        _tell_signs(child)
