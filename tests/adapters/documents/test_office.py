"""Word and Excel as text, and what is refused of what looks like them."""

from __future__ import annotations

import random

import pytest

from app.adapters.documents.reader import ChildDocumentReader
from app.core.errors import ImageError, ImageProblem
from tests.adapters.documents.papers import HEAD, docx, paragraph, related, xlsx, zipped

TABLE = (
    "<w:tbl><w:tr><w:tc>{0}</w:tc><w:tc>{1}</w:tc></w:tr>"
    "<w:tr><w:tc>{2}</w:tc><w:tc>{3}{3}</w:tc></w:tr></w:tbl>"
).format(*(paragraph(word) for word in ("item", "price", "茶", "12.50")))
ODD = (
    "<w:p><w:r><w:t>kept</w:t><w:tab/><w:t>on</w:t><w:br/><w:t>line</w:t></w:r>"
    "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    "<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>"
    "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
)
STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m"/>'
    '<numFmt numFmtId="165" formatCode="0.00&quot; days&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/>'
    '<xf numFmtId="20"/></cellXfs>'
)
LAUGHS = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


async def test_a_word_document_is_its_paragraphs(reader: ChildDocumentReader) -> None:
    note = f"<w:footnote>{paragraph('a note')}</w:footnote>"
    notes = f'{HEAD}<w:footnotes xmlns:w="w">{note}</w:footnotes>'
    data = docx(
        paragraph("第一段 &amp; more") + paragraph("") + TABLE + ODD,
        more={
            "word/_rels/document.xml.rels": related({"n": ("footnotes", "footnotes.xml")}),
            "word/footnotes.xml": notes,
        },
    )
    assert await reader.text(data, "x.docx") == (
        "第一段 & more\n\nitem\tprice\n茶\t12.50 12.50\nkept\ton\nline\n\na note"
    )


async def test_a_workbook_is_its_sheets_as_csv(reader: ChildDocumentReader) -> None:
    rows = (
        '<row><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>a, "b"</t></is></c></row>'
        '<row><c r="A2"><f>SUM(1)</f><v>12.5</v></c><c r="B2" t="b"><v>1</v></c>'
        '<c r="C2" t="e"><v>#DIV/0!</v></c><c r="D2" t="str"><v>said</v></c></row>'
        '<row/><row><c r="A5" s="1"><v>45000</v></c><c r="B5" s="2"><v>45000.5</v></c>'
        '<c r="C5" s="3"><v>3</v></c><c r="D5" s="4"><v>0.5</v></c><c r="E5" s="1"/></row>'
    )
    data = xlsx(
        {"账单": rows, "Rest": '<row><c t="s"><v>1</v></c><c><v>2</v></c></row>', "Empty": ""},
        strings=["名称", "x"],
        styles=STYLES,
        state="hidden",
    )
    assert await reader.text(data, "x.xlsx") == (
        '--- sheet 账单 ---\n名称,,"a, ""b"""\n12.5,TRUE,#DIV/0!,said\n\n'
        "2023-03-15,2023-03-15 12:00:00,3,12:00:00\n\n--- sheet Rest (hidden) ---\nx,2"
    )


async def test_dates_count_from_1904_where_the_workbook_says_so(
    reader: ChildDocumentReader,
) -> None:
    data = xlsx(
        {"A": '<row><c s="1"><v>1</v></c></row>'},
        styles=STYLES,
        properties='<workbookPr date1904="1"/>',
    )
    assert await reader.text(data, "x.xlsx") == "--- sheet A ---\n1904-01-02"


KINDS = (
    '<numFmts><numFmt numFmtId="170" formatCode="[Magenta]0.00"/>'
    '<numFmt numFmtId="171" formatCode="[h]:mm"/></numFmts><cellXfs><xf numFmtId="170"/>'
    '<xf numFmtId="171"/><xf numFmtId="46"/><xf numFmtId="20"/></cellXfs>'
)


@pytest.mark.parametrize("properties", ["", '<workbookPr date1904="1"/>'])
async def test_hours_are_hours_and_a_colour_makes_no_date(
    reader: ChildDocumentReader, properties: str
) -> None:
    cells = "".join(f'<c s="{style}"><v>{v}</v></c>' for style, v in enumerate((1.5,) * 3 + (0.5,)))
    data = xlsx({"A": f"<row>{cells}</row>"}, styles=KINDS, properties=properties)
    assert await reader.text(data, "x.xlsx") == "--- sheet A ---\n1.5,36:00:00,36:00:00,12:00:00"


async def test_what_was_never_computed_is_its_formula_and_empty_rows_stay_apart(
    reader: ChildDocumentReader,
) -> None:
    rows = (
        '<row r="1"><c r="A1"><f>SUM(B1:B9)</f></c><c r="B1" t="str"><f>IF(1,"")</f><v></v></c>'
        '<c r="C1"><f>1+1</f><v>2</v></c></row><row r="4"><c r="A4"><v>4</v></c></row>'
    )
    text = await reader.text(xlsx({"A": rows}), "x.xlsx")
    assert text == "--- sheet A ---\n=SUM(B1:B9),,2\n\n4"


def many_cells() -> bytes:
    """A million columns in a few bytes: each row has one cell, far to the right."""
    return xlsx({"A": '<row><c r="XFD1"><v>1</v></c></row>' * 2000})


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (zipped({"a.txt": "a"}), ImageProblem.ARCHIVE),
        (zipped({"mimetype": "application/epub+zip"}), ImageProblem.OTHER_DOCUMENT),
        (
            zipped(
                {
                    "_rels/.rels": related({"r": ("officeDocument", "ppt/presentation.xml")}),
                    "ppt/presentation.xml": "<p/>",
                }
            ),
            ImageProblem.OTHER_DOCUMENT,
        ),
        (docx(paragraph("  ")), ImageProblem.NO_TEXT),
        (docx(paragraph("&a;"), head=LAUGHS), ImageProblem.BROKEN_DOCUMENT),
        (docx(paragraph("&a;"), head=OUTSIDE), ImageProblem.BROKEN_DOCUMENT),
        (docx("<w:p><w:r>"), ImageProblem.BROKEN_DOCUMENT),
        (docx("<w:p>" * 5000 + "</w:p>" * 5000), ImageProblem.BROKEN_DOCUMENT),
        (docx(paragraph(" " * 140_000_000)), ImageProblem.LARGE_DOCUMENT),
        (docx(paragraph("x" * 30_000_000)), ImageProblem.LARGE_DOCUMENT),
        (zipped({f"{n}": "" for n in range(10_001)}), ImageProblem.LARGE_DOCUMENT),
        (many_cells(), ImageProblem.LARGE_DOCUMENT),
        (docx(paragraph("words"))[:-40], ImageProblem.BROKEN_DOCUMENT),
        (b"PK\x03\x04" + b"\0" * 40, ImageProblem.BROKEN_DOCUMENT),
    ],
    ids=lambda value: value.name if isinstance(value, ImageProblem) else "",
)
async def test_the_rest_is_refused_by_its_kind(
    reader: ChildDocumentReader, data: bytes, problem: ImageProblem
) -> None:
    with pytest.raises(ImageError) as caught:
        await reader.text(data, "x.docx")
    assert (caught.value.problem, caught.value.name) == (problem, "x.docx")


async def test_a_protected_part_says_so(reader: ChildDocumentReader) -> None:
    data = bytearray(docx(paragraph("words")))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    with pytest.raises(ImageError) as caught:
        await reader.text(bytes(data), "x.docx")
    assert caught.value.problem is ImageProblem.PROTECTED


async def test_no_part_outside_is_read(reader: ChildDocumentReader) -> None:
    """A reference that climbs out of the document leads nowhere."""
    data = zipped({"_rels/.rels": related({"r": ("officeDocument", "../../../etc/passwd")})})
    with pytest.raises(ImageError) as caught:
        await reader.text(data, "x.docx")
    assert caught.value.problem is ImageProblem.ARCHIVE


async def test_mutated_files_are_read_or_refused(reader: ChildDocumentReader) -> None:
    whole, chance = docx(paragraph("words") + TABLE), random.Random(5)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            await reader.text(bytes(data), "x.docx")
        except ImageError:
            continue
