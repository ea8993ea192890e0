"""The button that names a conversation's preset, and the menu to take on, save and keep presets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton
from shiboken6 import isValid

from app.core.preset import Preset
from app.features.parameters.presets import Presets, is_blank, preset_of, taken_on
from app.kit.dialogs import ask_text
from app.kit.icons import Icons
from app.kit.notices import Notice, Notices
from app.kit.style import set_kind
from app.kit.tasks import TaskScope
from app.kit.theme import SECONDARY_PX, Theme

SIDE, CHEVRON, GAP, WIDEST = 7, 10, 5, 240
LONGEST_NAME = 80


class PresetPicker(QPushButton):
    """Shows which preset the values shown are. Nothing is changed here but the presets.

    Who hears of `values_chosen` gives them to the conversation, and shows the values again.
    """

    values_chosen = Signal(str, object)  # system prompt, parameters
    manage_requested = Signal()

    def __init__(
        self,
        *,
        presets: Presets,
        notices: Notices,
        tasks: TaskScope,
        theme: Theme,
        icons: Icons,
    ) -> None:
        super().__init__()
        self._presets, self._notices, self._tasks = presets, notices, tasks
        self._theme, self._icons = theme, icons
        self._prompt = ""
        self._parameters: Mapping[str, Any] = {}
        self._last = ""
        set_kind(self, "ghost")
        self.clicked.connect(self.open_menu)
        presets.changed.connect(self._derive)
        theme.changed.connect(self._restyle)
        self._retranslate()

    def show_values(self, system_prompt: str, parameters: Mapping[str, Any]) -> None:
        """The values that the conversation has now."""
        self._prompt, self._parameters = system_prompt, parameters
        self._derive()

    @property
    def shown(self) -> str:
        """What the button says."""
        last = self._presets.get(self._last)
        if last is None:
            return self.tr("Preset: none")
        words = self.tr("Preset: %1 · changed") if self._is_changed else self.tr("Preset: %1")
        return words.replace("%1", last.name)

    def open_menu(self) -> None:
        """Open the menu under the button."""
        menu = self.made_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def made_menu(self) -> QMenu:
        """The menu for what there is now."""
        menu = QMenu(self)
        last = self._presets.get(self._last)
        none = menu.addAction(self.tr("None"), lambda: self.take_on(None))
        none.setCheckable(True)
        none.setChecked(last is None)
        for preset in self._presets.all:
            action = menu.addAction(_menu_text(preset.name))
            action.triggered.connect(lambda _on=False, preset=preset: self.take_on(preset))
            action.setCheckable(True)
            action.setChecked(last is not None and preset.id == last.id)
        menu.addSeparator()
        if last is not None and self._is_changed:
            words = self.tr("Update “%1”").replace("%1", _menu_text(last.name))
            menu.addAction(words, lambda: self._update(last))
        save = menu.addAction(self.tr("Save as a preset…"), self._ask_name)
        save.setEnabled(not is_blank(self._prompt, self._parameters))
        menu.addAction(self.tr("Manage presets…"), self.manage_requested.emit)
        return menu

    def take_on(self, preset: Preset | None) -> None:
        """Hand over a preset's values, or none; what the person had set can be brought back."""
        before = self._prompt, dict(self._parameters), self._last
        lost = not is_blank(*before[:2]) and preset_of(self._presets.all, *before[:2]) is None
        self._last = preset.id if preset is not None else ""
        prompt = preset.system_prompt if preset is not None else ""
        self._hand_over(prompt, taken_on(preset, self._parameters))
        if lost:
            text = self.tr("The system prompt and parameters set here before were replaced.")
            undo = Notice(text, action=self.tr("Undo"), act=lambda: self._bring_back(*before))
            self._notices.post(undo)

    def sizeHint(self) -> QSize:
        metrics = self._metrics()
        width = metrics.horizontalAdvance(self.shown) + 2 * SIDE + GAP + CHEVRON + 2
        return QSize(min(width, self._theme.px(WIDEST)), metrics.height() + 12)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(64), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.open_menu()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setFont(self._theme.font(SECONDARY_PX))
        color = tokens.text if self.underMouse() else tokens.text_2
        painter.setPen(color)
        inside = self.rect().adjusted(SIDE, 0, -SIDE - GAP - CHEVRON, 0)
        middle, right = Qt.TextElideMode.ElideMiddle, Qt.AlignmentFlag.AlignVCenter
        words = self._metrics().elidedText(self.shown, middle, inside.width())
        painter.drawText(inside, right | Qt.AlignmentFlag.AlignLeft, words)
        chevron = self._icons.pixmap("chevron-down", color, CHEVRON)
        left = inside.left() + self._metrics().horizontalAdvance(words) + GAP
        painter.drawPixmap(left, (self.height() - CHEVRON) // 2 + 1, chevron)
        painter.end()

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._theme.font(SECONDARY_PX))

    @property
    def _is_changed(self) -> bool:
        return preset_of(self._presets.all, self._prompt, self._parameters, self._last) is None

    def _derive(self) -> None:
        """A preset is the conversation's as long as it has just its values."""
        found = preset_of(self._presets.all, self._prompt, self._parameters, self._last)
        if found is not None:
            self._last = found.id
        elif is_blank(self._prompt, self._parameters):
            self._last = ""
        self._retranslate()

    def _hand_over(self, system_prompt: str, parameters: dict[str, Any]) -> None:
        self.show_values(system_prompt, parameters)
        self.values_chosen.emit(system_prompt, parameters)

    def _bring_back(self, system_prompt: str, parameters: dict[str, Any], last: str) -> None:
        """The conversation may have been closed since."""
        if isValid(self):
            self._last = last
            self._hand_over(system_prompt, parameters)

    def _update(self, preset: Preset) -> None:
        self._presets.change(
            preset.id, system_prompt=self._prompt, parameters=dict(self._parameters)
        )

    def _ask_name(self) -> None:
        self._tasks.start(self._save(), name="save preset")

    async def _save(self) -> None:
        prompt, parameters = self._prompt, dict(self._parameters)
        name = await ask_text(self.window(), self.tr("Name of the preset"), "")
        name = " ".join((name or "").split())[:LONGEST_NAME]
        if name:
            self._last = self._presets.add(name, prompt, parameters).id
            self._derive()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.shown)
        self.setAccessibleDescription(self.tr("A system prompt and parameters by name"))
        self.setToolTip(self.tr("Take on, save and manage presets"))
        self._restyle()


def _menu_text(name: str) -> str:
    """A name as an entry of a menu: short, and its & no key."""
    return (name if len(name) <= LONGEST_NAME // 2 else f"{name[:39]}…").replace("&", "&&")
