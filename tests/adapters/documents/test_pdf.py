"""PDFs in the child process: pages, texts, pictures, and what is refused."""

from __future__ import annotations

import random

import pytest
from PySide6.QtGui import QImage

from app.adapters.documents.radicals import plain_characters
from app.adapters.documents.reader import ChildDocumentReader
from app.core.documents import PageSize
from app.core.errors import ImageError, ImageProblem
from tests.adapters.documents.hostile import BOMBS, built
from tests.adapters.documents.papers import locked_pdf, pdf

CERTIFIED = b"""%%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
4 0 obj<</Filter/Certified/V 1/R 2/P -4/O<%s>/U<%s>>>endobj
trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>
%%%%EOF""" % (b"ab" * 32, b"cd" * 32)


async def test_pages_have_sizes_texts_and_pictures(reader: ChildDocumentReader) -> None:
    opened = await reader.pages(pdf(["Total 12.50\nsecond line", "", "第三页"]), "bill.pdf")
    assert opened.name == "bill.pdf"
    assert opened.sizes == (PageSize(600, 400),) * 3
    assert list(await opened.texts((1, 2, 3))) == ["Total 12.50\nsecond line", "", "第三页"]
    picture = QImage.fromData(await opened.picture(2))
    assert (picture.width(), picture.height()) == (600, 400)
    assert picture.pixelColor(200, 140).name() == "#0f766e"
    small = QImage.fromData(await opened.thumbnail(2))
    assert (small.width(), small.height()) == (180, 120)


async def test_two_documents_are_not_mixed_up(reader: ChildDocumentReader) -> None:
    one = await reader.pages(pdf(["one"]), "one.pdf")
    two = await reader.pages(pdf(["two"]), "two.pdf")
    assert list(await one.texts((1,))) == ["one"]
    assert list(await two.texts((1,))) == ["two"]


async def test_a_thousand_pages(reader: ChildDocumentReader) -> None:
    opened = await reader.pages(pdf([f"page {n}" for n in range(1, 1001)]), "k.pdf")
    assert len(opened.sizes) == 1000
    found: list[str] = []
    while len(found) < 1000:
        found += await opened.texts(range(len(found) + 1, 1001))
    assert found == [f"page {n}" for n in range(1, 1001)]


async def test_a_large_page_is_made_smaller_and_its_size_is_told(
    reader: ChildDocumentReader,
) -> None:
    opened = await reader.pages(pdf([""], 4000, 500), "plan.pdf")
    picture = QImage.fromData(await opened.picture(1))
    assert opened.sizes == (PageSize(picture.width(), picture.height()),) == (PageSize(3000, 375),)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (CERTIFIED, ImageProblem.PROTECTED),
        (b"%PDF-1.7\nand nothing else", ImageProblem.BROKEN_DOCUMENT),
        (
            built(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"),
            ImageProblem.BROKEN_DOCUMENT,
        ),
    ],
)
async def test_what_cannot_be_opened_says_why(
    reader: ChildDocumentReader, data: bytes, problem: ImageProblem
) -> None:
    with pytest.raises(ImageError) as caught:
        await reader.pages(data, "x.pdf")
    assert (caught.value.problem, caught.value.name) == (problem, "x.pdf")
    assert (await reader.pages(pdf(["after"]), "y.pdf")).sizes


async def test_a_locked_document_opens_with_its_password(reader: ChildDocumentReader) -> None:
    opened = await reader.pages(locked_pdf("s\xe9same", "Balance 12.50"), "bank.pdf")
    assert (opened.locked, len(opened.sizes)) == (True, 0)
    assert not await opened.unlock("sesame")
    assert (opened.locked, len(opened.sizes)) == (True, 0)
    assert await opened.unlock("s\xe9same")
    assert (opened.locked, opened.sizes) == (False, (PageSize(600, 400),))
    assert list(await opened.texts((1,))) == ["Balance 12.50"]
    await reader.pages(pdf(["another"]), "other.pdf")
    assert list(await opened.texts((1,))) == ["Balance 12.50"], "it is opened again by itself"


async def test_too_many_pages_are_refused(reader: ChildDocumentReader) -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    kids = b" ".join(b"%d 0 R" % n for n in range(3, 5104))
    root = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count 5101>>" % kids)
    with pytest.raises(ImageError) as caught:
        await reader.pages(built(*root, *[page] * 5101), "x.pdf")
    assert caught.value.problem is ImageProblem.LARGE_DOCUMENT


@pytest.mark.parametrize("name", ["unpacks.pdf", "picture.pdf", "nested.pdf", "endless.pdf"])
async def test_bombs_end_and_harm_nothing(reader: ChildDocumentReader, name: str) -> None:
    try:
        opened = await reader.pages(BOMBS[name](), "x.pdf")
        await opened.texts((1,))
        await opened.picture(1)
    except ImageError as error:
        assert error.problem in (  # noqa: PT017 - whether it is refused is the library's affair
            ImageProblem.SLOW_DOCUMENT,
            ImageProblem.BROKEN_DOCUMENT,
            ImageProblem.LARGE_DOCUMENT,
        )
    assert (await reader.pages(pdf(["after"]), "y.pdf")).sizes


async def test_mutated_files_are_read_or_refused(reader: ChildDocumentReader) -> None:
    whole, chance = pdf(["Total 12.50", ""]), random.Random(5)
    for _ in range(40):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            opened = await reader.pages(bytes(data), "x.pdf")
            await opened.texts((1,))
            await opened.thumbnail(1)
        except ImageError:
            continue


def test_radicals_become_the_characters_they_look_like() -> None:
    assert plain_characters("第1⻚ ⽂件 plain") == "第1页 文件 plain"
