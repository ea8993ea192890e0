"""Pictures of a conversation: thumbnails that open, by pointer and by key, wherever they stand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap

from app.core.message import ImagePart, Message, MessageState, Role, TextPart
from app.features.chat.transcript.actions import Intent
from tests.features.chat.transcript.conftest import Screen
from tests.features.chat.transcript.messages import answer, streaming, user


def picture(number: int) -> ImagePart:
    return ImagePart(f"shot {number}.png", blob=f"b{number}", width=800, height=500)


def red() -> QPixmap:
    pixmap = QPixmap(210, 131)
    pixmap.fill(QColor("#ff0000"))
    return pixmap


def test_a_picture_opens_by_keyboard(screen: Screen) -> None:
    message = user("look", picture(1), picture(2))
    screen.view.show_messages([message])
    screen.view.setFocus()
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_Tab)
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_Tab)
    with screen.qtbot.waitSignal(screen.view.image_activated) as caught:
        screen.qtbot.keyClick(screen.view, Qt.Key.Key_Return)
    assert caught.args == ["b2", message.id]


@pytest.mark.parametrize("width", [860, 420])
def test_many_pictures_stand_in_rows_and_none_on_another(screen: Screen, width: int) -> None:
    screen.view.resize(width, 7000)
    message = user("look", *(picture(n) for n in range(40)))
    screen.view.show_messages([message, answer("fine")])
    screen.frames()
    places = [screen.rect_of(Intent.IMAGE, f"shot {n}.png") for n in range(40)]
    column = screen.view._column.width
    for number, place in enumerate(places):
        assert screen.view.column_left <= place.left()
        assert place.right() < screen.view.column_left + column
        assert not [other for other in places[:number] if other.intersects(place)]
    assert len({place.top() for place in places}) > 10


def test_only_pictures_in_view_are_asked_for(screen: Screen) -> None:
    asked: list[str] = []
    surface = screen.view._surface
    surface.blob_pixmap = lambda blob: asked.append(blob)
    message = user("look", *(picture(n) for n in range(200)))
    screen.view.show_messages([message, answer("fine")])
    screen.view.verticalScrollBar().setValue(0)
    asked.clear()
    screen.view.viewport().grab()
    assert 0 < len(set(asked)) < 20


def test_a_picture_that_is_missing_says_its_name_and_still_opens(screen: Screen) -> None:
    """What is wrong is told where it would be opened."""
    message = user("look", picture(1))
    screen.view.show_messages([message])
    screen.frames()
    with screen.qtbot.waitSignal(screen.view.image_activated) as caught:
        screen.click(Intent.IMAGE)
    assert caught.args == ["b1", message.id]
    assert "[shot 1.png]" in screen.view.plain_text()


def test_a_reply_shows_the_pictures_that_came_with_it(screen: Screen) -> None:
    parts = (TextPart("Here it is:"), picture(1), TextPart("And **more**."))
    reply = Message(Role.ASSISTANT, parts, model="lab/model-1")
    screen.pixmaps["b1"] = red()
    screen.view.show_messages([reply])
    screen.frames()
    place = screen.rect_of(Intent.IMAGE)
    assert place.left() == screen.view.column_left
    shown = screen.view.viewport().grab().toImage().pixelColor(place.center())
    assert shown == QColor("#ff0000")
    assert screen.y_of("Here it is:") < place.top() < screen.y_of("And more.")
    with screen.qtbot.waitSignal(screen.view.image_activated) as caught:
        screen.click(Intent.IMAGE)
    assert caught.args == ["b1", reply.id]


def test_a_reply_that_ends_with_a_picture_is_kept_as_it_stands(screen: Screen) -> None:
    message = streaming()
    screen.view.show_messages([message])
    parts = (TextPart("Here it is:"), picture(1))
    ended = Message(Role.ASSISTANT, parts, id=message.id, state=MessageState.COMPLETE)
    screen.view.update_message(ended)
    box = screen.view._column.first()
    screen.view.update_message(ended)
    assert screen.view._column.first() is box
    assert "[shot 1.png]" in screen.view.plain_text()
