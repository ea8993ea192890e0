"""The command palette: every command with its key, filtered as one types."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.kit.actions import Command
from app.kit.style import set_kind
from app.kit.theme import Theme

WIDTH, HEIGHT = 520, 380


class CommandPalette(QFrame):
    """A card over the window; Esc or a click elsewhere closes it."""

    def __init__(self, host: QWidget, commands: tuple[Command, ...], *, theme: Theme) -> None:
        super().__init__(host)
        self._host = host
        self._commands = commands
        self._search = QLineEdit()
        self._list = QListWidget()
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_kind(self, "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self._search)
        layout.addWidget(self._list, 1)
        self._search.textChanged.connect(self._fill)
        self._search.installEventFilter(self)
        self._list.itemClicked.connect(self._run)
        self._theme = theme
        self.hide()

    def open(self) -> None:
        """Show it, empty-handed, with the focus in its field."""
        t = self._theme.tokens
        self._list.setStyleSheet(
            "QListWidget { background: transparent; }"
            f"QListWidget::item {{ padding: 6px 10px; border-radius: 8px; color: {t.text}; }}"
            f"QListWidget::item:selected {{ background: {t.accent_soft}; color: {t.accent}; }}"
        )
        self._search.setPlaceholderText(self.tr("What do you want to do?"))
        self._search.setAccessibleName(self.tr("Command palette"))
        self._search.clear()
        self._fill("")
        width = min(WIDTH, self._host.width() - 32)
        self.resize(width, min(HEIGHT, self._host.height() - 80))
        self.move((self._host.width() - width) // 2, 56)
        self.show()
        self.raise_()
        self._search.setFocus()

    def _fill(self, text: str) -> None:
        self._list.clear()
        wanted = text.casefold().split()
        for command in self._commands:
            title = command.title()
            if not all(word in title.casefold() for word in wanted):
                continue
            key = QKeySequence(command.keys[0]) if command.keys else QKeySequence()
            shown = key.toString(QKeySequence.SequenceFormat.NativeText)
            item = QListWidgetItem(f"{title}    {shown}" if shown else title)
            item.setData(Qt.ItemDataRole.UserRole, command)
            self._list.addItem(item)
        self._list.setCurrentRow(0)

    def _run(self, item: QListWidgetItem | None) -> None:
        self.hide()
        if item is not None:
            item.data(Qt.ItemDataRole.UserRole).act()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        row, count = self._list.currentRow(), max(1, self._list.count())
        match event.key():
            case Qt.Key.Key_Down:
                self._list.setCurrentRow((row + 1) % count)
            case Qt.Key.Key_Up:
                self._list.setCurrentRow((row - 1) % count)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._run(self._list.currentItem())
            case Qt.Key.Key_Escape:
                self.hide()
                self._host.setFocus()
            case _:
                return False
        return True
