"""Formulas as pictures: set in another process, kept, and drawn sharp in any size and colour."""

from __future__ import annotations

from collections import OrderedDict
from math import ceil

from PySide6.QtCore import QByteArray, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPixmap

from app.core.ports import FORMULA_INK, Formula, FormulaPicture, FormulaSetter
from app.kit.markdown.formula_object import FormulaObject
from app.kit.tasks import TaskScope

KEPT = 600
"""Formulas kept set, about 8 kB each."""
KEPT_PIXELS = 2_000_000
"""Pixels of formulas kept drawn, 4 bytes each."""
AT_ONCE = 12
LETTER = 0.88
"""A letter that is drawn here, to the room that was left for it: as large as in the text around."""


class Formulas(QObject):
    """Gives pictures of formulas at once where they are there; `arrived` tells of later ones.

    One that cannot be set stays without a picture, and is not asked for again.
    """

    arrived = Signal(object)  # frozenset of the LaTeX that now has pictures

    def __init__(
        self, *, setter: FormulaSetter, scope: TaskScope, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._setter = setter
        self._scope = scope
        self._known: OrderedDict[Formula, FormulaPicture | None] = OrderedDict()
        self._wanted: OrderedDict[Formula, None] = OrderedDict()
        self._asking = False
        self._drawn: OrderedDict[tuple[Formula, float, str], QPixmap] = OrderedDict()
        self._pixels = 0
        self.in_text = FormulaObject(self.draw, self)
        """What draws formulas in documents."""

    def picture(self, formula: Formula) -> FormulaPicture | None:
        """The formula set, if it is; else None, and it is on its way where it can be set."""
        if formula in self._known:
            self._known.move_to_end(formula)
            return self._known[formula]
        if not self._scope.closed:
            self._wanted[formula] = None
            if not self._asking:
                self._asking = True
                self._scope.start(self._ask(), name="formulas")
        return None

    async def _ask(self) -> None:
        """Have everything set that is wanted; what was wanted last comes first."""
        try:
            while self._wanted:
                batch = list(self._wanted)[-AT_ONCE:]
                for formula in batch:
                    del self._wanted[formula]
                pictures = await self._setter.typeset(batch)
                self._keep(dict(zip(batch, pictures, strict=True)))
        finally:
            self._asking = False

    def _keep(self, pictures: dict[Formula, FormulaPicture | None]) -> None:
        self._known.update(pictures)
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        came = frozenset(f.tex for f, picture in pictures.items() if picture is not None)
        if came:
            self.arrived.emit(came)

    def draw(
        self, painter: QPainter, formula: Formula, scale: float, color: str, at: QPointF
    ) -> None:
        """Draw with the left end of the baseline at a point, on whole pixels of the screen."""
        picture = self.picture(formula)
        if picture is None:
            return
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        pixmap = self._pixmap(formula, picture, ratio * scale, color)
        up = ceil((picture.height - picture.depth) * ratio * scale)
        shown = painter.deviceTransform().map(at)
        whole = QPointF(round(shown.x()), round(shown.y()))
        corner = at + (whole - shown) / ratio - QPointF(0, up / ratio)
        size = pixmap.size().toSizeF() / ratio
        painter.drawPixmap(QRectF(corner, size), pixmap, QRectF(pixmap.rect()))

    def _pixmap(
        self, formula: Formula, picture: FormulaPicture, scale: float, color: str
    ) -> QPixmap:
        key = (formula, scale, color)
        if (found := self._drawn.get(key)) is not None:
            self._drawn.move_to_end(key)
            return found
        made = self._drawn[key] = drawn(picture, scale, color)
        self._pixels += made.width() * made.height()
        while self._pixels > KEPT_PIXELS and len(self._drawn) > 1:
            gone = self._drawn.popitem(last=False)[1]
            self._pixels -= gone.width() * gone.height()
        return made


def drawn(picture: FormulaPicture, scale: float, color: str) -> QPixmap:
    """The picture in pixels and in a colour; its baseline lies between two rows of them."""
    from PySide6.QtSvg import QSvgRenderer

    above = (picture.height - picture.depth) * scale
    up, down = ceil(above), ceil(picture.depth * scale)
    pixmap = QPixmap(max(1, ceil(picture.width * scale)), max(1, up + down))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    top = up - above
    area = QRectF(0, top, picture.width * scale, picture.height * scale)
    svg = picture.svg.replace(FORMULA_INK.encode(), color.encode())
    QSvgRenderer(QByteArray(svg)).render(painter, area)
    font = QFont(QGuiApplication.font())
    for letter in picture.letters:
        room = letter.size * scale
        font.setPixelSize(max(1, round(room * LETTER)))
        painter.setFont(font)
        painter.setPen(QColor(color if letter.color == FORMULA_INK else letter.color))
        x = letter.x * scale + (room - font.pixelSize()) / 2
        painter.drawText(QPointF(x, round(top + letter.y * scale)), letter.text)
    painter.end()
    return pixmap
