"""Long pages as programs render them, cut into tiles: no row of ink goes on beyond a cut."""

from __future__ import annotations

from collections import Counter

import pytest
from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QImage,
    QPainter,
    QPalette,
    QTextDocument,
)

from app.adapters.images.cut import CONTRAST, cuts

pytestmark = pytest.mark.usefixtures("qapp")

SIZE = (1200, 9000)
CHINESE = "舷窗是一个桌面助手：把截图拖进来，就能得到答案；表格变成表格，看不清的地方会标出来。"
ENGLISH = "Glyphs like g, y, p and j reach below the line; a tall page is cut between its lines. "
CODE = "\n".join("    " * (n % 5) + f"value_{n} = compute(index={n}, 'g|j')" for n in range(60))
ROWS = "".join(
    f"<tr{' bgcolor=%s' if n % 2 else ''}><td>{n}</td><td>茶叶 gyp {n}</td><td>{ENGLISH}</td></tr>"
    for n in range(300)
)
TABLE = f"<table border=1 cellspacing=0 cellpadding=4 width='100%'>{ROWS}</table>"


def text(words: str, count: int) -> str:
    return "".join(f"<p>{words * (1 + n % 5)}</p>" for n in range(count))


def code(ground: str) -> str:
    return f"<pre style='background-color:{ground}'>{CODE}</pre>"


LIGHT, DARK = ("#ffffff", "#1d2226"), ("#17191b", "#e6e8e8")
PAGES = {
    "English": (text(ENGLISH, 200), LIGHT, 1.0),
    "Chinese, dark": (text(CHINESE, 200), DARK, 1.0),
    "Chinese at 150 %": (text(CHINESE, 150), LIGHT, 1.5),
    "code in cards": ((text(CHINESE, 4) + code("#f1f3f4")) * 12, LIGHT, 1.0),
    "code in cards, dark": ((text(ENGLISH, 4) + code("#22272b")) * 12, DARK, 1.0),
    "a striped table": (TABLE.replace("%s", "#e8eef0"), LIGHT, 1.0),
    "a striped table, dark": (TABLE.replace("%s", "#2b3034"), DARK, 1.0),
    "one paragraph": (f"<p>{CHINESE * 900}</p>", LIGHT, 1.0),
    "hardly to be seen": (text(CHINESE, 200), ("#202225", "#383c40"), 1.0),
}


def rendered(html: str, colours: tuple[str, str], scale: float) -> Image.Image:
    """The upper part of a page, as a screenshot of the whole of it would be."""
    ground, ink = colours
    width, height = SIZE
    document = QTextDocument()
    document.setDocumentMargin(24)
    document.setHtml(html)
    document.setTextWidth(width / scale)
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(QColor(ground))
    painter = QPainter(image)
    painter.scale(scale, scale)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette.setColor(QPalette.ColorRole.Text, QColor(ink))
    context.clip = QRectF(0, 0, width / scale, height / scale)
    document.documentLayout().draw(painter, context)
    painter.end()
    return Image.frombytes("RGB", SIZE, bytes(image.constBits()), "raw", "RGB")


def torn(page: Image.Image, row: int) -> int:
    """How many columns have ink both right above a cut and right below it, frames left aside."""
    above, below = (
        page.crop((0, at, page.width, at + 1)).convert("L").tobytes() for at in (row - 1, row)
    )
    grounds = [Counter(line).most_common(1)[0][0] for line in (above, below)]
    inked = [
        column
        for column, pair in enumerate(zip(above, below, strict=True))
        if all(abs(p - ground) >= CONTRAST for p, ground in zip(pair, grounds, strict=True))
    ]
    frames = {column for column in inked if _runs_through(page, column, row)}
    return len(inked) - len(frames)


def _runs_through(page: Image.Image, column: int, row: int) -> bool:
    """Whether it is part of a line from top to bottom, as tables and cards have them."""
    band = page.crop((column, row - 12, column + 1, row + 12)).convert("L").tobytes()
    return max(band) - min(band) < CONTRAST


@pytest.mark.parametrize("name", PAGES)
def test_no_line_of_a_rendered_page_is_split(name: str) -> None:
    page = rendered(*PAGES[name])
    boxes = cuts(page)
    assert 9 <= len(boxes) <= 13
    assert [torn(page, box[1]) for box in boxes[1:]] == [0] * (len(boxes) - 1)


def test_a_cut_through_a_line_would_be_seen() -> None:
    page = rendered(*PAGES["Chinese, dark"])
    rows = [torn(page, row) for row in range(2000, 2100)]
    assert sum(count > 5 for count in rows) > 20
