"""Below a batch's files: taking the results away, asking again, and removing rows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from app.core.batch_plan import Tally
from app.core.batch_table import TableFormat
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.flow_layout import FlowLayout
from app.kit.widgets.plain_label import PlainLabel

NARROW = 760


class BatchFooter(QWidget):
    """What cannot be done now is not there."""

    export_wanted = Signal(object)  # TableFormat
    retry_wanted = Signal()
    again_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, *, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        self._tally, self._chosen = Tally(), 0
        self._export, self._retry = QPushButton(), QPushButton()
        self._again, self._remove = QPushButton(), QPushButton()
        self._note = PlainLabel()
        self._menu = QMenu(self)
        self._formats = {form: self._menu.addAction("") for form in TableFormat}
        for form, entry in self._formats.items():
            entry.triggered.connect(lambda _on=False, form=form: self.export_wanted.emit(form))
        self._export.setMenu(self._menu)
        self._retry.clicked.connect(self.retry_wanted)
        self._again.clicked.connect(self.again_wanted)
        self._remove.clicked.connect(self.remove_wanted)
        buttons = QWidget()
        flow = FlowLayout(4)
        flow.setContentsMargins(0, 0, 0, 0)
        buttons.setLayout(flow)
        for button, _icon in self._buttons():
            set_kind(button, "ghost")
            flow.addWidget(button)
        set_kind(self._note, "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(buttons, 1)
        row.addWidget(self._note)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    def button(self, name: str) -> QPushButton:
        """`export`, `retry`, `again` or `remove`."""
        named = {
            "export": self._export,
            "retry": self._retry,
            "again": self._again,
            "remove": self._remove,
        }
        return named[name]

    def export_entry(self, form: TableFormat) -> None:
        """Choose an entry of the export menu."""
        self._formats[form].trigger()

    def refresh(self, tally: Tally, chosen: int) -> None:
        """What can be done with these rows, of which so many are selected."""
        if (tally, chosen) != (self._tally, self._chosen):
            self._tally, self._chosen = tally, chosen
            self._say()

    def fit(self, width: int) -> None:
        """The note goes where there is no room for it."""
        self._note.setVisible(width >= self._theme.px(NARROW))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _buttons(self) -> tuple[tuple[QPushButton, str], ...]:
        return (
            (self._export, "export"),
            (self._retry, "retry"),
            (self._again, "warning"),
            (self._remove, "trash"),
        )

    def _say(self) -> None:
        tally = self._tally
        for button, text, count in (
            (self._retry, self.tr("Retry failed (%1)"), tally.failed),
            (self._again, self.tr("Ask uncertain again (%1)…"), tally.uncertain),
            (self._remove, self.tr("Remove (%1)"), self._chosen),
        ):
            button.setText(text.replace("%1", f"{count:,}"))
            button.setVisible(bool(count))
        self._export.setVisible(tally.settled > 0)

    def _restyle(self) -> None:
        size, color = self._theme.px(14), self._theme.tokens.text_2
        for button, icon in self._buttons():
            button.setIcon(self._icons.icon(icon, color, size))
            button.setIconSize(QSize(size, size))

    def _retranslate(self) -> None:
        self._export.setText(self.tr("Export"))
        names = {
            TableFormat.CSV: self.tr("CSV, for any spreadsheet…"),
            TableFormat.XLSX: self.tr("Excel workbook…"),
            TableFormat.JSONL: self.tr("JSON lines…"),
            TableFormat.MARKDOWN: self.tr("Markdown table…"),
        }
        for form, entry in self._formats.items():
            entry.setText(names[form])
        self._note.setText(
            self.tr("Results are saved as they arrive; closing the window pauses the batch.")
        )
        self._say()
