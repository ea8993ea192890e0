"""The Appearance & chat page of the settings: theme, language, text size, keys, waits."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QSpinBox, QVBoxLayout, QWidget

from app.core.picture_address import LinkedPictures
from app.core.picture_rule import OldPictures
from app.core.settings import BOUNDS, LanguageChoice, ReasoningFold, ThemeChoice
from app.kit.icons import Icons
from app.kit.settings_holder import SettingsHolder
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.choice_box import ChoiceBox
from app.kit.widgets.plain_label import PlainLabel

LABELS, STACKED_BELOW = 168, 460


class AppearancePage(QWidget):
    """Writes each choice to the settings at once; whoever applies them hears `changed` there."""

    def __init__(
        self, *, settings: SettingsHolder, theme: Theme, icons: Icons, reads_pictures: bool = True
    ) -> None:
        """`reads_pictures`: whether text in pictures can be read on this computer."""
        super().__init__()
        self._settings = settings
        self._theme = theme
        self._stacked: bool | None = None
        self._title, self._intro = PlainLabel(), PlainLabel()
        self._fields: dict[str, QComboBox | QSpinBox] = {
            "theme": self._box(ThemeChoice, icons),
            "language": self._box(LanguageChoice, icons),
            "zoom_percent": _spin("zoom_percent", step=10),
            "reasoning_fold": self._box(ReasoningFold, icons),
            "enter_sends": self._box((True, False), icons),
            "old_pictures": self._box(OldPictures, icons),
            "old_picture_turns": _spin("old_picture_turns", step=1),
            "read_pictures": self._box((False, True), icons),
            "linked_pictures": self._box(LinkedPictures, icons),
            "first_token_limit_s": _spin("first_token_limit_s", step=10),
            "idle_limit_s": _spin("idle_limit_s", step=5),
        }
        if not reads_pictures:
            del self._fields["read_pictures"]
        self._labels = {name: PlainLabel() for name in self._fields}
        self._build()
        self._retranslate()
        self._show()
        self._connect()

    def title(self) -> str:
        """The page's name in the list of settings."""
        return self.tr("Appearance & chat")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def minimumSizeHint(self) -> QSize:
        # Less than its fields need side by side, so that it can become narrow and stack them.
        return QSize(self._theme.px(200), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.width() < self._theme.px(STACKED_BELOW))

    def _box(self, choices: type[StrEnum] | tuple[bool, ...], icons: Icons) -> ChoiceBox:
        field = ChoiceBox(theme=self._theme, icons=icons)
        for choice in choices:
            field.addItem("", choice)
        return field

    def _build(self) -> None:
        set_kind(self._title, "title")
        set_kind(self._intro, "secondary")
        self._intro.setWordWrap(True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._intro)
        column.addSpacing(12)
        column.addLayout(self._grid)
        column.addStretch(1)
        for field in self._fields.values():
            field.setMinimumWidth(120)
            # A wheel over the page scrolls the page; it changes only a field one has chosen.
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            field.installEventFilter(self)

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and not watched.hasFocus():
            event.ignore()
            return True
        return False

    def _connect(self) -> None:
        for name, field in self._fields.items():
            if isinstance(field, QComboBox):
                field.activated.connect(lambda _row, n=name: self._picked(n))
            else:
                field.valueChanged.connect(
                    lambda value, n=name: self._settings.replace(**{n: value})
                )
        self._settings.changed.connect(self._show)

    def _picked(self, name: str) -> None:
        field = self._fields[name]
        if isinstance(field, QComboBox):
            kind = type(getattr(self._settings.value, name))
            self._settings.replace(**{name: kind(field.currentData())})

    def _show(self) -> None:
        """Show the settings in force, also when they were changed elsewhere (Ctrl and +, say)."""
        for name, field in self._fields.items():
            value = getattr(self._settings.value, name)
            with QSignalBlocker(field):
                if isinstance(field, QComboBox):
                    row = next(i for i in range(field.count()) if field.itemData(i) == value)
                    field.setCurrentIndex(row)
                else:
                    field.setValue(value)

    def _arrange(self, stacked: bool) -> None:
        if stacked == self._stacked:
            return
        self._stacked = stacked
        self._grid.setColumnMinimumWidth(0, 0 if stacked else self._theme.px(LABELS))
        for column in (0, 1, 2):
            self._grid.setColumnStretch(column, 0)
        self._grid.setColumnStretch(2, 1)
        for place, (name, field) in enumerate(self._fields.items()):
            self._grid.addWidget(self._labels[name], place * 2, 0)
            self._grid.addWidget(field, place * 2 + stacked, 0 if stacked else 1)

    def _retranslate(self) -> None:
        self._title.setText(self.title())
        self._intro.setText(self.tr("Changes apply at once."))
        names = {
            "theme": self.tr("Theme"),
            "language": self.tr("Language"),
            "zoom_percent": self.tr("Text size"),
            "reasoning_fold": self.tr("Reasoning pane"),
            "enter_sends": self.tr("Enter key"),
            "old_pictures": self.tr("Earlier pictures"),
            "old_picture_turns": self.tr("Latest questions"),
            "read_pictures": self.tr("Text in pictures"),
            "linked_pictures": self.tr("Pictures on the web"),
            "first_token_limit_s": self.tr("Wait for an answer's start"),
            "idle_limit_s": self.tr("Wait during an answer"),
        }
        for name, label in self._labels.items():
            label.setText(names[name])
            self._fields[name].setAccessibleName(names[name])
        self._word("theme", self.tr("Like the system"), self.tr("Light"), self.tr("Dark"))
        self._word("language", self.tr("Like the system"), "English", "简体中文")
        self._word(
            "reasoning_fold",
            self.tr("Folds when the answer starts"),
            self.tr("Stays open"),
            self.tr("Starts folded"),
        )
        self._word(
            "enter_sends",
            self.tr("Enter sends, Shift+Enter breaks the line"),
            self.tr("Ctrl+Enter sends, Enter breaks the line"),
        )
        self._word(
            "old_pictures",
            self.tr("All go along with every question"),
            self.tr("Only those of the latest questions"),
            self.tr("None: what was read from them here goes instead"),
        )
        self._word(
            "linked_pictures",
            self.tr("Ask when an address is pasted or dropped"),
            self.tr("Send the address only"),
            self.tr("Fetch the picture and send it"),
        )
        self._word(
            "read_pictures",
            self.tr("Read here when I ask for it"),
            self.tr("Read here when idle, so that search finds it"),
        )
        for name, unit in (
            ("zoom_percent", " %"),
            ("first_token_limit_s", self.tr(" s", "seconds")),
            ("idle_limit_s", self.tr(" s", "seconds")),
        ):
            field = self._fields[name]
            if isinstance(field, QSpinBox):
                field.setSuffix(unit)

    def _word(self, name: str, *words: str) -> None:
        field = self._fields.get(name)
        if isinstance(field, QComboBox):
            for row, word in enumerate(words):
                field.setItemText(row, word)


def _spin(name: str, *, step: int) -> QSpinBox:
    field = QSpinBox()
    field.setRange(*BOUNDS[name])
    field.setSingleStep(step)
    field.setKeyboardTracking(False)
    field.lineEdit().setTextMargins(9, 0, 9, 0)
    return field
