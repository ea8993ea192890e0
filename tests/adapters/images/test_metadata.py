"""Nothing but pixels goes on: whatever was hidden in a picture of any kind ends in the codec."""

from __future__ import annotations

import io
import struct

import pytest
from PIL import Image, PngImagePlugin, TiffImagePlugin
from PIL.Image import Exif

from app.core.picture import Edits, Preparation, Region, Scaling
from app.core.ports import ImageCodec, PreparedImage
from tests.adapters.images.pictures import opened, photo, png_chunk, saved

MARK = b"CANARY"
PROFILE = MARK + b" profile" + bytes(120)
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + MARK + b" 52.5163 13.3777</x:xmpmeta>"
PNG_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
JPEG_SEGMENTS = {0xC0, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD, 0xE0}
"""Tables, frames and scans, and the JFIF header."""


def exif() -> Exif:
    """Where, when and with what it was taken."""
    made = Exif()
    made[0x010E] = "CANARY description"
    made[0x010F] = "CANARY camera"
    made[0x0112] = 1
    place = made.get_ifd(0x8825)
    place.update({1: "N", 2: (52.0, 30.0, 59.0), 3: "E", 4: (13.0, 22.0, 40.0), 29: "CANARY:day"})
    details = made.get_ifd(0x8769)
    details[0x9003] = "2026:11:23 12:00:00"
    details[0x9286] = MARK + b" comment"
    return made


def jpeg_segment(kind: int, data: bytes) -> bytes:
    return bytes((0xFF, kind)) + struct.pack(">H", len(data) + 2) + data


def planted_png() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "CANARY text")
    notes.add_text("Packed", "CANARY packed", zip=True)
    notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
    plain = saved(photo(), "PNG", pnginfo=notes, icc_profile=PROFILE, exif=exif())
    own = png_chunk(b"prVt", MARK) + png_chunk(b"tIME", bytes((7, 234, 11, 23, 12, 0, 0)))
    return plain[:33] + own + plain[33:] + MARK + b" after the end"


def planted_jpeg() -> bytes:
    small = saved(photo(80, 60), "JPEG", comment=MARK + b" in the thumbnail")
    plain = saved(photo(), "JPEG", exif=exif(), icc_profile=PROFILE, comment=MARK, xmp=XMP)
    segments = jpeg_segment(0xED, b"Photoshop 3.0\0" + MARK) + jpeg_segment(0xEA, small)
    return plain[:2] + segments + plain[2:] + small


def planted_gif() -> bytes:
    frames = [photo(40, 30), photo(41, 30)]
    told = b"!\xff\x0bXMP DataXMP" + bytes((len(XMP),)) + XMP + b"\0"
    plain = saved(frames[0], "GIF", save_all=True, append_images=frames[1:], comment=MARK)
    at = plain.index(b"!")
    return plain[:at] + told + plain[at:] + MARK


def planted_tiff() -> bytes:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    place = {1: "N", 2: (52.0, 30.0, 59.0), 3: "E", 4: (13.0, 22.0, 40.0), 29: "CANARY:day"}
    told = {270: "CANARY words", 305: "CANARY software", 700: XMP, 34675: PROFILE, 34853: place}
    for tag, value in told.items():
        tags[tag] = value
    second = Image.new("RGB", (8, 8))
    out = io.BytesIO()
    photo().save(out, "TIFF", tiffinfo=tags, save_all=True, append_images=[second])
    return out.getvalue() + MARK


def planted(kind: str) -> bytes:
    match kind:
        case "PNG":
            return planted_png()
        case "JPEG":
            return planted_jpeg()
        case "GIF":
            return planted_gif()
        case "TIFF":
            return planted_tiff()
        case "BMP":
            return saved(photo(), "BMP") + MARK
        case _:
            return saved(photo(), kind, exif=exif(), xmp=XMP, icc_profile=PROFILE) + MARK


def png_chunks(data: bytes) -> set[bytes]:
    names, at = set(), 8
    while at < len(data):
        names.add(data[at + 4 : at + 8])
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    assert at == len(data), "something stands after the end"
    return names


def jpeg_segments(data: bytes) -> set[int]:
    kinds, at = set(), 2
    while data[at + 1] != 0xDA:
        kinds.add(data[at + 1])
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    assert data.endswith(b"\xff\xd9")
    assert data.index(b"\xff\xd9", at) == len(data) - 2, "something stands after the end"
    return kinds


def assert_pixels_alone(ready: PreparedImage) -> None:
    for data in (ready.data, ready.thumbnail):
        assert MARK not in data
        image = opened(data)
        assert not image.getexif()
        assert not {"icc_profile", "xmp", "comment", "exif"} & set(image.info)
    assert png_chunks(ready.thumbnail) <= PNG_CHUNKS
    if ready.media_type == "image/png":
        assert png_chunks(ready.data) <= PNG_CHUNKS
    else:
        assert jpeg_segments(ready.data) <= JPEG_SEGMENTS


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "AVIF"])
async def test_all_that_is_hidden_ends_here(codec: ImageCodec, kind: str) -> None:
    data = planted(kind)
    assert data.count(MARK) >= (1 if kind == "BMP" else 3)
    crop = Edits(crop=Region(0, 0, 30, 20), quarter_turns=1)
    for ready in (
        await codec.prepare(data, kind),
        await codec.prepare(data, kind, Preparation(Scaling.FIT, 20)),
        await codec.edited(data, kind, crop),
        *await codec.tiles(data, kind),
    ):
        assert_pixels_alone(ready)


async def test_places_are_found_where_they_were_planted() -> None:
    """The test above looks for what is there: Pillow itself finds it in the planted files."""
    for kind in ("PNG", "JPEG", "WEBP", "TIFF", "AVIF"):
        image = Image.open(io.BytesIO(planted(kind)))
        assert image.getexif().get_ifd(0x8825)[1] == "N", kind
        assert "icc_profile" in image.info, kind
