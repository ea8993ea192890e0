"""The button that names the model in use, with its tags, and opens the list of models."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from html import escape

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from app.core.model_info import ModelInfo
from app.core.model_notes import ModelNotes
from app.features.models.describe import explanation, marks, tags, tokens_text
from app.features.models.list_state import ListState
from app.features.models.model_popup import ModelPopup
from app.features.models.tag_paint import paint_tags, tags_width
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import SECONDARY_PX, Theme

SIDE, CHEVRON = 11, 12


class ModelPicker(QPushButton):
    """Shows `current`; what is not in the list of models can still be typed and used.

    `opened` asks whoever owns the list to refresh it. Nothing is changed here by itself but
    `current`: who hears of `favourite_toggled` or `service_chosen` sets notes, services and models
    anew. `wide` lets it fill its row, as in a form. `none` words what an empty id stands for.
    `clock` is in seconds since the epoch.
    """

    model_chosen = Signal(str)
    opened = Signal()
    favourite_toggled = Signal(str, bool)  # model id, whether it is one from now on
    service_chosen = Signal(str)  # profile id

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        theme: Theme,
        icons: Icons,
        wide: bool = False,
        none: Callable[[], str] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._wide = wide
        self._none = none
        self._clock = clock
        self._current = ""
        self._state = ListState()
        self._notes: Mapping[str, ModelNotes] | None = None
        self._services: tuple[Sequence[tuple[str, str]], str] = ((), "")
        self._popup: ModelPopup | None = None
        set_kind(self, "secondary")
        self.clicked.connect(self.open_list)
        theme.changed.connect(self.updateGeometry)
        self._retranslate()

    @property
    def current(self) -> str:
        """The id of the model shown."""
        return self._current

    def set_models(
        self,
        models: Sequence[ModelInfo],
        *,
        refreshing: bool = False,
        loaded_at: float | None = None,
        problem: str = "",
    ) -> None:
        """What can be chosen. `refreshing`: a newer list is on its way. `loaded_at`: when this one
        was loaded (seconds since the epoch). `problem`: why no newer one came, as a sentence."""
        self._state = ListState(tuple(models), refreshing, loaded_at, problem)
        if self._popup is not None:
            self._popup.set_state(self._state)
        self._retranslate()

    def set_notes(self, notes: Mapping[str, ModelNotes]) -> None:
        """What is remembered of the service's models, by model id: favourites and last uses."""
        self._notes = dict(notes)
        if self._popup is not None:
            self._popup.set_notes(self._notes)

    def set_services(self, services: Sequence[tuple[str, str]], current: str) -> None:
        """Services as (profile id, name) in the order to show, and the conversation's own."""
        self._services = tuple(services), current
        if self._popup is not None:
            self._popup.set_services(*self._services)

    def set_current(self, model_id: str) -> None:
        """Show a model, listed or not; does not emit `model_chosen`."""
        self._current = model_id
        self._retranslate()

    def open_list(self) -> None:
        """Open the list of models over the window that this button is in."""
        if self._popup is None or self._popup.parent() is not self.window():
            self._popup = self._made_popup()
        self._popup.set_services(*self._services)
        self._popup.set_state(self._state)
        if self._notes is not None:
            self._popup.set_notes(self._notes)
        self._popup.open(self, self._current)
        self.opened.emit()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font(SECONDARY_PX))
        words = (*self._marks(), *self._tags())
        width = metrics.horizontalAdvance(self._shown()) + tags_width(self._theme, words)
        return QSize(width + 2 * SIDE + CHEVRON + 8, metrics.height() + 14)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(90), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        if self._popup is not None:
            self._popup.close_up()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.open_list()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, tokens = self._theme, self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.font(SECONDARY_PX)
        metrics = QFontMetrics(font)
        inside = self.rect().adjusted(SIDE, 0, -SIDE - CHEVRON - 6, 0)
        room = inside.width()
        name = metrics.elidedText(self._shown(), Qt.TextElideMode.ElideMiddle, room)
        painter.setFont(font)
        painter.setPen(tokens.color("text" if self.isEnabled() else "text_3"))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        middle = self.height() / 2
        after = inside.left() + metrics.horizontalAdvance(name)
        limit = inside.right() + 1
        end = paint_tags(painter, theme, self._marks(), after, middle, limit, warning=True)
        paint_tags(painter, theme, self._tags(), end, middle, limit)
        chevron = self._icons.pixmap("chevron-down", tokens.text_2, CHEVRON)
        painter.drawPixmap(self.width() - SIDE - CHEVRON, round(middle - CHEVRON / 2), chevron)
        painter.end()

    def _made_popup(self) -> ModelPopup:
        popup = ModelPopup(self.window(), theme=self._theme, icons=self._icons, clock=self._clock)
        popup.chosen.connect(self._choose)
        popup.closed.connect(self.setFocus)
        popup.favourite_toggled.connect(self.favourite_toggled)
        popup.service_chosen.connect(self.service_chosen)
        self.destroyed.connect(popup.deleteLater)
        return popup

    def _choose(self, model_id: str) -> None:
        self.set_current(model_id)
        self.model_chosen.emit(model_id)

    def _shown(self) -> str:
        return self._current or (self._none() if self._none else self.tr("Choose a model"))

    def _info(self) -> ModelInfo:
        known = (m for m in self._state.models if m.id == self._current)
        return next(known, ModelInfo(self._current))

    def _marks(self) -> tuple[str, ...]:
        info = self._info()
        retired = (self.tr("retired"),) if info.retired else ()
        return (*retired, *marks(info))

    def _tags(self) -> tuple[str, ...]:
        info = self._info()
        if self._wide:
            return ()
        size = (tokens_text(info.context_size),) if info.context_size else ()
        return (*tags(info), *size)

    def _retranslate(self) -> None:
        named = " ".join((self._shown(), *self._marks(), *self._tags()))
        self.setAccessibleName(self.tr("Model: %1").replace("%1", named))
        lines = [line for line in (self._current, explanation(self._info())) if line]
        self.setToolTip(f"<qt>{escape(chr(10).join(lines)).replace(chr(10), '<br>')}</qt>")
        self.updateGeometry()
        self.update()
