"""Makes a picture anew, with other edits or pixels; what it was never goes in place of edits."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from app.core.errors import PortholeError
from app.core.message import Part
from app.core.picture import Edits, Preparation
from app.core.ports import BlobReader
from app.features.images.attached import Attached
from app.features.images.dropped import given
from app.features.images.originals import original
from app.features.images.preparing import AttachedParts, Preparing


def picture_anew(
    item: Attached,
    how: Preparation,
    edits: Edits,
    *,
    preparing: Preparing,
    read_blob: BlobReader,
    forget: Callable[[Sequence[Part]], None],
    refuse: Callable[[PortholeError], None],
) -> Callable[[], Awaitable[AttachedParts]]:
    """What makes its parts, as often as it is called; until then nothing of it can be sent.

    If only the scaling cannot be had, `refuse` is told why, and what it was stays. An edit that
    cannot be made raises PortholeError: what it was may show what was to be covered.
    """
    before, pictures, scaled = item.parts, item.pictures, item.how
    covered_before = edits == item.edits
    item.how, item.edits, item.parts, item.before = how, edits, (), before
    item.chip.show_parts((), how.scaling)

    async def make() -> AttachedParts:
        try:
            data = await original(item, pictures, read_blob)
            made = await preparing.pictures(data, item.name, how, edits, pictures[0].detail)
        except PortholeError as error:
            if not covered_before:
                raise
            item.how = scaled
            refuse(error)
            return before
        if item.reader is None:
            item.reader = given(data)  # from here on the store has what was made of it
        forget(before)
        return made

    item.make = make
    return make
