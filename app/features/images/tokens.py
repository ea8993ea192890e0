"""About how many tokens a picture costs: by its pixels, never by the length of its bytes.

The estimate is the one that OpenAI documents for its tile-based models: low detail costs a fixed
85; otherwise the picture is fitted into 2048 × 2048, its shorter side brought down to 768, and
each tile of 512 × 512 that it touches costs 170 besides the 85. Other models count otherwise;
what the service reports afterwards is what holds.
"""

from __future__ import annotations

from math import ceil

from app.core.message import Detail, ImagePart

FIXED, TILE_COST, TILE = 85, 170, 512
LONG_SIDE, SHORT_SIDE = 2048, 768


def estimated_tokens(image: ImagePart) -> int:
    """About how many tokens this picture costs as it is sent; 0 where its size is unknown."""
    if not image.width or not image.height:
        return 0
    if image.detail is Detail.LOW:
        return FIXED
    scale = min(1.0, LONG_SIDE / max(image.width, image.height))
    width, height = image.width * scale, image.height * scale
    scale = min(1.0, SHORT_SIDE / min(width, height))
    return FIXED + TILE_COST * ceil(width * scale / TILE) * ceil(height * scale / TILE)
