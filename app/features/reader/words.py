"""The reader's sentences, in the reader's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.result_table import ResultTable
from app.core.schema_verdict import SchemaVerdict, Verdict
from app.features.reader.copies import Copy
from app.features.reader.views import View

translate = QCoreApplication.translate


def views() -> dict[View, str]:
    return {
        View.TEXT: translate("Reader", "Text"),
        View.TABLE: translate("Reader", "Table"),
        View.TREE: translate("Reader", "Tree"),
        View.SOURCE: translate("Reader", "Source"),
    }


def formats() -> dict[Copy, str]:
    return {
        Copy.TEXT: translate("Reader", "Plain text"),
        Copy.MARKDOWN: "Markdown",
        Copy.HTML: "HTML",
        Copy.TSV: translate("Reader", "TSV, for spreadsheets"),
        Copy.CSV: "CSV",
        Copy.JSON: "JSON",
    }


def copied(kind: Copy | None, view: View, table: ResultTable | None) -> str:
    """What was copied."""
    rows = kind in (Copy.TSV, Copy.CSV) or (kind is None and view is View.TABLE)
    names = formats()
    names[Copy.TSV] = "TSV"
    if rows and table is not None:
        size = f"{len(table.rows)} × {len(table.heads)}"
        if kind is None:
            return translate("Reader", "Copied a table of %1 cells").replace("%1", size)
        words = translate("Reader", "Copied a table of %1 cells as %2")
        return words.replace("%1", size).replace("%2", names[kind])
    if kind is None:
        return {
            View.TEXT: translate("Reader", "Copied the text"),
            View.TABLE: translate("Reader", "Copied the text"),
            View.TREE: translate("Reader", "Copied the JSON"),
            View.SOURCE: translate("Reader", "Copied the source"),
        }[view]
    return translate("Reader", "Copied as %1").replace("%1", names[kind])


def waiting(*, thinks: bool) -> str:
    if thinks:
        return translate("Reader", "Thinking…")
    return translate("Reader", "Reading…")


def nothing(*, asked: bool) -> str:
    """Where there is nothing to show."""
    if asked:
        return translate("Reader", "This answer has no text.")
    return translate("Reader", "There is no answer yet.")


def verdict(found: SchemaVerdict) -> str:
    """Whether the answer is what its schema asked for."""
    name = found.name
    match found.verdict:
        case Verdict.MATCHES:
            return translate("Reader", "✓ Matches the schema “%1”").replace("%1", name)
        case Verdict.NO_JSON:
            words = translate("Reader", "The schema “%1” asked for JSON and nothing else.")
            return words.replace("%1", name)
        case Verdict.BAD_SCHEMA:
            words = translate("Reader", "The schema “%1” cannot be followed: %2")
        case Verdict.MISMATCH:
            words = translate("Reader", "Does not match the schema “%1” at %3: %2")
    return words.replace("%1", name).replace("%3", found.path).replace("%2", found.problem)
