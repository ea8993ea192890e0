"""Below a message: how it ended, what can be done with it, and its figures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QMargins, QPoint, QRect
from PySide6.QtGui import QPainter, QTextCursor, QTextDocument

from app.core.errors import FailureKind
from app.core.fixes import FixKind, fix_for
from app.core.message import Message, MessageState, Role
from app.features.chat.transcript import words
from app.features.chat.transcript.actions import PADDING, Action, Entry, Intent, Placed, Strip
from app.features.chat.transcript.box import Box, PaintState, TextBox
from app.features.chat.transcript.surface import Surface
from app.kit.error_text import links
from app.kit.markdown.look import Style
from app.kit.theme import SECONDARY_PX

translate = QCoreApplication.translate

NEEDS_KEY = frozenset({FailureKind.NO_KEY, FailureKind.BAD_KEY, FailureKind.AUTH})


class FooterBox(Box):
    """Copy, Regenerate, Branch, Edit, ‹ 1/2 ›, and what the reply took."""

    gap = 6

    def __init__(self, surface: Surface, message: Message, version: tuple[int, int]) -> None:
        super().__init__(surface)
        self._mine = mine = message.role is Role.USER
        actions = _message_actions(message, version)
        figures = words.figures(message)
        self._strip = Strip(surface, () if mine else actions, actions if mine else figures)

    def estimate(self, width: int) -> None:
        self.lay_out(width)

    def lay_out(self, width: int) -> None:
        self.height = self._strip.lay_out(width + (0 if self._mine else PADDING))
        self.exact = True

    def paint(self, painter: QPainter, area: QRect, state: PaintState) -> None:
        self._strip.paint(painter, area.topLeft() + self._strip_at(), state)

    def _strip_at(self) -> QPoint:
        """The first icon stands in line with the text above."""
        return QPoint(0 if self._mine else -PADDING, 0)

    def actions(self) -> Sequence[Placed]:
        return self._strip.placed(self._strip_at())


def _message_actions(message: Message, version: tuple[int, int]) -> list[Entry]:
    made: list[Entry] = []
    if message.text:
        made.append(Action(Intent.COPY, translate("Transcript", "Copy"), "copy"))
    if message.role is Role.USER:
        made.append(Action(Intent.EDIT, translate("Transcript", "Edit"), "edit"))
    else:
        made.append(Action(Intent.REGENERATE, translate("Transcript", "Regenerate"), "retry"))
    made.append(Action(Intent.BRANCH, translate("Transcript", "Branch"), "branch"))
    place, total = version
    if total > 1:
        earlier, later = (
            translate("Transcript", "Previous version"),
            translate("Transcript", "Next version"),
        )
        older = Action(Intent.OLDER, earlier, "chevron-left", icon_only=True, enabled=place > 1)
        newer = Action(Intent.NEWER, later, "chevron-right", icon_only=True, enabled=place < total)
        made.extend((older, f"{place}/{total}", newer))
    if message.role is Role.ASSISTANT:
        made.append(_raw())
    return made


def _raw() -> Action:
    """The way to what went over the wire."""
    label = translate("Transcript", "Request and response")
    return Action(Intent.RAW, label, "more", icon_only=True)


class NoticeBox(TextBox):
    """How a reply ended when it did not end well, and the ways on.

    `footed`: a footer with what can always be done follows below.
    """

    gap = 12

    def __init__(self, surface: Surface, message: Message, *, footed: bool) -> None:
        super().__init__(surface)
        self._message = message
        self._failed = message.state is MessageState.FAILED
        self._sentence = _sentence(surface, message)
        ways = _ways_on(message, pictures=surface.has_pictures)
        self._strip = Strip(surface, ways if footed else [*ways, _raw()])
        self.margins = QMargins(surface.theme.px(16) + 10, 0, 0, 0)

    def source(self) -> str:
        return self._sentence

    def write(self, document: QTextDocument) -> None:
        look = self.surface.look
        cursor = QTextCursor(document)
        cursor.setBlockFormat(look.paragraph(SECONDARY_PX))
        color = "error" if self._failed else "warn"
        style = Style(size=SECONDARY_PX, color=color)
        cursor.insertText(self._sentence.replace("\n", "\u2028"), look.chars(style))

    def lay_out(self, width: int) -> None:
        left = self.surface.theme.px(16) + 10
        below = self._strip.lay_out(width - left + 4)
        self.margins = QMargins(left, 0, 0, below)
        self.lift = self.surface.look.lift(SECONDARY_PX)
        super().lay_out(width)

    def paint(self, painter: QPainter, area: QRect, state: PaintState) -> None:
        tokens = self.surface.tokens
        size = self.surface.theme.px(16)
        name, color = ("error", tokens.error) if self._failed else ("warning", tokens.warn)
        y = area.top() + (self.surface.look.line(SECONDARY_PX) - size) // 2
        painter.drawPixmap(area.left(), y, self.surface.icons.pixmap(name, color, size))
        self.paint_text(painter, area, state)
        self._strip.paint(painter, area.topLeft() + self._strip_at(), state)

    def _strip_at(self) -> QPoint:
        return QPoint(self.margins.left() - 4, self.height - self.margins.bottom())

    def actions(self) -> Sequence[Placed]:
        return self._strip.placed(self._strip_at())


def needs_footer(message: Message, version: tuple[int, int]) -> bool:
    """Whether there is something to do below: where nothing arrived, the notice has the ways on."""
    return bool(message.parts) or version[1] > 1 or not needs_notice(message)


def needs_notice(message: Message) -> bool:
    """Whether there is something to say about how the message ended."""
    return message.state not in (MessageState.COMPLETE, MessageState.STREAMING)


def _sentence(surface: Surface, message: Message) -> str:
    if message.state is not MessageState.FAILED:
        return words.ending(message)
    failure = message.failure
    if failure is None or (failure.kind is FailureKind.CONNECTION_LOST and message.text):
        return words.lost_after(len(message.text))
    return surface.describe(message)


def _ways_on(message: Message, *, pictures: bool) -> list[Entry]:
    made: list[Entry] = []
    failure = message.failure
    fix = fix_for(failure) if failure is not None else None
    if fix is not None and (pictures or fix.kind is not FixKind.SMALLER_PICTURES):
        made.append(Action(Intent.FIX, words.fix(fix), strong=True))
        if message.model and fix.kind is not FixKind.SMALLER_PICTURES:
            made.append(words.remembered_for(message.model))
    if failure is not None and failure.kind in NEEDS_KEY:
        label = translate("Transcript", "Open settings")
        made.append(Action(Intent.SETTINGS, label, strong=True))
    if message.text:
        label = translate("Transcript", "Continue")
        made.append(Action(Intent.CONTINUE, label, strong=True))
    made.append(Action(Intent.RETRY, translate("Transcript", "Retry"), strong=True))
    if failure is not None:
        made.extend(
            Action(Intent.LINK, link.label, "external", payload=link.url) for link in links(failure)
        )
        made.append(Action(Intent.DETAILS, translate("Transcript", "Details")))
    return made
