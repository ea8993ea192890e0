"""Shows hostile texts in a real transcript and tells, as JSON, what was asked for or opened.

`python -m tests.faults.loads_child FOLDER TOTAL FIRST COUNT` shows so many of all texts. A server
listens and a canary file lies in FOLDER; both are reached once on purpose at the end, so that
silence before is known to mean it.
"""

from __future__ import annotations

import ctypes
import json
import os
import socket
import sys
import sysconfig
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QApplication

from app.core.events import TextDelta
from app.core.message import (
    Message,
    MessageState,
    ReasoningPart,
    Role,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from app.core.settings import ThemeChoice
from app.features.chat.transcript import TranscriptView
from app.kit.icons import Icons
from app.kit.style import style_sheet
from app.kit.theme import Theme
from tests.faults.fault import ROOT
from tests.faults.loads_around import Around
from tests.faults.loads_texts import addresses, hostile_texts

TEXTS_A_MESSAGE = 5
MESSAGES = 4
IN_OPEN, IN_NONBLOCK = 0x20, 0o4000


class Watch:
    """Counts who comes to the server, and who opens the canary or anything else of a person's."""

    def __init__(self, folder: Path) -> None:
        self.asked: list[str] = []
        self.opened: list[str] = []
        self.watching = False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self._own = tuple({sys.prefix, sys.base_prefix, sysconfig.get_path("stdlib"), str(ROOT)})
        sys.addaudithook(self._audit)
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._notify = self._libc.inotify_init1(IN_NONBLOCK)
        assert self._libc.inotify_add_watch(self._notify, str(folder).encode(), IN_OPEN) >= 0

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            def setup(self) -> None:
                asked.append("connection")
                super().setup()

            def do_GET(self) -> None:
                self.send_response(200)
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        return Handler

    def _audit(self, event: str, given: tuple[Any, ...]) -> None:
        if not self.watching:
            return
        if event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system"):
            self.asked.append(event)
        elif event == "open" and not str(given[0]).startswith(self._own):
            self.opened.append(str(given[0]))

    def take_opens(self) -> int:
        """How often something in the canary's folder was opened since the last time."""
        try:
            told = os.read(self._notify, 65_536)
        except BlockingIOError:
            return 0
        return max(1, len(told) // 32)


def main() -> None:
    folder = Path(sys.argv[1])
    total, first, count = map(int, sys.argv[2:])
    canary = folder / "canary.png"
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0)
    assert image.save(str(canary))
    os.chdir(folder)  # so that a relative address would find it
    watch = Watch(folder)
    app = QApplication([])
    screen = Screen(app)
    screen.show(["warm ```py\nx = 1\n``` $x$"] * 4)
    watch.take_opens()
    texts = hostile_texts(addresses(watch.port, canary), total)[first : first + count]
    opens, shown = 0, 0
    watch.watching = True
    for batch in _batches(texts):
        shown += screen.show(batch)
        opens += watch.take_opens()
    watch.watching = False
    asked, opened = list(watch.asked), list(watch.opened)
    print(
        json.dumps(
            {
                "shown": shown,
                "requests": len(asked),
                "opens": opens + len(opened),
                "which": [*asked, *opened][:10],
                **_on_purpose(watch, canary),
            }
        )
    )


def _batches(texts: list[str]) -> Iterator[list[str]]:
    size = TEXTS_A_MESSAGE * MESSAGES
    for at in range(0, len(texts), size):
        yield texts[at : at + size]


def _on_purpose(watch: Watch, canary: Path) -> dict[str, bool]:
    """Reach both, the file as Qt does it by itself: whether it was noticed."""
    urllib.request.urlopen(f"http://127.0.0.1:{watch.port}/x", timeout=5).close()
    watch.take_opens()
    document = QTextDocument()
    document.setHtml(f'<img src="{QUrl.fromLocalFile(str(canary)).toString()}">')
    document.size()
    return {"request_seen": bool(watch.asked), "open_seen": watch.take_opens() > 0}


class Screen:
    """A transcript and what stands around one, in which texts are shown."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        theme = Theme(ThemeChoice.LIGHT)
        app.setStyleSheet(style_sheet(theme))
        icons = Icons(ROOT / "resources" / "icons")
        self._view = TranscriptView(theme=theme, icons=icons, blob_pixmap=lambda blob: None)
        self._view.resize(800, 3000)
        self._view.show()
        self._around = Around(theme, icons, self._view)

    def show(self, texts: list[str]) -> int:
        """Show all of them in every place there is, whole and arriving; how many there were."""
        messages: list[Message] = []
        for at in range(0, len(texts), TEXTS_A_MESSAGE):
            some = texts[at : at + TEXTS_A_MESSAGE]
            messages += self._messages("\n\n".join(some), some)
        self._view.show_messages(messages)
        self._look()
        arriving = Message(Role.ASSISTANT, (), state=MessageState.STREAMING)
        self._view.append_message(arriving)
        for text in texts:
            middle = len(text) // 2
            for piece in (text[:middle], text[middle:], "\n\n"):
                self._view.grow(arriving.id, TextDelta(piece))
                self._view._growth.flush_now()
        self._look()
        self._around.hear()
        for text in texts:
            self._around.show(text)
        self._around.point_at_a_picture(texts[0])
        return len(texts)

    def _messages(self, text: str, some: list[str]) -> list[Message]:
        call = ToolCallPart("c1", some[0][:60], text)
        return [
            Message(Role.USER, (TextPart(text),)),
            Message(Role.ASSISTANT, (ReasoningPart(text), TextPart(text), call)),
            Message(Role.TOOL, (ToolResultPart("c1", some[0][:60], text),)),
        ]

    def _look(self) -> None:
        """Lay out and paint all of it, a view at a time."""
        bar = self._view.verticalScrollBar()
        bar.setValue(0)
        while True:
            self._app.processEvents()
            self._view.grab()
            if bar.value() >= bar.maximum():
                return
            bar.setValue(min(bar.maximum(), bar.value() + self._view.height()))


if __name__ == "__main__":
    socket.setdefaulttimeout(5)
    main()
