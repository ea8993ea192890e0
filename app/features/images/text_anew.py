"""Reads a text file anew in the encoding that a person says it is in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from app.core.errors import PortholeError
from app.core.text_encodings import Encoding
from app.features.images.attached import Attached
from app.features.images.preparing import AttachedParts, Preparing


def text_anew(
    item: Attached,
    encoding: Encoding,
    preparing: Preparing,
    refuse: Callable[[PortholeError], None],
) -> Callable[[], Awaitable[AttachedParts]] | None:
    """What makes its parts; None where there is nothing to be made otherwise.

    If the file cannot be read any more, `refuse` is told why, and what was read stays.
    """
    before, read = item.parts, item.reader
    if item.busy or read is None or item.encoding in (None, encoding):
        return None

    async def make() -> AttachedParts:
        try:
            parts = await preparing.text_as(await read(), item.name, encoding)
        except PortholeError as error:
            refuse(error)
            return before
        item.encoding = encoding
        return parts

    return make
