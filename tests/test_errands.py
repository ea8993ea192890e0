"""What a page asks of the world: code saved where the person wants it, or words why not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.adapters.history_db import open_history
from app.adapters.images.codec import ChildImageCodec
from app.core.errors import StorageError
from app.core.ports import TextLine
from app.errands import Errands
from app.kit.icons import Icons
from app.kit.notices import Notices
from app.kit.tasks import TaskScope
from app.kit.theme import Theme
from tests.conftest import until
from tests.look import ICONS


class NoTexts:
    """Nothing was read in any picture, and nothing is."""

    async def kept(self, blob: str) -> Sequence[TextLine] | None:
        return None

    async def lines(self, blob: str) -> Sequence[TextLine]:
        return ()

    async def read(self, data: bytes) -> Sequence[TextLine]:
        return ()


async def saved(qtbot: QtBot, data_dir: Path, path: Path, text: str) -> list[BaseException]:
    """Save Python at `path` as a person would; answers what went wrong."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    wrong: list[BaseException] = []
    scope = TaskScope(wrong.append)

    store = open_history(data_dir)
    errands = Errands(
        window=window,
        theme=Theme(),
        icons=Icons(ICONS),
        store=store,
        codec=ChildImageCodec(),
        texts=NoTexts(),
        notices=Notices(),
        key_in_use=lambda _profile: None,
        scope=scope,
    )
    errands.save_code(text, "python")
    dialog = await until(lambda: window.findChild(QFileDialog))
    assert Path(dialog.selectedFiles()[0]).name == "code.py"
    name_field = dialog.findChild(QLineEdit)
    assert name_field is not None
    name_field.setText(str(path))
    dialog.done(1)
    await scope.drain()
    await store.close()
    window.close()
    return wrong


async def test_code_is_saved_as_it_is(qtbot: QtBot, data_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "port.py"
    assert not await saved(qtbot, data_dir, path, "端口 = 8080")
    assert path.read_text("utf-8") == "端口 = 8080\n"


async def test_what_cannot_be_saved_is_the_worlds_failure(
    qtbot: QtBot, data_dir: Path, tmp_path: Path
) -> None:
    path = tmp_path / "taken"
    path.mkdir()
    (path / "inside").touch()
    (error,) = await saved(qtbot, data_dir, path, "x")
    assert isinstance(error, StorageError)
    assert path.is_dir()


async def test_a_picture_that_is_not_there_any_more_is_told(qtbot: QtBot, data_dir: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    wrong: list[BaseException] = []
    scope = TaskScope(wrong.append)
    store = open_history(data_dir)
    errands = Errands(
        window=window,
        theme=Theme(),
        icons=Icons(ICONS),
        store=store,
        codec=ChildImageCodec(),
        texts=NoTexts(),
        notices=Notices(),
        key_in_use=lambda _profile: None,
        scope=scope,
    )
    errands.view_image("0" * 64)
    await scope.drain()
    await store.close()
    (error,) = wrong
    assert isinstance(error, StorageError)
    assert not window.findChildren(QDialog)
