"""Texts in all that stands around a transcript: tabs, lists, bars, notices, tips, spoken names."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QAccessible, QHelpEvent
from PySide6.QtWidgets import QApplication, QListView, QToolTip, QWidget

from app.core.conversation import ConversationInfo
from app.core.message import ImagePart, Message, Role, TextPart
from app.core.ports import SearchHit
from app.features.chat.find_bar import FindBar
from app.features.chat.transcript import TranscriptView
from app.features.chat.transcript.actions import Intent
from app.features.history.list_model import HistoryListModel
from app.features.history.row_delegate import RowDelegate
from app.kit.icons import Icons
from app.kit.notices import Notice
from app.kit.theme import Theme
from app.kit.widgets.banner import Banner
from app.kit.widgets.elided_label import ElidedLabel
from app.kit.widgets.plain_label import PlainLabel, plain_tip
from app.shell.notice_bar import NoticeBar
from app.shell.status_bar import StatusBar
from app.shell.tab_strip import TabStrip


class Around:
    """One of each, in which texts are shown."""

    def __init__(self, theme: Theme, icons: Icons, view: TranscriptView) -> None:
        self._view = view
        self._host = QWidget()
        self._host.resize(900, 600)
        self._tabs = TabStrip(theme=theme, icons=icons)
        self._tabs.resize(800, self._tabs.height())
        self._tabs.add("t", "")
        self._labels = (ElidedLabel(), PlainLabel())
        self._notices = NoticeBar(self._host, theme=theme, icons=icons)
        self._banner = Banner(self._host)
        self._bar = StatusBar(theme=theme)
        self._find = FindBar(theme=theme, icons=icons)
        self._list = QListView()
        self._rows = HistoryListModel(lambda: "en", self._list)
        self._list.setModel(self._rows)
        self._delegate = RowDelegate(theme)
        self._list.setItemDelegate(self._delegate)
        self._list.resize(240, 400)

    def show(self, text: str) -> None:
        """Have all of them show a text."""
        self._tabs.set_title("t", text)
        for label in self._labels:
            label.setText(text)
        self._notices.show_notice(Notice(text))
        self._banner.say(text)
        self._bar.show_texts(text, text, text, text)
        self._find.open_bar(text)
        for widget in (self._tabs, *self._labels, self._host, self._bar, self._find):
            widget.grab()
        self._rows.show_conversations({"c": ConversationInfo(title=text)}, frozenset())
        self._list.grab()
        self._rows.show_hits([SearchHit("c", text, "m", text, 0.0)])
        self._list.grab()
        self._view.link_hovered.emit(text)
        self._view.viewport().grab()

    def point_at_a_picture(self, text: str) -> None:
        """Let the tip of a picture of that name come up, as the pointer does."""
        picture = ImagePart(text, blob="b", width=9, height=9)
        self._view.show_messages([Message(Role.USER, (picture, TextPart(text)))])
        view = self._view.viewport()
        place = next(r for a, r in self._view.actions_in_view() if a.intent is Intent.IMAGE)
        at = place.center()
        tip = QHelpEvent(QEvent.Type.ToolTip, at, view.mapToGlobal(at))
        QApplication.sendEvent(view, tip)
        assert QToolTip.isVisible()
        for widget in QApplication.topLevelWidgets():
            if widget.inherits("QTipLabel"):
                widget.grab()
        QToolTip.showText(QPoint(9, 9), plain_tip(text), view)
        QToolTip.hideText()

    def hear(self) -> None:
        """Ask for all names and texts that a screen reader is told."""
        root = QAccessible.queryAccessibleInterface(self._view)
        for number in range(root.childCount()):
            child = root.child(number)
            for kind in (QAccessible.Text.Name, QAccessible.Text.Description):
                child.text(kind)
            child.text(QAccessible.Text.Value)
