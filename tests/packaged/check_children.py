"""The packaged child processes: every kind of picture, documents, formulas, text in pictures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol, TypeVar

import pytest

from app.adapters.documents.reader import ChildDocumentReader
from app.adapters.images.codec import ChildImageCodec
from app.adapters.math.setter import ChildFormulaSetter
from app.adapters.ocr.reader import ChildTextReader
from app.adapters.sheet import xlsx_bytes
from app.core.batch_table import Table
from app.core.picture import Preparation, Scaling
from app.core.ports import Formula
from tests.adapters.documents.papers import docx, paragraph, pdf
from tests.adapters.images.pictures import SCREENSHOT, corner_marked, saved
from tests.adapters.math.formulas import GOOD
from tests.adapters.ocr.pictures import SCREENSHOT_TEXT, error_rate
from tests.packaged.program import child, has_reader

pytestmark = pytest.mark.usefixtures("qapp")
KINDS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")


class Closes(Protocol):
    async def close(self) -> None: ...


C = TypeVar("C", bound=Closes)


@asynccontextmanager
async def ended(asked: C) -> AsyncIterator[C]:
    """At the end its child process is ended."""
    try:
        yield asked
    finally:
        await asked.close()


async def test_every_kind_of_picture_is_prepared() -> None:
    async with ended(ChildImageCodec(child("images"))) as codec:
        for kind in KINDS:
            made = await codec.prepare(saved(corner_marked(), kind), f"a.{kind.lower()}")
            assert (made.width, made.height) == (60, 40), kind
            assert made.thumbnail, kind


async def test_a_large_one_is_made_smaller_and_cut() -> None:
    data = saved(corner_marked(1200, 4000), "PNG")
    async with ended(ChildImageCodec(child("images"))) as codec:
        fitted = await codec.prepare(data, "a.png", Preparation(Scaling.FIT, 800))
        assert max(fitted.width, fitted.height) == 800
        assert len(await codec.tiles(data, "a.png")) > 1


async def test_documents_are_read() -> None:
    sheet = xlsx_bytes(Table(("name", "count"), (("boats", 3),)))
    async with ended(ChildDocumentReader(child("documents"))) as reader:
        pages = await reader.pages(pdf(["Harbour report", "Second page"]), "report.pdf")
        assert len(pages.sizes) == 2
        assert "Harbour report" in (await pages.texts([1]))[0]
        assert (await pages.picture(2)).startswith(b"\x89PNG")
        assert "Dear harbour" in await reader.text(docx(paragraph("Dear harbour")), "a.docx")
        assert "boats" in await reader.text(sheet, "a.xlsx")


async def test_formulas_are_set() -> None:
    wanted = [Formula(tex, display=True) for tex in GOOD]
    async with ended(ChildFormulaSetter(child("math"))) as setter:
        made = await setter.typeset(wanted)
    assert [f.tex for f, picture in zip(wanted, made, strict=True) if picture is None] == []


@pytest.mark.skipif(not has_reader(), reason="the `ocr` extra was not packaged")
async def test_text_in_a_picture_is_read() -> None:
    async with ended(ChildTextReader(child("ocr"))) as reader:
        lines = await reader.read(SCREENSHOT.read_bytes())
    read = "\n".join(line.text for line in lines)
    assert error_rate(SCREENSHOT_TEXT.read_text("utf-8"), read) < 0.1
