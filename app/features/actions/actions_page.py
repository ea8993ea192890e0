"""The settings page of the quick actions: listed at the left, the one chosen edited beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.core.action_file import ActionFileError, read_action_file, write_action_file
from app.core.model_info import ModelInfo
from app.core.picture_action import PictureAction
from app.features.actions.action_editor import ActionEditor, ModelField, ParameterFields
from app.features.actions.action_list import ActionList
from app.features.actions.file_words import file_words
from app.features.actions.picture_actions import PictureActions
from app.kit.icons import Icons
from app.kit.notices import Notice, NoticeKind, Notices
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.flow_area import FlowArea
from app.kit.widgets.list_beside import ListBeside
from app.kit.widgets.plain_label import PlainLabel

LIST_WIDTH, LIST_HEIGHT = 220, 320
KEEP_DELAY_MS = 300


class ActionsPage(QWidget):
    """Makes, names, orders, deletes, edits and passes on quick actions.

    Edits are kept a moment after they are made. Files are chosen, read and written by whoever
    hears of `import_requested` and `export_requested`.
    """

    import_requested = Signal()
    export_requested = Signal(bytes)
    models_wanted = Signal()

    def __init__(
        self,
        *,
        actions: PictureActions,
        notices: Notices,
        theme: Theme,
        icons: Icons,
        make_model_field: Callable[[], ModelField],
        make_parameters: Callable[[], ParameterFields],
    ) -> None:
        super().__init__()
        self._actions, self._notices, self._theme = actions, notices, theme
        self._current = ""
        self._edits: dict[str, Any] = {}
        self._title, self._about, self._empty = PlainLabel(), PlainLabel(), PlainLabel()
        self._list = ActionList(theme=theme)
        self._buttons = {
            name: QPushButton()
            for name in ("new", "copy", "up", "down", "delete", "import", "export", "bring_back")
        }
        self._editor = ActionEditor(
            theme=theme,
            icons=icons,
            make_model_field=make_model_field,
            make_parameters=make_parameters,
        )
        self._halves = ListBeside(self._list, LIST_WIDTH, LIST_HEIGHT, theme=theme)
        self._later = QTimer(self, singleShot=True, interval=KEEP_DELAY_MS)
        self._build()
        self._connect()
        self._retranslate()

    def title(self) -> str:
        return self.tr("Quick actions")

    def button(self, name: str) -> QPushButton:
        """One of the buttons: new, copy, up, down, delete, import, export, bring_back."""
        return self._buttons[name]

    def show_action(self, action_id: str) -> None:
        """Choose an action in the list."""
        for row, action in enumerate(self._actions.all):
            if action.id == action_id:
                self._list.setCurrentRow(row)

    def set_models(self, models: Sequence[ModelInfo], *, refreshing: bool = False) -> None:
        """What an action's model may be."""
        self._editor.set_models(models, refreshing=refreshing)

    def take_file(self, data: bytes) -> None:
        """Add the actions of a file; one that is wrong changes nothing, and it is said why."""
        self._keep()
        try:
            read = read_action_file(data)
        except ActionFileError as error:
            self._notices.post(Notice(file_words(error), NoticeKind.WARNING))
            return
        count, undo = self._actions.bring(read)
        if not count:
            text = self.tr("All quick actions of the file are here already, or there is no room.")
            self._notices.post(Notice(text))
            return
        self.show_action(self._actions.all[-count].id)
        text = self.tr("One quick action was added.")
        if count > 1:
            text = self.tr("%1 quick actions were added.").replace("%1", str(count))
        if left := len(read) - count:
            text += " " + self.tr("Left out as already here: %1.").replace("%1", str(left))
        self._notices.post(Notice(text, action=self.tr("Undo"), act=undo))

    def _build(self) -> None:
        set_kind(self._title, "title")
        for label in (self._about, self._empty):
            set_kind(label, "caption")
            label.setWordWrap(True)
        buttons = FlowArea(gap=4, most_height=320)
        for name, button in self._buttons.items():
            set_kind(button, "secondary" if name == "new" else "ghost")
            buttons.add(button)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._list)
        left.addWidget(buttons)
        left.addStretch(1)
        self._halves.addLayout(left)
        self._halves.addWidget(self._editor, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self._title, self._about, self._empty):
            column.addWidget(part)
        column.addLayout(self._halves)
        column.addStretch(1)

    def _connect(self) -> None:
        self._actions.changed.connect(self._refresh)
        self._list.currentRowChanged.connect(self._chosen)
        self._list.ordered.connect(self._order)
        self._editor.edited.connect(self._edit)
        self._editor.on_drop_chosen.connect(self._set_on_drop)
        self._editor.restore_requested.connect(self._restore)
        self._editor.models_wanted.connect(self.models_wanted)
        self._later.timeout.connect(self._keep)
        self._theme.changed.connect(self._fit)
        for name, act in (
            ("new", self._make_new),
            ("copy", self._duplicate),
            ("up", lambda: self._move(-1)),
            ("down", lambda: self._move(1)),
            ("delete", self._remove),
            ("import", self.import_requested.emit),
            ("export", self._export),
            ("bring_back", self._bring_back),
        ):
            self._buttons[name].clicked.connect(lambda _checked=False, act=act: act())
        context = Qt.ShortcutContext.WidgetShortcut
        for keys, act in (
            (QKeySequence(Qt.Key.Key_Delete), self._remove),
            (QKeySequence("Alt+Up"), lambda: self._move(-1)),
            (QKeySequence("Alt+Down"), lambda: self._move(1)),
        ):
            QShortcut(keys, self._list, act, context=context)

    # The list

    def _refresh(self) -> None:
        """Bring the list in line with the actions; the one that was chosen stays chosen."""
        actions, on_drop = self._actions.all, self._actions.on_drop
        place = next((i for i, a in enumerate(actions) if a.id == self._current), -1)
        if place < 0 and actions:
            place = min(max(self._list.currentRow(), 0), len(actions) - 1)
        self._list.show_actions(actions, place, on_drop.id if on_drop is not None else "")
        self._fit()
        self._empty.setVisible(not actions)
        self._list.setVisible(bool(actions))
        self._buttons["bring_back"].setVisible(bool(self._actions.missing))
        self._buttons["export"].setEnabled(bool(actions))
        self._buttons["new"].setEnabled(not self._actions.is_full)
        self._show(actions[place] if actions else None)

    def _chosen(self, row: int) -> None:
        self._keep()
        with QSignalBlocker(self._list):
            self._list.setCurrentRow(row)  # keeping what was edited has shown that one again
        actions = self._actions.all
        self._show(actions[row] if 0 <= row < len(actions) else None)

    def _show(self, action: PictureAction | None) -> None:
        place = self._list.currentRow()
        self._buttons["up"].setEnabled(action is not None and place > 0)
        self._buttons["down"].setEnabled(action is not None and place < len(self._actions.all) - 1)
        self._buttons["copy"].setEnabled(action is not None and not self._actions.is_full)
        self._buttons["delete"].setEnabled(action is not None)
        self._editor.setVisible(action is not None)
        another = action is None or action.id != self._current
        self._current = action.id if action is not None else ""
        if action is None or (self._edits and not another):
            return
        on_drop = self._actions.on_drop
        self._editor.show_action(
            action,
            anew=another,
            on_drop=on_drop is not None and on_drop.id == action.id,
            restorable=self._actions.is_edited(action.id),
        )

    def _make_new(self) -> None:
        self._keep()
        made = self._actions.add(self.tr("New quick action"))
        if made is not None:
            self.show_action(made.id)
            self._editor.focus_name()

    def _duplicate(self) -> None:
        self._keep()
        made = self._actions.duplicate(self._current)
        if made is not None:
            self.show_action(made.id)

    def _move(self, step: int) -> None:
        self._keep()
        self._actions.move(self._current, step)

    def _order(self, ids: Sequence[str]) -> None:
        self._keep()
        self._actions.order(ids)

    def _remove(self) -> None:
        self._keep()
        gone = self._actions.get(self._current)
        if gone is None:
            return
        restore = self._actions.remove(gone.id)
        text = self.tr("The quick action “%1” was deleted.").replace("%1", gone.name)
        self._notices.post(Notice(text, action=self.tr("Undo"), act=restore))

    def _bring_back(self) -> None:
        self._keep()
        self._actions.restore_missing()

    def _export(self) -> None:
        self._keep()
        self.export_requested.emit(write_action_file(self._actions.all))

    # The action that is edited

    def _edit(self, changes: dict[str, Any]) -> None:
        self._edits.update(changes)
        if changes.keys() <= {"name", "prompt"}:
            self._later.start()
        else:
            self._keep()

    def _keep(self) -> None:
        """Keep what was edited, now."""
        self._later.stop()
        edits, self._edits = self._edits, {}
        if edits:
            self._actions.change(self._current, **edits)

    def _set_on_drop(self, wanted: bool) -> None:
        self._keep()
        self._actions.set_on_drop(self._current if wanted else "")

    def _restore(self) -> None:
        self._keep()
        undo = self._actions.restore(self._current)
        text = self.tr("Porthole's own words are back, in your language.")
        self._notices.post(Notice(text, action=self.tr("Undo"), act=undo))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show(self._actions.get(self._current))

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
                "Questions about pictures that one click or one key sends. The model and the "
                "parameters set here hold for that one question; the conversation's own stay. "
                "Drag to change the order, or use Alt+↑ and Alt+↓."
            )
        )
        self._empty.setText(self.tr("There are no quick actions."))
        self._list.setAccessibleName(self.tr("Quick actions"))
        for name, words in (
            ("new", self.tr("New quick action")),
            ("copy", self.tr("Duplicate")),
            ("up", self.tr("Move up")),
            ("down", self.tr("Move down")),
            ("delete", self.tr("Delete")),
            ("import", self.tr("Import…")),
            ("export", self.tr("Export all…")),
            ("bring_back", self.tr("Bring back Porthole's own")),
        ):
            self._buttons[name].setText(words)
            self._buttons[name].setAccessibleName(words)
        self._refresh()
