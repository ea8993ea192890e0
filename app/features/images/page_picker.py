"""The page picker: which pages of a document go along, each as text or as a picture.

Nothing is attached before it is shown and counted here: pages as they look, the text that goes,
characters, pixels and about how many tokens.
"""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.documents import Pages
from app.core.errors import ImageError
from app.core.pages import PageForm, page_words, parse_pages
from app.features.images.page_beside import PageBeside
from app.features.images.page_delegate import PageDelegate
from app.features.images.page_model import PageModel
from app.features.images.page_words import sums_words
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.tasks import TaskScope, in_thread
from app.kit.theme import Theme
from app.kit.widgets.plain_label import PlainLabel

ALL_AT_FIRST = 20
"""A document of no more pages has all of them chosen when it is opened."""
MOST_PICTURES = 100
"""Pages that go as pictures at a time: more would fill any model's context."""
SUMS_MS = 150
"""How long the sums may lag behind the reading."""
ROOM_AROUND = QSize(48, 48)
"""Pixels of the window that stay seen around it."""
TEXT_BESIDE = 640
"""Pixels of width from which the text of the page in question stands beside the pages."""


class PagePicker(QDialog):
    """Accepted, `model` says what was picked. `price`: USD per million tokens, None if unknown."""

    picked = Signal()

    def __init__(
        self,
        pages: Pages,
        *,
        price: float | None = None,
        theme: Theme,
        icons: Icons,
        scope: TaskScope,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._pages, self._price, self._theme = pages, price, theme
        self.model = PageModel(pages.sizes)
        self._wake = asyncio.Event()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SUMS_MS)
        self._soon.timeout.connect(self._show_read)
        self._range = QLineEdit()
        self._problem = PlainLabel()
        self._all, self._none = QPushButton(), QPushButton()
        self._as_text, self._as_pictures = QPushButton(), QPushButton()
        self._view, self._beside = QListView(), PageBeside(pages, theme)
        self._sums = PlainLabel()
        self._attach, self._leave = QPushButton(), QPushButton()
        self._lay_out()
        self._furnish(icons)
        few = range(1, self.model.count + 1) if self.model.count <= ALL_AT_FIRST else ()
        self.model.choose(few)
        self._view.setCurrentIndex(self.model.index(0))
        self._range.setText(page_words(self.model.chosen))
        self._retranslate()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._reading = scope.start(self._read(), name="read pages")
        self.finished.connect(self._reading.cancel)
        self.destroyed.connect(self._reading.cancel)
        self._view.setFocus()
        self.resize(self.sizeHint().boundedTo(parent.window().size() - ROOM_AROUND))

    @property
    def attach_button(self) -> QPushButton:
        return self._attach

    @property
    def range_field(self) -> QLineEdit:
        return self._range

    @property
    def view(self) -> QListView:
        return self._view

    @property
    def beside(self) -> PageBeside:
        return self._beside

    @property
    def said(self) -> str:
        """The sums, in words."""
        return self._sums.text()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(880), self._theme.px(620))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and T are for the page in question; Enter attaches wherever one is."""
        page = self._view.currentIndex().row() + 1
        match event.key():
            case Qt.Key.Key_Space if page:
                self.model.toggle(page)
            case Qt.Key.Key_T if page:
                self.model.other_form(page)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._attach.click()
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wake.set()
        self._beside.setVisible(self.width() >= self._theme.px(TEXT_BESIDE))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    # Within

    def _lay_out(self) -> None:
        choosing = QHBoxLayout()
        choosing.setSpacing(6)
        choosing.addWidget(self._range, 1)
        for button in (self._all, self._none, self._as_text, self._as_pictures):
            choosing.addWidget(button)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self._view, 3)
        middle.addWidget(self._beside, 2)
        end = QHBoxLayout()
        end.setSpacing(8)
        end.addStretch(1)
        end.addWidget(self._leave)
        end.addWidget(self._attach)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addLayout(choosing)
        column.addWidget(self._problem)
        column.addLayout(middle, 1)
        column.addWidget(self._sums)
        column.addLayout(end)

    def _furnish(self, icons: Icons) -> None:
        set_kind(self, "canvas")
        set_kind(self._problem, "warning-caption")
        set_kind(self._sums, "secondary")
        set_kind(self._attach, "primary")
        set_kind(self._leave, "secondary")
        for button in (self._all, self._none, self._as_text, self._as_pictures):
            set_kind(button, "ghost")
            button.setAutoDefault(False)
        self._leave.setAutoDefault(False)
        self._attach.setDefault(True)
        self._sums.setWordWrap(True)
        self._problem.hide()
        self._beside.outdated.connect(self._wake.set)
        view, model = self._view, self.model
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setViewMode(QListView.ViewMode.IconMode)
        view.setMovement(QListView.Movement.Static)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        view.setModel(model)
        view.setItemDelegate(PageDelegate(view, model, self._theme, icons))
        view.selectionModel().currentChanged.connect(self._show_text)
        view.verticalScrollBar().valueChanged.connect(self._wake.set)
        view.installEventFilter(self)
        model.sums_changed.connect(self._sums_changed)
        self._theme.changed.connect(view.doItemsLayout)
        self._range.textEdited.connect(self._range_edited)
        self._all.clicked.connect(lambda: self._choose(range(1, model.count + 1)))
        self._none.clicked.connect(lambda: self._choose(()))
        self._as_text.clicked.connect(lambda: model.set_form(model.chosen, PageForm.TEXT))
        self._as_pictures.clicked.connect(lambda: model.set_form(model.chosen, PageForm.PICTURE))
        self._leave.clicked.connect(self.reject)
        self._attach.clicked.connect(self._accept)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """The view takes letters for a search, Enter for an edit: both are ours."""
        if watched is self._view and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if (
                event.key() == Qt.Key.Key_A
                and event.modifiers() == Qt.KeyboardModifier.ControlModifier
            ):
                self._choose(range(1, self.model.count + 1))
                return True
            if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_T, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.keyPressEvent(event)
                return True
        elif watched is self._view and event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._wake.set)
        return False

    def _choose(self, numbers: range | tuple[int, ...]) -> None:
        self.model.choose(numbers)

    def _range_edited(self, words: str) -> None:
        numbers = parse_pages(words, self.model.count)
        self._problem.setVisible(numbers is None)
        if numbers is not None:
            self.model.choose(numbers)

    def _accept(self) -> None:
        sums = self.model.sums()
        if sums.pages and not sums.unread and sums.pictures <= MOST_PICTURES:
            self.accept()
            self.picked.emit()

    def _sums_changed(self) -> None:
        self._wake.set()
        differs = parse_pages(self._range.text(), self.model.count) != self.model.chosen
        if differs and not (self._range.hasFocus() and self._problem.isVisible()):
            self._range.setText(page_words(self.model.chosen))
            self._problem.hide()
        self._show_sums()
        self._show_text(self._view.currentIndex())

    def _show_sums(self) -> None:
        sums = self.model.sums()
        said = sums_words(sums, self.model.count, self._price)
        if sums.pictures > MOST_PICTURES:
            most = self.tr("At most %1 pages go as pictures at a time.")
            said = f"{said}. {most.replace('%1', str(MOST_PICTURES))}"
        self._sums.setText(said)
        ready = sums.pages and not sums.unread and sums.pictures <= MOST_PICTURES
        self._attach.setEnabled(bool(ready))
        for button in (self._as_text, self._as_pictures):
            button.setEnabled(bool(sums.pages))

    def _show_text(self, current: QModelIndex) -> None:
        number = current.row() + 1
        if not number:
            return
        picture = self.model.form(number) is PageForm.PICTURE
        self._beside.show_page(number, None if picture else self.model.text(number) or "")

    # Reading

    async def _read(self) -> None:
        """What is seen first, then the text of all pages; then wait for the next to be seen."""
        while True:
            self._wake.clear()
            if (number := self._next_seen()) is not None:
                self.model.set_image(number, await self._image(number))
            elif number := self._beside.undrawn():
                await self._beside.draw(number)
            elif (number := self.model.next_unread()) is not None:
                self.model.set_texts(number, await self._texts(number))
                self._texts_came()
            else:
                await self._wake.wait()

    def _texts_came(self) -> None:
        """Sums over thousands of pages are not made anew for every few that are read."""
        if self.model.next_unread() is None:
            self._show_read()
        elif not self._soon.isActive():
            self._soon.start()

    def _show_read(self) -> None:
        self._soon.stop()
        self._show_sums()
        self._show_text(self._view.currentIndex())

    async def _image(self, number: int) -> QImage:
        try:
            return await in_thread(QImage.fromData, await self._pages.thumbnail(number))
        except ImageError:
            return QImage()  # its tile stays blank: as text it may still go

    async def _texts(self, number: int) -> list[str]:
        """Of this page and those after it that are not read. What cannot be read has no text."""
        end = number + 1
        while end <= self.model.count and self.model.text(end) is None:
            end += 1
        try:
            return list(await self._pages.texts(range(number, end)))
        except ImageError:
            return [""]

    def _next_seen(self) -> int | None:
        """The first page on the screen that has no picture yet."""
        if not self.isVisible():
            return None
        area = self._view.viewport().rect()
        step = self._view.visualRect(self.model.index(0)).size()
        if step.isEmpty():
            return None
        across = max(1, area.width() // step.width())
        above = self._view.verticalScrollBar().value() // step.height() * across
        rows = area.height() // step.height() + 2
        seen = range(above, min(self.model.count, above + rows * across))
        return next((row + 1 for row in seen if not self.model.has_image(row + 1)), None)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Pages of %1").replace("%1", self._pages.name))
        self._range.setPlaceholderText(self.tr("Pages, such as 1-3, 7"))
        self._range.setAccessibleName(self.tr("Pages to attach"))
        self._problem.setText(
            self.tr("Pages from 1 to %1, such as 1-3, 7").replace("%1", f"{self.model.count:,}")
        )
        self._all.setText(self.tr("All"))
        self._none.setText(self.tr("None"))
        self._as_text.setText(self.tr("As text"))
        self._as_text.setToolTip(self.tr("The chosen pages go as text, where they have any (T)"))
        self._as_pictures.setText(self.tr("As pictures"))
        self._as_pictures.setToolTip(self.tr("The chosen pages go as pictures (T)"))
        self._view.setAccessibleName(self.tr("Pages"))
        self._attach.setText(self.tr("Attach"))
        self._leave.setText(self.tr("Cancel"))
        self._show_sums()
        self._show_text(self._view.currentIndex())
