"""The Settings tab: pages at the left, found by a word, and the one chosen beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.choice_box import ChoiceBox
from app.kit.widgets.plain_label import PlainLabel

LIST_WIDTH, PAGE_WIDTH, NARROW = 190, 762, 620
"""Below NARROW (zoomed) the list of pages becomes a box to choose from, above the page."""


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """A page and its title in the reader's language; `id` names it for `show_page`."""

    id: str
    title: Callable[[], str]
    widget: QWidget


class SettingsTab(QWidget):
    """Shows the pages given; the search looks at their titles and at every label on them."""

    def __init__(self, *, pages: Sequence[SettingsPage], theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._pages = tuple(pages)
        self._theme = theme
        self._list, self._search = QFrame(), QLineEdit()
        self._rows = [QPushButton() for _ in self._pages]
        self._group = QButtonGroup(self)
        self._box = ChoiceBox(theme=theme, icons=icons)
        self._stack = QStackedWidget()
        self._nothing = PlainLabel()
        self._build()
        self._search.textChanged.connect(self._filter)
        self._search.returnPressed.connect(self._take_first)
        self._group.idClicked.connect(self._show)
        self._box.activated.connect(self._show)
        theme.changed.connect(self._fit)
        self._retranslate()
        self._show(0)

    @property
    def current(self) -> str:
        """The id of the page in front."""
        return self._pages[self._stack.currentIndex()].id

    def show_page(self, page_id: str) -> None:
        """Bring that page to the front."""
        self._show(next(i for i, page in enumerate(self._pages) if page.id == page_id))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _build(self) -> None:
        set_kind(self, "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_kind(self._list, "settings-list")
        self._group.setExclusive(True)
        set_kind(self._nothing, "caption")
        column = QVBoxLayout(self._list)
        column.setContentsMargins(10, 18, 10, 12)
        column.setSpacing(2)
        column.addWidget(self._search)
        column.addSpacing(8)
        for place, (row, page) in enumerate(zip(self._rows, self._pages, strict=True)):
            row.setCheckable(True)
            set_kind(row, "row")
            self._group.addButton(row, place)
            self._box.addItem("")
            self._stack.addWidget(_scrolled(page.widget))
            column.addWidget(row)
        column.addWidget(self._nothing)
        column.addStretch(1)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 0)
        head.addWidget(self._box, 1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(head)
        right.addWidget(self._stack, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._list)
        outer.addLayout(right, 1)

    def _fit(self) -> None:
        narrow = self.width() < self._theme.px(NARROW)
        self._list.setVisible(not narrow)
        self._list.setFixedWidth(self._theme.px(LIST_WIDTH))
        self._box.setVisible(narrow)
        side = 16 if narrow else 40
        for place in range(self._stack.count()):
            layout = _inside(self._stack.widget(place)).layout()
            assert layout is not None
            layout.setContentsMargins(side, 16 if narrow else 26, side, 24)

    def _show(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self._rows[place].setChecked(True)
        self._box.setCurrentIndex(place)

    def _filter(self, typed: str) -> None:
        wanted = typed.casefold().split()
        found = 0
        for row, page in zip(self._rows, self._pages, strict=True):
            text = _words_on(page).casefold()
            fits = all(word in text for word in wanted)
            row.setVisible(fits)
            found += fits
        self._nothing.setVisible(not found)

    def _take_first(self) -> None:
        for place, row in enumerate(self._rows):
            if not row.isHidden():
                self._show(place)
                return

    def _retranslate(self) -> None:
        self._search.setPlaceholderText(self.tr("Search settings"))
        self._search.setAccessibleName(self.tr("Search settings"))
        self._box.setAccessibleName(self.tr("Settings page"))
        self._nothing.setText(self.tr("Nothing found."))
        for place, page in enumerate(self._pages):
            title = page.title()
            self._rows[place].setText(title.replace("&", "&&"))
            self._rows[place].setAccessibleName(title)
            self._box.setItemText(place, title)
        self._filter(self._search.text())


def _scrolled(page: QWidget) -> QScrollArea:
    """The page at its reading width, at the left, in an area that scrolls."""
    inside = QWidget()
    row = QHBoxLayout(inside)
    page.setMaximumWidth(PAGE_WIDTH)
    row.addWidget(page, 1)
    row.addStretch(0)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


def _inside(area: QWidget | None) -> QWidget:
    assert isinstance(area, QScrollArea)
    inside = area.widget()
    assert inside is not None
    return inside


def _words_on(page: SettingsPage) -> str:
    """All that a page says: its title, labels, buttons and choices."""
    words = [page.title()]
    words += [label.text() for label in page.widget.findChildren(QLabel)]
    words += [button.text() for button in page.widget.findChildren(QAbstractButton)]
    for box in page.widget.findChildren(QComboBox):
        words += [box.itemText(row) for row in range(box.count())]
    return "\n".join(words)
