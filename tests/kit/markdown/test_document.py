"""Blocks as documents: what is a link, what stays text, and that nothing is ever loaded."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextCursor, QTextDocument, QTextTable
from PySide6.QtWidgets import QApplication

from app.core.settings import ThemeChoice
from app.kit.markdown.blocks import Kind
from app.kit.markdown.document import BlockDocument, write_block
from app.kit.markdown.look import Look
from app.kit.markdown.parser import MarkdownParser
from app.kit.markdown.plain import plain_text
from app.kit.markdown.reading import parse_units
from app.kit.markdown.table import add_rows
from app.kit.theme import Theme
from tests.kit.markdown.corpus import ANSWER


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return Look(Theme(ThemeChoice.LIGHT))


def written(text: str, look: Look) -> BlockDocument:
    (unit,) = parse_units(text, MarkdownParser(), {})
    document = BlockDocument(look)
    write_block(document, unit.blocks[0], look)
    return document


def links(document: QTextDocument) -> list[tuple[str, str]]:
    """Words and addresses of all links."""
    found: list[tuple[str, str]] = []
    block = document.begin()
    while block.isValid():
        for part in cast(Any, block):
            fragment = part.fragment()
            if fragment.charFormat().isAnchor():
                found.append((fragment.text(), fragment.charFormat().anchorHref()))
        block = block.next()
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[docs](https://e.com/d)", [("docs", "https://e.com/d")]),
        ("<https://e.com>", [("https://e.com", "https://e.com")]),
        ("[mail](mailto:a@e.com)", [("mail", "mailto:a@e.com")]),
        ("see https://e.com/a(b), or", [("https://e.com/a(b)", "https://e.com/a(b)")]),
        ("(https://e.com).", [("https://e.com", "https://e.com")]),
        ("见 https://e.com/文。", [("https://e.com/文", "https://e.com/文")]),
        ("![pic](https://e.com/p.png)", [("pic", "https://e.com/p.png")]),
        ("[x](javascript:alert(1))", []),
        ("[x](file:///etc/passwd)", []),
        ("[x](//host/share)", []),
        ("[x](data:text/html,hi)", []),
    ],
)
def test_only_web_addresses_are_links(
    look: Look, text: str, expected: list[tuple[str, str]]
) -> None:
    assert links(written(text, look)) == expected


def test_an_address_that_is_no_link_is_told(look: Look) -> None:
    assert written("[here](file:///etc/passwd)", look).toPlainText() == "here (file:///etc/passwd)"


def test_html_stays_text(look: Look) -> None:
    text = 'a <b>bold</b> <img src="https://e.com/x.png"> <script>x</script>'
    assert written(text, look).toPlainText() == text


def test_line_ends_are_kept(look: Look) -> None:
    assert written("one\ntwo  \nthree", look).toPlainText() == "one\ntwo\nthree"


def test_a_br_in_a_table_is_a_line_end(look: Look) -> None:
    document = written("| a |\n|---|\n| one<br>two<br/>three |\n", look)
    table = document.rootFrame().childFrames()[0]
    assert isinstance(table, QTextTable)
    cell = table.cellAt(1, 0)
    cursor = cell.firstCursorPosition()
    cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectedText() == "one\u2028two\u2028three"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**注意：**请检查", "注意：请检查"),
        ("他说**“好”**了", "他说“好”了"),
        ("接口**返回**了*错误*。", "接口返回了错误。"),
        ("3 * 4，5 * 6", "3 * 4，5 * 6"),
    ],
)
def test_emphasis_beside_chinese_needs_no_spaces(look: Look, text: str, shown: str) -> None:
    assert written(text, look).toPlainText() == shown


def test_a_formula_is_shown_as_its_source(look: Look) -> None:
    text = r"mass $a_b*c*$ and \(x^2\)"
    assert written(text, look).toPlainText() == text


@pytest.fixture
def canary_server() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_nothing_is_ever_loaded(
    look: Look, tmp_path: Path, canary_server: tuple[str, list[str]], qapp: QApplication
) -> None:
    address, asked = canary_server
    picture = tmp_path / "canary.png"
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0)
    assert image.save(str(picture))
    file_url = QUrl.fromLocalFile(str(picture))
    # The canary would be seen: a plain document does load it.
    plain = QTextDocument()
    kind = QTextDocument.ResourceType.ImageResource.value
    plain.setHtml(f'<img src="{file_url.toString()}">')
    assert plain.size().height() > 0
    assert plain.resource(kind, file_url).width() == 8

    for source in (f"{address}/c.png", file_url.toString(), str(picture)):
        document = written(f'![c]({source}) <img src="{source}">', look)
        document.setTextWidth(300)
        assert document.size().height() > 0
        assert "\ufffc" not in document.toRawText(), "no picture stands in it"
        assert document.resource(kind, QUrl(source)).width() == 1
    hostile = BlockDocument(look)
    hostile.setHtml(f'<img src="{address}/d.png"><img src="{file_url.toString()}">')
    hostile.setTextWidth(300)
    assert hostile.size().height() > 0
    assert hostile.resource(kind, file_url).width() == 1
    qapp.processEvents()
    assert asked == []


def test_the_plain_words_are_those_of_the_document(look: Look) -> None:
    text = ANSWER + "\n\n[x](file:///a) ![y](data:z) ![](https://e.com/p.png) <https://e.com>\n"
    for unit in parse_units(text, MarkdownParser(), {}):
        for block in unit.blocks:
            if block.kind in (Kind.CODE, Kind.RULE, Kind.TABLE):
                continue
            document = BlockDocument(look)
            write_block(document, block, look)
            assert plain_text(block) == document.toPlainText()


def test_a_table_in_plain_words_has_tabs() -> None:
    text = "| a | **b** |\n|---|---|\n| one<br>two | `x` |\n"
    (unit,) = parse_units(text, MarkdownParser(), {})
    assert plain_text(unit.blocks[0]) == "a\tb\none two\tx"


def table(rows: list[str]) -> str:
    return "\n".join(["| a | b |", "|---|--:|", *rows])


def test_rows_that_are_added_look_as_if_written_at_once(look: Look) -> None:
    rows = [f"| **row** {n} | [x](https://e.com/{n}) |" for n in range(9)]
    (before,) = parse_units(table(rows[:4]), MarkdownParser(), {})[0].blocks
    (now,) = parse_units(table(rows), MarkdownParser(), {})[0].blocks
    grown = written(table(rows[:4]), look)
    assert add_rows(grown, before, now, look)
    at_once = written(table(rows), look)
    assert grown.toHtml() == at_once.toHtml()
    assert grown.size() == at_once.size()


@pytest.mark.parametrize(
    "now", [["| wider than before |"], ["| 0 |", "| a much wider cell than those before |"], ["x"]]
)
def test_a_table_that_is_otherwise_different_is_not_added_to(look: Look, now: list[str]) -> None:
    (before,) = parse_units(table(["| 0 | 0 |"]), MarkdownParser(), {})[0].blocks
    other = parse_units(table(now), MarkdownParser(), {})[0].blocks[0]
    document = written(table(["| 0 | 0 |"]), look)
    html = document.toHtml()
    assert not add_rows(document, before, other, look)
    assert document.toHtml() == html
