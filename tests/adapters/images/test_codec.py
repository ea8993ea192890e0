"""Pictures made ready to send: what goes out, and what is refused with which word."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from app.adapters.child import ChildWorker
from app.adapters.images.codec import ChildImageCodec
from app.adapters.images.encode import SENT_BYTES
from app.core.errors import ImageError, ImageProblem
from app.core.picture import Preparation, Scaling
from app.core.ports import ImageCodec
from tests.adapters.images.pictures import (
    SCREENSHOT,
    corner_marked,
    opened,
    photo,
    png_claiming,
    saved,
    with_orientation,
)


async def problem_of(codec: ChildImageCodec, data: bytes) -> ImageProblem:
    with pytest.raises(ImageError) as caught:
        await codec.prepare(data, "a picture")
    assert caught.value.name == "a picture"
    return caught.value.problem


async def test_a_screenshot_stays_pixel_for_pixel(codec: ImageCodec) -> None:
    data = SCREENSHOT.read_bytes()
    ready = await codec.prepare(data, "screenshot.png")
    assert ready.media_type == "image/png"
    assert (ready.width, ready.height) == (ready.original_width, ready.original_height)
    assert (ready.width, ready.height) == (1280, 832)
    assert opened(ready.data).tobytes() == opened(data).convert("RGB").tobytes()
    small = opened(ready.thumbnail)
    assert (small.format, max(small.size)) == ("PNG", 256)


async def test_it_is_made_smaller_where_that_is_asked(codec: ImageCodec) -> None:
    ready = await codec.prepare(
        SCREENSHOT.read_bytes(), "screenshot.png", Preparation(Scaling.FIT, 640)
    )
    assert (ready.width, ready.height) == (640, 416)
    assert opened(ready.data).size == (640, 416)
    assert (ready.original_width, ready.original_height) == (1280, 832)


async def test_a_photo_stays_jpeg_and_close_to_what_it_was(codec: ImageCodec) -> None:
    data = saved(photo(), "JPEG", quality=95)
    ready = await codec.prepare(data, "photo.jpg")
    assert ready.media_type == "image/jpeg"
    before, after = opened(data), opened(ready.data)
    differences = [abs(a - b) for a, b in zip(before.tobytes(), after.tobytes(), strict=True)]
    assert sum(differences) / len(differences) < 4


@pytest.mark.parametrize("orientation", range(1, 9))
async def test_it_stands_upright_whatever_its_tag(codec: ImageCodec, orientation: int) -> None:
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    upright = corner_marked()
    stored = upright.transpose(turn[orientation]) if orientation in turn else upright
    ready = await codec.prepare(with_orientation(stored, orientation), "turned.jpg")
    assert (ready.width, ready.height) == (60, 40)
    assert (ready.original_width, ready.original_height) == (60, 40)
    shown = opened(ready.data).convert("RGB")
    red, white = shown.getpixel((5, 5)), shown.getpixel((55, 35))
    assert isinstance(red, tuple)
    assert isinstance(white, tuple)
    assert red[1] < 80 < 200 < white[1]


async def test_metadata_does_not_go_along(codec: ImageCodec) -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "CANARY text")
    for data in (
        with_orientation(corner_marked(), 1),
        with_orientation(corner_marked(), 1, "PNG"),
        with_orientation(corner_marked(), 1, "WEBP"),
        saved(corner_marked(), "PNG", pnginfo=notes, icc_profile=b"CANARY profile"),
        saved(corner_marked(), "JPEG", comment=b"CANARY comment"),
        saved(corner_marked(), "GIF", comment=b"CANARY comment"),
    ):
        assert b"CANARY" in data
        ready = await codec.prepare(data, "picture")
        assert b"CANARY" not in ready.data + ready.thumbnail
        assert not opened(ready.data).getexif()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
async def test_every_kind_of_png(codec: ImageCodec, mode: str) -> None:
    image = Image.new("L", (20, 20), 255)
    image.paste(0, (0, 0, 10, 20))
    given = image.convert("I").point(lambda v: v * 257).convert("I;16") if mode == "I;16" else image
    ready = await codec.prepare(saved(given.convert(mode), "PNG"), "picture.png")
    shown = opened(ready.data).convert("L")
    assert ready.media_type == "image/png"
    assert (shown.getpixel((2, 2)), shown.getpixel((18, 2))) == (0, 255)


async def test_transparency_is_kept(codec: ImageCodec) -> None:
    image = Image.new("RGBA", (20, 20), (255, 0, 0, 0))
    for kind in ("PNG", "WEBP", "GIF"):
        ready = await codec.prepare(saved(image, kind), "picture")
        assert opened(ready.data).convert("RGBA").getpixel((3, 3))[3] == 0  # type: ignore[index]


async def test_cmyk_webp_and_gif_become_what_services_take(codec: ImageCodec) -> None:
    ready = await codec.prepare(saved(corner_marked().convert("CMYK"), "JPEG"), "print.jpg")
    assert (ready.media_type, opened(ready.data).mode) == ("image/jpeg", "RGB")
    ready = await codec.prepare(saved(corner_marked(), "WEBP", lossless=True), "shot.webp")
    assert ready.media_type == "image/png"
    ready = await codec.prepare(saved(photo(), "WEBP"), "photo.webp")
    assert ready.media_type == "image/jpeg"
    ready = await codec.prepare(saved(photo(), "AVIF"), "photo.avif")
    assert ready.media_type == "image/jpeg"
    for kind in ("AVIF", "BMP", "TIFF"):
        ready = await codec.prepare(saved(corner_marked(), kind), f"shot.{kind}")
        assert ready.media_type == "image/png"
        assert opened(ready.data).size == (60, 40)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "TIFF", "AVIF"])
async def test_of_several_pictures_the_first_is_taken_and_their_number_told(
    codec: ImageCodec, kind: str
) -> None:
    frames = [corner_marked(), *(Image.new("RGB", (60, 40), c) for c in ("blue", "green"))]
    options: dict[str, Any] = {"lossless": True} if kind == "WEBP" else {}
    moving = saved(frames[0], kind, save_all=True, append_images=frames[1:], **options)
    ready = await codec.prepare(moving, "moving")
    assert ready.frames == 3
    red, white, blue = opened(ready.data).convert("RGB").getpixel((55, 35))  # type: ignore[misc]
    assert min(red, white, blue) > 250
    assert (await codec.prepare(saved(frames[0], kind), "still")).frames == 1


async def test_what_is_see_through_nowhere_is_sent_without_transparency(codec: ImageCodec) -> None:
    ready = await codec.prepare(saved(corner_marked().convert("RGBA"), "PNG"), "shot.png")
    assert opened(ready.data).mode == "RGB"


async def test_what_is_too_long_is_shrunk_and_both_sizes_told(codec: ImageCodec) -> None:
    ready = await codec.prepare(saved(Image.new("L", (9000, 40), 200), "PNG"), "strip.png")
    assert (ready.original_width, ready.original_height) == (9000, 40)
    assert (ready.width, ready.height) == opened(ready.data).size == (8000, 36)


async def test_what_is_too_heavy_is_shrunk(codec: ImageCodec) -> None:
    noise = Image.effect_noise((2600, 2000), 120).convert("RGBA")
    noise.putalpha(Image.effect_noise((2600, 2000), 120))
    data = saved(noise, "PNG", compress_level=1)
    assert len(data) > SENT_BYTES
    ready = await codec.prepare(data, "noise.png")
    assert len(ready.data) <= SENT_BYTES
    assert ready.width < ready.original_width == 2600


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", ImageProblem.EMPTY),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", ImageProblem.NOT_SUPPORTED),
        (b"<!DOCTYPE html><html></html>", ImageProblem.NOT_SUPPORTED),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", ImageProblem.HEIF),
        (b"BM", ImageProblem.NOT_SUPPORTED),
        (saved(photo(), "BMP")[:100], ImageProblem.DAMAGED),
        (saved(photo(), "TIFF")[:100], ImageProblem.DAMAGED),
        (saved(photo(), "AVIF")[:100], ImageProblem.DAMAGED),
        (b"%PDF-1.7", ImageProblem.NOT_SUPPORTED),
        (b"\x89PNG\r\n\x1a\n", ImageProblem.DAMAGED),
        (b"\xff\xd8\xff\xe0", ImageProblem.DAMAGED),
        (b"RIFF\0\0\0\0WEBP", ImageProblem.DAMAGED),
        (b"GIF89a", ImageProblem.DAMAGED),
        (saved(photo(), "PNG")[:-2000], ImageProblem.DAMAGED),
        (saved(photo(), "JPEG")[:-2000], ImageProblem.DAMAGED),
        (png_claiming(20_000, 20_000), ImageProblem.TOO_LARGE),
        (png_claiming(100, 100, b"\0" * 50), ImageProblem.DAMAGED),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * (50 * 1024 * 1024), ImageProblem.TOO_LARGE),
    ],
)
async def test_refusals(codec: ChildImageCodec, data: bytes, problem: ImageProblem) -> None:
    assert await problem_of(codec, data) is problem


async def test_a_name_decides_nothing(codec: ImageCodec) -> None:
    ready = await codec.prepare(saved(corner_marked(), "JPEG"), "really-a.png")
    assert ready.media_type == "image/jpeg"


async def test_a_decoder_that_takes_too_long_or_dies() -> None:
    command = [sys.executable, "-m", "tests.adapters.images.slow_worker"]
    codec = ChildImageCodec(ChildWorker("slow", idle_s=60, command=command))
    picture = saved(corner_marked(), "PNG")
    assert await problem_of(codec, picture + b"burn") is ImageProblem.TOO_SLOW
    assert await problem_of(codec, picture + b"die") is ImageProblem.DAMAGED
    assert await problem_of(codec, picture + b"eat") is ImageProblem.TOO_LARGE
    await codec.close()


async def test_reading_files(codec: ImageCodec, tmp_path: Path) -> None:
    file = tmp_path / "图.png"
    file.write_bytes(b"bytes")
    assert await codec.read_file(str(file)) == ("图.png", b"bytes")


@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
async def test_files_that_are_none(codec: ImageCodec, tmp_path: Path) -> None:
    import os
    import socket

    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "empty").touch()
    (tmp_path / "dangling").symlink_to(tmp_path / "gone")
    with (tmp_path / "large").open("wb") as large:
        large.truncate(50 * 1024 * 1024 + 1)
    listener = socket.socket(socket.AF_UNIX)
    before = Path.cwd()
    os.chdir(tmp_path)  # a socket's path has to be short
    try:
        listener.bind("socket")
    finally:
        os.chdir(before)
        listener.close()
    expected = {
        "folder": ImageProblem.UNREADABLE,
        "fifo": ImageProblem.UNREADABLE,
        "socket": ImageProblem.UNREADABLE,
        "dangling": ImageProblem.UNREADABLE,
        "gone": ImageProblem.UNREADABLE,
        "with\0nul": ImageProblem.UNREADABLE,
        "empty": ImageProblem.EMPTY,
        "large": ImageProblem.TOO_LARGE,
    }
    for name, problem in expected.items():
        with pytest.raises(ImageError) as caught:
            await codec.read_file(str(tmp_path / name))
        assert (caught.value.problem, caught.value.name) == (problem, name)
    with pytest.raises(ImageError):
        await codec.read_file("/dev/zero")


async def test_a_line_of_pixels_is_a_picture(codec: ImageCodec) -> None:
    """Too long to go as it is, and nothing that could be halved across."""
    for size in ((9000, 1), (1, 9000)):
        ready = await codec.prepare(saved(Image.new("RGB", size), "JPEG"), "line.jpg")
        assert (ready.original_width, ready.original_height) == size
        assert max(ready.width, ready.height) <= 8000
