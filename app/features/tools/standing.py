"""What holds for tools at all times: Porthole's own, leaves given, and the bound on rounds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.core.settings import BOUNDS
from app.core.tool import Grant, Tool
from app.core.visible_text import visible_line
from app.features.tools.mine import MyTools
from app.features.tools.own_words import effect_words, own_words
from app.kit.settings_holder import SettingsHolder
from app.kit.style import set_kind
from app.kit.widgets.plain_label import PlainLabel

FEWEST, MOST = BOUNDS["tool_rounds"]


def shown_name(tool: Tool) -> str:
    """What a tool is called for people, in one line."""
    words = own_words(tool.id)
    return words.title if words is not None else visible_line(tool.title or tool.name, 80)


class BuiltInTools(QWidget):
    """Porthole's own tools: what each does, whether it asks, whether new conversations use it."""

    def __init__(self, *, tools: Sequence[Tool], mine: MyTools) -> None:
        super().__init__()
        self._tools, self._mine = tuple(tools), mine
        self._rows = [(QCheckBox(), PlainLabel()) for _ in self._tools]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for tool, (box, about) in zip(self._tools, self._rows, strict=True):
            set_kind(about, "caption")
            about.setWordWrap(True)
            about.setContentsMargins(26, 0, 0, 8)
            column.addWidget(box)
            column.addWidget(about)
            box.toggled.connect(lambda on, tool=tool: self._mine.set_on(tool.id, on))
        mine.changed.connect(self._refresh)
        self._retranslate()

    def _refresh(self) -> None:
        for tool, (box, _about) in zip(self._tools, self._rows, strict=True):
            box.setChecked(self._mine.is_on(tool.id))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        for tool, (box, about) in zip(self._tools, self._rows, strict=True):
            words = own_words(tool.id)
            box.setText(shown_name(tool).replace("&", "&&"))
            said = words.sentence if words is not None else visible_line(tool.description)
            about.setText(f"{said} {effect_words(tool.effect)}")
        self._refresh()


class StandingLeaves(QWidget):
    """Tools that are always allowed; each leave can be withdrawn."""

    def __init__(self, *, settings: SettingsHolder, tools: Callable[[], Sequence[Tool]]) -> None:
        super().__init__()
        self._settings, self._tools = settings, tools
        self._none = PlainLabel()
        set_kind(self._none, "caption")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self._none)
        self._rows: list[QWidget] = []
        self._known: tuple[Grant, ...] | None = None
        settings.changed.connect(lambda _settings: self._follow())
        self._retranslate()

    def _follow(self) -> None:
        if self._settings.value.tool_grants != self._known:
            self._retranslate()

    def _withdraw(self, grant: Grant) -> None:
        kept = tuple(g for g in self._settings.value.tool_grants if g != grant)
        self._settings.replace(tool_grants=kept)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._known = self._settings.value.tool_grants
        tools = {tool.id: tool for tool in self._tools()}
        self._rows = [self._row(grant, tools.get(grant.tool)) for grant in self._known]
        for row in self._rows:
            self._column.addWidget(row)
        self._none.setText(
            self.tr("No tool is always allowed. A call's card offers it, but not for commands.")
        )
        self._none.setVisible(not self._rows)

    def _row(self, grant: Grant, tool: Tool | None) -> QWidget:
        name = shown_name(tool) if tool is not None else visible_line(grant.tool, 60)
        if tool is None:
            name = self.tr("%1 (not there now)").replace("%1", name)
        elif not grant.covers(tool):
            name = self.tr("%1 (was changed since: asks again)").replace("%1", name)
        label, button = PlainLabel(name), QPushButton(self.tr("Withdraw"))
        label.setWordWrap(True)
        set_kind(button, "ghost")
        button.setAccessibleName(self.tr("Withdraw the leave for %1").replace("%1", name))
        button.clicked.connect(lambda: self._withdraw(grant))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label, 1)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row


class RoundsLimit(QWidget):
    """After how many rounds of calls in one turn the person is asked."""

    def __init__(self, *, settings: SettingsHolder) -> None:
        super().__init__()
        self._settings = settings
        self._label, self._field = PlainLabel(), QLineEdit()
        self._field.setMaxLength(3)
        self._field.setMaximumWidth(90)
        self._label.setWordWrap(True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._field)
        line.addWidget(self._label, 1)
        self._field.editingFinished.connect(self._keep)
        settings.changed.connect(lambda _settings: self._refresh())
        self._retranslate()
        self._refresh()

    def _keep(self) -> None:
        text = self._field.text()
        if text.isascii() and text.isdecimal():
            self._settings.replace(tool_rounds=int(text))
        self._refresh()

    def _refresh(self) -> None:
        self._field.setText(str(self._settings.value.tool_rounds))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        text = self.tr("rounds of calls in one turn, then you are asked whether it goes on (%1–%2)")
        self._label.setText(text.replace("%1", str(FEWEST)).replace("%2", str(MOST)))
        self._field.setAccessibleName(self.tr("Rounds of tool calls in one turn"))
