"""What a person hides, cuts and turns is done to the pixels sent, whichever way they lay."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image, ImageDraw
from PIL.Image import Transpose

from app.adapters.images.codec import ChildImageCodec
from app.adapters.images.edit import edits_from_json, edits_to_json, stored_region
from app.core.errors import ImageError, ImageProblem
from app.core.picture import NO_EDITS, Edits, Preparation, Region, Scaling
from app.core.ports import ImageCodec
from tests.adapters.images.pictures import opened, photo, saved, with_orientation

SECRET = Region(12, 5, 31, 17)
AS_STORED = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_90,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_270,
}


def corners(region: Region) -> tuple[int, int, int, int]:
    return (region.left, region.top, region.right, region.bottom)


def blacked(image: Image.Image, region: Region = SECRET) -> Image.Image:
    made = image.copy()
    ImageDraw.Draw(made).rectangle(
        (region.left, region.top, region.right - 1, region.bottom - 1), fill="black"
    )
    return made


async def edited(codec: ImageCodec, data: bytes, edits: Edits) -> Image.Image:
    ready = await codec.edited(data, "picture", edits)
    made = opened(ready.data)
    assert made.size == (ready.width, ready.height)
    return made


@pytest.mark.parametrize("orientation", range(1, 9))
async def test_regions_are_those_of_the_upright_picture(
    codec: ImageCodec, orientation: int
) -> None:
    upright = photo(60, 40)
    stored = upright.transpose(AS_STORED[orientation]) if orientation > 1 else upright
    data = with_orientation(stored, orientation, "PNG")
    crop = Region(8, 4, 50, 39)
    made = await edited(codec, data, Edits(crop, 0, (SECRET,)))
    assert made.tobytes() == blacked(upright).crop(corners(crop)).tobytes()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_region_there_and_back(orientation: int) -> None:
    upright = Image.new("L", (60, 40))
    upright.paste(255, corners(SECRET))
    stored = upright.transpose(AS_STORED[orientation]) if orientation > 1 else upright
    assert stored.getbbox() == corners(stored_region(SECRET, orientation, (60, 40)))


@pytest.mark.parametrize("quarters", [-1, 0, 1, 2, 3, 5])
async def test_it_is_turned_clockwise(codec: ImageCodec, quarters: int) -> None:
    picture = photo(60, 40)
    edits = Edits(quarter_turns=quarters)
    made = await edited(codec, saved(picture, "PNG"), edits)
    assert made.tobytes() == picture.rotate(-90 * quarters, expand=True).tobytes()
    assert edits.size_after(60, 40) == made.size


@pytest.mark.parametrize("mode", ["L", "LA", "RGB", "RGBA", "P", "1"])
async def test_what_is_hidden_is_solid_black_in_every_kind_of_picture(
    codec: ImageCodec, mode: str
) -> None:
    picture = photo(60, 40).convert(mode)
    if mode in ("LA", "RGBA"):
        picture.putalpha(77)
    made = await edited(codec, saved(picture, "PNG"), Edits(black_out=(SECRET,)))
    hidden = made.crop(corners(SECRET)).convert("RGBA")
    assert hidden.getcolors() == [(SECRET.width * SECRET.height, (0, 0, 0, 255))]


async def test_nothing_of_what_is_hidden_shines_through_where_it_is_shrunk(
    codec: ImageCodec,
) -> None:
    """A picture that differs in the hidden part alone gives the very same bytes."""
    plain = Image.new("RGB", (400, 300), "white")
    secret = plain.copy()
    ImageDraw.Draw(secret).rectangle((100, 100, 219, 149), fill="red")
    edits = Edits(black_out=(Region(100, 100, 220, 150),))
    sent = [
        await codec.prepare(saved(image, "PNG"), "picture", Preparation(Scaling.FIT, 123), edits)
        for image in (plain, secret)
    ]
    assert sent[0].data == sent[1].data
    assert sent[0].thumbnail == sent[1].thumbnail


async def test_a_photo_decoded_at_half_its_size_hides_all_that_was_meant(
    codec: ImageCodec,
) -> None:
    picture = Image.new("L", (9000, 64), 255)
    picture.paste(Image.effect_noise((333, 30), 120), (1001, 17))
    edits = Edits(black_out=(Region(1001, 17, 1334, 47),))
    ready = await codec.edited(saved(picture, "JPEG", quality=95), "photo.jpg", edits)
    assert (ready.original_width, ready.original_height) == (9000, 64)
    shown = opened(ready.data).convert("L")
    scale = ready.width / 9000
    hidden = shown.crop((int(1001 * scale) + 3, 10, int(1334 * scale) - 3, 20))
    assert max(hidden.tobytes()) < 40
    rest = shown.crop((int(1400 * scale), 0, shown.width, shown.height))
    assert min(rest.tobytes()) > 230


async def test_edits_beyond_the_picture_and_nothing_left(codec: ChildImageCodec) -> None:
    data = saved(photo(60, 40), "PNG")
    wide = Edits(Region(-10, -10, 600, 400), 0, (Region(50, 30, 99, 99), Region(90, 90, 99, 99)))
    made = await edited(codec, data, wide)
    assert made.size == (60, 40)
    assert made.getpixel((59, 39)) == (0, 0, 0)
    with pytest.raises(ImageError) as caught:
        await codec.edited(data, "picture", Edits(crop=Region(70, 0, 80, 10)))
    assert caught.value.problem is ImageProblem.EMPTY


def test_edits_as_values() -> None:
    edits = Edits(Region(1, 2, 30, 40), 3, (Region(4, 5, 6, 7),))
    assert edits_from_json(edits_to_json(edits)) == edits
    assert edits_from_json(None) == NO_EDITS
    assert NO_EDITS.nothing
    assert Edits(quarter_turns=4).nothing
    assert not edits.nothing
    assert edits.turned().quarter_turns == 0
    assert edits.size_after(100, 20) == (18, 29)


async def test_no_edits_leave_every_pixel(codec: ImageCodec) -> None:
    picture: Any = photo(60, 40)
    made = await edited(codec, saved(picture, "PNG"), NO_EDITS)
    assert made.tobytes() == picture.tobytes()


@pytest.mark.parametrize("tiles", [False, True])
async def test_what_is_covered_in_a_smaller_picture_is_covered_in_the_whole(
    codec: ImageCodec, tiles: bool
) -> None:
    """What has a side of more than 8,000 pixels is looked at, and covered, at that size."""
    image = Image.new("RGB", (300, 9001), "white")
    secret = (100, 8003, 200, 8043)
    image.paste("red", secret)
    data = saved(image, "PNG")
    seen = opened((await codec.prepare(data, "page")).data)
    assert seen.height == 8000
    part = seen.height / image.height
    left, top, right, bottom = (round(side * part) for side in secret)
    covered = (Region(left - 3, top - 3, right + 3, bottom + 3),)
    edits = Edits(black_out=covered, seen_size=seen.size)
    if tiles:
        made = list(await codec.tiles(data, "page", edits))
    else:
        made = [await codec.edited(data, "page", edits)]
    colours = {
        colour for piece in made for _, colour in opened(piece.data).getcolors(1 << 24) or ()
    }
    assert colours
    assert not [c for c in colours if isinstance(c, tuple) and c[0] > c[1] + 40]


def test_a_region_covers_no_less_and_a_crop_keeps_no_more() -> None:
    region = Region(3, 1, 4, 2)
    full = Edits(region, 1, (region,), seen_size=(8, 8)).in_pixels_of(9, 9)
    assert full == Edits(Region(4, 2, 5, 3), 1, (Region(3, 1, 5, 3),))
    whole = Region(0, 0, 8, 8)
    assert Edits(whole, seen_size=(8, 8)).in_pixels_of(9, 9).crop == Region(0, 0, 9, 9)
