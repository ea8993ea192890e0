"""A reply's request and response as a window of its own, beside the conversation."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import PortholeError
from app.core.exchange import Exchange
from app.core.message import Message
from app.features.raw.curl import curl, key_variable
from app.features.raw.received import Received, received
from app.kit.error_text import sentence
from app.kit.style import set_kind
from app.kit.tasks import TaskScope, in_thread
from app.kit.widgets.plain_label import PlainLabel
from app.kit.widgets.text_pane import TextPane

CURL_LIMIT = 2 * 1024 * 1024
"""Bytes of a body that go into a command whole; of a longer one the pictures are left out."""
HEADER_LINES = 6
REQUEST, RESPONSE = 0, 1

Rebuild = Callable[[Exchange, Sequence[Message]], Awaitable[str]]
Body = Callable[[Exchange, Sequence[Message]], Awaitable[bytes]]


class RawView(QDialog):
    """Show it with `show()`; it deletes itself when it is closed.

    `exchange` None: nothing was kept. `conversation` are the messages that were asked, first to
    last. `rebuild` gives the request for reading, `body` its bytes as they were sent; both may
    raise PortholeError. What takes time runs in `scope`, and ends with the window.
    """

    def __init__(
        self,
        exchange: Exchange | None,
        conversation: Sequence[Message],
        *,
        rebuild: Rebuild,
        body: Body,
        scope: TaskScope,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._exchange = exchange
        self._conversation = conversation
        self._rebuild = rebuild
        self._body = body
        self._scope = scope
        self._tasks: set[asyncio.Task[None]] = set()
        self._received: Received | None = None
        self._problem: PortholeError | None = None
        self._said: Callable[[], str] = str
        self._heading = PlainLabel()
        self._address = PlainLabel()
        self._tabs = QTabBar()
        self._pages = QStackedWidget()
        self._request = TextPane()
        self._response = TextPane()
        self._headers = TextPane()
        self._request_facts = PlainLabel()
        self._response_facts = PlainLabel()
        self._pretty = QCheckBox()
        self._note = PlainLabel()
        self._copy = QPushButton()
        self._curl = QPushButton()
        self._close = QPushButton()
        self._lay_out()
        self._connect()
        self._retranslate()
        if exchange is not None:
            self._start(self._load_request(exchange))
            self._start(self._load_response(exchange))

    # Made

    def _lay_out(self) -> None:
        set_kind(self, "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        for label, kind in (
            (self._heading, "title"),
            (self._address, "secondary"),
            (self._request_facts, "caption"),
            (self._response_facts, "caption"),
            (self._note, "caption"),
        ):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(label is not self._heading)
            set_kind(label, kind)
        self._address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_kind(self._tabs, "sections")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        for _ in (REQUEST, RESPONSE):
            self._tabs.addTab("")
        for button in (self._copy, self._curl, self._close):
            set_kind(button, "secondary")
            button.setAutoDefault(False)
        self._pretty.setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self._address)
        if self._exchange is None:
            column.addStretch(1)
            column.addWidget(self._close, 0, Qt.AlignmentFlag.AlignRight)
            self.resize(420, 150)
            return
        top = QHBoxLayout()
        top.addWidget(self._tabs)
        top.addStretch(1)
        top.addWidget(self._pretty)
        self._pages.addWidget(_page(self._request_facts, self._request))
        self._pages.addWidget(_page(self._response_facts, self._headers, self._response))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._copy)
        foot.addWidget(self._curl)
        foot.addWidget(self._note, 1)
        foot.addWidget(self._close)
        column.addLayout(top)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)
        self.resize(760, 640)
        self._show_page(REQUEST)

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._show_page)
        self._pretty.toggled.connect(lambda _on: self._show_response())
        self._copy.clicked.connect(self._copy_text)
        self._curl.clicked.connect(self._copy_curl)
        self._close.clicked.connect(self.close)

    # Shown

    async def _load_request(self, exchange: Exchange) -> None:
        try:
            self._request.show_text(await self._rebuild(exchange, self._conversation))
        except PortholeError as error:
            self._problem = error
            self._retranslate()

    async def _load_response(self, exchange: Exchange) -> None:
        self._received = await in_thread(received, exchange)
        headers = [f"{name}: {value}" for name, value in exchange.headers.items()]
        self._headers.show_text("\n".join(headers), at_most=HEADER_LINES)
        self._headers.setVisible(bool(headers))
        self._show_response()
        self._offer_indenting()

    def _show_response(self) -> None:
        found = self._received
        if found is None:
            return
        if found.pretty and self._pretty.isChecked():
            self._response.show_text(found.pretty)
        elif found.left_out:
            gap = self.tr("[%1 bytes left out here]").replace("%1", _number(found.left_out))
            self._response.show_text(f"{found.first}\n\n{gap}\n\n{found.last}")
        else:
            self._response.show_text(found.first)

    def _show_page(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self._offer_indenting()
        self._say(str)

    def _offer_indenting(self) -> None:
        """Where what came is JSON."""
        pretty = self._received is not None and bool(self._received.pretty)
        self._pretty.setVisible(pretty and self._tabs.currentIndex() == RESPONSE)

    def _facts(self, exchange: Exchange) -> str:
        """Status and size of the response."""
        if exchange.status is None:
            return self.tr("No response came.")
        facts = [
            self.tr("Status %1").replace("%1", str(exchange.status)),
            self.tr("%1 bytes received").replace("%1", _number(exchange.size)),
        ]
        if exchange.cut:
            facts.append(self.tr("its first and last part were kept"))
        return " · ".join(facts)

    # Done

    def _copy_text(self) -> None:
        pane = self._request if self._tabs.currentIndex() == REQUEST else self._response
        QGuiApplication.clipboard().setText(pane.text)
        self._say(lambda: self.tr("Copied."))

    def _copy_curl(self) -> None:
        if self._exchange is not None:
            self._start(self._make_curl(self._exchange))

    async def _make_curl(self, exchange: Exchange) -> None:
        try:
            body = await self._body(exchange, self._conversation)
            whole = len(body) <= CURL_LIMIT
            if whole:
                text = await in_thread(body.decode, "utf-8", "replace")
            else:
                text = await self._rebuild(exchange, self._conversation)
        except PortholeError as error:
            problem = error
            self._say(lambda: sentence(problem))
            return
        QGuiApplication.clipboard().setText(curl(exchange.url, text, exchange.request))
        variable = key_variable(exchange.url)
        self._say(lambda: self._about_curl(variable, whole=whole))

    def _about_curl(self, variable: str, *, whole: bool) -> str:
        if whole:
            words = self.tr("Copied as sent, for a POSIX shell. The key is taken from $%1.")
        else:
            words = self.tr(
                "Copied without the pictures' data, which is too long: put it in place of "
                "“sha256:…” yourself. The key is taken from $%1."
            )
        return words.replace("%1", variable)

    def _say(self, words: Callable[[], str]) -> None:
        self._said = words
        self._note.setText(words())

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._scope.start(work, name="raw view")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def done(self, result: int) -> None:
        """Closed: what is still read is read for nobody."""
        for task in tuple(self._tasks):
            task.cancel()
        super().done(result)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        title = self.tr("Request and response")
        self.setWindowTitle(title)
        self._heading.setText(title)
        self._tabs.setTabText(REQUEST, self.tr("Request"))
        self._tabs.setTabText(RESPONSE, self.tr("Response"))
        self._tabs.setAccessibleName(title)
        self._request.setAccessibleName(self.tr("Request body"))
        self._headers.setAccessibleName(self.tr("Response headers"))
        self._response.setAccessibleName(self.tr("Response body"))
        self._pretty.setText(self.tr("Indented"))
        self._copy.setText(self.tr("Copy"))
        self._curl.setText(self.tr("Copy as curl"))
        self._close.setText(self.tr("Close"))
        self._note.setText(self._said())
        if self._exchange is None:
            self._address.setText(self.tr("Nothing was kept for this message."))
            return
        self._address.setText(f"POST {self._exchange.url}")
        self._response_facts.setText(self._facts(self._exchange))
        if self._problem is None:
            self._request_facts.setText(
                self.tr("As sent, but indented; the key is left out, and pictures are their hash.")
            )
        else:
            self._request_facts.setText(sentence(self._problem))
        self._show_response()


def _page(*parts: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    for part in parts:
        column.addWidget(part)
    return page


def _number(value: int) -> str:
    return QLocale(QLocale.Language.English).toString(value)
