"""A real Porthole that asks its demo for a long answer, and says how much of it has come.

Started with a data directory. Each line on stdout is the number of characters of the answer so far;
it runs until it is killed.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.__main__ import main
from app.features.chat.composer.text_box import TextBox
from app.features.chat.page import ChatPage
from app.shell.main_window import MainWindow

QUESTION = "/stream 100000 200"


class Typist:
    """Types the question as soon as there is a box for it, then watches."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._asked = False
        self._timer = QTimer()
        self._timer.setInterval(20)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        pages = [
            page
            for window in self._app.topLevelWidgets()
            if isinstance(window, MainWindow)
            for page in window.findChildren(ChatPage)
        ]
        if not pages:
            return
        page = pages[0]
        if not self._asked:
            box = page.findChild(TextBox)
            assert isinstance(box, TextBox)
            QTest.keyClicks(box, QUESTION)
            QTest.keyClick(box, Qt.Key.Key_Return)
            self._asked = True
        elif len(branch := page.session.branch()) == 2:
            os.write(1, f"{len(branch[1].text)}\n".encode())


if __name__ == "__main__":
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    typist = Typist(application)
    sys.exit(main(["--data-dir", sys.argv[1], "--demo"]))
