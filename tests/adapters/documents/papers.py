"""Documents made for a test: PDFs with Qt, and the ZIP files that Word and Excel write."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QBuffer, QIODevice, QSizeF
from PySide6.QtGui import QColor, QPageSize, QPainter, QPdfWriter

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CELLS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def pdf(pages: Sequence[str], width: float = 300, height: float = 200) -> bytes:
    """A PDF with a page of `width` by `height` points for each text; an empty one is a drawing."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QSizeF(width, height), QPageSize.Unit.Point))
    writer.setResolution(72)
    painter = QPainter(writer)
    for number, text in enumerate(pages):
        if number:
            writer.newPage()
        painter.setPen(QColor("#1d2226"))
        for line, words in enumerate(text.split("\n")):
            painter.drawText(8, 30 + 20 * line, words)
        if not text:
            painter.fillRect(40, 40, 120, 60, QColor("#0f766e"))
    painter.end()
    return bytes(buffer.data().data())


PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def locked_pdf(password: str, text: str) -> bytes:
    """A PDF with one page of text that opens with this password only (40 bits, as of PDF 1.3)."""
    document = bytes(16)
    padded = (password.encode("latin-1") + PADDING)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    leave = (0xFFFFFFFC).to_bytes(4, "little")
    key = hashlib.md5(padded + owner + leave + document).digest()[:5]
    drawn = _rc4(
        hashlib.md5(key + (4).to_bytes(3, "little") + bytes(2)).digest()[:10],
        f"BT /F 12 Tf 9 99 Td ({text}) Tj ET".encode("latin-1"),
    )
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    return b"".join(
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
            b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R",
            b"/Resources<</Font<</F %s>>>>>>endobj\n" % font,
            b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n" % (len(drawn), drawn),
            b"5 0 obj<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>endobj\n"
            % (owner.hex().encode(), _rc4(key, PADDING).hex().encode()),
            b"trailer<</Root 1 0 R/Encrypt 5 0 R/ID[<%s><%s>]>>\n%%%%EOF"
            % (document.hex().encode(), document.hex().encode()),
        )
    )


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    made, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        made.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(made)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def related(targets: Mapping[str, tuple[str, str]]) -> str:
    """A table of relationships: id → kind and target."""
    rows = "".join(
        f'<Relationship Id="{key}" Type="{TYPES}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f"{HEAD}<Relationships>{rows}</Relationships>"


def docx(body: str, *, more: Mapping[str, str | bytes] | None = None, head: str = HEAD) -> bytes:
    """A Word document with this body."""
    return zipped(
        {
            "_rels/.rels": related({"r1": ("officeDocument", "word/document.xml")}),
            "word/document.xml": f'{head}<w:document xmlns:w="{WORDS}"><w:body>{body}</w:body>'
            "</w:document>",
            **(more or {}),
        }
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def xlsx(
    sheets: Mapping[str, str],
    *,
    strings: Sequence[str] = (),
    styles: str = "",
    properties: str = "",
    state: str = "visible",
) -> bytes:
    """An Excel workbook: sheet name → rows."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="s{n}" state="{state if n > 1 else "visible"}"/>'
        for n, name in enumerate(names, 1)
    )
    space = f'xmlns="{CELLS}" xmlns:r="{TYPES}"'
    book = f"<workbook {space}>{properties}<sheets>{listed}</sheets></workbook>"
    targets = {f"s{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(names) + 1)}
    targets |= {"t": ("sharedStrings", "sharedStrings.xml"), "f": ("styles", "/xl/styles.xml")}
    shared = "".join(f"<si><t>{text}</t></si>" for text in strings)
    return zipped(
        {
            "_rels/.rels": related({"r1": ("officeDocument", "xl/workbook.xml")}),
            "xl/workbook.xml": HEAD + book,
            "xl/_rels/workbook.xml.rels": related(targets),
            "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{CELLS}">{shared}</sst>',
            "xl/styles.xml": f'{HEAD}<styleSheet xmlns="{CELLS}">{styles}</styleSheet>',
            **{
                f"xl/worksheets/sheet{n}.xml": f'{HEAD}<worksheet xmlns="{CELLS}"><sheetData>'
                f"{sheets[name]}</sheetData></worksheet>"
                for n, name in enumerate(names, 1)
            },
        }
    )
