"""The lists and quotes that a block stands in: how far they indent it, their bars and marks."""

from __future__ import annotations

from itertools import takewhile

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from app.features.chat.transcript.box import Box
from app.features.chat.transcript.surface import Surface
from app.kit.markdown.blocks import TASK_DONE, TASK_OPEN, Block, Frame

LIST_INDENT, QUOTE_INDENT = 28, 14
BAR = 3
"""Pixels that the bar of a quote is wide."""
DEEPEST = 8
"""Frames that indent; deeper ones stay at that depth, so that text keeps room."""
APART = 6
"""Pixels between the mark of an item and its words."""


def indent_of(frames: tuple[Frame, ...], surface: Surface) -> int:
    """How far the text of a block stands from the left edge, in pixels."""
    px = surface.theme.px
    steps = {Frame.LIST: px(LIST_INDENT), Frame.QUOTE: px(QUOTE_INDENT)}
    return sum(steps[frame] for frame in frames[:DEEPEST])


def middle(surface: Surface, height: int) -> int:
    """The baseline of words in the middle of so many pixels."""
    metrics = QFontMetrics(surface.look.body)
    return (height - metrics.height()) // 2 + metrics.ascent()


def paint_frames(
    painter: QPainter, area: QRect, box: Box, block: Block, *, mirrored: bool = False
) -> None:
    """The bars of the quotes a box's block stands in, joined to those that go on from above.

    `mirrored`: at the right, where the words are read from there.
    """
    joined = _joined(getattr(box.above, "block", None), block)
    inwards = 0
    for depth, frame in enumerate(block.frames[:DEEPEST]):
        if frame is Frame.QUOTE:
            top = area.top() - (box.gap if depth < joined else 0)
            x = area.right() + 1 - inwards - BAR if mirrored else area.left() + inwards
            color = QColor(box.surface.tokens.line)
            painter.fillRect(x, top, BAR, area.bottom() - top + 1, color)
        inwards += indent_of((frame,), box.surface)


def _joined(above: Block | None, block: Block) -> int:
    """How many of the frames that a block stands in go on from the one above it."""
    if above is None:
        return 0
    pairs = zip(above.frames, block.frames, strict=False)
    shared = sum(1 for _pair in takewhile(lambda pair: pair[0] is pair[1], pairs))
    if block.marker:  # another item of its list begins
        shared = min(shared, _innermost_list(block))
    return shared


def _innermost_list(block: Block) -> int:
    """Which of the frames that a list's item stands in is its list."""
    return max(place for place, frame in enumerate(block.frames) if frame is Frame.LIST)


def paint_marker(
    painter: QPainter,
    area: QRect,
    block: Block,
    surface: Surface,
    baseline: int,
    *,
    mirrored: bool = False,
) -> None:
    """The bullet, number or check box before the first line of a list item.

    `baseline`: where that line stands, in pixels below the top of `area`.
    """
    px, own = surface.theme.px, block.frames[: _innermost_list(block)]
    indent = indent_of((Frame.LIST,), surface)
    # Items deeper than any that are indented have their mark beside their words all the same.
    inwards = min(indent_of(own, surface), indent_of(block.frames, surface) - indent)
    metrics = QFontMetrics(surface.look.body)
    if block.marker in (TASK_OPEN, TASK_DONE):
        size = px(12)
        aside = inwards + (indent - size) // 2 - 1
        left = area.right() + 1 - aside - size if mirrored else area.left() + aside
        top = area.top() + baseline - (metrics.capHeight() + size) // 2
        box = QRect(left, top, size, size)
        _paint_check(painter, box, surface, done=block.marker == TASK_DONE)
        return
    painter.setFont(surface.look.body)
    painter.setPen(QColor(surface.tokens.text_2))
    # A long number begins further out.
    need = metrics.horizontalAdvance(block.marker)
    place = QRect(0, area.top() + baseline - metrics.ascent(), need, metrics.height())
    aside = inwards + indent - APART
    if mirrored:
        place.moveLeft(area.right() + 1 - aside)
    else:
        place.moveRight(area.left() + aside - 1)
    # The mark of a number stands behind it, which is at its left there.
    way = Qt.LayoutDirection
    painter.setLayoutDirection(way.RightToLeft if mirrored else way.LeftToRight)
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextDontClip
    painter.drawText(place, flags, block.marker)
    painter.setLayoutDirection(way.LayoutDirectionAuto)


def _paint_check(painter: QPainter, box: QRect, surface: Surface, *, done: bool) -> None:
    tokens = surface.tokens
    painter.setPen(QColor(tokens.accent if done else tokens.text_2))
    painter.setBrush(QColor(tokens.accent) if done else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 3, 3)
    if done:
        icon = surface.icons.pixmap("check", tokens.on_accent, box.width())
        painter.drawPixmap(box.topLeft(), icon)
