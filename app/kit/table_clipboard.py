"""What is put on the clipboard: a text in several formats, and a table that stays cells."""

from __future__ import annotations

from PySide6.QtCore import QMimeData

from app.core.result_table import ResultTable, csv_text, html_text, markdown_text, tsv_text

MARKDOWN, CSV, TSV, JSON = (
    "text/markdown",
    "text/csv",
    "text/tab-separated-values",
    "application/json",
)


def mime_of(text: str, html: str = "", *others: tuple[str, str]) -> QMimeData:
    """A text, the same as HTML where there is some, and in other formats by their MIME types."""
    data = QMimeData()
    data.setText(text)
    if html:
        data.setHtml(html)
    for kind, said in others:
        data.setData(kind, said.encode("utf-8", "replace"))
    return data


def table_mime(table: ResultTable) -> QMimeData:
    """A spreadsheet finds cells, a text program a table, an editor lines with tabs."""
    return mime_of(
        tsv_text(table),
        html_text(table),
        (TSV, tsv_text(table)),
        (CSV, csv_text(table)),
        (MARKDOWN, markdown_text(table)),
    )
