"""The text that goes, word for word: a file's, or in place of a picture; a long one in parts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.kit.style import set_kind
from app.kit.theme import CAPTION_PX, Theme
from app.kit.widgets.plain_label import PlainLabel
from app.kit.widgets.text_pane import TextPane

COLUMNS, LINES = 76, 18
PART = 200_000
"""About how many characters are shown at a time; more would make the window wait."""


class TextPreview(QDialog):
    """Read-only; Esc closes it. `text` is exactly what is sent."""

    def __init__(
        self, name: str, text: str, *, theme: Theme, parent: QWidget, of_file: bool = False
    ) -> None:
        """`of_file`: the text is a file's own, not what stands in a picture."""
        super().__init__(parent)
        self._of_file = of_file
        self._name, self._whole = name, text
        self._ends = part_ends(text)
        self._place = 0
        self._note, self._where = PlainLabel(), PlainLabel()
        self._earlier, self._later, self._copy = QPushButton(), QPushButton(), QPushButton()
        self._text = TextPane()
        self._text.setFont(theme.mono(CAPTION_PX))
        self._lay_out()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._earlier.clicked.connect(lambda: self._show(self._place - 1))
        self._later.clicked.connect(lambda: self._show(self._place + 1))
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._whole))
        self._show(0)
        self._retranslate()
        self.resize(self.sizeHint())
        self._text.setFocus()

    @property
    def text(self) -> str:
        """What it shows now."""
        return self._text.text

    @property
    def later_button(self) -> QPushButton:
        return self._later

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._text.font())
        width = metrics.horizontalAdvance("x") * COLUMNS + 60
        return QSize(width, metrics.lineSpacing() * LINES + 120)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        set_kind(self, "canvas")
        set_kind(self._note, "secondary")
        set_kind(self._where, "caption")
        set_kind(self._copy, "secondary")
        self._note.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in (self._earlier, self._later):
            set_kind(button, "ghost")
            button.setVisible(len(self._ends) > 1)
        self._where.setVisible(len(self._ends) > 1)
        for button in (self._earlier, self._later, self._copy):
            button.setAutoDefault(False)
        row.addWidget(self._earlier)
        row.addWidget(self._where)
        row.addWidget(self._later)
        row.addStretch(1)
        row.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(self._note)
        column.addWidget(self._text, 1)
        column.addLayout(row)

    def _show(self, place: int) -> None:
        self._place = place
        begin = self._ends[place - 1] if place else 0
        self._text.show_text(self._whole[begin : self._ends[place]])
        self._earlier.setEnabled(place > 0)
        self._later.setEnabled(place + 1 < len(self._ends))
        self._say_where()

    def _say_where(self) -> None:
        said = self.tr("Part %1 of %2").replace("%1", f"{self._place + 1:,}")
        self._where.setText(said.replace("%2", f"{len(self._ends):,}"))

    def _retranslate(self) -> None:
        if self._of_file:
            self.setWindowTitle(self._name)
            self._note.setText(self.tr("This is sent, word for word, with the file's name."))
        else:
            self.setWindowTitle(self.tr("%1: text only").replace("%1", self._name))
            self._note.setText(
                self.tr("This is sent, word for word. The picture stays on this computer.")
            )
        self._text.setAccessibleName(self.tr("Text that is sent"))
        self._earlier.setText("‹")
        self._earlier.setAccessibleName(self.tr("The part before"))
        self._later.setText("›")
        self._later.setAccessibleName(self.tr("The next part"))
        self._copy.setText(self.tr("Copy all"))
        self._say_where()


def part_ends(text: str) -> list[int]:
    """Where the parts of a text end: after a line, where one ends near enough."""
    ends: list[int] = []
    begin = 0
    while len(text) - begin > PART:
        line = text.rfind("\n", begin + PART // 2, begin + PART)
        begin = line + 1 if line >= 0 else begin + PART
        ends.append(begin)
    return [*ends, len(text)]
