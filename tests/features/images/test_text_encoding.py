"""The encoding a text file was read in stands on its chip, and a wrong guess is corrected there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QToolButton

from app.core.message import FilePart
from app.core.text_encodings import Encoding
from app.features.images.chip import Chip
from app.features.images.encoding_words import NAMES, encoding_choice
from tests.chinese import chinese
from tests.conftest import until
from tests.features.images.world import World, opened, png, world

KOREAN = "설정 확인\n"
"""So little that nothing tells it from Chinese; a sentence is told."""


def saved(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


async def added(w: World, path: Path) -> Chip:
    w.strip.add_paths([str(path)])
    await until(lambda: not w.strip.busy)
    return w.strip.chips()[-1]


def button(chip: Chip) -> QToolButton:
    found = chip.encoding_button
    assert found is not None
    return found


def choose(chip: Chip, encoding: Encoding) -> None:
    menu = opened(button(chip))
    {action.data(): action for action in menu.actions()}[encoding.value].trigger()


async def test_a_wrong_guess_is_corrected(tmp_path: Path) -> None:
    async with world() as w:
        chip = await added(w, saved(tmp_path / "a.txt", KOREAN.encode("cp949")))
        assert button(chip).text() == "GB18030 ▾"
        choose(chip, Encoding.KOREAN)
        assert chip.text.endswith("preparing…")
        await until(lambda: not w.strip.busy)
        assert w.strip.parts() == (FilePart("a.txt", KOREAN),)
        assert button(chip).text() == "EUC-KR ▾"
        choose(chip, Encoding.UTF_8)
        await until(lambda: not w.strip.busy)
        assert "unreadable characters: " in chip.text
        choose(chip, Encoding.KOREAN)
        await until(lambda: not w.strip.busy)
        assert "unreadable" not in chip.text


async def test_a_file_that_went_meanwhile_stays_as_it_was_read(tmp_path: Path) -> None:
    async with world() as w:
        chip = await added(w, saved(tmp_path / "a.txt", b"kept"))
        (tmp_path / "a.txt").unlink()
        choose(chip, Encoding.BIG5)
        await until(lambda: not w.strip.busy)
        assert w.strip.parts() == (FilePart("a.txt", "kept"),)
        assert button(chip).text() == "UTF-8 ▾"
        assert len(w.refused) == 1
        assert "a.txt" in w.refused[0]


async def test_what_was_read_in_no_encoding_has_none_to_choose(tmp_path: Path) -> None:
    async with world() as w:
        assert (await added(w, saved(tmp_path / "a.png", png()))).encoding_button is None
        w.strip.add_text("pasted.txt", "words")
        await until(lambda: len(w.strip.chips()) == 2)
        assert w.strip.chips()[-1].encoding_button is None


@pytest.mark.parametrize("encoding", list(Encoding))
def test_each_is_called_by_its_name_and_its_languages(encoding: Encoding) -> None:
    assert encoding_choice(encoding).startswith(f"{NAMES[encoding]} · ")


def test_in_chinese() -> None:
    with chinese("images"):
        assert encoding_choice(Encoding.GB18030) == "GB18030 · 简体中文（也含 GBK）"
