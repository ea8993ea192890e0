"""The tools with their switches, grouped by where they come from: as both menus show them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.features.tool_choice.choosing import ToolChoosing
from app.features.tool_choice.tool_row_view import ToolRowView
from app.features.tool_choice.tool_rows import GONE, ToolGroup, matching
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.elided_label import ElidedLabel
from app.kit.widgets.plain_label import PlainLabel
from app.kit.widgets.switch import Switch

MOST_ROWS = 60
"""Rows that are made at once: a server may offer thousands, and they are found by typing."""

translate = QCoreApplication.translate


class ToolList(QWidget):
    """Follows `choosing`; made anew only where other tools are to be seen."""

    def __init__(self, choosing: ToolChoosing, *, compact: bool = False, theme: Theme) -> None:
        super().__init__()
        self._choosing, self._compact, self._theme = choosing, compact, theme
        self._filter = ""
        self._heads: dict[str, _GroupHead] = {}
        self._rows: dict[str, ToolRowView] = {}
        self._order: tuple[str, ...] = ()
        self._more = 0
        self._note = PlainLabel()
        set_kind(self._note, "caption")
        self._note.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0 if compact else 2)
        self._inside = QWidget()
        self._column.addWidget(self._inside)
        self._column.addWidget(self._note)
        choosing.changed.connect(self.refresh)
        self.refresh()

    @property
    def rows(self) -> dict[str, ToolRowView]:
        """What is shown, by the tools' ids."""
        return dict(self._rows)

    def set_filter(self, words: str) -> None:
        self._filter = words
        self.refresh()

    def refresh(self) -> None:
        """Show the tools as they are now."""
        groups = self._choosing.groups()
        found = matching(groups, self._filter)
        shown, self._more = _bounded(found)
        order = tuple(key for g in shown for key in (f"\n{g.source}", *(r.id for r in g.rows)))
        if order != self._order:
            self._order = order
            self._make(shown)
        whole = {group.source: group for group in groups}
        for group in shown:
            self._heads[group.source].show_group(whole[group.source])
            for row in group.rows:
                self._rows[row.id].show_row(row)
        self._say_note(bool(groups))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
        super().changeEvent(event)

    def _make(self, groups: tuple[ToolGroup, ...]) -> None:
        before, self._inside = self._inside, QWidget()
        self._heads, self._rows = {}, {}
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0 if self._compact else 2)
        for group in groups:
            head = self._heads[group.source] = _GroupHead(group, theme=self._theme)
            head.switch.clicked.connect(
                lambda on, source=group.source: self._switch_all(source, on)
            )
            column.addWidget(head)
            for row in group.rows:
                view = ToolRowView(row, compact=self._compact, theme=self._theme)
                view.switched.connect(lambda key, on: self._choosing.switch((key,), on))
                view.withdrawn.connect(self._choosing.withdraw)
                self._rows[row.id] = view
                column.addWidget(view)
        self._column.replaceWidget(before, self._inside)
        before.hide()
        before.deleteLater()

    def _switch_all(self, source: str, on: bool) -> None:
        for group in self._choosing.groups():
            if group.source == source:
                ids = group.at_once if on else tuple(row.id for row in group.rows)
                self._choosing.switch(ids, on)
        self.refresh()

    def _say_note(self, any_tools: bool) -> None:
        if not any_tools:
            words = translate("ToolChoice", "There are no tools yet.")
        elif not self._order:
            words = translate("ToolChoice", "No tool is called that.")
        elif self._more:
            words = translate("ToolChoice", "%1 more: type to find them.")
            words = words.replace("%1", str(self._more))
        else:
            words = ""
        self._note.setText(words)
        self._note.setVisible(bool(words))


class _GroupHead(QWidget):
    """A source's title, how many of its tools are on, and one switch for all where that helps."""

    def __init__(self, group: ToolGroup, *, theme: Theme) -> None:
        super().__init__()
        self._title, self._count = ElidedLabel(), PlainLabel()
        self.switch = Switch(theme=theme)
        set_kind(self._title, "group")
        set_kind(self._count, "group")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 6, 0, 2)
        line.setSpacing(8)
        line.addWidget(self._title)
        line.addStretch(1)
        line.addWidget(self._count)
        line.addWidget(self.switch)
        self.show_group(group)

    def show_group(self, group: ToolGroup) -> None:
        """`group` is whole, whatever of it is shown."""
        on = sum(row.on for row in group.rows)
        self._title.setText(group.title)
        count = translate("ToolChoice", "%1 of %2").replace("%1", str(on))
        self._count.setText(count.replace("%2", str(len(group.rows))) if on else "")
        self.switch.setVisible(len(group.at_once) > 1 and group.source != GONE)
        self.switch.setChecked(group.all_on)
        name = translate("ToolChoice", "All of %1").replace("%1", group.title)
        self.switch.setAccessibleName(name)


def _bounded(groups: tuple[ToolGroup, ...]) -> tuple[tuple[ToolGroup, ...], int]:
    """As many rows as are made, those that are on first where there are more; and how many
    are left out."""
    total = sum(len(group.rows) for group in groups)
    if total <= MOST_ROWS:
        return groups, 0
    shown, room = [], MOST_ROWS
    for group in groups:
        rows = tuple(sorted(group.rows, key=lambda row: not row.on))[:room]
        rows = rows if len(rows) < len(group.rows) else group.rows
        room -= len(rows)
        if rows:
            shown.append(ToolGroup(group.source, group.title, rows))
    return tuple(shown), total - MOST_ROWS
