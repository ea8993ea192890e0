"""Where the `mcpServers` JSON of other programs is pasted; what is not understood is said."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout

from app.core.ids import new_id
from app.core.mcp_paste import PasteError, read_paste
from app.features.mcp.words import paste_sentence
from app.kit.style import set_kind
from app.kit.widgets.plain_label import PlainLabel

HEIGHT = 150
EXAMPLE = '{"mcpServers": {"time": {"command": "uvx", "args": ["mcp-server-time"]}}}'


class PasteBox(QFrame):
    """`pasted` carries a tuple of `core.mcp_paste.Pasted`; the text is wiped with it."""

    pasted = Signal(object)
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title, self._about, self._problem = PlainLabel(), PlainLabel(), PlainLabel()
        self._edit = QPlainTextEdit()
        self._add, self._cancel = QPushButton(), QPushButton()
        set_kind(self, "card")
        set_kind(self._title, "heading")
        set_kind(self._about, "caption")
        set_kind(self._problem, "error-caption")
        set_kind(self._edit, "mono")
        set_kind(self._add, "primary")
        set_kind(self._cancel, "secondary")
        for label in (self._about, self._problem):
            label.setWordWrap(True)
        self._edit.setFixedHeight(HEIGHT)
        self._edit.setTabChangesFocus(True)
        self._edit.setPlaceholderText(EXAMPLE)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._add)
        buttons.addWidget(self._cancel)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(6)
        for part in (self._title, self._about, self._edit, self._problem):
            column.addWidget(part)
        column.addLayout(buttons)
        self._edit.textChanged.connect(lambda: self._say(""))
        self._add.clicked.connect(self._take)
        self._cancel.clicked.connect(self._leave)
        self._say("")
        self._retranslate()

    def begin(self) -> None:
        self._edit.setFocus()

    def _take(self) -> None:
        try:
            found = read_paste(self._edit.toPlainText(), new_id)
        except PasteError as error:
            self._say(paste_sentence(error))
            return
        self._edit.clear()  # there may be secrets in it
        self.pasted.emit(found)

    def _leave(self) -> None:
        self._edit.clear()
        self.cancelled.emit()

    def _say(self, problem: str) -> None:
        self._problem.setText(f"⚠ {problem}" if problem else "")
        self._problem.setVisible(bool(problem))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Paste servers"))
        self._about.setText(
            self.tr(
                "Paste the “mcpServers” JSON that a server's page or another program gives. Values "
                "that look like secrets go into the system keyring. Nothing runs before you have "
                "seen the command."
            )
        )
        self._edit.setAccessibleName(self.tr("Servers as JSON"))
        self._add.setText(self.tr("Add"))
        self._cancel.setText(self.tr("Cancel"))
