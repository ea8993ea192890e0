"""The command palette: every command with its key, filtered as one types."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.kit.actions import Command
from app.kit.style import set_kind
from app.kit.theme import CAPTION_PX, Theme

WIDTH, HEIGHT, TOP, SIDE = 520, 380, 56, 10
COMMAND, KEY = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class _Row(QStyledItemDelegate):
    """A command's name at the left, its key at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        painter.save()
        painter.setFont(self._theme.font(CAPTION_PX))
        painter.setPen(self._theme.tokens.color("text_2"))
        place = option.rect.adjusted(SIDE, 0, -SIDE, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(place, flags, str(index.data(KEY)))
        painter.restore()


class CommandPalette(QFrame):
    """A card over the window; Esc or a click elsewhere closes it."""

    def __init__(self, host: QWidget, commands: tuple[Command, ...], *, theme: Theme) -> None:
        super().__init__(host)
        self._host = host
        self._commands = commands
        self._theme = theme
        self._before: QWidget | None = None
        self._search = QLineEdit()
        self._list = QListWidget()
        self._row = _Row(theme)
        self._list.setItemDelegate(self._row)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_kind(self, "popup")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._search)
        layout.addWidget(self._list, 1)
        self._search.textChanged.connect(self._fill)
        self._search.installEventFilter(self)
        self._list.itemClicked.connect(self._run)
        self.hide()

    def open(self) -> None:
        """Show it, empty-handed, with the focus in its field."""
        t = self._theme.tokens
        self._list.setStyleSheet(
            "QListWidget { background: transparent; outline: none; }"
            f"QListWidget::item {{ padding: 6px {SIDE}px; border-radius: 8px; color: {t.text}; }}"
            f"QListWidget::item:selected {{ background: {t.accent_soft}; color: {t.accent}; }}"
        )
        self._search.setPlaceholderText(self.tr("What do you want to do?"))
        self._search.setAccessibleName(self.tr("Command palette"))
        self._list.setAccessibleName(self.tr("Command palette"))
        self._search.clear()
        self._fill("")
        width = min(self._theme.px(WIDTH), self._host.width() - 32)
        height = min(self._theme.px(HEIGHT), self._host.height() - TOP - 24)
        self.setGeometry((self._host.width() - width) // 2, TOP, width, height)
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.show()
        self.raise_()
        self._search.setFocus()

    def _fill(self, text: str) -> None:
        self._list.clear()
        wanted = text.casefold().split()
        for command in self._commands:
            title = command.title()
            if not title or not all(word in title.casefold() for word in wanted):
                continue
            key = QKeySequence(command.keys[0]) if command.keys else QKeySequence()
            shown = key.toString(QKeySequence.SequenceFormat.NativeText)
            item = QListWidgetItem(title)
            item.setData(COMMAND, command)
            item.setData(KEY, shown)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title} {shown}".strip())
            self._list.addItem(item)
        self._list.setCurrentRow(0)

    def _run(self, item: QListWidgetItem | None) -> None:
        command = item.data(COMMAND) if item is not None else None
        self._close()
        if command is not None:
            command.act()

    def _close(self) -> None:
        """Hide it, and go back to where one was."""
        before, self._before = self._before, None
        self.hide()
        if before is not None and isValid(before):
            before.setFocus()

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
                self._close()
            case _:
                return False
        return True
