"""The strip of tabs: drag to reorder, close by cross or middle button, + for a new one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QTabBar, QToolButton, QWidget

from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import SECONDARY_PX, Theme

HEIGHT = 40
TAB_WIDTH = 200
LEFT, RIGHT, ICON_GAP = 13, 33, 4
"""What stands in a tab beside its title: the edge, the cross with room round it, a dot's gap."""
CROSS = QSize(26, 18)


class _Bar(QTabBar):
    """Qt's tab bar with bounded widths, and the middle button."""

    middle_clicked = Signal(int)

    def tabSizeHint(self, index: int) -> QSize:
        # Exactly what the title needs: Qt centres it, and it shall begin at the left.
        font = self.font()
        font.setWeight(QFont.Weight.Medium)
        title = QFontMetrics(font).size(Qt.TextFlag.TextShowMnemonic, self.tabText(index)).width()
        dot = 0 if self.tabIcon(index).isNull() else self.iconSize().width() + ICON_GAP
        return QSize(min(LEFT + dot + title + RIGHT, TAB_WIDTH), HEIGHT - 5)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return QSize(min(90, self.tabSizeHint(index).width()), HEIGHT - 5)

    def minimumSizeHint(self) -> QSize:
        # Qt asks for room for scroll buttons even where all tabs need less.
        return super().minimumSizeHint().boundedTo(self.sizeHint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self.tabAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.MiddleButton and place >= 0:
            self.middle_clicked.emit(place)
            return
        super().mouseReleaseEvent(event)


class TabStrip(QFrame):
    """Shows tabs by the keys they were added with; knows nothing of what they hold."""

    chosen = Signal(str)
    close_requested = Signal(str)
    new_requested = Signal()
    moved = Signal()

    def __init__(self, *, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._bar = _Bar()
        self._new = QToolButton()
        self._quiet = False
        self.setFixedHeight(HEIGHT)
        set_kind(self, "tabs")
        self._bar.setMovable(True)
        self._bar.setTabsClosable(False)
        self._bar.setExpanding(False)
        self._bar.setDrawBase(False)
        self._bar.setUsesScrollButtons(True)
        self._bar.setElideMode(Qt.TextElideMode.ElideRight)
        self._bar.setIconSize(QSize(9, 9))
        self._bar.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        set_kind(self._new, "icon")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 5, 8, 0)
        layout.setSpacing(4)
        layout.addWidget(self._bar)
        layout.addWidget(self._new, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(1)
        self._bar.currentChanged.connect(self._tell_chosen)
        self._bar.tabMoved.connect(lambda _from, _to: self.moved.emit())
        self._bar.middle_clicked.connect(lambda i: self.close_requested.emit(self.order()[i]))
        self._new.clicked.connect(self.new_requested)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    def order(self) -> tuple[str, ...]:
        """The tabs' keys, left to right."""
        return tuple(self._bar.tabData(i) for i in range(self._bar.count()))

    def current(self) -> str:
        place = self._bar.currentIndex()
        return str(self._bar.tabData(place)) if place >= 0 else ""

    def add(self, key: str, title: str, *, at: int = -1) -> None:
        self._quiet = True
        place = self._bar.insertTab(at if at >= 0 else self._bar.count(), title)
        self._bar.setTabData(place, key)
        self._bar.setTabButton(
            place, QTabBar.ButtonPosition.RightSide, self._close_button(key, title)
        )
        self._quiet = False

    def remove(self, key: str) -> None:
        self._quiet = True
        self._bar.removeTab(self.order().index(key))
        self._quiet = False

    def choose(self, key: str) -> None:
        """Bring a tab to the front, and say so."""
        if self.current() == key:
            self.chosen.emit(key)
        else:
            self._bar.setCurrentIndex(self.order().index(key))

    def set_title(self, key: str, title: str) -> None:
        place = self.order().index(key)
        self._bar.setTabText(place, title.replace("&", "&&"))
        self._bar.setTabToolTip(place, "")
        button = self._bar.tabButton(place, QTabBar.ButtonPosition.RightSide)
        button.setAccessibleName(self.tr("Close %1").replace("%1", title))

    def set_marked(self, key: str, marked: bool) -> None:
        """A dot before the title: an answer is on its way, or waits unread."""
        place = self.order().index(key)
        if marked == self._bar.tabIcon(place).isNull():
            self._bar.setTabIcon(place, _dot(self._theme) if marked else QIcon())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._bar.setAccessibleName(self.tr("Tabs"))
        self._new.setAccessibleName(self.tr("New tab"))
        self._new.setToolTip(self.tr("New tab (Ctrl+T)"))

    def _tell_chosen(self, place: int) -> None:
        if not self._quiet and place >= 0:
            self.chosen.emit(str(self._bar.tabData(place)))

    def _close_button(self, key: str, title: str) -> QWidget:
        button = QToolButton()
        set_kind(button, "icon")
        button.setIcon(self._icons.icon("close", self._theme.tokens.text_2, 12))
        button.setIconSize(QSize(12, 12))
        button.setFixedSize(CROSS)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(self.tr("Close %1").replace("%1", title))
        button.clicked.connect(lambda: self.close_requested.emit(key))
        return button

    def _restyle(self) -> None:
        t = self._theme.tokens
        size = self._theme.px(SECONDARY_PX)
        self.setStyleSheet(
            f"QFrame[kind='tabs'] {{ background: {t.sidebar};"
            f" border-bottom: 1px solid {t.line}; }}"
            f"QTabBar {{ background: transparent; font-size: {size}px; border: none; }}"
            f"QTabBar::tab {{ color: {t.text_2}; padding: 0 0 0 12px; margin-right: 2px;"
            f" border: 1px solid transparent; border-top-left-radius: 8px;"
            f" border-top-right-radius: 8px; background: transparent; }}"
            f"QTabBar::tab:hover {{ color: {t.text}; }}"
            f"QTabBar::tab:selected {{ background: {t.canvas}; color: {t.text};"
            f" border-color: {t.line}; border-bottom-color: {t.canvas}; font-weight: 500; }}"
            "QToolButton { border: none; padding: 2px; }"
            "QTabBar QToolButton[kind='icon'] { margin-right: 8px; border-radius: 4px; }"
        )
        self._new.setIcon(self._icons.icon("plus", t.text_2))
        for place in range(self._bar.count()):
            button = self._bar.tabButton(place, QTabBar.ButtonPosition.RightSide)
            if isinstance(button, QToolButton):
                button.setIcon(self._icons.icon("close", t.text_2, 12))
            if not self._bar.tabIcon(place).isNull():
                self._bar.setTabIcon(place, _dot(self._theme))


def _dot(theme: Theme) -> QIcon:
    pixmap = QPixmap(18, 18)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.tokens.color("accent"))
    painter.drawEllipse(QRectF(1, 1, 7, 7))
    painter.end()
    return QIcon(pixmap)
