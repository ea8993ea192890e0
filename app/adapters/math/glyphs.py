"""Characters that the formula font lacks: room is left for them, and whoever paints draws them.

Chinese, Japanese and Korean characters are as wide as they are high in every font, so that the
room is right whatever font they are drawn with later. Other characters that are not there make the
formula one that cannot be set.
"""

from __future__ import annotations

import unicodedata
from typing import Any
from xml.etree.ElementTree import Element

ASCENT, DESCENT = 0.88, 0.12
"""Of the size: where East Asian characters stand."""
NOTHING = 0
"""The index of the glyph that a font shows for what it lacks."""


class NoGlyphError(Exception):
    """A character that could not be drawn."""


def lend_glyphs(font: Any) -> None:
    """Make a ziamath font give stand-ins for wide characters. Other gaps raise NoGlyphError."""
    from ziafont.fonttypes import BBox
    from ziafont.glyph import SimpleGlyph
    from ziafont.svgpath import fmt

    own = font.glyph
    em = font.info.layout.unitsperem
    box = BBox(0, em, -round(DESCENT * em), round(ASCENT * em))

    class StandIn(SimpleGlyph):
        """Room for one character; draws a `text` that `svg.tidy` takes out again."""

        def __init__(self, char: str) -> None:
            super().__init__(NOTHING, [], box, font)
            self._char = char

        def advance(self, nextchr: Any = None) -> int:
            return int(em)

        def place(self, x: float, y: float, point_size: float) -> Element:
            made = Element("text", {"x": fmt(x), "y": fmt(y), "font-size": fmt(point_size)})
            made.text = self._char
            return made

    def glyph(char: str) -> Any:
        if font.glyphindex(char) != NOTHING:
            return own(char)
        if unicodedata.east_asian_width(char) not in ("W", "F"):
            raise NoGlyphError
        return StandIn(char)

    font.glyph = glyph
