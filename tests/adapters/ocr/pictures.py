"""Pictures with text in them, and what they say; and how far a reading is off."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[3]
SCREENSHOT = ROOT / "resources" / "samples" / "screenshot.png"
SCREENSHOT_TEXT = SCREENSHOT.with_suffix(".txt")
MONO = Path("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf")
CHINESE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


def drawn(
    lines: list[tuple[int, int, str]],
    *,
    size: tuple[int, int],
    face: Path | None = None,
    height: int = 17,
    ink: str = "#1d2226",
    paper: str = "white",
) -> bytes:
    """PNG bytes; lines are (x, y, text). Without a face: the one that Pillow carries."""
    image = Image.new("RGB", size, paper)
    pen = ImageDraw.Draw(image)
    font = (
        ImageFont.truetype(str(face), height, index=2 if face == CHINESE else 0) if face else None
    )
    for x, y, text in lines:
        pen.text((x, y), text, font=font or ImageFont.load_default(height), fill=ink)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def error_rate(truth: str, read: str) -> float:
    """Characters to change, add or drop, over the truth's length; runs of space count as one."""
    wanted, got = " ".join(truth.split()), " ".join(read.split())
    costs = list(range(len(got) + 1))
    for row, char in enumerate(wanted, 1):
        above, costs[0] = costs[0], row
        for column, other in enumerate(got, 1):
            above, costs[column] = (
                costs[column],
                min(costs[column] + 1, costs[column - 1] + 1, above + (char != other)),
            )
    return costs[-1] / len(wanted)
