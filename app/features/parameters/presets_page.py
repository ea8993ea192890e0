"""The settings page of the presets: listed at the left, the one chosen edited beside them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.preset import Preset
from app.features.parameters.form import ParameterForm
from app.features.parameters.preset_picker import LONGEST_NAME
from app.features.parameters.presets import Presets
from app.kit.icons import Icons
from app.kit.notices import Notice, Notices
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.flow_area import FlowArea
from app.kit.widgets.list_beside import ListBeside
from app.kit.widgets.plain_label import PlainLabel, plain_tip

LIST_WIDTH, LIST_HEIGHT = 200, 320
KEEP_DELAY_MS = 300


class PresetsPage(QWidget):
    """Makes, names, orders, deletes and edits presets. Edits are kept a moment after they are made.

    Its form is made when it is first shown.
    """

    def __init__(self, *, presets: Presets, notices: Notices, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._presets, self._notices = presets, notices
        self._theme, self._icons = theme, icons
        self._current, self._named = "", ""
        self._edits: dict[str, Any] = {}
        self._title, self._about, self._empty = PlainLabel(), PlainLabel(), PlainLabel()
        self._list = QListWidget()
        self._new, self._copy, self._up, self._down, self._delete = (
            QPushButton() for _ in range(5)
        )
        self._name, self._name_label, self._problem = QLineEdit(), PlainLabel(), PlainLabel()
        self._form: ParameterForm | None = None
        self._editor = QWidget()
        self._halves = ListBeside(self._list, LIST_WIDTH, LIST_HEIGHT, theme=theme)
        self._later = QTimer(self, singleShot=True, interval=KEEP_DELAY_MS)
        self._build()
        self._connect()
        self._retranslate()
        self._refresh()

    def title(self) -> str:
        return self.tr("Presets")

    def show_preset(self, preset_id: str) -> None:
        """Choose a preset in the list."""
        for row, preset in enumerate(self._presets.all):
            if preset.id == preset_id:
                self._list.setCurrentRow(row)

    def _build(self) -> None:
        set_kind(self._title, "title")
        for label in (self._about, self._empty):
            set_kind(label, "caption")
            label.setWordWrap(True)
        set_kind(self._name_label, "section")
        set_kind(self._problem, "error-caption")
        self._problem.hide()
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        set_kind(self._list, "presets")
        buttons = FlowArea(gap=4, most_height=240)
        for button in (self._new, self._copy, self._up, self._down, self._delete):
            set_kind(button, "secondary" if button is self._new else "ghost")
            buttons.add(button)
        self._name.setMaxLength(LONGEST_NAME)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._list)
        left.addWidget(buttons)
        left.addStretch(1)
        editor = QVBoxLayout(self._editor)
        editor.setContentsMargins(0, 0, 0, 0)
        editor.setSpacing(8)
        for part in (self._name_label, self._name, self._problem):
            editor.addWidget(part)
        self._halves.addLayout(left)
        self._halves.addWidget(self._editor, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for label in (self._title, self._about, self._empty):
            column.addWidget(label)
        column.addLayout(self._halves)
        column.addStretch(1)

    def _connect(self) -> None:
        self._presets.changed.connect(self._refresh)
        self._list.currentRowChanged.connect(self._chosen)
        self._new.clicked.connect(self._make_new)
        self._copy.clicked.connect(self._duplicate)
        self._up.clicked.connect(lambda: self._move(-1))
        self._down.clicked.connect(lambda: self._move(1))
        self._delete.clicked.connect(self._remove)
        self._name.textEdited.connect(self._rename)
        self._later.timeout.connect(self._keep)
        self._theme.changed.connect(self._fit)
        context = Qt.ShortcutContext.WidgetShortcut
        for keys, act in (
            (QKeySequence(Qt.Key.Key_Delete), self._remove),
            (QKeySequence("Alt+Up"), lambda: self._move(-1)),
            (QKeySequence("Alt+Down"), lambda: self._move(1)),
        ):
            QShortcut(keys, self._list, act, context=context)

    def _made_form(self) -> ParameterForm:
        form = ParameterForm(theme=self._theme, icons=self._icons, explained=True)
        form.system_prompt_changed.connect(lambda text: self._edit(system_prompt=text))
        form.parameters_changed.connect(lambda values: self._edit(parameters=dict(values)))
        layout = self._editor.layout()
        assert layout is not None
        layout.addWidget(form)
        return form

    # The list

    def _refresh(self) -> None:
        """Bring the list in line with the presets; the one that was chosen stays chosen."""
        presets = self._presets.all
        place = next((i for i, p in enumerate(presets) if p.id == self._current), -1)
        if place < 0 and presets:
            place = min(max(self._list.currentRow(), 0), len(presets) - 1)
        with QSignalBlocker(self._list):
            self._list.clear()
            for preset in presets:
                item = QListWidgetItem(preset.name)
                item.setToolTip(plain_tip(preset.name))
                self._list.addItem(item)
            self._list.setCurrentRow(place)
        self._fit()
        self._empty.setVisible(not presets)
        self._list.setVisible(bool(presets))
        self._show(presets[place] if presets else None)

    def _chosen(self, row: int) -> None:
        self._keep()
        with QSignalBlocker(self._list):
            self._list.setCurrentRow(row)  # keeping what was edited has shown that one again
        presets = self._presets.all
        self._show(presets[row] if 0 <= row < len(presets) else None)

    def _show(self, preset: Preset | None) -> None:
        place = self._list.currentRow()
        self._up.setEnabled(preset is not None and place > 0)
        self._down.setEnabled(preset is not None and place < len(self._presets.all) - 1)
        self._copy.setEnabled(preset is not None)
        self._delete.setEnabled(preset is not None)
        self._editor.setVisible(preset is not None)
        another = preset is None or preset.id != self._current
        self._current = preset.id if preset is not None else ""
        if preset is None:
            return
        if another:
            self._named = preset.name
        if another or not self._name.hasFocus():
            self._name.setText(preset.name)
            self._say("")
        if self._form is None and self.isVisible():
            self._form, another = self._made_form(), True
        if self._form is None:
            return
        if another:
            self._form.show_anew(preset.system_prompt, preset.parameters)
        elif not self._edits:
            self._form.show_values(preset.system_prompt, preset.parameters)

    def _make_new(self) -> None:
        self._keep()
        made = self._presets.add(self.tr("New preset"))
        self.show_preset(made.id)
        self._name.setFocus()
        self._name.selectAll()

    def _duplicate(self) -> None:
        self._keep()
        made = self._presets.duplicate(self._current)
        if made is not None:
            self.show_preset(made.id)

    def _move(self, step: int) -> None:
        self._keep()
        self._presets.move(self._current, step)

    def _remove(self) -> None:
        self._keep()
        gone = self._presets.get(self._current)
        if gone is None:
            return
        restore = self._presets.remove(gone.id)
        text = self.tr("The preset “%1” was deleted.").replace("%1", gone.name)
        self._notices.post(Notice(text, action=self.tr("Undo"), act=restore))

    # The preset that is edited

    def _edit(self, **changes: Any) -> None:
        self._edits.update(changes)
        self._later.start()

    def _rename(self, typed: str) -> None:
        name = " ".join(typed.split())
        self._say("" if name else self.tr("A preset needs a name."))
        self._edit(name=name or self._named)  # not what was left of it, letter by letter

    def _keep(self) -> None:
        """Keep what was edited, now."""
        self._later.stop()
        edits, self._edits = self._edits, {}
        if edits:
            self._presets.change(self._current, **edits)

    def _say(self, problem: str) -> None:
        self._problem.setText(f"⚠ {problem}" if problem else "")
        self._problem.setVisible(bool(problem))
        set_kind(self._name, "wrong" if problem else "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show(self._presets.get(self._current))

    def hideEvent(self, event: QHideEvent) -> None:
        self._keep()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._halves.fit(self.width())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.title())
        self._about.setText(
            self.tr(
                "A system prompt and parameters by a name. A conversation that takes one on gets "
                "a copy: changing the preset later changes nothing in it."
            )
        )
        self._empty.setText(self.tr("There are no presets yet."))
        self._list.setAccessibleName(self.tr("Presets"))
        self._name_label.setText(self.tr("Name"))
        self._name.setAccessibleName(self.tr("Name of the preset"))
        for button, words in (
            (self._new, self.tr("New preset")),
            (self._copy, self.tr("Duplicate")),
            (self._up, self.tr("Move up")),
            (self._down, self.tr("Move down")),
            (self._delete, self.tr("Delete")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
