"""Documents made for a test: PDFs with Qt, and the ZIP files that Word and Excel write."""

from __future__ import annotations

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
