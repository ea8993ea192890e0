"""Pictures and files become chips, in order, two at a time; what cannot go is said in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from app.adapters.images.codec import ChildImageCodec
from app.core.errors import ImageError, ImageProblem
from app.core.message import Detail, FilePart, ImagePart
from app.core.picture import NO_EDITS, Edits, Region, Scaling
from app.features.images.chip import Chip
from app.features.images.goes import Goes
from app.kit.error_text import sentence
from tests.chinese import chinese, unfinished
from tests.conftest import until
from tests.features.images.world import World, opened, picture, png, world
from tests.look import dressed

SAMPLE = Path(__file__).parents[3] / "resources" / "samples" / "screenshot.png"


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def saved(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


async def ready(w: World) -> None:
    await until(lambda: not w.strip.busy)


async def test_a_dropped_picture_becomes_a_chip_and_a_part(tmp_path: Path) -> None:
    async with world() as w:
        assert w.strip.isHidden()
        assert w.strip.add_mime(files(saved(tmp_path, "big.png", png(200, 100))))
        assert w.strip.busy
        assert w.strip.chips()[0].text == "big.png · preparing…"
        assert not w.strip.isHidden()
        await ready(w)
        (part,) = w.strip.parts()
        assert isinstance(part, ImagePart)
        assert (part.width, part.height) == (100, 50)
        assert (part.original_width, part.original_height) == (200, 100)
        assert part.blob is not None
        assert part.blob in w.blobs.kept
        assert w.strip.chips()[0].text == "big.png · 200×100 → 100×50 · ≈ 255 tokens"
        assert w.strip.chips()[0].has_picture


async def test_the_real_codec_prepares_the_sample(qapp: QApplication) -> None:
    async with world() as w:
        codec = ChildImageCodec()
        w.strip._preparing._codec = codec
        try:
            w.strip.add_paths([str(SAMPLE)])
            await ready(w)
        finally:
            await codec.close()
        assert w.strip.chips()[0].text == "screenshot.png · 1280×832 · ≈ 1,105 tokens"
        assert w.strip.chips()[0].has_picture


async def test_order_is_that_of_the_drop_and_two_are_prepared_at_a_time(tmp_path: Path) -> None:
    async with world() as w:
        w.codec.gate.clear()
        names = [f"{n}.png" for n in range(20)]
        paths = [saved(tmp_path, name, png(10 + n, 10)) for n, name in enumerate(names)]
        w.strip.add_mime(files(*paths))
        w.strip.add_text("between.txt", "words")
        assert w.strip.busy
        await until(lambda: len(w.strip.chips()) == 21)
        await until(lambda: len(w.codec.asked) == 2)
        assert [chip.text.split(" · ")[0] for chip in w.strip.chips()] == [*names, "between.txt"]
        w.codec.gate.set()
        await ready(w)
        assert w.codec.most_at_once == 2
        assert [p.name for p in w.strip.parts() if isinstance(p, ImagePart)] == names


async def test_the_same_picture_twice_is_two_chips(tmp_path: Path) -> None:
    async with world() as w:
        path = saved(tmp_path, "a.png", png())
        w.strip.add_mime(files(path, path))
        await ready(w)
        first, second = w.strip.parts()
        assert first == second
        assert len(w.blobs.kept) == 1
        assert all(chip.has_picture for chip in w.strip.chips())
        w.strip.let_go([first])
        assert w.strip.parts() == (second,)


async def test_text_files_go_along_as_text(tmp_path: Path) -> None:
    async with world() as w:
        w.strip.add_mime(files(saved(tmp_path, "note.py", "print('舷窗')\n".encode())))
        await ready(w)
        assert w.strip.parts() == (FilePart("note.py", "print('舷窗')\n"),)
        assert w.strip.chips()[0].text == "note.py · 12 characters · ≈ 4 tokens"
        assert w.refused == []


@pytest.mark.parametrize("name", ["noise.bin", "gone.png", "a folder"])
async def test_what_cannot_go_is_said_and_leaves_the_rest(tmp_path: Path, name: str) -> None:
    (tmp_path / "a folder").mkdir()
    saved(tmp_path, "noise.bin", bytes(range(256)) * 20)
    async with world() as w:
        w.strip.add_text("kept.txt", "kept")
        w.strip.add_paths([str(tmp_path / name)])
        await ready(w)
        assert w.strip.parts() == (FilePart("kept.txt", "kept"),)
        assert len(w.refused) == 1
        assert name in w.refused[0]
        assert w.faults == []


async def test_a_full_disk_is_said(tmp_path: Path) -> None:
    async with world() as w:
        w.blobs.full = True
        w.strip.add_bytes(png(), "a.png")
        await ready(w)
        assert w.strip.chips() == ()
        assert len(w.refused) == 1


async def test_a_bug_is_reported_and_holds_nothing_up() -> None:
    async with world() as w:
        w.codec.bug = ValueError("ours")
        told: list[bool] = []
        w.strip.changed.connect(lambda: told.append(w.strip.busy))
        w.strip.add_bytes(png(), "a.png")
        await until(lambda: w.faults)
        assert w.faults == [w.codec.bug]
        assert told[-1] is False
        assert w.strip.isHidden()


async def test_pasted_pictures_and_data_addresses_are_taken() -> None:
    async with world() as w:
        mime = QMimeData()
        mime.setImageData(picture(12, 8))
        assert w.strip.add_mime(mime)
        await ready(w)
        (part,) = w.strip.parts()
        assert isinstance(part, ImagePart)
        assert (part.name, part.width, part.height) == ("Pasted picture.png", 12, 8)


async def test_plain_text_is_not_for_the_strip() -> None:
    async with world() as w:
        mime = QMimeData()
        mime.setText("https://example.com/a.html")
        assert not w.strip.add_mime(mime)
        assert w.strip.chips() == ()


async def test_removing_a_chip_that_is_being_prepared_gives_it_up(tmp_path: Path) -> None:
    async with world() as w:
        w.codec.gate.clear()
        w.strip.add_bytes(png(), "a.png")
        w.strip.add_bytes(png(), "b.png")
        w.strip.add_bytes(png(), "never asked.png")
        await until(lambda: len(w.codec.asked) == 2)
        for chip in w.strip.chips():
            chip.close_button.click()
        assert not w.strip.busy
        assert w.strip.isHidden()
        await until(lambda: w.codec.at_once == 0)
        w.codec.gate.set()
        w.strip.add_bytes(png(), "c.png")
        await ready(w)
        assert [p.name for p in w.strip.parts() if isinstance(p, ImagePart)] == ["c.png"]
        assert w.faults == []


async def test_a_strip_that_goes_gives_up_what_it_prepares() -> None:
    async with world() as w:
        gone = World(w.theme, w.icons)
        gone.codec.gate.clear()
        gone.strip.add_bytes(png(), "a.png")
        await until(lambda: gone.codec.at_once)
        gone.strip.deleteLater()
        await until(lambda: gone.codec.at_once == 0)
        assert gone.faults == []
        await gone.scope.close()


async def test_detail_is_chosen_in_the_chips_menu() -> None:
    async with world() as w:
        w.strip.add_bytes(png(600, 600), "a.png")
        await ready(w)
        (chip,) = w.strip.chips()
        assert chip.detail_button.text() == "auto ▾"
        menu = opened(chip.detail_button)
        assert [a.text() for a in menu.actions()] == ["detail: auto", "detail: low", "detail: high"]
        changes: list[None] = []
        w.strip.changed.connect(lambda: changes.append(None))
        menu.actions()[1].trigger()
        (part,) = w.strip.parts()
        assert isinstance(part, ImagePart)
        assert part.detail is Detail.LOW
        assert chip.detail_button.text() == "low ▾"
        assert "≈ 85 tokens" in chip.text
        menu = opened(chip.detail_button)
        assert [a.isChecked() for a in menu.actions()] == [False, True, False]
        assert len(changes) == 1


async def test_a_chip_is_worked_from_the_keyboard() -> None:
    async with world() as w:
        w.strip.add_bytes(png(), "a.png")
        await ready(w)
        opened: list[str] = []
        w.strip.picture_activated.connect(lambda item: opened.append(item.blob))
        (chip,) = w.strip.chips()
        (part,) = w.strip.parts()
        assert isinstance(part, ImagePart)
        QTest.keyClick(chip, Qt.Key.Key_Return)
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
        assert opened == [part.blob, part.blob]
        assert chip.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert chip.close_button.accessibleName() == "Remove a.png"
        QTest.keyClick(chip, Qt.Key.Key_Delete)
        assert w.strip.parts() == ()


async def test_a_draft_comes_back_with_its_thumbnail() -> None:
    async with world() as w:
        blob = await w.blobs.put(png(64, 64))
        parts = (
            ImagePart("a.png", blob=blob, width=64, height=64, original_width=64),
            FilePart("b.txt", "b"),
        )
        w.strip.set_parts(parts)
        assert w.strip.parts() == parts
        assert not w.strip.chips()[0].has_picture
        await until(lambda: w.strip.chips()[0].has_picture)
        w.strip.set_parts(())
        assert w.strip.isHidden()


async def test_a_name_is_never_read_as_markup() -> None:
    async with world() as w:
        w.strip.add_text("<img src=x>.txt", "x")
        (chip,) = w.strip.chips()
        label = chip.findChild(type(chip._text))
        assert label is not None
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert "<img" not in label.toolTip()


async def test_a_long_name_is_shortened_and_whole_when_pointed_at() -> None:
    async with world() as w:
        name = f"{'a' * 30}-{'b' * 30}.txt"
        w.strip.add_text(name, "xyz")
        (chip,) = w.strip.chips()
        assert name not in chip.text
        assert chip.text.startswith("aaaa")
        assert chip.text.endswith("b.txt · 3 characters · ≈ 1 tokens")
        label = chip.findChild(type(chip._text))
        assert label is not None
        assert label.toolTip() == f"<qt>{name} · 3 characters · ≈ 1 tokens</qt>"


async def test_a_chip_is_opened_where_the_mouse_is_let_go_on_it() -> None:
    async with world() as w:
        opened: list[str] = []
        w.strip.picture_activated.connect(lambda item: opened.append(item.blob))
        w.strip.add_bytes(png(), "a.png")
        await until(lambda: not w.strip.busy)
        (chip,) = w.strip.chips()
        w.strip.resize(400, 60)
        w.strip.show()
        for let_go, times in ((QPoint(0, 200), 0), (chip.rect().center(), 1)):
            QTest.mousePress(chip, Qt.MouseButton.LeftButton)
            QTest.mouseRelease(chip, Qt.MouseButton.LeftButton, pos=let_go)
            assert len(opened) == times


async def test_a_wide_chip_keeps_its_cross_in_sight() -> None:
    async with world() as w:
        w.strip.add_bytes(png(200, 100), "a name that goes on for quite a while.png")
        await ready(w)
        w.strip.resize(260, 200)
        w.strip.show()
        (chip,) = w.strip.chips()
        await until(lambda: chip.width() == 260)
        assert chip.close_button.geometry().right() < 260
        assert chip._text.shown == chip.text, "what it costs is told, in a second line"
        high = chip.height()
        assert chip._text.height() >= 2 * chip._text.fontMetrics().lineSpacing()
        chip.show_price(3.0)
        assert chip._text.shown.endswith("≈ $0.0008")
        w.strip.resize(900, 200)
        await until(lambda: chip.height() < high)


async def test_what_is_much_too_long_ends_in_an_ellipsis() -> None:
    async with world() as w:
        w.strip.add_text("a.txt", "xyz")
        (chip,) = w.strip.chips()
        chip.show_trouble("on and on " * 40)
        w.strip.resize(260, 300)
        w.strip.show()
        await until(lambda: chip.width() == 260)
        assert chip._text.shown.endswith("…")
        assert chip.close_button.geometry().right() < 260


async def test_in_little_room_the_choices_stand_below_what_is_sent() -> None:
    async with world() as w:
        w.strip.add_bytes(png(90, 2400), "page.png")
        await ready(w)
        w.strip.resize(900, 300)
        w.strip.show()
        (chip,) = w.strip.chips()
        await until(lambda: chip.width() > chip.detail_button.geometry().right() > 200)
        high = chip.height()
        assert chip.detail_button.geometry().center().y() < high * 2 // 3
        w.strip.resize(chip.width() - 30, 300)
        await until(lambda: chip.height() > high)
        text, detail, cross = (
            part.geometry() for part in (chip._text, chip.detail_button, chip.close_button)
        )
        assert detail.top() >= text.bottom()
        assert chip.scaling_button.geometry().right() < detail.left()
        assert chip._text.shown == chip.text
        assert cross.right() < chip.width()
        w.strip.resize(900, 300)
        await until(lambda: chip.height() == high)


async def test_many_chips_scroll() -> None:
    async with world() as w:
        w.strip.resize(300, 400)
        for number in range(12):
            w.strip.add_text(f"{number}.txt", "x")
        await until(lambda: w.strip.heightForWidth(300) == 150)
        assert w.strip.heightForWidth(300) > w.strip.heightForWidth(5000)


async def test_chips_speak_chinese(qapp: QApplication) -> None:
    assert unfinished("images") == []
    with chinese("images"):
        theme, icons = dressed(qapp)
        chip = Chip("a.txt", (FilePart("a.txt", "abc"),), theme=theme, icons=icons)
        assert chip.text == "a.txt · 3 个字符 · ≈ 1 个 token"
    chip.deleteLater()


async def test_what_the_tokens_cost_follows_the_model() -> None:
    async with world() as w:
        w.price = 3.0
        w.strip.add_bytes(png(2048, 2048), "a.png")
        await ready(w)
        (chip,) = w.strip.chips()
        assert chip.text == "a.png · 2048×2048 → 1024×1024 · ≈ 765 tokens · ≈ $0.0023"
        w.price = None
        w.strip.refresh_prices()
        assert chip.text == "a.png · 2048×2048 → 1024×1024 · ≈ 765 tokens"


async def test_the_first_of_several_pictures_is_said() -> None:
    async with world() as w:
        w.codec.frames = 12
        w.strip.add_bytes(png(), "moving.gif")
        await ready(w)
        assert w.strip.chips()[0].text.endswith(" · first of 12 pictures")


async def test_a_tall_picture_is_cut_into_tiles_and_back() -> None:
    async with world() as w:
        w.strip.add_bytes(png(90, 2400), "page.png")
        await ready(w)
        (chip,) = w.strip.chips()
        assert not chip.scaling_button.isHidden()
        assert chip.scaling_button.text() == "sharp ▾"
        menu = opened(chip.scaling_button)
        menu.actions()[2].trigger()
        assert w.strip.busy
        await ready(w)
        first, second = w.strip.parts()
        assert isinstance(first, ImagePart)
        assert isinstance(second, ImagePart)
        assert [(p.name, p.piece, p.pieces) for p in (first, second)] == [
            ("page.png", 1, 2),
            ("page.png", 2, 2),
        ]
        assert (first.width, first.height + second.height) == (90, 2400)
        assert chip.text == "page.png · 90×2400 → 2 tiles · ≈ 1,190 tokens"
        assert chip.scaling_button.text() == "tiles ▾"
        opened(chip.detail_button).actions()[1].trigger()
        assert chip.text.endswith("≈ 170 tokens")
        assert len(w.strip.parts()) == 2
        menu.actions()[0].trigger()
        await ready(w)
        assert [p.pieces for p in w.strip.parts() if isinstance(p, ImagePart)] == [0]
        w.strip.let_go(w.strip.parts())
        assert w.strip.parts() == ()


async def test_a_draft_of_tiles_comes_back_as_one_chip() -> None:
    async with world() as w:
        blob = await w.blobs.put(png(90, 100))
        tile = ImagePart("p.png", blob=blob, width=90, height=100, pieces=2)
        whole = ImagePart("p.png", blob=blob, width=90, height=100)
        parts = (replace(tile, piece=1), replace(tile, piece=2), replace(tile, piece=1), whole)
        w.strip.set_parts((*parts, FilePart("b.txt", "b")))
        assert [len(item.parts) for item in w.strip.attached()] == [2, 1, 1, 1]
        assert w.strip.parts() == (*parts, FilePart("b.txt", "b"))


async def test_common_pictures_have_no_choice_of_scaling() -> None:
    async with world() as w:
        w.strip.add_bytes(png(100, 70), "a.png")
        await ready(w)
        assert w.strip.chips()[0].scaling_button.isHidden()


async def test_a_region_blacked_out_is_gone_from_what_is_sent(tmp_path: Path) -> None:
    async with world() as w:
        w.strip.add_paths([str(saved(tmp_path, "a.png", png(80, 60, "#ffffff")))])
        await ready(w)
        (item,) = w.strip.attached()
        before = item.blob
        assert QImage.fromData(await w.strip.original(item)).size().toTuple() == (80, 60)
        edits = Edits(black_out=(Region(10, 10, 30, 20),))
        w.strip.set_edits(item, edits)
        assert w.strip.busy
        await ready(w)
        assert item.edits == edits
        assert item.blob != before
        assert list(w.blobs.kept) == [item.blob]
        sent = QImage.fromData(w.blobs.kept[item.blob])
        assert sent.pixelColor(15, 15).name() == "#000000"
        assert sent.pixelColor(40, 40).name() == "#ffffff"
        w.strip.set_edits(item, NO_EDITS)
        await ready(w)
        assert item.blob == before


EDITS = Edits(black_out=(Region(0, 0, 9, 9),))


async def test_what_was_to_be_covered_never_goes_where_covering_failed() -> None:
    async with world() as w:
        w.strip.add_bytes(png(80, 60, "#ffffff"), "a.png")
        await ready(w)
        (item,) = w.strip.attached()
        uncovered, chip = item.blob, item.chip
        w.codec.fails = [ImageError(ImageProblem.UNREADABLE, "a.png") for _ in range(2)]
        w.strip.set_edits(item, EDITS)
        for left in (1, 0):
            await until(lambda: again_button(chip) is not None)
            assert len(w.codec.fails) == left
            assert w.strip.busy, "nothing can be sent"
            assert w.strip.parts() == ()
            assert "not changed, so not sent" in chip.text
            assert sentence(ImageError(ImageProblem.UNREADABLE, "a.png")) in chip.text
            chip.activated.emit()
            w.strip.set_goes(item, Goes.TEXT)
            assert w.strip.parts() == ()
            again = again_button(chip)
            assert again is not None
            again.click()
            assert chip.text.endswith("preparing…")
        await ready(w)
        assert item.edits == EDITS
        assert list(w.blobs.kept) == [item.blob] != [uncovered]
        assert again_button(chip) is None


def again_button(chip: Chip) -> QToolButton | None:
    """Where it is offered."""
    found = chip.again_button
    return found if found is not None and not found.isHidden() else None


async def test_a_picture_whose_edits_failed_is_removed_from_the_disk_too() -> None:
    async with world() as w:
        w.strip.add_bytes(png(80, 60), "a.png")
        await ready(w)
        w.blobs.full = True
        w.strip.set_edits(w.strip.attached()[0], EDITS)
        (chip,) = w.strip.chips()
        await until(lambda: again_button(chip) is not None)
        assert w.refused == []
        chip.close_button.click()
        assert not w.strip.busy
        await until(lambda: not w.blobs.kept)


async def test_a_scaling_that_cannot_be_had_leaves_what_was_there() -> None:
    async with world() as w:
        w.strip.add_bytes(png(80, 60), "a.png")
        await ready(w)
        (item,) = w.strip.attached()
        w.strip.set_edits(item, EDITS)
        await ready(w)
        before = item.parts
        w.codec.fails = [ImageError(ImageProblem.UNREADABLE, "a.png")]
        w.strip.set_scaling(item, Scaling.FIT)
        await ready(w)
        assert (item.parts, item.edits, item.how.scaling) == (before, EDITS, Scaling.SHARP)
        assert len(w.refused) == 1


async def test_the_edits_of_a_picture_from_a_draft_are_made_on_what_is_kept() -> None:
    async with world() as w:
        blob = await w.blobs.put(png(64, 64, "#ffffff"))
        w.strip.set_parts((ImagePart("a.png", blob=blob, width=64, height=64),))
        (item,) = w.strip.attached()
        w.strip.set_edits(item, Edits(black_out=(Region(0, 0, 9, 9),)))
        await ready(w)
        assert item.blob != blob
        await until(lambda: blob not in w.blobs.kept)
        w.strip.set_edits(item, NO_EDITS)
        await ready(w)
        assert item.blob == blob


async def test_a_picture_that_was_removed_does_not_stay_on_the_disk() -> None:
    async with world() as w:
        w.strip.add_bytes(png(), "a.png")
        w.strip.add_bytes(png(), "the same.png")
        await ready(w)
        first, second = w.strip.chips()
        first.close_button.click()
        assert len(w.blobs.kept) == 1
        second.close_button.click()
        await until(lambda: not w.blobs.kept)


async def test_what_was_sent_stays() -> None:
    async with world() as w:
        w.strip.add_bytes(png(), "a.png")
        await ready(w)
        w.strip.let_go(w.strip.parts())
        assert len(w.blobs.kept) == 1
