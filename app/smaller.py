"""Pictures that a service found too large: asked about again, at half their size."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from app.core.conversation import Draft
from app.core.message import FilePart, ImagePart, Message
from app.core.picture import Preparation, Scaling
from app.core.ports import BlobReader, ImageCodec

SMALLEST_SIDE = 256

PutBlob = Callable[[bytes], Awaitable[str]]


async def smaller(
    question: Message, *, codec: ImageCodec, read_blob: BlobReader, put_blob: PutBlob
) -> Draft | None:
    """The question with pictures half as wide and high; None where none can be made smaller.

    Raises ImageError and StorageError.
    """
    parts: list[ImagePart | FilePart] = []
    shrunk = False
    for part in question.parts:
        if isinstance(part, ImagePart) and part.blob is not None and not part.text_only:
            longest = max(part.width, part.height) // 2
            if longest >= SMALLEST_SIDE:
                data = await read_blob(part.blob)
                ready = await codec.prepare(data, part.name, Preparation(Scaling.FIT, longest))
                blob = await put_blob(ready.data)
                part = replace(
                    part,
                    blob=blob,
                    media_type=ready.media_type,
                    width=ready.width,
                    height=ready.height,
                )
                shrunk = True
        if isinstance(part, ImagePart | FilePart):
            parts.append(part)
    return Draft(question.text, tuple(parts), question.asked) if shrunk else None
