"""A picture at its full size, exactly the bytes that are sent; one not sent yet can be changed.

What is cut off, turned or blacked out is shown at once and handed on as `Edits`; whoever takes
them makes the picture anew, so that what was covered is gone, not hidden.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QMouseEvent, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.core.picture import NO_EDITS, Edits
from app.features.images.edit_history import EditHistory
from app.features.images.edited import edited_image
from app.features.images.picture_source import PictureSource
from app.features.images.region_box import FAR, RegionBox
from app.features.images.viewer_text import ViewerText
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.banner import Banner
from app.kit.widgets.picture_view import PictureView
from app.kit.widgets.plain_label import PlainLabel

ICON = 18
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
"""With one of these a letter means something else."""


class Tool(Enum):
    """What a region is drawn for."""

    CROP = auto()
    BLACK_OUT = auto()


class ImageViewer(QDialog):
    """Opens fitted; + and −, the wheel, 0 for fit, 1 for 100 %, Esc closes and ends it.

    With an `original`: C cuts off, B blacks out (drag, or arrows with Shift and Alt, then Enter),
    R and Shift+R turn, Ctrl+Z takes back. `image` is what is sent; `original` is the picture as it
    came, and `edits` what was done to it so far. `edited` carries what is done now when Done is
    pressed.

    With a `source` its words can be selected where they stand: see `ViewerText`.
    """

    edited = Signal(object)  # Edits

    def __init__(
        self,
        image: QImage,
        *,
        theme: Theme,
        icons: Icons,
        original: QImage | None = None,
        edits: Edits = NO_EDITS,
        source: PictureSource | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._icons = theme, icons
        self._sent = image
        self._original = original if original is not None else image
        self._history = EditHistory(self._original.width(), self._original.height(), edits)
        self._editable = original is not None
        self._is_sent = True
        self._tool: Tool | None = None
        self._region: RegionBox | None = None
        self._view = PictureView(theme=theme)
        size = (self._original.width(), self._original.height())
        self._text = ViewerText(
            self._view, source=source, original=size, theme=theme, icons=icons, parent=self
        )
        self._facts = PlainLabel()
        self._banner = Banner()
        self._fit_button, self._full_button = QPushButton(), QPushButton()
        self._done_button = QPushButton()
        self._tools: dict[str, QToolButton] = {}
        self._doing: dict[str, Callable[[], None]] = {
            "crop": lambda: self.take_tool(Tool.CROP),
            "black-out": lambda: self.take_tool(Tool.BLACK_OUT),
            "turn-left": lambda: self.turn(-1),
            "turn-right": lambda: self.turn(1),
            "undo": self.undo,
            "redo": self.redo,
        }
        self._lay_out()
        self._view.installEventFilter(self)
        self._view.viewport().installEventFilter(self)
        self._view.scale_changed.connect(self._show_facts)
        theme.changed.connect(self._restyle)
        self._show_picture()
        self._text.look_up()
        self._restyle()
        self._retranslate()
        self._view.setFocus()

    @property
    def scale(self) -> float:
        """The screen's own pixels for a picture's pixel."""
        return self._view.scale_now

    @property
    def shown(self) -> QImage:
        """The picture as it stands."""
        return self._sent if self._is_sent else edited_image(self._original, self._history.now)

    # Changing

    def take_tool(self, tool: Tool) -> None:
        """Draw a region for something; the same tool again puts it away."""
        again = tool is self._tool
        self._put_away()
        if again:
            return
        self._show_changed()
        width, height = self._history.size
        ink = self._theme.tokens.color("accent")
        self._tool = tool
        self._text.words.set_active(False)
        self._region = RegionBox(width, height, ink, dims=tool is Tool.CROP)
        self._view.scene().addItem(self._region)
        self._view.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self._show_tools()

    def turn(self, quarters: int) -> None:
        self._put_away()
        self._history.turn(quarters)
        self._show_changed()

    def undo(self) -> None:
        self._put_away()
        self._history.undo()
        self._show_changed()

    def redo(self) -> None:
        self._put_away()
        self._history.redo()
        self._show_changed()

    def apply_region(self) -> None:
        """Do with the region what it was drawn for."""
        tool, region = self._tool, self._region
        if region is None:
            return
        seen = region.region
        self._put_away()
        if tool is Tool.CROP:
            self._history.crop(seen)
        else:
            self._history.black_out(seen)
        self._show_picture()

    def done(self, result: int) -> None:
        """Hand on what was done, where it was meant."""
        if result == QDialog.DialogCode.Accepted and self._history.changed:
            self.edited.emit(self._history.now)
        self._text.cancel()
        super().done(result)

    def reject(self) -> None:
        """Close; changes that would be lost are asked about once."""
        if self._region is not None:
            self._put_away()
        elif self._text.words.clear():
            return
        elif not self._history.changed or self._banner.isVisible():
            super().reject()
        else:
            text = self.tr("The picture was changed.")
            actions = (
                (self.tr("Use it so"), self.accept),
                (self.tr("Discard the changes"), super().reject),
            )
            self._banner.say(text, actions)

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._text.key(event) or (self._editable and self._edit_by_key(event)):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._editable:
                self.accept()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        else:
            self._view.keyPressEvent(event)

    def _edit_by_key(self, event: QKeyEvent) -> bool:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo()
        elif self._region is not None and key in ARROWS:
            x, y = (step * (FAR if shift else 1) for step in ARROWS[Qt.Key(key)])
            stretch = event.modifiers() & Qt.KeyboardModifier.AltModifier
            (self._region.stretch_by if stretch else self._region.move_by)(x, y)
            self._show_facts()
        elif self._region is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.apply_region()
        elif event.modifiers() & COMMAND:
            return False
        elif key == Qt.Key.Key_C:
            self.take_tool(Tool.CROP)
        elif key == Qt.Key.Key_B:
            self.take_tool(Tool.BLACK_OUT)
        elif key == Qt.Key.Key_R:
            self.turn(-1 if shift else 1)
        else:
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Draw with the pointer while there is something to draw; keys are the viewer's first."""
        if watched is self._view and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                self.keyPressEvent(event)
            return event.type() == QEvent.Type.KeyPress
        if self._region is None or not isinstance(event, QMouseEvent):
            return False
        if event.type() == QEvent.Type.MouseMove and not event.buttons():
            return False
        point = self._view.to_picture(event.position())
        if event.type() == QEvent.Type.MouseButtonPress:
            self._region.begin(point)
        elif event.type() == QEvent.Type.MouseMove:
            self._region.draw_to(point)
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._region.draw_to(point)
            if self._tool is Tool.BLACK_OUT:
                self.apply_region()
                self.take_tool(Tool.BLACK_OUT)  # mostly there is more than one
        elif event.type() == QEvent.Type.MouseButtonDblClick:
            self.apply_region()
        self._show_facts()
        return True

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    # Within

    def _lay_out(self) -> None:
        set_kind(self, "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_kind(self._facts, "caption")
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 8)
        bar.setSpacing(6)
        bar.addWidget(self._facts)
        bar.addStretch(1)
        for name, act in self._doing.items() if self._editable else ():
            button = self._tools[name] = QToolButton()
            set_kind(button, "icon")
            button.setCheckable(name in ("crop", "black-out"))
            button.clicked.connect(act)
            bar.addWidget(button)
        for view_button, act in (
            (self._fit_button, self._view.fit),
            (self._full_button, self._view.full_size),
        ):
            set_kind(view_button, "secondary")
            view_button.setAutoDefault(False)
            view_button.clicked.connect(act)
            bar.addWidget(view_button)
        set_kind(self._done_button, "primary")
        self._done_button.setAutoDefault(False)
        self._done_button.setVisible(self._editable)
        self._done_button.clicked.connect(self._finish)
        bar.addWidget(self._done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self._banner)
        column.addWidget(self._view, 1)
        column.addWidget(self._text.bar)
        self.resize(980, 720)

    def _finish(self) -> None:
        """What is marked is meant: a crop as it stands, a black-out that was moved by keys."""
        marked = self._region is not None and self._region.touched
        if self._tool is Tool.CROP or marked:
            self.apply_region()
        self.accept()

    def _put_away(self) -> None:
        """No region any more."""
        if self._region is not None:
            self._view.scene().removeItem(self._region)
        self._region = self._tool = None
        self._text.words.set_active(True)
        self._view.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        self._show_tools()

    def _show_changed(self) -> None:
        """From now on it is the original that is looked at, with what is done to it."""
        self._is_sent = False
        self._show_picture()

    def _show_picture(self) -> None:
        shown = self.shown
        self._banner.say("")
        self._view.show_pixmap(QPixmap.fromImage(shown))
        self._text.show_picture(shown, self._history.now, sent=self._is_sent)
        self._show_tools()

    def _show_tools(self) -> None:
        for name, tool in (("crop", Tool.CROP), ("black-out", Tool.BLACK_OUT)):
            if name in self._tools:
                self._tools[name].setChecked(self._tool is tool)
        if self._tools:
            self._tools["undo"].setEnabled(self._history.can_undo)
            self._tools["redo"].setEnabled(self._history.can_redo)
        self._show_facts()

    def _show_facts(self) -> None:
        shown = self._view.pixmap.size()
        width, height = shown.width(), shown.height()
        text = f"{width} × {height} · {round(self.scale * 100)} %"
        if self._region is not None:
            region = self._region.region
            marked = self.tr("marked: %1").replace("%1", f"{region.width} × {region.height}")
            text = f"{text} · {marked}"
        self._facts.setText(text)

    def _restyle(self) -> None:
        size = self._theme.px(ICON)
        for name, button in self._tools.items():
            button.setIcon(self._icons.icon(name, self._theme.tokens.text_2, size))
            button.setIconSize(QSize(size, size))

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Picture"))
        self._fit_button.setText(self.tr("Fit"))
        self._full_button.setText(self.tr("100 %"))
        self._done_button.setText(self.tr("Done"))
        words = {
            "crop": self.tr("Crop (C)"),
            "black-out": self.tr("Black out (B)"),
            "turn-left": self.tr("Turn left (Shift+R)"),
            "turn-right": self.tr("Turn right (R)"),
            "undo": self.tr("Undo (Ctrl+Z)"),
            "redo": self.tr("Redo (Ctrl+Shift+Z)"),
        }
        for name, button in self._tools.items():
            button.setToolTip(words[name])
            button.setAccessibleName(words[name].rsplit(" (", 1)[0])
        self._view.setAccessibleName(self.tr("Picture"))
        self._show_tools()
