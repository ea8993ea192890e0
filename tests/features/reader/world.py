"""A reader with pictures and answers in memory, driven by clicks and keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton

from app.core.errors import StorageError, StorageProblem
from app.core.message import ImagePart, Message, MessageState, Role, TextPart, Usage
from app.core.ports import TextLine
from app.core.reading import readings
from app.core.schema_verdict import SchemaVerdict
from app.core.settings import ThemeChoice
from app.features.reader.pane import ReaderPane
from app.features.reader.views import View
from app.kit.tasks import TaskScope
from tests.features.images.world import encoded
from tests.look import dressed

RECEIPT = (
    ("海港咖啡", "", 60),
    ("2026-04-12 09:31", "", 100),
    ("美式咖啡 ×2", "¥56.00", 180),
    ("可颂 ×1", "¥22.00", 220),
    ("合计", "¥78.00", 300),
)


def receipt_image() -> QImage:
    image = QImage(590, 820, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    font = QFont()
    font.setPixelSize(22)
    painter.setFont(font)
    for name, price, top in RECEIPT:
        painter.drawText(40, top, name)
        painter.drawText(240, top, price)
    painter.end()
    return image


def receipt_lines() -> list[TextLine]:
    made = []
    for name, price, top in RECEIPT:
        made.append(TextLine(name, 0.99, 38, top - 22, 200, top + 4))
        if price:
            made.append(TextLine(price, 0.99, 238, top - 22, 330, top + 4))
    return made


def picture(name: str = "receipt-0412.png", blob: str = "receipt") -> ImagePart:
    return ImagePart(name, blob=blob, width=590, height=820)


def question(text: str = "Give the fields.", *pictures: ImagePart) -> Message:
    return Message(Role.USER, (*pictures, TextPart(text)))


def answer(
    text: str, to: Message, state: MessageState = MessageState.COMPLETE, identity: str = ""
) -> Message:
    usage = Usage({"prompt_tokens": 1024, "completion_tokens": 96})
    made = Message(
        Role.ASSISTANT, (TextPart(text),) if text else (), parent=to.id, state=state, usage=usage
    )
    return (
        made
        if not identity
        else Message(
            Role.ASSISTANT, made.parts, id=identity, parent=to.id, state=state, usage=usage
        )
    )


class World:
    """The pane, and whatever came out of it."""

    def __init__(self, app: QApplication, choice: ThemeChoice, zoom: int) -> None:
        theme, icons = dressed(app, choice, zoom)
        self.theme = theme
        self.scope = TaskScope()
        self.blobs = {
            "receipt": encoded(receipt_image()),
            "other": encoded(QImage(30, 20, QImage.Format.Format_RGB32)),
        }
        self.layers: dict[str, Sequence[TextLine]] = {}
        self.verdict: SchemaVerdict | None = None
        self.checked: list[str | None] = []
        self.actions = QPushButton("Extract text")
        self.pane = ReaderPane(
            actions=self.actions,
            read_blob=self._blob,
            read_layer=self._layer,
            check=self._check,
            figures=lambda message: ("in 1,024", "out 96"),
            ending=lambda message: "Stopped" if message.state is MessageState.STOPPED else "",
            scope=self.scope,
            theme=theme,
            icons=icons,
        )
        self.pane.resize(1030, 620)
        self.pane.show()

    async def _blob(self, blob: str) -> bytes:
        if blob not in self.blobs:
            raise StorageError(StorageProblem.FAILED)
        return self.blobs[blob]

    async def _layer(self, blob: str) -> Sequence[TextLine] | None:
        return self.layers.get(blob)

    async def _check(self, message: Message, text: str | None) -> SchemaVerdict | None:
        self.checked.append(text)
        return self.verdict

    def show(self, *messages: Message, busy: bool = False) -> None:
        self.pane.show_readings(readings(messages), busy=busy)

    def say(self, text: str, *, state: MessageState = MessageState.COMPLETE) -> Message:
        """One question about the receipt, and this answer to it."""
        asked = question("Give the fields.", picture())
        reply = answer(text, asked, state)
        self.show(asked, reply, busy=state is MessageState.STREAMING)
        return reply

    def look(self, view: View) -> None:
        """Click the button of a view."""
        click(self.pane.result.buttons[view])

    def copy_as(self, name: str) -> QMimeData:
        """Choose a format from the menu; answers what is on the clipboard then."""
        menu = self.pane.result.copy_as.menu()
        menu.aboutToShow.emit()
        next(action for action in menu.actions() if action.text() == name).trigger()
        return clipboard()

    def copy(self) -> QMimeData:
        click(self.pane.copy_button)
        return clipboard()


def clipboard() -> QMimeData:
    data = QApplication.clipboard().mimeData()
    assert data is not None
    return data


def data_of(mime: QMimeData, kind: str) -> str:
    return bytes(mime.data(kind).data()).decode()


def click(button: QAbstractButton) -> None:
    assert button.isEnabled(), button.text()
    assert button.isVisible(), button.text()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@contextmanager
def reader(
    app: QApplication, choice: ThemeChoice = ThemeChoice.LIGHT, zoom: int = 100
) -> Iterator[World]:
    world = World(app, choice, zoom)
    try:
        yield world
    finally:
        world.pane.close()
        world.pane.deleteLater()
