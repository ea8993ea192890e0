"""Which kind of picture bytes are, told by how they begin; a file's name decides nothing."""

from __future__ import annotations

HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
AVIF_BRANDS = (b"avif", b"avis")
MOST_BRANDS = 64
BMP_HEADERS = (12, 16, 40, 52, 56, 64, 108, 124)
"""The lengths that the header after a bitmap's first 14 bytes may have."""


def picture_format(data: bytes) -> str | None:
    """`PNG`, `JPEG`, `GIF`, `WEBP`, `BMP`, `TIFF`, `AVIF`; `HEIF`, which nothing here decodes.

    HEIF has one Python decoder that is kept up, and it comes with an encoder under the GPL; the
    one without it gets no fixes any more, which nobody should read foreign files with.
    None for anything else, SVG and HTML among it.
    """
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data.startswith((b"II*\0", b"MM\0*")):
        return "TIFF"
    if data.startswith(b"BM") and int.from_bytes(data[14:18], "little") in BMP_HEADERS:
        return "BMP"
    return _boxed_format(data)


def _boxed_format(data: bytes) -> str | None:
    """AVIF and HEIF begin alike: with a box that lists the brands they keep to."""
    if data[4:8] != b"ftyp":
        return None
    end = min(int.from_bytes(data[:4], "big"), 16 + 4 * MOST_BRANDS, len(data))
    brands = [data[8:12], *(data[at : at + 4] for at in range(16, end, 4))]
    if any(brand in AVIF_BRANDS for brand in brands):
        return "AVIF"
    return "HEIF" if any(brand in HEIF_BRANDS for brand in brands) else None
