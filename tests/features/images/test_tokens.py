"""The estimate follows pixels and detail."""

from __future__ import annotations

import pytest

from app.core.message import Detail, ImagePart
from app.features.images.tokens import estimated_tokens


@pytest.mark.parametrize(
    ("width", "height", "detail", "tokens"),
    [
        (512, 512, Detail.AUTO, 255),
        (513, 512, Detail.HIGH, 425),
        (1024, 1024, Detail.HIGH, 765),
        (2048, 4096, Detail.HIGH, 1105),
        (4096, 4096, Detail.LOW, 85),
        (0, 0, Detail.AUTO, 0),
    ],
)
def test_about_how_many(width: int, height: int, detail: Detail, tokens: int) -> None:
    part = ImagePart("a.png", width=width, height=height, detail=detail)
    assert estimated_tokens(part) == tokens
