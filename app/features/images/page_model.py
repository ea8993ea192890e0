"""The pages of a document that a person picks from: which are chosen, how each goes, the sums."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QImage

from app.core.documents import PageSize
from app.core.message import ImagePart
from app.core.pages import PageForm, PickedPage
from app.core.text_tokens import estimated_text_tokens
from app.features.images.page_words import page_name
from app.features.images.tokens import estimated_tokens

Index = QModelIndex | QPersistentModelIndex
KEPT = 300
"""Small pictures that are kept; those of pages further away are made again."""
LEAST_WORDS = 16
"""A page with fewer letters than that is a scan, and goes as a picture if nothing else is said."""

BEGIN = 500
"""Characters of a page that are looked through for letters."""


class PageRole(IntEnum):
    """What the delegate asks for."""

    CHOSEN = Qt.ItemDataRole.UserRole + 1
    FORM = Qt.ItemDataRole.UserRole + 2
    PICTURE = Qt.ItemDataRole.UserRole + 3
    TEXT = Qt.ItemDataRole.UserRole + 4
    SIZE = Qt.ItemDataRole.UserRole + 5


@dataclass(frozen=True, slots=True)
class PageSums:
    """What the chosen pages come to. `unread`: chosen, and their text is not there yet."""

    pages: int = 0
    texts: int = 0
    pictures: int = 0
    characters: int = 0
    pixels: int = 0
    tokens: int = 0
    unread: int = 0


class PageModel(QAbstractListModel):
    """A row for each page; pages count from 1, rows from 0."""

    sums_changed = Signal()

    def __init__(self, sizes: Sequence[PageSize]) -> None:
        super().__init__()
        self._sizes = sizes
        self._chosen: set[int] = set()
        self._forms: dict[int, PageForm] = {}
        self._texts: dict[int, str] = {}
        self._tokens: dict[int, int] = {}
        self._blank: set[int] = set()
        self._worded: set[int] = set()
        self._images: OrderedDict[int, QImage] = OrderedDict()

    @property
    def count(self) -> int:
        return len(self._sizes)

    @property
    def chosen(self) -> tuple[int, ...]:
        return tuple(sorted(self._chosen))

    def choose(self, numbers: Iterable[int]) -> None:
        """These, and no others."""
        self._chosen = set(numbers)
        self._all_changed()

    def toggle(self, number: int) -> None:
        self._chosen ^= {number}
        self._changed(number)

    def form(self, number: int) -> PageForm:
        """As it was chosen; else text where there is enough of it, or it is not read yet."""
        if number in self._blank:
            return PageForm.PICTURE
        if number in self._forms:
            return self._forms[number]
        enough = number in self._worded or number not in self._texts
        return PageForm.TEXT if enough else PageForm.PICTURE

    def set_form(self, numbers: Iterable[int], form: PageForm) -> None:
        """A page without text stays a picture."""
        self._forms |= dict.fromkeys(numbers, form)
        self._all_changed()

    def other_form(self, number: int) -> None:
        text = self.form(number) is PageForm.TEXT
        self._forms[number] = PageForm.PICTURE if text else PageForm.TEXT
        self._changed(number)

    def text(self, number: int) -> str | None:
        """None while it is not read."""
        return self._texts.get(number)

    def set_texts(self, first: int, texts: Sequence[str]) -> None:
        """The texts of pages that follow each other. They come often: the sums are left to ask."""
        for number, text in enumerate(texts, first):
            self._texts[number] = text
            self._tokens[number] = estimated_text_tokens(text)
            if not text.strip():
                self._blank.add(number)
            if sum(char.isalnum() for char in text[:BEGIN]) >= LEAST_WORDS:
                self._worded.add(number)
        rows = self.index(first - 1), self.index(first + len(texts) - 2)
        self.dataChanged.emit(*rows)

    def has_image(self, number: int) -> bool:
        return number in self._images

    def set_image(self, number: int, image: QImage) -> None:
        """A page as a small picture; a null one: it cannot be drawn."""
        self._images[number] = image
        while len(self._images) > KEPT:
            self._images.popitem(last=False)
        self.dataChanged.emit(self.index(number - 1), self.index(number - 1))

    def next_unread(self) -> int | None:
        """The first page whose text is not there: of those chosen, then of all."""
        pages = (*self.chosen, *range(1, self.count + 1))
        return next((page for page in pages if page not in self._texts), None)

    def picked(self) -> tuple[PickedPage, ...]:
        """What is chosen, in order."""
        return tuple(PickedPage(number, self.form(number)) for number in self.chosen)

    def sums(self) -> PageSums:
        picked = self.picked()
        texts = [page.number for page in picked if page.form is PageForm.TEXT]
        sizes = [self._sizes[p.number - 1] for p in picked if p.form is PageForm.PICTURE]
        drawn = [ImagePart("", width=size.width, height=size.height) for size in sizes]
        return PageSums(
            pages=len(picked),
            texts=len(texts),
            pictures=len(sizes),
            characters=sum(len(self._texts.get(number, "")) for number in texts),
            pixels=sum(size.width * size.height for size in sizes),
            tokens=sum(self._tokens.get(number, 0) for number in texts)
            + sum(estimated_tokens(image) for image in drawn),
            unread=sum(page.number not in self._texts for page in picked),
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._sizes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        number = index.row() + 1
        size = self._sizes[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return str(number)
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                chosen, form = number in self._chosen, self.form(number)
                return page_name(number, chosen, form, self._texts.get(number), size)
            case PageRole.CHOSEN:
                return number in self._chosen
            case PageRole.FORM:
                return self.form(number)
            case PageRole.PICTURE:
                return self._images.get(number)
            case PageRole.TEXT:
                return self._texts.get(number)
            case PageRole.SIZE:
                return size
        return None

    def _changed(self, number: int) -> None:
        self.dataChanged.emit(self.index(number - 1), self.index(number - 1))
        self.sums_changed.emit()

    def _all_changed(self) -> None:
        self.dataChanged.emit(self.index(0), self.index(self.count - 1))
        self.sums_changed.emit()
