"""Which kind of picture bytes are, told by how they begin; a file's name decides nothing."""

from __future__ import annotations


def picture_format(data: bytes) -> str | None:
    """`PNG`, `JPEG`, `GIF` or `WEBP`; None for anything else, SVG and HTML among it."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    return None
