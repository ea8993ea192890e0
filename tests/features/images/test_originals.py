"""What edits begin with: the file as it was dropped, or what was made of it where that is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QColor, QImage

from app.core.message import ImagePart
from app.core.picture import Edits, Region, Scaling
from app.core.picture_address import LinkedPictures
from tests.conftest import until
from tests.features.images.world import World, encoded, picture, png, world

pytestmark = pytest.mark.usefixtures("qapp")


async def ready(w: World) -> None:
    await until(lambda: not w.strip.busy)


@pytest.mark.parametrize("changed", [False, True])
async def test_a_picture_whose_file_is_gone_or_another_is_still_the_one_that_is_edited(
    tmp_path: Path, changed: bool
) -> None:
    path = tmp_path / "shot.png"
    path.write_bytes(png(80, 60, "#ffffff"))
    async with world() as w:
        w.strip.add_paths([str(path)])
        await ready(w)
        if changed:
            path.write_bytes(png(90, 50, "#ff0000"))
        else:
            path.unlink()
        (item,) = w.strip.attached()
        assert QImage.fromData(await w.strip.original(item)).size().toTuple() == (80, 60)
        w.strip.set_edits(item, Edits(black_out=(Region(10, 10, 30, 20),)))
        await ready(w)
        sent = QImage.fromData(w.blobs.kept[item.blob])
        assert sent.size().toTuple() == (80, 60)
        assert sent.pixelColor(15, 15).name() == "#000000"
        assert sent.pixelColor(40, 40).name() == "#ffffff"
        assert w.refused == []


async def test_a_file_that_changes_while_its_picture_is_looked_at_changes_nothing(
    tmp_path: Path,
) -> None:
    path = tmp_path / "shot.png"
    path.write_bytes(png(80, 60, "#ffffff"))
    async with world() as w:
        w.strip.add_paths([str(path)])
        await ready(w)
        (item,) = w.strip.attached()
        await w.strip.original(item)
        path.write_bytes(png(90, 50, "#ff0000"))
        w.strip.set_edits(item, Edits(black_out=(Region(10, 10, 30, 20),)))
        await ready(w)
        assert QImage.fromData(w.blobs.kept[item.blob]).pixelColor(40, 40).name() == "#ffffff"


async def test_a_picture_from_the_web_is_fetched_once() -> None:
    async with world() as w:
        w.linked = LinkedPictures.FETCH
        w.on_the_web["https://example.com/a.png"] = png(80, 60)
        mime = QMimeData()
        mime.setText("https://example.com/a.png")
        assert w.strip.add_mime(mime)
        await ready(w)
        (item,) = w.strip.attached()
        await w.strip.original(item)
        w.strip.set_edits(item, Edits(quarter_turns=1))
        await ready(w)
        assert len(w.fetched) == 1


@pytest.mark.parametrize("tall", [True, False])
async def test_tiles_that_come_back_from_a_draft_are_edited_as_one_picture(tall: bool) -> None:
    colors = ("#ff0000", "#00ff00", "#0000ff")
    sides = [(60, 30 + n) if tall else (30 + n, 60) for n in range(3)]
    width, height = (60, 93) if tall else (93, 60)
    async with world() as w:
        parts = []
        for number, (color, side) in enumerate(zip(colors, sides, strict=True), 1):
            blob = await w.blobs.put(encoded(picture(*side, color)))
            parts.append(
                ImagePart(
                    "page.png",
                    blob=blob,
                    width=side[0],
                    height=side[1],
                    original_width=width,
                    original_height=height,
                    piece=number,
                    pieces=3,
                )
            )
        w.strip.set_parts(parts)
        (item,) = w.strip.attached()
        assert item.how.scaling is Scaling.TILES
        whole = QImage.fromData(await w.strip.original(item))
        assert whole.size().toTuple() == (width, height)
        w.strip.set_scaling(item, Scaling.SHARP)
        await ready(w)
        sent = QImage.fromData(w.blobs.kept[item.blob])
        ends = [(2, 2), (sent.width() - 3, sent.height() - 3)]
        assert [QColor(sent.pixel(*end)).name() for end in ends] == [colors[0], colors[2]]
