"""What can be measured of a picture without any model: size, colours, brightness, its text."""

from __future__ import annotations

import io
from dataclasses import dataclass

from app.adapters.threads import in_daemon_thread
from app.core.ports import ImageCodec, TextLine, TextReader
from app.core.reading_order import lines_to_text
from app.core.table_layout import find_tables, to_markdown

COLORS = (
    ("black", "黑", (20, 20, 20)),
    ("dark grey", "深灰", (75, 75, 78)),
    ("grey", "灰", (140, 140, 140)),
    ("light grey", "浅灰", (205, 207, 210)),
    ("white", "白", (248, 248, 248)),
    ("red", "红", (210, 45, 40)),
    ("orange", "橙", (240, 150, 50)),
    ("yellow", "黄", (245, 220, 80)),
    ("green", "绿", (60, 160, 80)),
    ("teal", "青", (20, 120, 115)),
    ("blue", "蓝", (50, 100, 210)),
    ("dark blue", "深蓝", (25, 45, 90)),
    ("light blue", "浅蓝", (150, 200, 240)),
    ("purple", "紫", (130, 70, 180)),
    ("pink", "粉", (240, 150, 180)),
    ("brown", "棕", (120, 80, 50)),
    ("beige", "米", (235, 225, 200)),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """`colors` are (English, Chinese, share 0–1), the most first; `brightness` is 0–1."""

    width: int
    height: int
    colors: tuple[tuple[str, str, float], ...]
    brightness: float


@dataclass(frozen=True, slots=True)
class Reading:
    """The text read from a picture: its lines, the laid-out text, and its tables as Markdown."""

    lines: tuple[TextLine, ...]
    text: str
    tables: tuple[str, ...]


async def measure(codec: ImageCodec, data: bytes) -> tuple[Measured, bytes]:
    """The picture's measures, and its bytes made safe. Raises ImageError.

    Colours are counted on the thumbnail, which our own codec made.
    """
    ready = await codec.prepare(data, "picture")
    colors, brightness = await in_daemon_thread(_colors, ready.thumbnail)
    return Measured(ready.original_width, ready.original_height, colors, brightness), ready.data


async def read(reader: TextReader, data: bytes) -> Reading:
    """Read the text on this machine. Raises ReadingError."""
    lines = tuple(await reader.read(data))
    tables = tuple(to_markdown(table) for table in find_tables(lines))
    return Reading(lines, lines_to_text(lines), tables)


def _colors(png: bytes) -> tuple[tuple[tuple[str, str, float], ...], float]:
    from PIL import Image

    with Image.open(io.BytesIO(png)) as opened:
        small = opened.convert("RGB").resize((48, 48))
    raw = small.tobytes()
    pixels = [(raw[i], raw[i + 1], raw[i + 2]) for i in range(0, len(raw), 3)]
    found: dict[int, int] = {}
    brightness = 0.0
    for red, green, blue in pixels:
        brightness += (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255
        nearest = min(
            range(len(COLORS)),
            key=lambda i: (
                (COLORS[i][2][0] - red) ** 2
                + (COLORS[i][2][1] - green) ** 2
                + (COLORS[i][2][2] - blue) ** 2
            ),
        )
        found[nearest] = found.get(nearest, 0) + 1
    ranked = sorted(found.items(), key=lambda item: -item[1])[:3]
    shares = tuple((COLORS[i][0], COLORS[i][1], n / len(pixels)) for i, n in ranked)
    return tuple(c for c in shares if c[2] >= 0.03), brightness / len(pixels)
