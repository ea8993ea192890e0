"""Reads documents; runs in a child process, where hostile bytes may do their worst.

A PDF stays open under the key that it came with, so that it is handed over once. `op` says what is
wanted: `open` (sizes of pages, or that it is locked), `texts`, `picture`, `thumbnail` of a PDF;
`text` of all the rest, and `web_page` of what came from the web.
"""

from __future__ import annotations

from app.adapters.child_frames import Header
from app.adapters.child_loop import RefusedError, Work
from app.adapters.documents.pack import Pack
from app.adapters.documents.pdf import LockedError, Pdf
from app.adapters.documents.sheet import is_sheet, sheet_text
from app.adapters.documents.web_page import web_page_text
from app.adapters.documents.word import is_word, word_text

MEMORY_BYTES = 512 * 1024 * 1024
DOCUMENT_MARKS = (
    "mimetype",
    "ppt/presentation.xml",
    "META-INF/container.xml",
    "Index/Document.iwa",
)


def make_work() -> Work:
    """Answers what reads a document; what is heavy is imported with the first PDF."""
    opened: dict[str, Pdf] = {}

    def work(header: Header, body: bytes) -> tuple[Header, bytes]:
        op = header.get("op")
        if op == "text":
            return {}, office_text(body).encode("utf-8", "replace")
        if op == "web_page":
            said, address = str(header.get("charset", "")), str(header.get("address", ""))
            text = web_page_text(body, said, address, links=header.get("links") is True)
            return {}, text.encode("utf-8", "replace")
        key, numbers = str(header["key"]), [int(number) for number in header.get("numbers", ())]
        if body:
            opened.clear()
            try:
                opened[key] = Pdf(body, str(header.get("password", "")))
            except LockedError:
                return {"locked": True}, b""
        if key not in opened:
            return {"missing": True}, b""
        pdf = opened[key]
        match op:
            case "texts":
                return {"texts": pdf.texts(numbers)}, b""
            case "picture":
                return {}, pdf.picture(numbers[0])
            case "thumbnail":
                return {}, pdf.thumbnail(numbers[0])
            case _:
                return {"sizes": pdf.sizes()}, b""

    return work


def office_text(data: bytes) -> str:
    """The text of a document that is a ZIP file within. Raises RefusedError, which names others."""
    pack = Pack(data)
    main = pack.main_part()
    if main in pack.names:
        if is_word(main):
            return word_text(pack, main)
        if is_sheet(main) and main.endswith(".xml"):
            return sheet_text(pack, main)
        raise RefusedError("other_document")
    known = any(mark in pack.names for mark in DOCUMENT_MARKS)
    raise RefusedError("other_document" if known else "archive")
