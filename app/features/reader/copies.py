"""What is copied out of the reader, in each of its formats."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QMimeData

from app.core.result_table import ResultTable, csv_text, html_text, markdown_text, tsv_text
from app.features.reader.result import Result
from app.features.reader.views import View
from app.kit.markdown.blocks import Block, Frame, Kind
from app.kit.markdown.plain import plain_text
from app.kit.markdown.rich_text import RichText, code_html
from app.kit.table_clipboard import CSV, JSON, MARKDOWN, TSV, mime_of, table_mime


class Copy(StrEnum):
    """As what a result is copied."""

    TEXT = "text"
    MARKDOWN = "markdown"
    TSV = "tsv"
    HTML = "html"
    CSV = "csv"
    JSON = "json"


def blocks_text(blocks: Sequence[Block]) -> str:
    """The words of blocks: an empty line between them, none between the items of a list."""
    pieces: list[str] = []
    before: Block | None = None
    for block in blocks:
        if block.kind is Kind.NOTICE:
            continue
        if before is not None:
            goes_on = block.kind is before.kind is Kind.TABLE and block.level > 0
            items = Frame.LIST in block.frames and Frame.LIST in before.frames
            pieces.append("\n" if goes_on or items else "\n\n")
        mark = f"{'  ' * (len(block.frames) - 1)}{block.marker} " if block.marker else ""
        pieces.append(mark + plain_text(block))
        before = block
    return "".join(pieces)


def copied(kind: Copy | None, view: View, result: Result, table: ResultTable | None) -> QMimeData:
    """What is shown, for whoever takes it; with `kind`, all of the answer in that format.

    `table` is the one that goes out where a table is wanted.
    """
    as_table = table is not None and (view is View.TABLE or not result.blocks)
    match kind:
        case None if table is not None and view is View.TABLE:
            return table_mime(table)
        case None if view is View.TEXT:
            return mime_of(
                blocks_text(result.blocks), _html(result.blocks), (MARKDOWN, result.text)
            )
        case None if view is View.TREE:
            text = _json(result)
            return mime_of(text, code_html(text), (JSON, text))
        case None:
            return mime_of(result.text)
        case Copy.TSV if table is not None:
            # Lines with tabs cannot say that 00123 is no figure; spreadsheets take what can.
            return mime_of(tsv_text(table), html_text(table), (TSV, tsv_text(table)))
        case Copy.CSV if table is not None:
            return mime_of(csv_text(table), "", (CSV, csv_text(table)))
        case Copy.JSON:
            return mime_of(_json(result), "", (JSON, _json(result)))
        case Copy.MARKDOWN:
            text = markdown_text(table) if as_table and table is not None else _markdown(result)
            return mime_of(text, "", (MARKDOWN, text))
        case Copy.HTML:
            html = html_text(table) if as_table and table is not None else _html_of(result)
            return mime_of(html, html)
    return mime_of(tsv_text(table) if as_table and table is not None else _plain(result))


def formats_for(result: Result) -> tuple[Copy, ...]:
    """Those that there is something to copy as."""
    kinds = [Copy.TEXT, Copy.MARKDOWN, Copy.HTML]
    if result.tables:
        kinds += [Copy.TSV, Copy.CSV]
    return (*kinds, Copy.JSON) if result.json is not None else tuple(kinds)


def _plain(result: Result) -> str:
    return blocks_text(result.blocks) if result.blocks else result.text


def _markdown(result: Result) -> str:
    return f"```json\n{result.text.strip()}\n```" if result.is_json else result.text


def _html_of(result: Result) -> str:
    return code_html(result.text) if result.is_json else _html(result.blocks)


def _html(blocks: Sequence[Block]) -> str:
    rich = RichText()
    for block in blocks:
        rich.add(block)
    return rich.html()


def _json(result: Result) -> str:
    """The JSON as it came: nothing is put in another order or rounded."""
    return result.json.strip() if result.json is not None else ""
