"""The button that names the model in use, with its tags, and opens the list of models."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from app.core.model_info import ModelInfo
from app.features.models.describe import tags, tokens_text
from app.features.models.model_popup import ModelPopup
from app.features.models.tag_paint import paint_tags, tags_width
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import SECONDARY_PX, Theme

SIDE, CHEVRON = 11, 12


class ModelPicker(QPushButton):
    """Shows `current`; what is not in the list of models can still be typed and used.

    `opened` asks whoever owns the list to refresh it. `wide` lets it fill its row, as in a form.
    """

    model_chosen = Signal(str)
    opened = Signal()

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        theme: Theme,
        icons: Icons,
        wide: bool = False,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._wide = wide
        self._current = ""
        self._models: tuple[ModelInfo, ...] = ()
        self._refreshing = False
        self._popup: ModelPopup | None = None
        set_kind(self, "secondary")
        self.clicked.connect(self.open_list)
        theme.changed.connect(self.updateGeometry)
        self._retranslate()

    @property
    def current(self) -> str:
        """The id of the model shown."""
        return self._current

    def set_models(self, models: Sequence[ModelInfo], *, refreshing: bool = False) -> None:
        """What can be chosen; `refreshing` says that a newer list is on its way."""
        self._models = tuple(models)
        self._refreshing = refreshing
        if self._popup is not None:
            self._popup.set_models(self._models, refreshing=refreshing)
        self._retranslate()

    def set_current(self, model_id: str) -> None:
        """Show a model, listed or not; does not emit `model_chosen`."""
        self._current = model_id
        self._retranslate()

    def open_list(self) -> None:
        """Open the list of models over the window that this button is in."""
        if self._popup is None or self._popup.parent() is not self.window():
            self._popup = ModelPopup(self.window(), theme=self._theme)
            self._popup.chosen.connect(self._choose)
            self._popup.closed.connect(self.setFocus)
            self.destroyed.connect(self._popup.deleteLater)
        self._popup.set_models(self._models, refreshing=self._refreshing)
        self._popup.open(self, self._current)
        self.opened.emit()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font(SECONDARY_PX))
        width = metrics.horizontalAdvance(self._shown()) + tags_width(self._theme, self._tags())
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
        paint_tags(painter, theme, self._tags(), after, middle, inside.right() + 1)
        chevron = self._icons.pixmap("chevron-down", tokens.text_2, CHEVRON)
        painter.drawPixmap(self.width() - SIDE - CHEVRON, round(middle - CHEVRON / 2), chevron)
        painter.end()

    def _choose(self, model_id: str) -> None:
        self.set_current(model_id)
        self.model_chosen.emit(model_id)

    def _shown(self) -> str:
        return self._current or self.tr("Choose a model")

    def _info(self) -> ModelInfo | None:
        return next((m for m in self._models if m.id == self._current), None)

    def _tags(self) -> tuple[str, ...]:
        info = self._info()
        if info is None or self._wide:
            return ()
        size = (tokens_text(info.context_size),) if info.context_size else ()
        return (*tags(info), *size)

    def _retranslate(self) -> None:
        words = self.tr("Model: %1").replace("%1", " ".join((self._shown(), *self._tags())))
        self.setAccessibleName(words)
        self.setToolTip(self._current)
        self.updateGeometry()
        self.update()
