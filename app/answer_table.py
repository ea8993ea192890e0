"""The first table of an answer, as it is copied: cells for spreadsheets, Markdown for editors."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QMimeData

MARKS = ("|", "{", "[")
"""Without one of these there is no table in an answer."""
LONGEST = 100_000
"""Characters that are looked through; a longer answer is better looked at in the reader."""


def table_in(answer: str) -> QMimeData | None:
    """The table; None where there is none."""
    if len(answer) > LONGEST or not any(mark in answer for mark in MARKS):
        return None
    from app.features.reader.copies import copied
    from app.features.reader.result_reader import ResultReader
    from app.features.reader.views import View
    from app.kit.markdown.parser import MarkdownParser

    heads = (
        QCoreApplication.translate("AskAnywhere", "Field"),
        QCoreApplication.translate("AskAnywhere", "Value"),
    )
    result = ResultReader(MarkdownParser(), heads).take(answer, ended=True)
    return copied(None, View.TABLE, result, result.tables[0]) if result.tables else None
