"""A PDF in the child process: its pages' sizes, texts and pictures, by pypdfium2.

A page's picture has 144 points to the inch (twice the size that it has on paper at 72), so that
print of six points stays readable, and no side of more than 3,000 pixels.
"""

from __future__ import annotations

import io
import math
import time
from typing import Any

from app.adapters.child_loop import RefusedError
from app.adapters.documents.radicals import plain_characters

SCALE = 2.0
LONGEST_SIDE = 3_000
THUMBNAIL = (180, 240)
MOST_PAGES = 5_000
MOST_TEXT = 2_000_000
"""Characters of a page."""
TEXTS_S = 0.15
"""How long texts are read before those that are there go back."""
WRONG_PASSWORD, UNKNOWN_PROTECTION = 4, 5


class LockedError(Exception):
    """It takes another password than the one given, or any at all."""


class Pdf:
    """Raises RefusedError for what cannot be opened. Pages are counted from 1."""

    def __init__(self, data: bytes, password: str = "") -> None:
        """Raises LockedError as well."""
        import pypdfium2

        self._failed: type[Exception] = pypdfium2.PdfiumError
        try:
            self._pdf = pypdfium2.PdfDocument(data, password=password or None)
        except pypdfium2.PdfiumError as error:
            code = getattr(error, "err_code", None)
            if code == WRONG_PASSWORD:
                raise LockedError from error
            refused = "protected" if code == UNKNOWN_PROTECTION else "broken"
            raise RefusedError(refused) from error
        self._count = len(self._pdf)
        if not self._count:
            raise RefusedError("broken")
        if self._count > MOST_PAGES:
            raise RefusedError("large")
        self._pdf.init_forms()  # what was filled in is drawn and read as well

    def sizes(self) -> list[tuple[int, int]]:
        """Pixels of each page's picture."""
        found = []
        for index in range(self._count):
            try:
                found.append(_pixels(*self._pdf.get_page_size(index))[:2])
            except self._failed:
                found.append((1, 1))
        return found

    def texts(self, numbers: list[int]) -> list[str]:
        """Of the first of these pages, of as many as a short time allows."""
        until = time.process_time() + TEXTS_S
        found: list[str] = []
        for number in numbers:
            found.append(self._text(number))
            if time.process_time() > until:
                break
        return found

    def picture(self, number: int) -> bytes:
        """A page as PNG."""
        page = self._page(number)
        width, height, scale = _pixels(*page.get_size())
        return _png(self._drawn(page, scale).resize((width, height)))

    def thumbnail(self, number: int) -> bytes:
        """A page as a small PNG."""
        page = self._page(number)
        width, height, scale = _pixels(*page.get_size())
        scale *= min(THUMBNAIL[0] / width, THUMBNAIL[1] / height, 1)
        return _png(self._drawn(page, scale))

    def _page(self, number: int) -> Any:
        try:
            return self._pdf[number - 1]
        except (self._failed, IndexError) as error:
            raise RefusedError("broken") from error

    def _drawn(self, page: Any, scale: float) -> Any:
        try:
            return page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
        except self._failed as error:
            raise RefusedError("broken") from error

    def _text(self, number: int) -> str:
        """Empty where a page has none, or is broken."""
        try:
            page = self._pdf[number - 1].get_textpage()
            raw = (
                page.get_text_range(0, min(page.count_chars(), MOST_TEXT))
                if page.count_chars()
                else ""
            )
        except (self._failed, IndexError):
            return ""
        return _tidy(raw)


def _pixels(width: float, height: float) -> tuple[int, int, float]:
    """A picture's size, and its pixels to a point."""
    if not (math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0):
        raise RefusedError("broken")
    scale = min(SCALE, LONGEST_SIDE / max(width, height))
    return max(1, math.ceil(width * scale)), max(1, math.ceil(height * scale)), scale


def _png(image: Any) -> bytes:
    made = io.BytesIO()
    image.save(made, "PNG", compress_level=1)
    return made.getvalue()


def _tidy(raw: str) -> str:
    """Lines as they are, with plain line ends, and a hyphen where one stood at a line's end."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\x02", "-").replace("\ufffe", "-")
    text = "".join(char for char in text if char >= " " or char in "\n\t")
    lines = (line.rstrip() for line in plain_characters(text).split("\n"))
    return "\n".join(lines).strip("\n")
