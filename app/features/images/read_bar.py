"""The bar under a picture: its words are read on request, copied, and looked for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton

from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.find_field import FindField
from app.kit.widgets.plain_label import PlainLabel

ICON = 18
SECOND_MS = 1000
FIELD = 180


class ReadBar(QFrame):
    """Says how it stands with the words; whoever reads tells it by `show_…`."""

    read_requested = Signal()
    cancelled = Signal()
    copy_requested = Signal()
    query_changed = Signal(str)
    step_requested = Signal(int)
    find_closed = Signal()

    def __init__(self, *, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        self._lines: int | None = None
        self._fewer = False
        self._again = False
        self._seconds = -1
        self._problem = ""
        self._selected = False
        self._found: tuple[int, int] | None = None
        self._note, self._count = PlainLabel(), PlainLabel()
        self._read, self._cancel, self._copy = QPushButton(), QPushButton(), QPushButton()
        self._find, self._close = QToolButton(), QToolButton()
        self._field = FindField()
        self._clock = QTimer(self)
        self._clock.setInterval(SECOND_MS)
        self._lay_out()
        self._connect()
        self._restyle()
        self._retranslate()

    @property
    def note(self) -> str:
        """What it says."""
        return self._note.text()

    def show_unread(self, problem: str = "") -> None:
        """Nothing was read yet, or it could not be: then why."""
        self._lines, self._problem = None, problem
        self._end_clock()

    def show_reading(self) -> None:
        self._seconds, self._problem = 0, ""
        self._clock.start()
        self._retranslate()
        if self._read.hasFocus() or not self.window().focusWidget():
            self._cancel.setFocus()

    def show_read(self, lines: int, *, fewer: bool = False, again: bool = False) -> None:
        """So many lines are there; `fewer`: others are covered or cut off. `again`: offer it."""
        self._lines, self._fewer, self._again, self._problem = lines, fewer, again, ""
        self._end_clock()

    def show_selected(self, selected: bool) -> None:
        """Whether what is copied is a selection."""
        self._selected = selected
        self._retranslate()

    def show_found(self, number: int, total: int) -> None:
        """The how manieth place of how many."""
        self._found = (number, total) if self._field.text().strip() else None
        self._retranslate()

    def open_find(self) -> None:
        """Show the field, to type in."""
        if not self._lines:
            return
        for widget in (self._field, self._count, self._close):
            widget.show()
        self._find.hide()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()
        if self._field.text():
            self.query_changed.emit(self._field.text())

    def close_find(self) -> None:
        """Hide the field."""
        open_before = not self._field.isHidden()
        for widget in (self._field, self._count, self._close):
            widget.hide()
        self._find.setVisible(bool(self._lines))
        if open_before:
            self.find_closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    # Within

    def _lay_out(self) -> None:
        for label in (self._note, self._count):
            set_kind(label, "caption")
        self._note.setWordWrap(True)
        for button in (self._read, self._cancel, self._copy):
            set_kind(button, "secondary")
            button.setAutoDefault(False)
        for tool in (self._find, self._close):
            set_kind(tool, "icon")
        self._field.setMaximumWidth(FIELD)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(6)
        row.addWidget(self._note, 1)
        for widget in (self._count, self._field, self._close, self._find, self._copy):
            row.addWidget(widget)
        row.addWidget(self._read)
        row.addWidget(self._cancel)
        self.close_find()

    def _connect(self) -> None:
        self._clock.timeout.connect(self._tick)
        self._read.clicked.connect(self.read_requested)
        self._cancel.clicked.connect(self.cancelled)
        self._copy.clicked.connect(self.copy_requested)
        self._find.clicked.connect(self.open_find)
        self._close.clicked.connect(self.close_find)
        self._field.textChanged.connect(self.query_changed)
        self._field.step_requested.connect(self.step_requested)
        self._field.escaped.connect(self.close_find)
        self._theme.changed.connect(self._restyle)

    def _tick(self) -> None:
        self._seconds += 1
        self._retranslate()

    def _end_clock(self) -> None:
        self._seconds = -1
        self._clock.stop()
        if not self._lines:
            self.close_find()
        self._retranslate()

    def _note_now(self) -> str:
        if self._seconds >= 0:
            text = self.tr("Reading the text on this computer… %1 s")
            return text.replace("%1", str(self._seconds))
        if self._problem:
            return self._problem
        if self._lines is None:
            return ""
        if self._fewer:
            return self.tr(
                "Text read on this computer, not by a model. "
                "Lines that are covered or cut off are left out."
            )
        if not self._lines:
            return self.tr("No text was found in this picture on this computer.")
        return self.tr("Text read on this computer, not by a model. Drag over words to select.")

    def _restyle(self) -> None:
        size = self._theme.px(ICON)
        for tool, name in ((self._find, "search"), (self._close, "close")):
            tool.setIcon(self._icons.icon(name, self._theme.tokens.text_2, size))
            tool.setIconSize(QSize(size, size))

    def _retranslate(self) -> None:
        reading, some = self._seconds >= 0, bool(self._lines)
        self._note.setText(self._note_now())
        self._read.setText(
            self.tr("Read text here") if self._lines is None else self.tr("Read again")
        )
        self._read.setToolTip(
            self.tr("Reads the words in the picture on this computer. Nothing is sent.")
        )
        self._read.setVisible(not reading and (self._lines is None or self._again))
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.setAccessibleName(self.tr("Cancel reading"))
        self._cancel.setVisible(reading)
        self._copy.setText(self.tr("Copy selection") if self._selected else self.tr("Copy text"))
        self._copy.setToolTip(self.tr("Copy with lines and gaps as in the picture (Ctrl+C)"))
        self._copy.setVisible(some and not reading)
        self._find.setToolTip(self.tr("Find in the picture (Ctrl+F)"))
        self._find.setAccessibleName(self.tr("Find in the picture"))
        self._find.setVisible(some and self._field.isHidden())
        self._field.setPlaceholderText(self.tr("Find in the picture"))
        self._field.setAccessibleName(self.tr("Find in the picture"))
        self._close.setToolTip(self.tr("Close"))
        self._close.setAccessibleName(self.tr("Close find"))
        found = ""
        if self._found is not None:
            number, total = self._found
            text = self.tr("%1 of %2") if total else self.tr("Not found")
            found = text.replace("%1", str(number)).replace("%2", str(total))
        self._count.setText(found)
