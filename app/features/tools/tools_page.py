"""The settings page of the tools: Porthole's own, the person's with their editor, and leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.own_tool import OwnTool
from app.core.tool import Tool
from app.core.tool_list import ToolListError, read_tool_list, write_tool_list
from app.core.visible_text import visible_line
from app.features.tools.mine import MyTools
from app.features.tools.reach import ReachFields
from app.features.tools.schema_look import SchemaCheck, SchemaLook
from app.features.tools.standing import BuiltInTools, RoundsLimit, StandingLeaves
from app.features.tools.tool_editor import ToolEditor
from app.features.tools.tool_secrets import ToolSecrets
from app.features.tools.tool_words import list_words
from app.features.tools.try_panel import Call, TryPanel
from app.kit.icons import Icons
from app.kit.notices import Notice, NoticeKind, Notices
from app.kit.settings_holder import SettingsHolder
from app.kit.style import set_kind
from app.kit.tasks import TaskScope
from app.kit.theme import Theme
from app.kit.widgets.flow_area import FlowArea
from app.kit.widgets.list_beside import ListBeside
from app.kit.widgets.plain_label import PlainLabel, plain_tip

LIST_WIDTH, LIST_HEIGHT = 220, 280
KEEP_DELAY_MS = 300
SLOW = frozenset({"name", "description", "parameters", "action", "limit_s"})
"""Fields that are typed: kept a moment after the last key."""


class ToolsPage(QWidget):
    """Own tools are made, edited, tried and passed on here. Files are chosen, read and written
    by whoever hears of `import_requested` and `export_requested`.

    `all_tools` are those of every source, as models would be told of them.
    """

    import_requested = Signal()
    export_requested = Signal(bytes)

    def __init__(
        self,
        *,
        mine: MyTools,
        settings: SettingsHolder,
        built_in: Sequence[Tool],
        all_tools: Callable[[], Sequence[Tool]],
        secrets: ToolSecrets,
        call: Call,
        check_schema: SchemaCheck,
        notices: Notices,
        tasks: TaskScope,
        theme: Theme,
        icons: Icons,
    ) -> None:
        super().__init__()
        self._mine, self._notices, self._theme = mine, notices, theme
        self._current = ""
        self._edits: dict[str, Any] = {}
        self._title, self._about, self._empty = PlainLabel(), PlainLabel(), PlainLabel()
        self._heads = [PlainLabel() for _ in range(5)]
        self._built_in = BuiltInTools(tools=built_in, mine=mine)
        self.reach = ReachFields(settings=settings, theme=theme)
        self._leaves = StandingLeaves(settings=settings, tools=all_tools)
        self._rounds = RoundsLimit(settings=settings)
        self._list = QListWidget()
        self._buttons = {
            name: QPushButton()
            for name in ("new", "duplicate", "delete", "import", "paste", "export", "copy")
        }
        self._editor = ToolEditor(theme=theme, icons=icons, others=all_tools)
        self._try = TryPanel(call=call, tasks=tasks, theme=theme, icons=icons)
        self._secrets = secrets
        self._look = SchemaLook(check=check_schema, tasks=tasks, parent=self)
        self._halves = ListBeside(self._list, LIST_WIDTH, LIST_HEIGHT, theme=theme)
        self._later = QTimer(self, singleShot=True, interval=KEEP_DELAY_MS)
        self._build()
        self._connect()
        self._retranslate()

    def title(self) -> str:
        return self.tr("Tools")

    def button(self, name: str) -> QPushButton:
        """One of the buttons: new, duplicate, delete, import, paste, export, copy."""
        return self._buttons[name]

    def show_tool(self, key: str) -> None:
        """Choose an own tool in the list."""
        for row, tool in enumerate(self._mine.all):
            if tool.id == key:
                self._list.setCurrentRow(row)

    def take_list(self, data: bytes) -> None:
        """Add the tools of a list as drafts; one that is wrong changes nothing."""
        self._keep()
        try:
            read = read_tool_list(data)
        except ToolListError as error:
            self._notices.post(Notice(list_words(error), NoticeKind.WARNING))
            return
        count, undo = self._mine.bring(read.tools)
        left_out = len(read.tools) - count + read.left_out
        if not count:
            text = self.tr("All tools of the list are here already, or there is no room.")
            self._notices.post(Notice(text))
            return
        self.show_tool(self._mine.all[-count].id)
        text = self.tr("%1 drafts were added. Say for each what is done on a call.")
        text = text.replace("%1", str(count))
        if left_out:
            more = self.tr("Left out, as already here or no functions: %1.")
            text += " " + more.replace("%1", str(left_out))
        self._notices.post(Notice(text, action=self.tr("Undo"), act=undo))

    def _build(self) -> None:
        set_kind(self._title, "title")
        for label in (self._about, self._empty):
            set_kind(label, "caption")
            label.setWordWrap(True)
        for head in self._heads:
            set_kind(head, "heading")
        set_kind(self._list, "presets")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = FlowArea(gap=4, most_height=320)
        for name, button in self._buttons.items():
            set_kind(button, "secondary" if name == "new" else "ghost")
            buttons.add(button)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._empty)
        left.addWidget(self._list)
        left.addWidget(buttons)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(self._editor)
        right.addWidget(self._try)
        right.addStretch(1)
        self._halves.addLayout(left)
        self._halves.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        own, reach, mine, leaves, rounds = self._heads
        above: list[QWidget] = [self._title, self._about, own, self._built_in]
        above += [reach, self.reach, mine]
        for part in above:
            column.addWidget(part)
        column.addLayout(self._halves)
        below: list[QWidget] = [leaves, self._leaves, rounds, self._rounds]
        for part in below:
            column.addWidget(part)
        column.addStretch(1)

    def _connect(self) -> None:
        self._mine.changed.connect(self._refresh)
        self._list.currentRowChanged.connect(self._chosen)
        self._editor.edited.connect(self._edit)
        self._editor.on_toggled.connect(self._set_on)
        self._editor.schema_typed.connect(self._look.look)
        self._look.found.connect(self._editor.show_fault)
        self._secrets.join(self._editor.secrets, self._kept_tool)
        self._later.timeout.connect(self._keep)
        self._theme.changed.connect(self._fit)
        for name, act in (
            ("new", self._make_new),
            ("duplicate", self._duplicate),
            ("delete", self._remove),
            ("import", self.import_requested.emit),
            ("paste", self._paste),
            ("export", self._export),
            ("copy", self._copy),
        ):
            self._buttons[name].clicked.connect(lambda _checked=False, act=act: act())
        context = Qt.ShortcutContext.WidgetShortcut
        QShortcut(QKeySequence(Qt.Key.Key_Delete), self._list, self._remove, context=context)

    # The list

    def _refresh(self) -> None:
        """Bring the list in line with the tools; the one that was chosen stays chosen."""
        tools = self._mine.all
        place = next((i for i, t in enumerate(tools) if t.id == self._current), -1)
        if place < 0 and tools:
            place = min(max(self._list.currentRow(), 0), len(tools) - 1)
        with QSignalBlocker(self._list):
            self._list.clear()
            for tool in tools:
                self._list.addItem(self._item(tool))
            self._list.setCurrentRow(place)
        self._fit()
        self._empty.setVisible(not tools)
        self._list.setVisible(bool(tools))
        for name in ("export", "copy"):
            self._buttons[name].setEnabled(bool(tools))
        for name in ("new", "import", "paste"):
            self._buttons[name].setEnabled(not self._mine.is_full)
        self._show(tools[place] if tools else None)

    def _item(self, tool: OwnTool) -> QListWidgetItem:
        name = visible_line(tool.name, 60) or self.tr("Without a name")
        off = self.tr("off")
        item = QListWidgetItem(name if tool.enabled else f"{name} · {off}")
        item.setToolTip(plain_tip(visible_line(tool.name, 300)))
        return item

    def _chosen(self, row: int) -> None:
        self._keep()
        with QSignalBlocker(self._list):
            self._list.setCurrentRow(row)  # keeping what was edited has shown that one again
        tools = self._mine.all
        self._show(tools[row] if 0 <= row < len(tools) else None)

    def _show(self, tool: OwnTool | None) -> None:
        self._buttons["duplicate"].setEnabled(tool is not None and not self._mine.is_full)
        self._buttons["delete"].setEnabled(tool is not None)
        for part in (self._editor, self._try):
            part.setVisible(tool is not None)
        another = tool is None or tool.id != self._current
        self._current = tool.id if tool is not None else ""
        if tool is None or (self._edits and not another):
            return
        self._editor.show_tool(tool, anew=another, on=self._mine.is_on(tool.tool_id))
        self._try.show_tool(tool)
        self._secrets.look()

    def _make_new(self) -> None:
        self._keep()
        made = self._mine.add("new_tool")
        if made is not None:
            self.show_tool(made.id)
            self._editor.focus_name()

    def _duplicate(self) -> None:
        self._keep()
        made = self._mine.duplicate(self._current)
        if made is not None:
            self.show_tool(made.id)

    def _remove(self) -> None:
        gone = self._kept_tool()
        if gone is None:
            return
        restore, put_back = self._mine.remove(gone.id), self._secrets.take(gone)

        def undo() -> None:
            restore()
            put_back()

        text = self.tr("The tool “%1” was deleted.").replace("%1", visible_line(gone.name, 60))
        self._notices.post(Notice(text, action=self.tr("Undo"), act=undo))

    def _export(self) -> None:
        self._keep()
        self.export_requested.emit(write_tool_list(self._mine.all).encode())

    def _copy(self) -> None:
        self._keep()
        QGuiApplication.clipboard().setText(write_tool_list(self._mine.all))
        self._notices.post(Notice(self.tr("The tools were copied as JSON, without their actions.")))

    def _paste(self) -> None:
        self.take_list(QGuiApplication.clipboard().text().encode("utf-8", "replace"))

    # The tool that is edited

    def _edit(self, changes: dict[str, Any]) -> None:
        kind_is_another = "action" in changes and self._kind_changes(changes["action"])
        self._edits.update(changes)
        if changes.keys() <= SLOW and not kind_is_another:
            self._later.start()
        else:
            self._keep()

    def _kind_changes(self, action: Any) -> bool:
        tool = self._mine.get(self._current)
        return tool is not None and type(tool.action) is not type(action)

    def _keep(self) -> None:
        """Keep what was edited, now."""
        self._later.stop()
        edits, self._edits = self._edits, {}
        if edits:
            self._mine.change(self._current, **edits)

    def _kept_tool(self) -> OwnTool | None:
        """The tool that is edited, as it is now."""
        self._keep()
        return self._mine.get(self._current)

    def _set_on(self, wanted: bool) -> None:
        tool = self._kept_tool()
        if tool is not None:
            self._mine.set_on(tool.tool_id, wanted)

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
                "Functions that a model may call in a conversation that lets it. What leaves this "
                "computer or may change something asks first. Those ticked here are chosen in new "
                "conversations."
            )
        )
        self._empty.setText(self.tr("You have no tools of your own yet."))
        self._list.setAccessibleName(self.tr("Your own tools"))
        for head, text in zip(
            self._heads,
            (
                self.tr("Porthole's own tools"),
                self.tr("What they may read"),
                self.tr("Your own tools"),
                self.tr("Always allowed"),
                self.tr("Rounds"),
            ),
            strict=True,
        ):
            head.setText(text)
        for name, words in (
            ("new", self.tr("New tool")),
            ("duplicate", self.tr("Duplicate")),
            ("delete", self.tr("Delete")),
            ("import", self.tr("Import…")),
            ("paste", self.tr("Import from the clipboard")),
            ("export", self.tr("Export all…")),
            ("copy", self.tr("Copy all as JSON")),
        ):
            self._buttons[name].setText(words)
            self._buttons[name].setAccessibleName(words)
        self._refresh()
