"""What goes to a service in place of a picture that stays on this computer: the text read from it.

The words say whose reading it is, so that the model neither takes it for the person's own words
nor asks for a picture that it will not get.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.core.message import ImagePart
from app.core.ports import TextLine
from app.core.reading_order import lines_to_text


def text_instead(image: ImagePart) -> str:
    """Exactly what is sent for a picture of which only the text goes."""
    name = quoted_name(image.name)
    if image.text is None:
        return f"Image {name} is not sent."
    text = image.text.strip("\n")
    if not text.strip():
        return f"Image {name} is not sent. No text was found in it by OCR on the sender's computer."
    lead = f"Image {name} is not sent. Text read from it by OCR on the sender's computer:"
    return f"{lead}\n{fenced(text)}"


def as_text_only(image: ImagePart, lines: Sequence[TextLine]) -> ImagePart:
    """The picture with what was read from it, of which only this goes."""
    return replace(image, text=lines_to_text(lines), text_only=True)


def fenced(text: str) -> str:
    """The text in a fence that it does not contain."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}\n{text}\n{fence}"


def quoted_name(name: str) -> str:
    """A file's name in backquotes: on one line, and without any of its own."""
    return "`" + "".join(c if c.isprintable() and c != "`" else "_" for c in name) + "`"
