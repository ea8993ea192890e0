"""Files made to hurt whoever opens them: far more pixels, frames or text than their bytes tell."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Mapping

from PIL import Image

from tests.adapters.images.pictures import photo, png_chunk, png_claiming, saved

MB = 1024 * 1024
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def deflated(size: int, byte: bytes = b"\0") -> bytes:
    """So many equal bytes, as deflate packs them."""
    packer = zlib.compressobj(9)
    pieces = [packer.compress(byte * MB) for _ in range(size // MB)]
    return b"".join(pieces) + packer.compress(byte * (size % MB)) + packer.flush()


def png(width: int, height: int, packed: bytes, depth: int = 8, colour: int = 2) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    chunks = png_chunk(b"IHDR", header) + png_chunk(b"IDAT", packed) + png_chunk(b"IEND", b"")
    return SIGNATURE + chunks


def png_with(name: bytes, data: bytes) -> bytes:
    plain = saved(photo(), "PNG")
    return plain[:33] + png_chunk(name, data) + plain[33:]


def many_text_chunks() -> bytes:
    plain = saved(photo(), "PNG")
    packed = zlib.compress(b"x" * 900_000, 9)
    return plain[:33] + png_chunk(b"zTXt", b"a\0\0" + packed) * 400 + plain[33:]


def gif_of_frames(count: int, side: int) -> bytes:
    frame = Image.new("P", (side, side))
    plain = saved(frame, "GIF")
    at = plain.index(b",", 13)
    return plain[:at] + plain[at:-1] * count + b";"


def gif_claiming(side: int) -> bytes:
    plain = bytearray(saved(photo(8, 8).convert("P"), "GIF"))
    plain[6:10] = struct.pack("<HH", side, side)
    return bytes(plain)


def jpeg_claiming(width: int, height: int) -> bytes:
    plain = bytearray(saved(photo(16, 16), "JPEG"))
    at = plain.index(b"\xff\xc0")
    plain[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(plain)


def jpeg_of_scans(count: int) -> bytes:
    """A progressive picture whose last scan comes again and again."""
    plain = saved(Image.new("L", (4000, 4000), 99), "JPEG", progressive=True)
    last = plain.rindex(b"\xff\xda")
    return plain[:last] + plain[last:-2] * count + plain[-2:]


def tiff_in_a_circle() -> bytes:
    """The second directory leads back to the first one."""
    entries = [(256, 3, 1, 8), (257, 3, 1, 8), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1)]
    entries += [(273, 4, 1, 200), (277, 3, 1, 1), (278, 3, 1, 8), (279, 4, 1, 64)]
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    directory = struct.pack("<H", len(entries)) + body + struct.pack("<I", 8)
    return (b"II*\0" + struct.pack("<I", 8) + directory).ljust(200, b"\0") + bytes(64)


def tiff_claiming(width: int, height: int, compression: int = 1) -> bytes:
    entries = [(256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8)]
    entries += [(259, 3, 1, compression), (262, 3, 1, 1), (273, 4, 1, 200), (277, 3, 1, 1)]
    entries += [(278, 4, 1, height), (279, 4, 1, 0xFFFFFFFF)]
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    directory = struct.pack("<H", len(entries)) + body + bytes(4)
    data = deflated(80 * MB) if compression == 8 else bytes(64)
    return (b"II*\0" + struct.pack("<I", 8) + directory).ljust(200, b"\0") + data


def tiff_of_entries() -> bytes:
    """A directory that says it has far more entries than there are bytes."""
    entry = struct.pack("<HHII", 270, 2, 0xFFFFFFFF, 8)
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 0xFFFF) + entry * 60_000


def bmp_claiming(width: int, height: int, packed: int = 0) -> bytes:
    plain = bytearray(saved(photo(16, 16).convert("P"), "BMP"))
    plain[18:26] = struct.pack("<ii", width, height)
    plain[30:34] = struct.pack("<I", packed)
    return bytes(plain)


def webp_claiming() -> bytes:
    plain = bytearray(saved(Image.new("RGBA", (16, 16), (1, 2, 3, 4)), "WEBP", lossless=True))
    at = plain.index(b"VP8L") + 9
    plain[at : at + 4] = struct.pack("<I", 0x0FFFFFFF)
    return bytes(plain)


def avif_claiming() -> bytes:
    plain = bytearray(saved(photo(16, 16), "AVIF"))
    at = plain.index(b"ispe") + 8
    plain[at : at + 8] = struct.pack(">II", 60_000, 60_000)
    return bytes(plain)


def noise_16_bit() -> bytes:
    out = io.BytesIO()
    Image.new("I;16", (9000, 9000)).save(out, "PNG", compress_level=1)
    return out.getvalue()


NESTED = "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 25))
SVG = f'<svg xmlns="http://www.w3.org/2000/svg"><g id="a0"><path d="M0 0"/></g>{NESTED}</svg>'

BOMBS: Mapping[str, Callable[[], bytes]] = {
    "a PNG of 99 Mpx in colour": lambda: png(9900, 9999, deflated((9900 * 3 + 1) * 9999)),
    "a PNG of 99 Mpx in grey": lambda: png(9900, 9999, deflated(9901 * 9999), 8, 0),
    "a PNG of 99 Mpx with 16 bits": lambda: png(9900, 9999, deflated(19_801 * 9999), 16, 0),
    "a PNG of 99 Mpx see-through": lambda: png(9900, 9999, deflated((9900 * 4 + 1) * 9999), 8, 6),
    "a PNG of one bit a pixel": lambda: png(99_000, 1000, deflated(12_376 * 1000), 1, 0),
    "a PNG of one column": lambda: png(1, 99_000_000, deflated(100 * MB), 8, 0),
    "a PNG that claims 4 Gpx": lambda: png_claiming(65_535, 65_535),
    "a PNG that claims 2^31 each way": lambda: png_claiming(2**31 - 1, 2**31 - 1),
    "a PNG with more pixels than it claims": lambda: png(10, 10, deflated(300 * MB)),
    "a PNG with packed text of 300 MB": lambda: png_with(b"zTXt", b"a\0\0" + deflated(300 * MB)),
    "a PNG with a profile of 300 MB": lambda: png_with(b"iCCP", b"a\0\0" + deflated(300 * MB)),
    "a PNG with international text": lambda: png_with(
        b"iTXt", b"a\0\x01\0\0\0" + deflated(300 * MB)
    ),
    "a PNG with 400 packed texts": many_text_chunks,
    "a PNG with a chunk of 4 GB": lambda: SIGNATURE + b"\xff\xff\xff\xffIHDR",
    "a PNG of 16 bits that is large": noise_16_bit,
    "a GIF of 20,000 frames": lambda: gif_of_frames(20_000, 4),
    "a GIF of large frames": lambda: gif_of_frames(300, 2000),
    "a GIF that claims 4 Gpx": lambda: gif_claiming(65_535),
    "a GIF that claims 96 Mpx": lambda: gif_claiming(9800),
    "a JPEG that claims 4 Gpx": lambda: jpeg_claiming(65_500, 65_500),
    "a JPEG that claims 99 Mpx": lambda: jpeg_claiming(9900, 9999),
    "a JPEG of 2,000 scans": lambda: jpeg_of_scans(2000),
    "a TIFF that leads back to itself": tiff_in_a_circle,
    "a TIFF that claims 4 Gpx": lambda: tiff_claiming(65_535, 65_535),
    "a TIFF that claims 81 Mpx": lambda: tiff_claiming(9000, 9000),
    "a TIFF packed to little": lambda: tiff_claiming(9000, 9000, 8),
    "a TIFF of 65,535 entries": tiff_of_entries,
    "a BMP that claims 2^31 rows": lambda: bmp_claiming(2, 2**31 - 1),
    "a BMP of negative width": lambda: bmp_claiming(-5000, 5000),
    "a BMP that claims 99 Mpx": lambda: bmp_claiming(9900, 9999),
    "a BMP packed by runs": lambda: bmp_claiming(9900, 9999, 1),
    "a WebP that claims 268 Mpx": webp_claiming,
    "an AVIF that claims 3.6 Gpx": avif_claiming,
    "an SVG of nested uses": lambda: SVG.encode(),
    "an SVG with an entity bomb": lambda: (
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY a%d "&a;&a;&a;&a;">' % n for n in range(20))
        + b']><svg xmlns="http://www.w3.org/2000/svg"><text>&a19;</text></svg>'
    ),
    "an SVG that loads a file": lambda: (
        b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
    ),
    "a page": lambda: b"<!DOCTYPE html><html><img src=x></html>",
    "a PDF": lambda: b"%PDF-1.7\n" + bytes(range(256)),
    "an archive": lambda: b"PK\x03\x04" + bytes(range(256)),
    "a HEIC picture": lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64),
    "nothing": lambda: b"",
    "a signature alone": lambda: SIGNATURE,
    "a JPEG's first bytes": lambda: b"\xff\xd8\xff",
    "a GIF's first bytes": lambda: b"GIF89a",
    "a WebP's first bytes": lambda: b"RIFF\xff\xff\xff\xffWEBPVP8L",
    "a bitmap's first bytes": lambda: b"BM\xff\xff\xff\xff\0\0\0\0\x36\0\0\0\x28\0\0\0",
    "an AVIF's first bytes": lambda: b"\0\0\0\x1cftypavif",
    "a PNG cut in half": lambda: saved(photo(), "PNG")[:9000],
    "a JPEG cut in half": lambda: saved(photo(), "JPEG")[:4000],
    "a PNG under the name of another": lambda: saved(photo(), "PNG"),
}
