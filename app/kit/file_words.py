"""Why a file cannot go with a message, in words that name its kind."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from app.core.errors import ImageProblem
from app.kit.failure_words import Words

translate = QCoreApplication.translate

FILE_WORDS: Mapping[ImageProblem, Words] = {
    ImageProblem.NOT_SUPPORTED: lambda: translate(
        "ErrorText",
        "%1 is of a kind that Porthole does not read. It takes pictures (PNG, JPEG, WebP, GIF, "
        "BMP, TIFF, AVIF), text, PDF, DOCX and XLSX. It was not added; your draft is kept.",
    ),
    ImageProblem.ARCHIVE: lambda: translate(
        "ErrorText",
        "%1 is an archive. Unpack it, then add the files that matter. It was not added; "
        "your draft is kept.",
    ),
    ImageProblem.VIDEO: lambda: translate(
        "ErrorText", "%1 is a video, which cannot be sent. It was not added; your draft is kept."
    ),
    ImageProblem.AUDIO: lambda: translate(
        "ErrorText",
        "%1 is a sound recording, which cannot be sent. It was not added; your draft is kept.",
    ),
    ImageProblem.PROGRAM: lambda: translate(
        "ErrorText", "%1 is a program, which cannot be sent. It was not added; your draft is kept."
    ),
    ImageProblem.FONT: lambda: translate(
        "ErrorText", "%1 is a font, which cannot be sent. It was not added; your draft is kept."
    ),
    ImageProblem.DATABASE: lambda: translate(
        "ErrorText",
        "%1 is a database. Export what matters as CSV, then add that. It was not added; "
        "your draft is kept.",
    ),
    ImageProblem.OLD_OFFICE: lambda: translate(
        "ErrorText",
        "%1 is an Office document of the kind before 2007, or protected with a password. Save it "
        "as DOCX, XLSX or PDF, then add that. Your draft is kept.",
    ),
    ImageProblem.OTHER_DOCUMENT: lambda: translate(
        "ErrorText",
        "%1 is a document of a kind that Porthole does not read, as slides, OpenDocument, RTF and "
        "e-books are. Save or export it as PDF, then add that. Your draft is kept.",
    ),
    ImageProblem.PROTECTED: lambda: translate(
        "ErrorText",
        "%1 is protected in a way that Porthole cannot open. Save a copy without protection, "
        "then add that. Your draft is kept.",
    ),
    ImageProblem.BROKEN_DOCUMENT: lambda: translate(
        "ErrorText",
        "%1 is damaged and cannot be read as a document. It was not added; your draft is kept.",
    ),
    ImageProblem.LARGE_DOCUMENT: lambda: translate(
        "ErrorText",
        "%1 holds more than can be opened safely. It was not added; your draft is kept. "
        "Make it smaller, then add it.",
    ),
    ImageProblem.SLOW_DOCUMENT: lambda: translate(
        "ErrorText",
        "%1 took too long to read as a document. It was not added; your draft is kept.",
    ),
    ImageProblem.NO_TEXT: lambda: translate(
        "ErrorText", "There is no text in %1. It was not added; your draft is kept."
    ),
}
