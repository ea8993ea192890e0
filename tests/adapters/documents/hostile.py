"""Documents that were broken at random, and documents made to hurt whoever opens them."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache

from tests.adapters.documents.papers import HEAD, docx, locked_pdf, paragraph, pdf, xlsx, zipped

MB = 1024 * 1024
ROW = "<row><c><v>12.5</v></c><c t='s'><v>0</v></c></row>"


@cache
def whole_ones() -> tuple[tuple[str, bytes], ...]:
    """What is broken: names and sound documents."""
    return (
        ("a.pdf", pdf(["Total 12.50\nsecond line", "", "第三页 " * 20])),
        ("locked.pdf", locked_pdf("sesame", "Balance 12.50")),
        ("a.docx", docx(paragraph("第一段") * 20 + paragraph("words"))),
        ("a.xlsx", xlsx({"账单": ROW * 20, "b": ROW}, strings=("text",))),
    )


def mutated(number: int) -> tuple[str, bytes]:
    """A name and a document, the same for a number each time."""
    chance = random.Random(number)
    name, data = whole_ones()[number % len(whole_ones())]
    if not name.endswith("pdf") and chance.random() < 0.6:
        return name, _repacked(data, chance)
    return name, _broken(data, chance)


def _broken(data: bytes, chance: random.Random) -> bytes:
    """Bytes replaced, stretches cut out, doubled or cut off."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 30)):
        place = chance.randrange(len(made))
        made[place] = chance.randrange(256)
    if chance.random() < 0.3:
        start = chance.randrange(len(made))
        piece = made[start : start + chance.randrange(1, 200)]
        made[start:start] = piece * chance.randint(1, 40)
    if chance.random() < 0.3:
        del made[chance.randrange(len(made)) :]
    return bytes(made) or b"%PDF-"


def _repacked(data: bytes, chance: random.Random) -> bytes:
    """The ZIP file is sound, what is in it is not."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in chance.sample(sorted(parts), chance.randint(1, len(parts))):
        parts[name] = _broken(parts[name], chance)
    return zipped(parts)


def built(*objects: bytes) -> bytes:
    """A PDF of these objects, of which the first is the catalogue."""
    made = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def stream(data: bytes, facts: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (facts, len(data), data)


ONE_PAGE = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]/Contents 4 0 R/Resources<<%s>>>>"
TWICE = b"/Filter[/FlateDecode/FlateDecode]"


@cache
def packed_drawing() -> bytes:
    """280 MB of lines, packed twice."""
    return zlib.compress(zlib.compress(b"0 0 m 9 9 l S\n" * 20_000_000, 9), 9)


def pdf_unpacks() -> bytes:
    return built(*ONE_PAGE, PAGE % (b"9 9", b""), stream(packed_drawing(), TWICE))


def pdf_picture() -> bytes:
    huge = b"/Type/XObject/Subtype/Image/Width 90000/Height 90000/BitsPerComponent 8"
    return built(
        *ONE_PAGE,
        PAGE % (b"9 9", b"/XObject<</X 5 0 R>>"),
        stream(b"9 0 0 9 0 0 cm /X Do"),
        stream(packed_drawing(), huge + b"/ColorSpace/DeviceRGB" + TWICE),
    )


def pdf_nested() -> bytes:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
    deep = [stream(b"/X Do " * 20, form % (number + 1)) for number in range(5, 15)]
    return built(
        *ONE_PAGE,
        PAGE % (b"9 9", b"/XObject<</X 5 0 R>>"),
        stream(b"/X Do"),
        *deep,
        stream(b"0 0 m 9 9 l S", form % 15),
    )


def pdf_endless() -> bytes:
    return built(*ONE_PAGE, PAGE % (b"1e30 1e30", b""), stream(b""))


def pdf_own_parent() -> bytes:
    return built(ONE_PAGE[0], b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 900000000/Parent 2 0 R>>")


def pdf_many_pages(count: int = 10_000) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    kids = b" ".join(b"%d 0 R" % n for n in range(3, count + 3))
    pages = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return built(ONE_PAGE[0], pages, *[page] * count)


def pdf_much_text() -> bytes:
    """A page of six million characters."""
    font = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    text = zlib.compress(b"BT /F 1 Tf 1 1 Td " + b"(word word word ) Tj " * 400_000 + b"ET", 9)
    return built(*ONE_PAGE, PAGE % (b"99 99", font), stream(text, b"/Filter/FlateDecode"))


def _declared(entities: str, word: str) -> bytes:
    return docx(paragraph(word), head=f"{HEAD}<!DOCTYPE d [{entities}]>")


def _laughs() -> bytes:
    rows = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return _declared(f'<!ENTITY l0 "ha">{rows}', "&l11;")


def _many_parts() -> bytes:
    return zipped({"word/document.xml": "", **{f"p{n}": "" for n in range(65_000)}})


def _understated() -> bytes:
    """The headers say that the part unpacks to a byte."""
    whole = docx("<w:p/>" * 9 + " " * (200 * MB))
    real = len(whole)
    place = whole.rindex(b"word/document.xml") - 46
    return whole[: place + 24] + (1).to_bytes(4, "little") + whole[place + 28 : real]


def _locked_zip() -> bytes:
    """Every part says that it is encrypted."""
    made = bytearray(docx(paragraph("words")))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = made.find(mark)
        while place >= 0:
            made[place + flags] |= 1
            place = made.find(mark, place + 4)
    return bytes(made)


BOMBS: Mapping[str, Callable[[], bytes]] = {
    "unpacks.pdf": pdf_unpacks,
    "picture.pdf": pdf_picture,
    "nested.pdf": pdf_nested,
    "endless.pdf": pdf_endless,
    "its own parent.pdf": pdf_own_parent,
    "10,000 pages.pdf": pdf_many_pages,
    "5,000 pages.pdf": lambda: pdf_many_pages(5_000),
    "much text.pdf": pdf_much_text,
    "encrypted.pdf": lambda: locked_pdf("sesame", "words"),
    "cut off.pdf": lambda: pdf(["words"] * 9)[:2_000],
    "bare.pdf": lambda: b"%PDF-",
    "200 MB of spaces.docx": lambda: docx(" " * (200 * MB)),
    "understated.docx": _understated,
    "one paragraph.docx": lambda: docx(paragraph("word " * 5_000_000)),
    "deep.docx": lambda: docx("<w:p>" * 100_000 + "</w:p>" * 100_000),
    "deep and open.docx": lambda: docx("<w:p>" * 1_000_000),
    "many paragraphs.docx": lambda: docx("<w:p/>" * 10_000_000),
    "laughs.docx": _laughs,
    "reads a file.docx": lambda: _declared('<!ENTITY f SYSTEM "file:///etc/passwd">', "&f;"),
    "65,000 parts.docx": _many_parts,
    "encrypted.docx": _locked_zip,
    "cut off.docx": lambda: docx(paragraph("words") * 9_000)[:1_500],
    "own target.docx": lambda: zipped(
        {
            "_rels/.rels": "<Relationships><Relationship Id='r' Type='/officeDocument' "
            "Target='../../../etc/passwd'/></Relationships>"
        }
    ),
    "million rows.xlsx": lambda: xlsx({"a": ROW * 1_000_000}, strings=("text",)),
    "shared text.xlsx": lambda: xlsx({"a": ROW * 10_000}, strings=("x" * 10_000_000,)),
    "last columns.xlsx": lambda: xlsx({"a": '<row><c r="XFD1"><v>1</v></c></row>' * 100_000}),
    "many strings.xlsx": lambda: xlsx({"a": ROW}, strings=("x",) * 3_000_000),
    "many styles.xlsx": lambda: xlsx(
        {"a": ROW}, styles="<cellXfs>" + "<xf numFmtId='14'/>" * 3_000_000 + "</cellXfs>"
    ),
    "many sheets.xlsx": lambda: xlsx({f"s{n}": ROW for n in range(9_000)}),
}
"""Names, and what makes the bytes when they are wanted."""
