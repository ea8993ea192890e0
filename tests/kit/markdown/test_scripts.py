"""Lines break as each script has it, and never within what is seen as one character."""

from __future__ import annotations

import unicodedata

import pytest
from PySide6.QtWidgets import QApplication

from app.core.settings import ThemeChoice
from app.kit.markdown.document import BlockDocument, write_block
from app.kit.markdown.look import Look
from app.kit.markdown.parser import MarkdownParser
from app.kit.markdown.reading import parse_units
from app.kit.theme import Theme

CHINESE = (
    "接口**返回**了一个错误，请检查`端口`设置。他说：“好的（真的吗？），我们走吧！”然后、离开了；"
    "《设计模式》……第二章——很长。「引用」与『强调』，以及［括号］和〈书名〉：完。" * 6
)
JAPANESE = (
    "ラーメンを食べました。「おいしい！」と言った、そして帰りました。カタカナー、ゃゅょっ。" * 8
)
NEVER_FIRST = "。，、；：？！）」』”》〉］…"
NEVER_LAST = "（「『“《〈［"

FAMILY, FLAG, WAVE = "👩‍👩‍👧‍👦", "🏳️‍🌈", "👋🏽"
ACCENTED = "e\u0301\u0323o\u0308n\u0303"


def lines_of(markdown: str, width: int) -> list[str]:
    look = Look(Theme(ThemeChoice.LIGHT))
    document = BlockDocument(look)
    document.setTextWidth(width)
    (unit,) = parse_units(markdown, MarkdownParser(), {})
    write_block(document, unit.blocks[0], look)
    document.size()
    block = document.begin()
    layout, raw = block.layout(), block.text().encode("utf-16-le")
    lines = [layout.lineAt(number) for number in range(layout.lineCount())]
    return [
        raw[2 * line.textStart() : 2 * (line.textStart() + line.textLength())].decode("utf-16-le")
        for line in lines
    ]


@pytest.mark.parametrize("width", range(200, 640, 23))
@pytest.mark.parametrize("text", [CHINESE, JAPANESE], ids=["Chinese", "Japanese"])
def test_no_line_begins_or_ends_with_a_mark_that_may_not(
    qapp: QApplication, text: str, width: int
) -> None:
    lines = lines_of(text, width)
    assert len(lines) > 4
    assert [line for line in lines[1:] if line[0] in NEVER_FIRST] == []
    assert [line for line in lines[:-1] if line[-1] in NEVER_LAST] == []


@pytest.mark.parametrize("width", range(60, 200, 13))
@pytest.mark.parametrize("cluster", [FAMILY, FLAG, WAVE, ACCENTED], ids=ascii)
def test_no_line_begins_within_a_character(qapp: QApplication, cluster: str, width: int) -> None:
    lines = lines_of(cluster * 40, width)
    assert len(lines) > 1
    for line in lines:
        assert unicodedata.category(line[0]) not in ("Mn", "Cf", "Sk"), ascii(line[:4])
        assert not line.endswith("\u200d")
    assert "".join(lines).replace(" ", "") == cluster * 40
