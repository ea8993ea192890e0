"""A formula's SVG, written anew from what may be in it: outlines, bars, boxes, ellipses, colours.

Nothing is passed on that is not known here, and every value has the form that it must have. So no
formula, however odd, gets a reference, a style sheet or a script into the picture.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

_NUMBER = re.compile(r"-?\d{1,7}(?:\.\d{1,6})?(?:e-?\d{1,3})?")
_OUTLINE = re.compile(r"[MLHVCSQTAZz\d\s.,e-]{1,200000}")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3}|[a-zA-Z]{3,20}")
_PAINT = {"fill": _COLOR, "stroke": _COLOR, "stroke-width": _NUMBER}
SHAPES: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "path": {"d": _OUTLINE, **_PAINT},
    "rect": {**dict.fromkeys(("x", "y", "width", "height", "rx"), _NUMBER), **_PAINT},
    "ellipse": {**dict.fromkeys(("cx", "cy", "rx", "ry"), _NUMBER), **_PAINT},
}
MOST_BYTES = 1_000_000


class TooLargeError(Exception):
    """More outlines than a formula has."""


def tidy(drawn: Element, color: str) -> tuple[list[str], list[list[Any]]]:
    """The shapes as SVG elements; and characters to be drawn: [character, x, y, size, colour].

    `color` stands in for black, which is the library's word for no colour, and for colours that
    are none. Raises TooLargeError.
    """
    shapes: list[str] = []
    texts: list[list[Any]] = []
    room = MOST_BYTES
    for element in drawn.iter():
        if element.tag == "text" and element.text:
            place = [float(element.get(name, "0")) for name in ("x", "y", "font-size")]
            texts.append([element.text, *place, _color(element.get("fill"), color)])
        elif (known := SHAPES.get(element.tag)) is not None:
            shape = _shape(element, known, color)
            room -= len(shape)
            if room < 0:
                raise TooLargeError
            shapes.append(shape)
    return shapes, texts


def _shape(element: Element, known: Mapping[str, re.Pattern[str]], color: str) -> str:
    values: list[str] = []
    for name, form in known.items():
        value = element.get(name)
        if value is None:
            continue
        if form is _COLOR:
            value = _color(value, color)
        elif form.fullmatch(value) is None:
            continue
        values.append(f'{name}="{value.strip()}"')
    return f"<{element.tag} {' '.join(values)}/>"


def _color(value: str | None, instead: str) -> str:
    if value is None or value == "black" or _COLOR.fullmatch(value) is None:
        return instead
    return value
