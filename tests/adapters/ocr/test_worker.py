"""What the engine is given to see of a picture."""

from __future__ import annotations

import pytest
from PIL import Image

from app.adapters.ocr.worker import _decoded
from tests.adapters.images.pictures import saved

pytest.importorskip("cv2", reason="the ocr extra is not installed")


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
@pytest.mark.parametrize("ink", [0, 255])
def test_writing_on_nothing_stands_out(mode: str, ink: int) -> None:
    """What is see-through has a colour all the same: often that of the writing."""
    channels = len(mode) - 1
    clear = Image.new(mode, (40, 20), (ink,) * channels + (0,))
    clear.paste((ink,) * channels + (255,), (10, 5, 30, 15))
    image, scale = _decoded(saved(clear, "PNG"))
    assert (image.shape, scale) == ((20, 40, 3), 1.0)
    assert image[10, 20].tolist() == [ink] * 3
    assert image[1, 1].tolist() == [255 - ink] * 3


@pytest.mark.parametrize("mode", ["L", "RGB", "P", "1"])
def test_all_other_pictures_have_three_channels(mode: str) -> None:
    image, _ = _decoded(saved(Image.new("RGB", (40, 20), "white").convert(mode), "PNG"))
    assert (image.shape, int(image.min())) == ((20, 40, 3), 255)
