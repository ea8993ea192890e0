"""A batch of what is no picture: PDFs, texts and Word go too, and what cannot says why."""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path
from typing import Any

import pytest

from app.core.batch import RowState
from app.features.batch.world import MOST_PAGES
from tests.adapters.chat_api.server import Asked, plain, serving
from tests.adapters.documents.papers import docx, locked_pdf, paragraph, pdf, zipped
from tests.conftest import until
from tests.faults.batch_killed import draw
from tests.faults.batch_service import answer_of
from tests.journeys.test_batch import CATALOGUE, STATE, begin, cells, ended, page_in
from tests.journeys.world import porthole

pytestmark = pytest.mark.usefixtures("qapp")


class Reading:
    """Keeps what it was asked."""

    def __init__(self) -> None:
        self.contents: list[Any] = []

    async def answer(self, writer: asyncio.StreamWriter, asked: Asked) -> None:
        if asked.method == "GET":
            await plain(CATALOGUE, kind="application/json")(writer, asked)
            return
        self.contents.append(asked.json["messages"][-1]["content"])
        await plain(answer_of(len(self.contents)))(writer, asked)


async def test_each_file_of_a_folder_goes_as_what_it_is_or_says_why_not(
    data_dir: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "bills"
    folder.mkdir()
    draw(folder, 1)
    (folder / "a two pages.pdf").write_bytes(pdf(["One", "Two"]))
    (folder / "b locked.pdf").write_bytes(locked_pdf("secret", "Hidden"))
    (folder / "c long.pdf").write_bytes(pdf(["x"] * (MOST_PAGES + 1)))
    (folder / "d torn.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (folder / "e.zip").write_bytes(b"PK\x03\x04")
    service = Reading()
    async with (
        serving(service.answer) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        window.drop(folder)
        page = await page_in(window)
        await until(lambda: "left out: 1." in window.notice)
        said = await begin(window, page)
        assert f"A PDF goes as pictures of its pages, up to {MOST_PAGES}" in said
        await ended(page)
        assert cells(page, STATE) == [
            "✓ done",
            "× opens with a password only",
            "× too many pages",
            "× a damaged document",
            "✓ done",
        ]
        assert len(service.contents) == server.posts == 2
        two = next(c for c in service.contents if len(c) == 3)
        assert [part["type"] for part in two] == ["image_url", "image_url", "text"]
        pictures = [
            base64.b64decode(part["image_url"]["url"].partition(",")[2]) for part in two[:2]
        ]
        assert all(data.startswith(b"\x89PNG") for data in pictures)
        assert pictures[0] != pictures[1]
        page.open_row(2)
        await until(lambda: not page.result.isHidden())
        assert "up to 20 pages" in page.result.why
        (used,) = await window.program.store.usage(0, f"batch:{page.run.batch.id}")
        assert used.pictures == 3


async def test_texts_that_are_chosen_as_files_go_as_text(data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "log.txt").write_text("2026-11-23 ERROR 海港")
    (tmp_path / "letter.docx").write_bytes(docx(paragraph("Dear all")))
    (tmp_path / "packed.docx").write_bytes(zipped({"a.txt": "x"}))
    (tmp_path / "huge.txt").write_text("word " * 100_000)
    (tmp_path / "tune.mp3").write_bytes(b"ID3\x03" + bytes(range(256)) * 8)
    names = ("log.txt", "letter.docx", "packed.docx", "huge.txt", "tune.mp3")
    files = [str(tmp_path / name) for name in names]
    service = Reading()
    async with (
        serving(service.answer) as server,
        porthole(data_dir, address=server.address) as window,
    ):
        window.program.batches.take(files)
        page = await page_in(window)
        await begin(window, page)
        await ended(page)
        states = [row.state for row in page.run.rows]
        assert states == [RowState.DONE, RowState.DONE, *[RowState.FAILED] * 3]
        assert cells(page, STATE)[2:] == ["× an archive", "× too large", "× a sound"]
        said = "\n".join(str(content) for content in service.contents)
        assert "ERROR 海港" in said
        assert "Dear all" in said
        assert page.run.reason is None
